"""What Rasa may ask us to do: one thin file per verb, found by the Rasa SDK by itself.

An action reads the tracker, calls `bot/`, speaks and returns events.  No business rules here.
"""
