"""The demo business's people and past, so that a newcomer sees everything at work. No rules here."""
