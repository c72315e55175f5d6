"""Private copies to talk to, and why they answer so."""
