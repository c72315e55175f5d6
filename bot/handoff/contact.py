"""Where an answer can go: the e-mail address or telephone number that somebody wrote. Pure."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

_LIKE_AN_ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]+@[^\s<>()\[\]\"',;:]+")
_AROUND = ".!?*_/|"  # what stands around an address in a sentence, or makes it bold


def mail_address(text: str) -> str | None:
    """Return an address as mail servers take it, in ASCII; None if it is none."""
    try:
        found = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False, strict=True)
    except EmailNotValidError:
        return None
    return found.ascii_email


def phone_number(text: str, country: str) -> str | None:
    """Return a telephone number as +44...; None if it is none. One without a code is `country`'s."""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def contact_in(text: str, country: str) -> dict[str, str]:
    """Return the `email` and `phone` (as +44...) that a text names; those without a code are `country`'s."""
    found = {}
    written = (mail_address(part.strip(_AROUND)) for part in _LIKE_AN_ADDRESS.findall(text))
    if address := next(filter(None, written), None):
        found["email"] = address
    without = _LIKE_AN_ADDRESS.sub(" ", text)
    for match in phonenumbers.PhoneNumberMatcher(without, country):
        found["phone"] = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        break
    return found
