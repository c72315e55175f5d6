"""Passwords: how they are kept, compared, and which are too easy to guess."""

import re
import threading
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from bot.errors import ProtocolError

SHORTEST, LONGEST = 12, 256  # characters
ENOUGH = 3  # of zxcvbn's 0 to 4: out of reach for many guesses at the stolen hash
JUDGED = 72  # characters that zxcvbn looks at; a password is not weaker for what follows

HASHER = PasswordHasher()  # argon2id with the library's present advice
_hashing = threading.BoundedSemaphore(2)  # each one takes 64 MiB


class WeakPassword(ProtocolError):
    """The password is too short or too easy to guess. The text says what would be better."""

    code = "weak_password"


def hash_password(password: str, hasher: PasswordHasher | None = None) -> str:
    with _hashing:
        return (hasher or HASHER).hash(_bytes(password))


def matches(kept: str, password: str, hasher: PasswordHasher | None = None) -> bool:
    """Tell whether this is the password of the hash that was kept."""
    try:
        with _hashing:
            return (hasher or HASHER).verify(kept, _bytes(password))
    except (VerificationError, InvalidHashError):
        return False


def require_strong(password: str, about: Iterable[str] = ()) -> None:
    """Let a new password pass, or say what is wrong with it.

    `about` are the person's name and e-mail address: their words count for nothing.

    Raises:
        WeakPassword: too short, too long, or among the first that somebody would try.
    """
    if len(password) < SHORTEST:
        raise WeakPassword(f"Please use at least {SHORTEST} characters; four words are easy to keep.")
    if len(password) > LONGEST:
        raise WeakPassword(f"Please use at most {LONGEST} characters.")
    own = [word for text in about for word in re.split(r"[^\w]+|_", text.lower()) if len(word) > 2]
    rest = re.sub("|".join(map(re.escape, own)), "", password.lower()) if own else password
    found = zxcvbn(password[:JUDGED], user_inputs=own)
    if found["score"] < ENOUGH or (own and zxcvbn(rest[:JUDGED] or "-")["score"] < ENOUGH):
        why = str(found["feedback"]["warning"]) or "This is easy to guess."
        raise WeakPassword(f"{why} Four words that have nothing to do with each other are good.")


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")
