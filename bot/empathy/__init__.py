"""How does the customer feel, and what follows?  Pure functions over the messages of a conversation.

No I/O here: nothing from Rasa, SQLAlchemy or a web framework may be imported in this room.
"""
