"""The secret between our processes opens nothing by halves."""

import pytest

from bot.secret import HEADER, is_shown

SECRET = "a long secret that our processes share"


@pytest.mark.parametrize(
    ("headers", "shown"),
    [
        ({HEADER: SECRET}, True),
        ({}, False),
        ({HEADER: ""}, False),
        ({HEADER: SECRET[:-1]}, False),
        ({HEADER: SECRET + " "}, False),
        ({HEADER: "\udcff schlüssel"}, False),
        ({"X-Other": SECRET}, False),
    ],
)
def test_who_is_let_in(headers: dict[str, str], shown: bool) -> None:
    assert is_shown(headers, SECRET) is shown
