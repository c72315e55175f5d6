"""The owner's files: read and written in place, together or not at all."""
