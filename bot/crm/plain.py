"""Texts and numbers as they go into records and come out of them: without what nobody can see."""

from bot.errors import PolicyRefusal

LONGEST = 2000  # characters in one text
SEPARATORS = "-#./_ "  # what an order number may have between its letters and digits


def written(text: str, longest: int = LONGEST) -> str:
    """Return a text fit to be written into a record.

    Raises:
        PolicyRefusal: nothing is left of it (`empty`).
    """
    plain = shown(text, longest)
    if not plain:
        raise PolicyRefusal("empty")
    return plain


def shown(text: str, longest: int = LONGEST) -> str:
    """Return a text from a record without control signs and half characters, on one line, cut to length."""
    whole = text.encode("utf-8", "ignore").decode()
    return " ".join("".join(sign if sign.isprintable() else " " for sign in whole).split())[:longest]


def order_number(number: str) -> str:
    """Return what an order number is compared by: `CK-10431`, `ck 10431` and `CK10431` are the same."""
    return "".join(sign for sign in number.upper() if sign.isascii() and sign.isalnum())


def email(address: str) -> str:
    """Return what an e-mail address is compared by."""
    return address.strip().lower()
