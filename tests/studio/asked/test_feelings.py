"""After which answers it got worse."""

from datetime import timedelta

import pytest

from bot.storage.heard import Heard
from bot.studio.asked.feelings import Feelings
from tests.studio.asked_past import NOW, heard


def feelings(*levels: float) -> Feelings:
    """Return the moods of a conversation whose customer wrote the messages 1, 3, 5, …"""
    return Feelings({"c": [_moment(2 * number + 1, level) for number, level in enumerate(levels)]})


def _moment(seq: int, level: float) -> dict[str, float | str]:
    label = "calm" if level < 0.3 else "uneasy" if level < 0.5 else "upset"
    return {"seq": seq, "level": level, "label": label}


def asked(seq: int = 1) -> Heard:
    return Heard("c", seq, "Where is it?", NOW + timedelta(seconds=seq), heard("check_order_status"))


@pytest.mark.parametrize(
    ("levels", "worse"),
    [
        ((0.1, 0.45), True),
        ((0.1, 0.1, 0.45), True),
        ((0.1, 0.1, 0.1, 0.45), False),  # too long after
        ((0.45, 0.5), False),  # hardly more
        ((0.05, 0.2), False),  # still calm
        ((0.6, 0.3), False),
        ((0.1,), False),
    ],
)
def test_an_answer_went_badly_when_the_mood_rose_soon_after(levels: tuple[float, ...], worse: bool) -> None:
    found = feelings(*levels).worse_after([asked()])
    assert bool(found) is worse
    if worse:
        assert found[0].before.label == "calm" and found[0].after.level == max(levels)


def test_where_a_person_was_called_there_was_no_answer() -> None:
    passed_on = asked()._replace(heard=heard("account_password", answered=["action_escalate"]))
    assert feelings(0.1, 0.6).worse_after([passed_on]) == []


def test_where_nothing_was_read_nothing_is_said() -> None:
    known = feelings(0.1, 0.6)
    assert known.worse_after([asked(2)]) == [] and known.at("c", 2) is None
    assert known.at("other", 1) is None and known.worst("other") is None
    assert known.worst("c") == "upset"
