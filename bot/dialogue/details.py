"""Details that people write in their own way: addresses, numbers, times, and the wish to stop."""

import re

import phonenumbers

_POSTCODE = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d{2} ?[A-Z\d]{4}|\d{4,5}(?: ?[A-Z]{2})?)\b", re.I)
_STREET = re.compile(
    r"\b(?:street|st|road|rd|lane|ln|avenue|ave|close|court|ct|drive|way|place|square|terrace|row|gardens?|mews|"
    r"crescent|hill|grove|park|house|flat|apartment|unit|cottages?|yard|green|parade|rise|walk|wharf|quay|lodge|"
    r"farm|mill|rue|via|calle|laan|straat|weg|platz|allee|plaza|boulevard)\b|\w(?:stra(?:ß|ss)e|str\.|gasse|weg|laan|straat|vej|gade)\b",
    re.I,
)
_NUMBER = re.compile(r"\b\d{1,5}[a-z]?\b", re.I)
_ORDER = re.compile(r"\bCK[- ]?\d{5}\b", re.I)
_TALK = re.compile(
    r"\b(?:i|i'm|i've|i'd|im|ive|you|you're|your|youre|we|we've|they|he|she|waiting|waited|still|why|never|always|nobody|no one|"
    r"haven't|hasn't|isn't|don't|dont|didn't|can't|cant|won't|told|asked|said|please|thanks|refund|cancel|"
    r"fuck\w*|shit\w*|bloody|damn\w*|useless|idiots?|ridiculous|joke)\b",
    re.I,
)
_LEAD = re.compile(
    r"^(?:ok(?:ay)?|sure|yes|yeah|hi|hello|sorry|actually|oh)?[,. ]*"
    r"(?:(?:please |can you |could you )?(?:send|ship|deliver|post) (?:it|this|that|them|everything)?(?: instead)?(?: to)? |"
    r"(?:my |the |our )?(?:new |correct |right |delivery |shipping )*(?:address|one) (?:is|would be|should be)[: ]+|"
    r"(?:it's|its|it is|that's|that is|it should be|make it|i(?:'m| am) (?:now )?at|i(?:'ve| have)? moved to|to|at)[: ]+)",
    re.I,
)
_TAIL = re.compile(r"(?:,? ?(?:please|thanks|thank you|cheers|instead))+[.!]*$", re.I)
_QUESTION = re.compile(
    r"^(?:what|where|when|why|how|who|which|whose|can|could|do|does|did|is|are|was|will|would|should|may)\b|\?\s*$", re.I
)
_STOP = re.compile(
    r"^(?:(?:oh|ok(?:ay)?|no|actually|sorry|right|just|please|well|hm+)[,.]? +)*"
    r"(?:never ?mind|nevermind|nvm|forget (?:it|about it|this|that)|stop(?: it| this| that| here)?|quit|exit|abort|leave it(?: \w+)?|"
    r"drop it|don'?t bother|let'?s (?:stop|leave (?:it|this))|skip (?:it|this)|"
    r"(?:i(?:'ve| have)? )?changed my mind|cancel (?:this|that|it all)|not now|no longer(?: needed)?|it doesn'?t matter|doesn'?t matter)"
    r"(?:[,.! ]+(?:then|thanks|thank you|please|sorry|now|it'?s fine|don'?t worry))*[.!]*$",
    re.I,
)
_WHEN = re.compile(
    r"\b(?:today|tonight|tomorrow|tmrw|now|asap|soon\w*|possible|any ?time|whenever|morning|noon|lunch\w*|afternoon|evening|"
    r"mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|week(?:end|day)?s?|"
    r"hours?|minutes?|after|before|from|between|o'clock|\d{1,2}(?::\d\d|\.\d\d)? ?(?:am|pm)|\d{1,2}[:.]\d\d|\d{1,2}(?:st|nd|rd|th))\b",
    re.I,
)
_WHEN_LEAD = re.compile(r"^(?:(?:hm+|ok(?:ay)?|maybe|perhaps|please|just|well|say|around|about|ideally)[, ]+)+", re.I)
_KINDS = (
    ("damaged", r"damag\w*|broke\w*|crack\w*|smash\w*|dent\w*|torn|ripp?ed|burst|split|leak\w*|shatter\w*|chipped|crush\w*|squashed|pieces"),
    ("missing", r"missing|left out|not in the (?:box|parcel)|only (?:got|received|one|half)|incomplete|short of"),
    ("wrong", r"wrong|incorrect|not what i ordered|mixed up|instead of|someone else'?s"),
    ("late", r"late|not (?:come|arrived|here)|never (?:came|arrived|turned up)|hasn'?t (?:come|arrived|turned up)|lost|delayed"),
    ("quality", r"stale|mould\w*|rancid|smells?|tastes?|bitter|burnt|faulty|doesn'?t work|stopped working|defective"),
)  # fmt: skip
KINDS = tuple(kind for kind, _ in _KINDS) + ("other",)


