"""Imported by the process that desks are forked from, so that none of them has to learn this again."""

from bot.empathy.cues import explicit_request
from tests.gateway import mortal  # noqa: F401 - each desk needs it

explicit_request("Good morning")
