import pytest

from bot.handoff.availability import Availability, decide


@pytest.mark.parametrize(
    ("is_open", "agents", "held", "ahead", "kind", "minutes"),
    [
        (True, 1, 0, 0, "live", 0),
        (False, 1, 0, 0, "live", 0),  # somebody works late
        (True, 1, 3, 0, "live", 0),
        (True, 1, 4, 0, "wait", 5),
        (True, 1, 2, 2, "wait", 5),
        (True, 1, 4, 3, "wait", 20),
        (True, 2, 8, 3, "wait", 10),
        (True, 2, 4, 3, "live", 0),
        (True, 0, 0, 0, "wait", 15),
        (False, 0, 0, 0, "later", 0),
        (False, 0, 9, 9, "later", 0),
    ],
)
def test_what_a_visitor_is_told(
    is_open: bool, agents: int, held: int, ahead: int, kind: str, minutes: int
) -> None:
    assert decide(is_open=is_open, agents=agents, held=held, ahead=ahead) == Availability(kind, minutes)


@pytest.mark.parametrize(("minutes", "words"), [(5, "5 minutes"), (60, "an hour or more")])
def test_how_long_a_wait_is_said(minutes: int, words: str) -> None:
    assert Availability("wait", minutes).words == words
