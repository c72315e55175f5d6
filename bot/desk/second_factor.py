"""The second factor: codes of an authenticator app, and recovery codes for a lost phone. No I/O."""

import hashlib
import re
import secrets
from datetime import datetime

import pyotp
import segno
from pyotp.utils import strings_equal

SECONDS = 30  # for which one code holds
DRIFT = 1  # steps by which the phone's clock may be off, either way
RECOVERY_CODES = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without what looks alike
_GROUPS, _GROUP = 4, 4  # 16 characters hold 79 bits: beyond guessing, also from the hashes


def new_secret() -> str:
    """Return a secret to share with an app, in base 32."""
    return pyotp.random_base32()


def address(secret: str, *, email: str, business: str) -> str:
    """Return the otpauth: address that apps understand."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=business)


def picture(address: str) -> str:
    """Return a QR code of an address as a data: address of an SVG image, black on white in every theme."""
    code = segno.make(address, error="m", micro=False)
    return code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff")


def step_of(secret: str, code: str, now: datetime, after: int | None = None) -> int | None:
    """Return the half minute whose code this is, or nothing if it is wrong.

    A code counts once: none of step `after` or before is taken.
    """
    digits = re.sub(r"\s", "", code)
    if not re.fullmatch(r"[0-9]{6}", digits):
        return None
    present, app = int(now.timestamp()) // SECONDS, pyotp.TOTP(secret)
    steps = [step for step in range(present - DRIFT, present + DRIFT + 1) if after is None or step > after]
    good = [step for step in steps if strings_equal(app.generate_otp(step), digits)]
    return good[0] if good else None


def new_recovery_codes() -> list[str]:
    """Return fresh codes, written as abcd-efgh-jkmn-pqrs."""
    return ["-".join(_letters() for _ in range(_GROUPS)) for _ in range(RECOVERY_CODES)]


def hash_recovery_code(code: str) -> str:
    """Return what is kept of a recovery code, however it was typed."""
    plain = re.sub(r"[^a-z0-9]", "", code.lower())
    return hashlib.sha256(plain.encode()).hexdigest()


def is_recovery_code(code: str) -> bool:
    """Tell a recovery code from a code of the app, by its form."""
    return len(re.sub(r"[^a-z0-9]", "", code.lower())) == _GROUPS * _GROUP


def _letters() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP))
