"""The owner's studio: teach the assistant in its files, try it, publish it, take it back. No web here."""
