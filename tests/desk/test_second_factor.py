"""Second factors: codes that count once, and codes on paper."""

from datetime import datetime, timedelta, timezone

import pyotp
import pytest

from bot.desk.second_factor import (
    SECONDS,
    address,
    hash_recovery_code,
    is_recovery_code,
    new_recovery_codes,
    new_secret,
    picture,
    step_of,
)

NOW = datetime(2026, 11, 3, 11, 0, 15, tzinfo=timezone.utc)


def code_at(secret: str, seconds: float) -> str:
    return pyotp.TOTP(secret).at(NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize("seconds", [-SECONDS, 0, SECONDS])
def test_a_code_holds_while_it_is_shown_and_for_clocks_that_differ(seconds: int) -> None:
    secret = new_secret()
    assert step_of(secret, code_at(secret, seconds), NOW) is not None


@pytest.mark.parametrize("seconds", [-10 * SECONDS, -2 * SECONDS, 2 * SECONDS, 86_400])
def test_no_other_code_does(seconds: int) -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    assert step_of(secret, code_at(secret, seconds), NOW) is None


@pytest.mark.parametrize(
    "code", ["", "0", "00000", "abcdef", "1234567", "１２３４５６", "\ud800", "' OR 1=1"]
)
def test_what_is_no_code_is_wrong(code: str) -> None:
    assert step_of("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", code, NOW) is None


def test_a_code_with_a_gap_is_the_same_code() -> None:
    secret = new_secret()
    code = code_at(secret, 0)
    assert step_of(secret, f" {code[:3]} {code[3:]} ", NOW) is not None


def test_no_code_counts_twice() -> None:
    secret = new_secret()
    step = step_of(secret, code_at(secret, 0), NOW)
    assert step_of(secret, code_at(secret, 0), NOW, after=step) is None
    assert step_of(secret, code_at(secret, -SECONDS), NOW, after=step) is None
    later = NOW + timedelta(seconds=SECONDS)
    assert step_of(secret, code_at(secret, SECONDS), later, after=step) == step + 1


def test_the_picture_is_drawn_here_and_holds_the_address() -> None:
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    told = address(secret, email="sam@example.com", business="Kindhand")
    assert told.startswith(f"otpauth://totp/Kindhand:sam%40example.com?secret={secret}")
    assert picture(told).startswith("data:image/svg+xml") and picture(told) == picture(told)
    assert picture(told) != picture(told + "x")


def test_recovery_codes_are_many_and_all_different() -> None:
    codes = new_recovery_codes()
    assert len(set(codes)) == 10 and all(is_recovery_code(code) for code in codes)
    assert not is_recovery_code("123456")


def test_a_recovery_code_is_the_same_however_it_is_typed() -> None:
    code = new_recovery_codes()[0]
    typed = {code, code.upper(), code.replace("-", ""), f"  {code.replace('-', ' ')} "}
    assert len({hash_recovery_code(one) for one in typed}) == 1
    assert code not in hash_recovery_code(code)
