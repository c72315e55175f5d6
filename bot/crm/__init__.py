"""Who is the customer?  One interface, one adapter a file; library errors stop here."""
