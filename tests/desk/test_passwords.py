"""Passwords: kept as hashes, refused when somebody would guess them."""

import pytest
from argon2 import PasswordHasher

from bot.desk.passwords import LONGEST, WeakPassword, hash_password, matches, require_strong

CHEAP = PasswordHasher(time_cost=1, memory_cost=4096)
ABOUT = ("Sam Reyes", "sam@copperkettle.example")


@pytest.mark.parametrize(
    "password",
    [
        "kettle-on-the-stove",
        "correct horse battery staple",
        "Kupferkessel Morgen Regen",
        "żółw błękit łąka zorza",
    ],
)
def test_good_ones_pass(password: str) -> None:
    require_strong(password, ABOUT)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "at least 12"),
        ("k3ttl3-st0v", "at least 12"),
        ("x" * (LONGEST + 1), "at most 256"),
        ("password1234", "common"),
        ("Password123456!", "common"),
        ("qwertyuiop123", "common"),
        ("aaaaaaaaaaaaaaaaaaaa", "easy"),
        ("123456789012345", "easy|common"),
        ("sam.reyes.2026", "easy"),
        ("Sam@CopperKettle.example", "easy|common"),
        ("reyesreyesreyes", "."),
        (" " * 20, "easy"),
    ],
)
def test_what_somebody_would_guess_is_refused_with_the_mend(password: str, why: str) -> None:
    with pytest.raises(WeakPassword, match=why):
        require_strong(password, ABOUT)


def test_a_password_fits_its_own_hash_only() -> None:
    kept = hash_password("kettle-on-the-stove", CHEAP)
    assert matches(kept, "kettle-on-the-stove", CHEAP)
    for wrong in ("kettle-on-the-stov", "kettle-on-the-stove ", "", kept):
        assert not matches(kept, wrong, CHEAP)
    assert not matches("-", "-", CHEAP), "a hash that is none fits nothing"


def test_half_characters_are_no_error() -> None:
    assert matches(hash_password("\ud800kettle", CHEAP), "\ud800kettle", CHEAP)
    with pytest.raises(WeakPassword):
        require_strong("\ud800" * 12, ABOUT)
