"""What customers asked and the assistant did not know, and what becomes of it."""
