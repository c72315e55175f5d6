from datetime import timedelta

from bot.reach.restraint import WHILE, Restraint
from tests.reach.desk import MORNING

MOMENT = timedelta(seconds=1)


def test_so_many_in_an_hour_and_then_again() -> None:
    restraint = Restraint(2)
    assert [restraint.take(MORNING, "a") for _ in range(3)] == [True, True, False]
    assert restraint.take(MORNING, "b")
    assert not restraint.take(MORNING + WHILE - MOMENT, "a")
    assert restraint.take(MORNING + WHILE, "a")


def test_what_is_refused_for_one_thing_counts_for_none() -> None:
    restraint = Restraint(1)
    assert restraint.take(MORNING, "a")
    assert not restraint.take(MORNING, "a", "b")
    assert restraint.take(MORNING, "b")


def test_a_clock_set_back_silences_nobody() -> None:
    restraint = Restraint(1)
    assert restraint.take(MORNING + timedelta(days=2), "a")
    assert restraint.take(MORNING, "a")
