"""Kindhand: the package behind the assistant.

Each folder is one room and its docstring says what belongs in it.  Importing any module here
opens no file, no connection and no model: `bot.wiring` builds the parts, `bot.cli` starts them.
"""
