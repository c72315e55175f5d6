"""What does the customer mean?  The sentence encoder and Rasa graph components on top of it."""
