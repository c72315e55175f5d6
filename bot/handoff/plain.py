"""What may be stored of what somebody typed: plain text, composed, without card numbers."""

import re
import unicodedata
from dataclasses import dataclass

from stdnum import luhn

from bot.errors import ProtocolError

LONGEST = 4096  # bytes of UTF-8

# Everything that moves a cursor or ends a C string; line breaks and tabs stay.
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Marks without width: joiners, direction marks, the byte order mark.
_INVISIBLE = r"\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_BETWEEN = rf"[\s{_INVISIBLE}.,_/\\|*\-\u2010-\u2015\u2212]"
_DIGIT_RUN = re.compile(rf"\d(?:{_BETWEEN}{{0,4}}\d){{11,}}")
# Grouped as on the card itself, whatever stands between the groups.
_AS_PRINTED = re.compile(r"(?<!\d)(?:\d{4}(?:[\W_]{1,8}\d{4}){3}|\d{4}[\W_]{1,8}\d{6}[\W_]{1,8}\d{5})(?!\d)")
_GROUP = re.compile(r"\d+")
_LONGEST_TELEPHONE = 15  # digits, after a +
_LENGTHS = (16, 15, 14, 13, 19, 18, 17, 12)


@dataclass(frozen=True)
class Plain:
    """Text that may be stored; `masked` tells that a card number was hidden in it."""

    text: str
    masked: bool = False


def plain(typed: str) -> Plain:
    """Clean what somebody typed.

    Raises:
        ProtocolError: it is too long, or nothing is left to be seen.
    """
    if len(typed) > LONGEST or len(typed.encode("utf-8", "surrogatepass")) > LONGEST:
        raise ProtocolError(f"That is too long: {LONGEST} bytes at most.", code="too_long")
    text = _composed(typed).strip()
    if not re.sub(rf"[\s{_INVISIBLE}]", "", text):
        raise ProtocolError("There is nothing in that message.", code="empty")
    hidden = mask_cards(text)
    return Plain(hidden, hidden != text)


def one_line(text: str, longest: int) -> str:
    """Clean a name or an address, and cut it to a length."""
    return " ".join(mask_cards(_composed(text)).split())[:longest]


def tidy_note(text: str, longest: int) -> str:
    """Clean a note, which may be empty, and cut it to a length."""
    return mask_cards(_composed(text)).strip()[:longest]


def mask_cards(text: str) -> str:
    """Hide all but the last four digits of every card number."""
    return _AS_PRINTED.sub(_masked_groups, _DIGIT_RUN.sub(_masked_run, text))


def storable(text: str) -> str:
    """Return what every database takes and every line carries: no half characters, and no NUL."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_BREAKS.sub("\n", storable(text))))


def _masked_run(run: re.Match[str]) -> str:
    """Hide cards in a run of digits: whole groups of it, so that a date after a card is no hindrance."""
    before = run.string[: run.start()].rstrip()
    groups = list(_GROUP.finditer(run[0]))
    if before.endswith("+") and sum(len(group[0]) for group in groups) <= _LONGEST_TELEPHONE:
        return run[0]
    shown, at, first = "", 0, 0
    while first < len(groups):
        last = _card(groups, first)
        if last is None:
            first += 1
            continue
        digits = "".join(group[0] for group in groups[first : last + 1])
        shown += f"{run[0][at : groups[first].start()]}•••• {digits[-4:]}"
        at, first = groups[last].end(), last + 1
    return shown + run[0][at:]


def _masked_groups(found: re.Match[str]) -> str:
    digits = "".join(_GROUP.findall(found[0]))
    return f"•••• {digits[-4:]}" if _is_card(digits) else found[0]


def _card(groups: list[re.Match[str]], first: int) -> int | None:
    """Return the last group of a card number that begins with group `first`, if one does."""
    ends: dict[int, int] = {}
    digits = ""
    for index in range(first, len(groups)):
        digits += groups[index][0]
        if len(digits) > max(_LENGTHS):
            break
        ends[len(digits)] = index
    found = (ends[length] for length in _LENGTHS if length in ends and _is_card(digits[:length]))
    return next(found, None)


def _is_card(digits: str) -> bool:
    """Tell whether these digits, of any script, could be a payment card's."""
    ascii_digits = "".join(str(unicodedata.digit(digit)) for digit in digits)
    return ascii_digits[0] in "23456" and luhn.is_valid(ascii_digits)
