"""Versions: what differs, what is live, the way there and back."""
