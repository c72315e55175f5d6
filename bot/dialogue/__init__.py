"""The edges of Rasa: policy, reply generator, input channel, action server.  No business rules."""
