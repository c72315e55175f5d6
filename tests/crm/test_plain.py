import pytest

from bot.crm import plain
from bot.errors import PolicyRefusal


@pytest.mark.parametrize("number", ["CK-10431", "ck 10431", " ck10431 ", "Ck--10431"])
def test_an_order_number_in_any_form_is_the_same(number: str) -> None:
    assert plain.order_number(number) == "CK10431"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x1b[31m\u202ec", "a b [31m c"),
        ("half \ud800 sign", "half sign"),
        ("x" * 30, "x" * 20),
        ("", ""),
    ],
)
def test_what_cannot_be_seen_is_not_shown(text: str, shown: str) -> None:
    assert plain.shown(text, 20) == shown


def test_nothing_is_not_written() -> None:
    with pytest.raises(PolicyRefusal) as refused:
        plain.written(" \u200b\n")
    assert refused.value.reason == "empty"
