import pytest

from bot.desk.seal import SEALED, Seal, is_sealed
from bot.desk.second_factor import new_secret

KEY = "k" * 32


def test_what_is_sealed_is_opened_with_the_same_key_for_the_same_agent() -> None:
    secret = new_secret()
    kept = Seal(KEY).closed(secret, "a-sam")
    assert secret not in kept and len(kept) == SEALED, "as long as its column"
    assert Seal(KEY).opened(kept, "a-sam") == secret
    assert Seal(KEY).closed(secret, "a-sam") != kept


@pytest.mark.parametrize(("key", "agent"), [("x" * 32, "a-sam"), (KEY, "a-noor")])
def test_nobody_else_opens_it(key: str, agent: str) -> None:
    assert Seal(key).opened(Seal(KEY).closed(new_secret(), "a-sam"), agent) is None


@pytest.mark.parametrize("kept", ["A" * 64, "é" * 64, "A" * 63 + "!"])
def test_what_is_none_opens_nothing(kept: str) -> None:
    assert Seal(KEY).opened(kept, "a-sam") is None


def test_a_secret_from_before_is_read_as_it_is() -> None:
    secret = new_secret()
    assert not is_sealed(secret) and Seal(KEY).opened(secret, "a-sam") == secret
