"""What was asked, over the wire: groups, acts and their undo, privacy; and only for owners."""

import logging
import time
from typing import Any

import httpx
import numpy as np
import pytest

from bot.desk.studio import asked
from bot.nlu.encoder import load_encoder
from bot.studio.asked.meaning import Vectors
from tests.desk.studio.desk import StudioUnderTest
from tests.studio import asked_past as past
from tests.studio.asked_past import ask, heard, say

UNKNOWN = heard("nlu_fallback", 0.9, "location", 0.1)
ITEMS = [{"conversation": "c1", "item": "1"}, {"conversation": "c2", "item": "1"}]
TEXTS = ["Can I bring my dog to the café?", "Do you let dogs in"]


class Encoder:
    """The real one; what it has encoded once serves all tests."""

    def __init__(self) -> None:
        self.encode = Vectors(lambda texts: load_encoder().encode(texts))


ENCODER = Encoder()


@pytest.fixture
def desk(desk: StudioUnderTest, monkeypatch: pytest.MonkeyPatch) -> StudioUnderTest:
    monkeypatch.setattr(asked, "_encoder", lambda: ENCODER)
    database = desk.database
    past.add(database, "c1", ask(TEXTS[0], UNKNOWN, level=0.4), days=2)
    past.add(database, "c2", ask(TEXTS[1], UNKNOWN), days=3)
    late = heard("check_order_status")
    past.add(
        database, "c3", ask("Where is it?", late), say("On its way."), ask("You said that!", late, level=0.6)
    )
    past.add(database, "c4", ask("is your decaf coffee made by swiss water", heard("decaf")))
    return desk


def look(desk: StudioUnderTest, owner: httpx.Client, **params: Any) -> dict[str, Any]:
    """Ask until it is read; on a slow machine it tells how far it is first."""
    for _ in range(200):
        told = desk.call(owner, "GET", "asked", params=params)
        if "reading" not in told:
            return told
        assert 0 <= told["reading"]["done"] <= told["reading"]["of"]
        time.sleep(0.05)
    raise AssertionError("It was never read.")


def test_the_three_lists(desk: StudioUnderTest, owner: httpx.Client) -> None:
    past.judge(desk.database, "c3", "too_late", agent="a-noor")
    told = look(desk, owner)
    (group,) = told["groups"]
    assert (group["size"], group["feelings"]) == (2, {"uneasy": 1, "calm": 1})
    assert [one["text"] for one in group["messages"]] == TEXTS and group["rest"] == []
    assert told["asked"] == 5 and told["titles"].keys() == {"location"}
    assert 0.5 <= group["suggested"]["likeness"] < 0.65 and not group["suggested"]["likely"]
    (badly,) = told["badly"]
    assert (badly["intent"], badly["asked"], badly["size"]) == ("check_order_status", 2, 1)
    assert (badly["messages"][0]["before"], badly["messages"][0]["after"]) == ("calm", "upset")
    (opinion,) = told["opinions"]
    assert (opinion["agent"], opinion["escalation"], opinion["feeling"]) == (
        "Noor Haddad",
        "too_late",
        "upset",
    )
    assert look(desk, owner, days=1)["groups"] == []


