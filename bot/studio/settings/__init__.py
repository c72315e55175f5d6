"""When a person takes over, when there is one, what the chat says; and what that would have meant."""