def is_question(text: str) -> bool:
    return bool(_QUESTION.search(text.strip()))


def wants_to_stop(text: str) -> bool:
    """Tell whether the message gives up what we are at, and says nothing else."""
    return bool(_STOP.match(_plain(text).strip()))


def address_in(text: str) -> str | None:
    """Return the postal address that the message consists of, or ends with after “to”.

    It needs a postcode, or a number and a street. Whatever talks, complains or asks is no address.
    """
    text = " ".join(_plain(text).split())
    if is_question(text):
        return None
    tails = [text, *(text[found.end() :] for found in re.finditer(r"\b(?:to|is|at|:)\s+", text, re.I))]
    return next((address for tail in tails if (address := _address(tail))), None)


def _address(text: str) -> str | None:
    text = _TAIL.sub("", _LEAD.sub("", text)).strip(" ,.;:!\"'“”")
    if not 8 <= len(text) <= 200 or len(text.split()) < 3 or _TALK.search(text) or _ORDER.search(text):
        return None
    numbered = bool(_NUMBER.search(text))
    located = bool(_POSTCODE.search(text)) and (numbered or bool(_STREET.search(text)))
    return text if located or (numbered and _STREET.search(text)) else None


def phone_in(text: str, country: str) -> str | None:
    """Return the first phone number in the message in international form."""
    for found in phonenumbers.PhoneNumberMatcher(text, country, leniency=phonenumbers.Leniency.POSSIBLE):
        if len(str(found.number.national_number)) >= 7:
            return phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return None


def time_in(text: str) -> str | None:
    """Return a wish for a time of day in the customer's words, if the message is one."""
    text = _WHEN_LEAD.sub("", _plain(text).strip()).strip(" .!")
    return text if _WHEN.search(text) and len(text) <= 80 and not is_question(text) else None


def time_within(text: str) -> str | None:
    """Return the words for a time from a longer message: “call me tomorrow morning about …”."""
    day = r"(?:today|tonight|tomorrow|(?:on |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
    part = r"(?: ?(?:morning|noon|afternoon|evening|(?:at|after|before|around) \d{1,2}(?:[:.]\d\d)? ?(?:am|pm)?))"
    found = re.search(rf"\b{day}{part}*\b|\bthis (?:morning|afternoon|evening)\b|\basap\b|\bas soon as possible\b", text, re.I)
    return found.group() if found else None


def kind_in(text: str) -> str | None:
    """Return the kind of problem that the words speak of."""
    text = _plain(text)
    return next((kind for kind, words in _KINDS if re.search(rf"\b(?:{words})\b", text, re.I)), None)


def description_in(text: str) -> str | None:
    """Return the message as a description, if it tells anything."""
    text = " ".join(text.split())
    return text[:1000] if len(re.findall(r"\w+", text)) >= 2 else None


def name_in(text: str) -> str | None:
    """Return the name that the message gives."""
    text = re.sub(r"^(?:(?:hi|hello|sure|ok)[,. ]+)?(?:my name is|my name's|i am|i'm|it's|it is|this is|ask for|call me)\s+", "", _plain(text).strip(), flags=re.I)
    text = text.strip(" .!,")
    named = re.fullmatch(r"[^\W\d_][\w'’.\- ]{0,58}", text) and len(text.split()) <= 4
    return text if named and not _TALK.search(text) else None


def order_number(text: str) -> str:
    """Return an order number as we write it: CK-10423."""
    plain = re.sub(r"[^A-Z0-9]", "", text.upper())
    return f"CK-{plain.removeprefix('CK')}" if re.fullmatch(r"(?:CK)?\d{5}", plain) else text.strip()[:20]


def _plain(text: str) -> str:
    return text.replace("’", "'")