def test_what_takes_long_to_read_says_how_far_it_is(
    desk: StudioUnderTest, owner: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow:
        def encode(self, texts: list[str]) -> np.ndarray:
            time.sleep(0.01)
            return np.ones((len(texts), 1), np.float32)

    monkeypatch.setattr(asked, "SOON", 0.0)
    monkeypatch.setattr(asked, "_encoder", Slow)
    told = desk.call(owner, "GET", "asked")
    assert set(told) == {"reading"} and told["reading"]["of"] > 100
    assert len(look(desk, owner)["groups"]) == 1


def test_a_group_is_put_away_and_brought_back(desk: StudioUnderTest, owner: httpx.Client) -> None:
    away = {"about": "unknown", "items": ITEMS[:1]}
    desk.call(owner, "POST", "asked/put-away", json=away)
    told = look(desk, owner)
    assert [one["text"] for one in told["groups"][0]["messages"]] == TEXTS[1:] and told["put_away"] == 1
    (gone,) = look(desk, owner, away=True)["groups"]
    assert [one["text"] for one in gone["messages"]] == TEXTS[:1]
    desk.call(owner, "POST", "asked/bring-back", json=away)
    assert look(desk, owner)["groups"][0]["size"] == 2


def test_messages_become_examples_and_stop_being_that(desk: StudioUnderTest, owner: httpx.Client) -> None:
    before = desk.text("data/faq/location.yml")
    sent = {"intent": "location", "texts": [*TEXTS, "where are you"], "items": ITEMS}
    told = desk.call(owner, "POST", "asked/teach", json=sent)
    assert told["problems"] == [] and set(TEXTS) <= set(told["added"])
    written = desk.text("data/faq/location.yml")
    assert all(f"- {text}\n" in written for text in TEXTS)
    assert look(desk, owner)["groups"] == []
    desk.call(owner, "POST", "asked/unteach", json={**sent, "texts": told["added"]})
    assert desk.text("data/faq/location.yml") == before
    assert look(desk, owner)["groups"][0]["size"] == 2
    answer = owner.post("studio/asked/teach", json={**sent, "intent": "nobody"})
    assert answer.status_code == 404


def test_an_example_written_in_an_editor_is_asked_no_more(desk: StudioUnderTest, owner: httpx.Client) -> None:
    written = desk.text("data/faq/location.yml").replace(
        "examples: |\n", f"examples: |\n      - {TEXTS[1]}\n", 1
    )
    (desk.files / "data/faq/location.yml").write_text(written)
    assert [one["text"] for one in look(desk, owner)["groups"][0]["messages"]] == TEXTS[:1]


def test_what_is_erased_vanishes_from_here_too(desk: StudioUnderTest, owner: httpx.Client) -> None:
    assert look(desk, owner)["groups"][0]["size"] == 2
    desk.do(desk.service.erase("c1"))
    assert [one["text"] for one in look(desk, owner)["groups"][0]["messages"]] == TEXTS[1:]


def test_messages_near_to_a_question_are_suggested(desk: StudioUnderTest, owner: httpx.Client) -> None:
    (found,) = desk.call(owner, "GET", "questions/decaf/suggestions")["messages"]
    assert (found["conversation"], found["seq"]) == ("c4", 1) and 0.5 <= found["likeness"] < 1
    assert owner.get("studio/questions/nobody/suggestions").status_code == 404


def test_only_owners_see_it_and_no_log_tells_of_it(
    desk: StudioUnderTest, owner: httpx.Client, agent: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert (
        agent.get("studio/asked").status_code
        == agent.get("studio/questions/decaf/suggestions").status_code
        == 403
    )
    assert agent.post("studio/asked/put-away", json={"about": "unknown", "items": ITEMS}).status_code == 403
    with desk.client() as stranger:
        assert stranger.get("studio/asked").status_code == 401
    with caplog.at_level(logging.DEBUG):
        look(desk, owner)
        owner.post("studio/asked/teach", json={"intent": "location", "texts": TEXTS, "items": ITEMS})
    assert not any(text in caplog.text for text in TEXTS)
    logged = owner.get("audit").json()["entries"]
    assert not any(text in str(logged) for text in TEXTS)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("put-away", {"about": "everything", "items": ITEMS}),
        ("put-away", {"about": "unknown", "items": []}),
        ("teach", {"intent": "location", "texts": [], "items": ITEMS}),
        ("teach", {"intent": "location", "texts": ["x"] * 201, "items": ITEMS}),
    ],
)
def test_what_makes_no_sense_is_refused(owner: httpx.Client, path: str, body: dict[str, Any]) -> None:
    assert owner.post(f"studio/asked/{path}", json=body).status_code == 400
