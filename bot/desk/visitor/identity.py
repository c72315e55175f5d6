"""Signed identities: the shop's server says who is in front of the chat. Typed words never do."""

import time

import jwt

from bot.errors import NotAuthenticated
from bot.handoff.entrance import Identity
from bot.handoff.plain import one_line

LEEWAY = 60  # seconds that clocks may differ
LONGEST = 24 * 3600  # seconds that an identity may hold
ALGORITHM = "HS256"


def read(token: str, secret: str) -> Identity:
    """Check a signed identity.

    Raises:
        NotAuthenticated: it is forged, has run out, holds for too long or names nobody.
    """
    try:
        claims = jwt.decode(
            token,
            secret,
            algorithms=[ALGORITHM],
            leeway=LEEWAY,
            options={"require": ["sub", "name", "exp"], "verify_aud": False},
        )
    except (jwt.InvalidTokenError, ValueError):
        raise NotAuthenticated("That sign-in does not hold.") from None
    subject, name = claims["sub"], claims["name"]
    if not _is_text(subject, 64) or not _is_text(name, 200) or not one_line(name, 100):
        raise NotAuthenticated("That sign-in names nobody.")
    if int(claims["exp"]) > time.time() + LONGEST + LEEWAY:
        raise NotAuthenticated("That sign-in holds for too long.")
    return Identity(subject, one_line(name, 100))


def sign(customer_id: str, name: str, secret: str, *, seconds: int) -> str:
    """Sign an identity, as a shop's server does."""
    claims = {"sub": customer_id, "name": name, "exp": int(time.time()) + seconds}
    return jwt.encode(claims, secret, ALGORITHM)


def _is_text(value: object, longest: int) -> bool:
    return isinstance(value, str) and 0 < len(value) <= longest and value.isprintable()
