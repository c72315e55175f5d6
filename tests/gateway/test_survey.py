"""The survey over real sockets: it comes by itself, is the same in every tab, and is gone once answered."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.handoff.model import Survey
from bot.handoff.survey import SurveySettings
from bot.storage import surveys
from tests.gateway.served import SAM, ServedDesk, Visitor, parts, serve_desk

QUIET = 0.6  # seconds of silence that the owner of these desks waits for


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    """A desk whose owner asks soon, and often."""
    wishes = SurveySettings(silence=timedelta(seconds=QUIET), pause=timedelta(0))
    built = parts()
    built = replace(built, business=replace(built.business, survey=wishes))
    with serve_desk(tmp_path_factory.mktemp("asking"), built) as desk:
        yield desk


def _kept(desk: ServedDesk, visitor: Visitor) -> list[Survey]:
    with desk.app.state.database.read() as connection:
        return surveys.of(connection, visitor.conversation)


async def _resolve(desk: ServedDesk, visitor: Visitor) -> None:
    """Have an agent take over, and end it."""
    service, id = desk.app.state.service, visitor.conversation
    version = visitor.ready["owner"]["version"]
    desk.step(service.claim(id, SAM, version))
    desk.step(service.resolve(id, SAM, version + 1, "solved"))


async def test_silence_after_an_answer_asks_and_writing_on_takes_it_away(
    asking: ServedDesk,
) -> None:
    async with asking.visitor() as visitor:
        await visitor.say("What time do you open?")
        await visitor.until(op="message", speaker="bot")
        asked = await visitor.until(op="survey")
        assert (asked["cause"], asked["recommend"], asked["answers"]) == ("silence", False, {})
        assert asked["id"]
        await visitor.say("And on Sunday?")
        assert (await visitor.until(op="survey"))["id"] is None
        await visitor.until(op="message", speaker="bot")
        assert not [frame for frame in await visitor.silence(3 * QUIET) if frame["op"] == "survey"]


async def test_it_is_the_same_after_a_reload_and_in_a_second_tab(asking: ServedDesk) -> None:
    async with asking.visitor() as first:
        await first.say("Where is my order?")
        await first.until(op="message", speaker="bot")
        await _resolve(asking, first)
        asked = await first.until(op="survey", cause="resolved")
        await first.send(op="survey", cmid="s1", id=asked["id"], understood="partly")
        await first.until(op="ack", cmid="s1")
        async with asking.visitor(token=first.ready["token"]) as second:
            assert await second.until(op="survey") == {**asked, "answers": {"understood": "partly"}}
            for _ in range(2):  # the acknowledgement was lost, so it is sent again
                await second.send(op="survey", cmid="s2", id=asked["id"], satisfaction=4, done=True)
                await second.until(op="ack", cmid="s2")
            assert (await first.until(op="survey"))["id"] is None
        (kept,) = _kept(asking, first)
        assert (kept.understood, kept.satisfaction, kept.id) == ("partly", 4, asked["id"])
        async with asking.visitor(token=first.ready["token"]) as later:
            assert not [frame for frame in await later.silence(2 * QUIET) if frame["op"] == "survey"]


async def test_ending_the_chat_asks_at_once(asking: ServedDesk) -> None:
    async with asking.visitor() as visitor:
        await visitor.say("Hello")
        await visitor.until(op="message", speaker="bot")
        await visitor.send(op="end", cmid="e1")
        assert (await visitor.until(op="survey"))["cause"] == "ended"


async def test_skipping_ends_it(asking: ServedDesk) -> None:
    async with asking.visitor() as visitor:
        await visitor.say("Hello")
        asked = await visitor.until(op="survey")
        await visitor.send(op="survey", cmid="s1", id=asked["id"], skipped=True)
        await visitor.until(op="survey", id=None)
        await visitor.until(op="ack", cmid="s1")
    (kept,) = _kept(asking, visitor)
    assert kept.skipped_at and not kept.answered_at


async def test_nobody_is_asked_while_an_agent_has_it(asking: ServedDesk) -> None:
    async with asking.visitor() as visitor:
        await visitor.say("Hello")
        asked = await visitor.until(op="survey")
        desk = asking.app.state.service
        asking.step(desk.claim(visitor.conversation, SAM, visitor.ready["owner"]["version"]))
        assert (await visitor.until(op="survey"))["id"] is None
        asking.step(desk.reply(visitor.conversation, SAM, "r1", "How can I help?"))
        assert not [frame for frame in await visitor.silence(3 * QUIET) if frame["op"] == "survey"]
    assert [survey.id for survey in _kept(asking, visitor)] == [asked["id"]]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"satisfaction": 9}, "bad_frame"),
        ({"satisfaction": "4"}, "bad_frame"),
        ({"understood": "maybe"}, "bad_frame"),
        ({"comment": "x" * 5000}, "too_long"),
        ({"id": "another", "satisfaction": 4}, "not_found"),
    ],
)
async def test_what_is_no_answer_is_refused(asking: ServedDesk, fields: dict, code: str) -> None:
    async with asking.visitor() as visitor:
        await visitor.say("Hello")
        await visitor.until(op="survey")
        await visitor.send(op="survey", cmid="s1", **fields)
        assert (await visitor.until(op="error"))["code"] == code
        await visitor.send(op="survey", cmid="s2", satisfaction=4)
        await visitor.until(op="ack", cmid="s2")
    (kept,) = _kept(asking, visitor)
    assert (kept.satisfaction, kept.comment, kept.understood) == (4, None, None)


async def test_a_flood_of_answers_is_slowed_down(asking: ServedDesk) -> None:
    async with asking.visitor() as visitor:
        await visitor.say("Hello")
        await visitor.until(op="survey")
        for number in range(14):
            await visitor.send(op="survey", cmid=f"s{number}", satisfaction=1 + number % 5)
        assert (await visitor.until(op="error"))["code"] == "too_many"
