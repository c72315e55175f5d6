"""Is this message a postal address, and which part of it?"""

import re

LEAST, MOST = 8, 200  # characters


def any_of(words: str) -> str:
    """Return a pattern for any of the words; `_` in a word stands for a space."""
    return "(?:" + "|".join(word.replace("_", " ") for word in words.split()) + ")"


_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"  # British
    r"|[A-Z]\d{2} ?[A-Z\d]{4}"  # Irish
    r"|\d{4,5}(?: ?[A-Z]{2})?)\b",  # most of the continent
    re.I,
)
_STREETS = any_of(
    "street st road rd lane ln avenue ave close court ct drive way place square terrace row gardens? mews "
    "crescent hill grove park house flat apartment unit cottages? yard green parade rise walk wharf quay "
    "lodge farm mill rue via calle laan straat weg platz allee plaza boulevard"
)
_ENDINGS = any_of("stra(?:ß|ss)e str\\. gasse weg laan straat vej gade")
_STREET = re.compile(rf"\b{_STREETS}\b|\w{_ENDINGS}", re.I)
_NUMBER = re.compile(r"\b\d{1,5}[a-z]?\b", re.I)
_ORDER = re.compile(r"\bCK[- ]?\d{5}\b", re.I)

# Somebody who complains says nothing that we would write on a parcel.
_COMPLAINTS = any_of(
    "waiting waited still why never always nobody no_one haven't hasn't isn't don't dont didn't can't cant "
    "won't told asked said fuck\\w* shit\\w* bloody damn\\w* useless idiots? morons? ridiculous joke"
)
_COMPLAINT = re.compile(rf"\b{_COMPLAINTS}\b", re.I)
# Words of a sentence about an address. The address itself has none of them.
_SENTENCE = any_of(
    "i i'm i've i'd im ive me my you you're your youre we we've us our they he she it should please thanks "
    "refund cancel change update deliver delivery send ship moved moving "
    "address order parcel need want it's its"
)
_TALK = re.compile(rf"\b{_SENTENCE}\b", re.I)
_QUESTIONS = any_of(
    "what where when why how who which whose can could do does did is are was will would should may"
)
_QUESTION = re.compile(rf"^{_QUESTIONS}\b|\?\s*$", re.I)

_OPENERS = any_of("ok okay sure yes yeah no nope hi hello sorry actually oh well")
_LEAD = re.compile(rf"^(?:{_OPENERS}\b[,. ]*)+", re.I)
_BEFORE = re.compile(r"\b(?:to|is|at|it's|its|be)[: ]+|: *", re.I)  # what an address may stand behind
_TAIL = re.compile(r"(?:,? ?(?:please|thanks|thank you|cheers|instead))+[.!]*$", re.I)


def is_question(text: str) -> bool:
    return bool(_QUESTION.search(text.strip()))


def is_complaint(text: str) -> bool:
    return bool(_COMPLAINT.search(text.replace("’", "'")))


def address_in(text: str) -> str | None:
    """Return the postal address that the message consists of, or ends with after a word like “to”.

    It needs a postcode, or a number and a street. Whatever talks, complains or asks is no address.
    """
    text = " ".join(text.replace("’", "'").split())
    if is_question(text) or is_complaint(text):
        return None
    tails = [text, *(text[found.end() :] for found in _BEFORE.finditer(text))]
    return next((address for tail in tails if (address := _whole(tail))), None)


def _whole(text: str) -> str | None:
    text = _TAIL.sub("", _LEAD.sub("", text)).strip(" ,.;:!\"'“”")
    if not LEAST <= len(text) <= MOST or len(text.split()) < 3 or _TALK.search(text) or _ORDER.search(text):
        return None
    has_number, has_street = bool(_NUMBER.search(text)), bool(_STREET.search(text))
    located = bool(_POSTCODE.search(text)) and (has_number or has_street)
    return text if located or (has_number and has_street) else None
