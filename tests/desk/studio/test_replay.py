"""The slider over the wire: past conversations are read by a job, then decided at once."""

import json
import time
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot.empathy.repeats import likeness
from bot.handoff.model import utc_now
from bot.studio.settings import past
from bot.studio.settings.readings import readings_of
from tests.desk.studio.desk import StudioUnderTest
from tests.studio.talks import HearsCapitals, remember

ANSWERED = ("IT IS LATE NOW", "It comes.", "IT HAS NOT COME", "Soon.", "IT STILL IS NOT HERE AT ALL")


@pytest.fixture
def read(desk: StudioUnderTest) -> StudioUnderTest:
    """A desk with two past conversations, which are read."""
    with desk.database.write() as connection:
        ago = utc_now() - timedelta(days=4)
        remember(connection, "worse", ago, *ANSWERED, handed=5, judged=("too_late",))
        remember(connection, "calm", ago, "hello", "Hi.")
    readings = readings_of(desk.settings)
    with desk.database.read() as connection:
        found, _ = past.stretches(connection, utc_now())
    readings.learn(found, HearsCapitals, likeness)
    readings.keep()
    return desk


def at(desk: StudioUnderTest, owner: httpx.Client, **changed: Any) -> Any:
    values = desk.call(owner, "GET", "settings/escalation")["values"]
    params = {"ladder": json.dumps({**values, **changed})}
    return desk.call(owner, "GET", "settings/replay/at", params=params)


def test_a_more_sensitive_ladder_would_have_come_sooner(read: StudioUnderTest, owner: httpx.Client) -> None:
    same, sooner = at(read, owner), at(read, owner, sensitivity=2.0)
    assert same["really"] == same["saved"] == same["chosen"] and same["changed"] == []
    assert sooner["verdicts"]["too_late"] == {"of": 1, "changed": 1}
    (row,) = sooner["changed"]
    assert (row["conversation"], row["really"]["seq"]) == ("worse", 5) and row["chosen"]["seq"] < 5
    assert row["chosen"]["why"] and row["moved"] and sooner["few"]


def test_after_a_change_is_saved_it_is_what_others_are_compared_with(
    read: StudioUnderTest, owner: httpx.Client
) -> None:
    sooner = at(read, owner, sensitivity=2.0)
    told = read.call(owner, "GET", "settings/escalation")
    read.call(owner, "PUT", "settings/escalation",
              json={**told["values"], "sensitivity": 2.0, "mark": told["mark"]})  # fmt: skip
    now = at(read, owner)
    assert now["saved"] == sooner["chosen"] and now["moved"] == 0 and len(now["changed"]) == 1


def test_what_came_after_the_reading_is_left_out_and_counted(
    read: StudioUnderTest, owner: httpx.Client
) -> None:
    with read.database.write() as connection:
        remember(connection, "new", utc_now() - timedelta(hours=1), "WHERE IS IT")
    state = read.call(owner, "GET", "settings/replay")
    assert (state["conversations"], state["unread"]) == (2, 1)
    assert at(read, owner)["unread"] == 1


def test_nothing_to_read_is_said(desk: StudioUnderTest, owner: httpx.Client) -> None:
    assert desk.call(owner, "GET", "settings/replay")["conversations"] == 0
    assert at(desk, owner)["conversations"] == 0
    assert owner.get("studio/settings/replay/at", params={"ladder": "[]"}).status_code == 400


@pytest.mark.slow
def test_the_job_reads_them_with_the_detector_that_ships(desk: StudioUnderTest, owner: httpx.Client) -> None:
    url = f"sqlite:///{desk.database.engine.url.database}"
    object.__setattr__(desk.settings, "database_url", url)
    with desk.database.write() as connection:
        remember(connection, "c", utc_now() - timedelta(days=2), "this is the third time, I am furious")
    assert desk.call(owner, "GET", "settings/replay")["unread"] == 1
    state = desk.call(owner, "POST", "settings/replay")
    for _ in range(600):
        if state["job"]["state"] != "running":
            break
        time.sleep(0.1)
        state = desk.call(owner, "GET", "settings/replay")
    assert state["job"]["state"] == "done", state["job"]
    assert (state["conversations"], state["unread"]) == (1, 0)
    assert "furious" not in (desk.settings.var / "studio" / "readings.json").read_text()
