"""What visitors said afterwards stands with the conversation, in its row, and comes while an agent looks."""

import httpx
import pytest

from bot.handoff.model import Agent, Survey, utc_now
from bot.storage import surveys
from tests.desk.console.desk import SAM, ConsoleUnderTest, Screen

AGENT = Agent("a-sam", "Sam Reyes")


@pytest.fixture
def sam(desk: ConsoleUnderTest) -> httpx.Client:
    return desk.client(SAM)


def resolved(desk: ConsoleUnderTest, text: str) -> str:
    """Return a conversation that Sam has resolved."""
    id = desk.visitor(text)
    desk.do(desk.service.claim(id, AGENT, 1))
    desk.do(desk.service.resolve(id, AGENT, 2, "solved"))
    return id


def ask(desk: ConsoleUnderTest, id: str, **answers: object) -> None:
    with desk.database.write() as connection:
        surveys.add(connection, Survey(f"s-{id}"[:32], id, "resolved", utc_now()))
    if answers:
        desk.do(desk.service.answer_survey(id, answers, done=True))


def test_the_answers_stand_with_the_conversation(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = resolved(desk, "Where is my order?")
    assert sam.get(f"conversations/{id}").json()["surveys"] == []
    ask(desk, id, satisfaction=2, understood="no", comment="Too slow")
    (told,) = sam.get(f"conversations/{id}").json()["surveys"]
    assert (told["cause"], told["satisfaction"], told["understood"]) == ("resolved", 2, "no")
    assert (told["comment"], told["effort"], told["skipped_at"]) == ("Too slow", None, None)
    assert told["asked_at"] and told["answered_at"]


def test_lists_show_the_newest_and_can_be_narrowed_to_them(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    poor, lost, good, silent = (resolved(desk, f"Question {n}") for n in range(4))
    ask(desk, poor, satisfaction=2)
    ask(desk, lost, understood="no", satisfaction=4)
    ask(desk, good, understood="yes")
    ask(desk, silent)

    def listed(**asked: str) -> dict[str, object]:
        found = sam.get("conversations", params={"view": "resolved", **asked}).json()["conversations"]
        return {one["id"]: one["survey"] for one in found}

    assert listed() == {
        poor: {"understood": None, "satisfaction": 2},
        lost: {"understood": "no", "satisfaction": 4},
        good: {"understood": "yes", "satisfaction": None},
        silent: None,
    }
    assert set(listed(survey="answered")) == {poor, lost, good}
    assert set(listed(survey="unhappy")) == {poor, lost}
    assert sam.get("conversations", params={"survey": "any"}).status_code >= 400


async def test_who_looks_at_the_conversation_is_told(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = resolved(desk, "Where is my order?")
    ask(desk, id)
    async with desk.socket() as socket:
        screen = Screen(socket)
        await screen.send("hello", ticket=sam.post("ticket").json()["ticket"])
        await screen.frame("snapshot")
        await screen.send("watch", conversation=id)
        await screen.frame("viewers")
        desk.do(desk.service.answer_survey(id, {"understood": "partly"}))
        told = await screen.frame("survey", conversation=id)
        assert (told["survey"]["understood"], told["survey"]["answered_at"]) == ("partly", None)
        summary = (await screen.frame("conversation"))["summary"]
        while summary["survey"] is None:  # one from before may still be on its way
            summary = (await screen.frame("conversation"))["summary"]
        assert summary["survey"] == {"understood": "partly", "satisfaction": None}
