"""Names that files give to questions, made from what people write."""

import re
import unicodedata
from collections.abc import Container

from bot.errors import StudioError

LONGEST = 48  # letters
# Letters that no accent hangs on, and that ASCII writes with others.
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i"}
)
# What YAML, Rasa, a file system or the address of a call takes for something else.
_WORDS = """
    y n yes no true false on off null con prn aux nul near import export preview question nlu_fallback
    restart back session_start
"""
_TAKEN = frozenset(_WORDS.split())


def name_for(title: str, taken: Container[str] = ()) -> str:
    """Make a name of plain ASCII from a title, such as do_you_have_oat_milk, that nothing has yet.

    Raises:
        StudioError: there is no letter or number in the title.
    """
    if not any(sign.isalnum() for sign in title):
        raise StudioError("A question needs words. Write how a customer would ask it.")
    apart = unicodedata.normalize("NFKD", title.lower().translate(_LETTERS).replace("'", "").replace("’", ""))
    words = re.findall(r"[a-z0-9]+", apart.encode("ascii", "ignore").decode())
    name = words[0][:LONGEST] if words else "question"
    for word in words[1:]:
        if len(name) + 1 + len(word) > LONGEST:
            break
        name += f"_{word}"
    if name in _TAKEN or not name[0].isalpha() or not re.search("[a-z]{2}", name):
        name = f"question_{name}" if name != "question" else "question_1"
    unique, number = name, 1
    while unique in taken or f"utter_{unique}" in taken:
        number += 1
        unique = f"{name}_{number}"
    return unique
