"""Details that people write in their own way: numbers, times, names, yes and no, the wish to stop."""

import re

import phonenumbers

from bot.dialogue.address import any_of, is_complaint, is_question

_OPENERS = any_of("oh ok okay no actually sorry right just please well hm+")
_ENOUGH = "|".join(
    (
        r"never ?mind|nvm|forget (?:it|about it|this|that)|stop(?: it| this| that| here)?|quit|exit|abort",
        r"leave it(?: \w+)?|drop it|don'?t bother|let'?s (?:stop|leave (?:it|this))|skip (?:it|this)",
        r"(?:i(?:'ve| have)? )?changed my mind|cancel (?:this|that|it all)|not now|no longer(?: needed)?",
        r"(?:it )?doesn'?t matter",
    )
)
_CLOSERS = r"(?:[,.! ]+(?:then|thanks|thank you|please|sorry|now|it'?s fine|don'?t worry))*"
_STOP = re.compile(rf"^(?:{_OPENERS}[,.]? +)*(?:{_ENOUGH}){_CLOSERS}[.!]*$", re.I)

_YES = re.compile(
    r"^(?:yes|yeah|yep|yup|sure|please do|go ahead|do it|correct|that'?s right|right|ok|okay)\b(?!.*\bbut\b)",
    re.I,
)
_NO = re.compile(r"^(?:no|nope|nah|don'?t|do not|wait|keep it)\b", re.I)

_TIMES = any_of(
    "today tonight tomorrow tmrw now asap soon\\w* possible any_?time whenever morning noon lunch\\w* "
    "afternoon evening mon(?:day)? tue(?:s|sday)? wed(?:nesday)? thu(?:rs|rsday)? fri(?:day)? sat(?:urday)? "
    "sun(?:day)? week(?:end|day)?s? hours? minutes? after before from between o'clock"
)
_WHEN = re.compile(
    rf"\b(?:{_TIMES}|\d{{1,2}}(?:[:.]\d\d)? ?(?:am|pm)|\d{{1,2}}[:.]\d\d|\d{{1,2}}(?:st|nd|rd|th))\b", re.I
)
_WHEN_LEAD = re.compile(
    rf"^(?:{any_of('hm+ ok okay maybe perhaps please just well say around about ideally')}[, ]+)+", re.I
)
_DAY = r"(?:today|tonight|tomorrow|(?:on |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_PART = (
    r"(?: ?(?:morning|noon|afternoon|evening|(?:at|after|before|around) \d{1,2}(?:[:.]\d\d)? ?(?:am|pm)?))"
)
_WITHIN = re.compile(
    rf"\b{_DAY}{_PART}*\b|\bthis (?:morning|afternoon|evening)\b|\basap\b|\bas soon as possible\b", re.I
)

_SIGNS_OF = {
    "damaged": "damag\\w* broke\\w* crack\\w* smash\\w* dent\\w* torn ripp?ed burst split leak\\w* "
    "shatter\\w* chipped crush\\w* squashed in_pieces in_bits",
    "missing": "missing left_out not_in_the_box not_in_the_parcel only_got only_received incomplete",
    "wrong": "wrong incorrect not_what_i_ordered mixed_up instead_of someone_else'?s",
    "late": "late delayed lost never_came never_arrived hasn'?t_come hasn'?t_arrived not_arrived not_here",
    "quality": "stale mould\\w* rancid smells? tastes? bitter burnt faulty doesn'?t_work stopped_working "
    "defective",
}
KINDS = (*_SIGNS_OF, "other")
_NAME_LEAD = re.compile(
    r"^(?:(?:hi|hello|sure|ok)[,. ]+)?(?:my name is|my name's|i am|i'm|it's|it is|this is|call me)\s+",
    re.I,
)
_TOPIC_LEAD = re.compile(r"^(?:it(?:'s| is) )?(?:about|regarding|concerning|for)\s+", re.I)


def wants_to_stop(text: str) -> bool:
    """Tell whether the message gives up what we are at, and says nothing else."""
    return bool(_STOP.match(_plain(text)))


def yes_or_no(text: str) -> bool | None:
    """Return what a message says that begins with a plain yes or no."""
    if is_question(text):
        return None
    return True if _YES.match(_plain(text)) else False if _NO.match(_plain(text)) else None


def phone_in(text: str, country: str) -> str | None:
    """Return the first phone number in the message in international form."""
    for found in phonenumbers.PhoneNumberMatcher(text, country, leniency=phonenumbers.Leniency.POSSIBLE):
        if len(str(found.number.national_number)) >= 7:
            return phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return None


def time_in(text: str) -> str | None:
    """Return a wish for a time of day in the customer's words, if the message is one."""
    text = _WHEN_LEAD.sub("", _plain(text)).strip(" .!")
    return text if _WHEN.search(text) and len(text) <= 80 and not is_question(text) else None


def time_within(text: str) -> str | None:
    """Return the words for a time from a longer message: “call me tomorrow morning about …”."""
    found = _WITHIN.search(text)
    return found.group() if found else None


def kind_in(text: str) -> str | None:
    """Return the kind of problem that the words speak of."""
    kinds = (
        kind for kind, signs in _SIGNS_OF.items() if re.search(rf"\b{any_of(signs)}\b", _plain(text), re.I)
    )
    return next(kinds, None)


def description_in(text: str) -> str | None:
    """Return the message as a description, if it tells anything."""
    text = " ".join(text.split())
    return text[:1000] if len(re.findall(r"\w+", text)) >= 2 else None


def topic_in(text: str) -> str | None:
    """Return what a call shall be about."""
    return _TOPIC_LEAD.sub("", _plain(text)).strip(" .")[:500] or None


def name_in(text: str) -> str | None:
    """Return the name that the message gives."""
    text = _NAME_LEAD.sub("", _plain(text)).strip(" .!,")
    is_name = re.fullmatch(r"[^\W\d_](?:[^\W\d_]|['.\- ]){0,58}", text) and len(text.split()) <= 4
    return text if is_name and not is_complaint(text) and not time_within(text) else None


def order_number(text: str) -> str:
    """Return an order number as we write it: CK-10423."""
    plain = re.sub(r"[^A-Z0-9]", "", text.upper())
    return f"CK-{plain.removeprefix('CK')}" if re.fullmatch(r"(?:CK)?\d{5}", plain) else text.strip()[:20]


def _plain(text: str) -> str:
    return text.replace("’", "'").strip()
