"""The survey as the desk keeps it: asked once, answered once, cleaned, and gone with the conversation."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import NotFound, ProtocolError
from bot.handoff.entrance import Identity
from bot.handoff.events import SurveyAnswered
from bot.handoff.model import Answer, Reply, Survey
from bot.handoff.survey import ENDED, RESOLVED, SILENCE, SurveySettings
from bot.storage import conversations, surveys
from tests.handoff.desk import SAM, DeskUnderTest

MARA = Identity("c-mara", "Mara Lindqvist")
SILENT = timedelta(minutes=11)
MOMENT = {"seq": 1, "level": 0.4, "label": "uneasy", "cues": []}
READ_CALM = {"level": 0.1, "label": "calm", "moments": [MOMENT]}


@pytest.fixture
def wishes(desk: DeskUnderTest) -> DeskUnderTest:
    """A desk whose owner asks after ten minutes, and everybody as often as may be."""
    settings = SurveySettings(pause=timedelta(0), recommend=timedelta(days=30))
    desk.business = replace(desk.business, survey=settings)
    desk.service._business = desk.business
    return desk


def _all(desk: DeskUnderTest, id: str) -> list[Survey]:
    with desk.database.read() as connection:
        return surveys.of(connection, id)


def _read(desk: DeskUnderTest, id: str, mood: dict | None = None) -> None:
    with desk.database.write() as connection:
        seq = conversations.find(connection, id).last_seq
        conversations.set_mood(connection, id, mood or READ_CALM, seq)


async def _answered(desk: DeskUnderTest, id: str, cmid: str = "m1", *, failed: bool = False) -> None:
    """Let the visitor ask and the bot answer."""
    await desk.service.receive(id, cmid, "What time do you open?")
    question = next(event.question for event in reversed(desk.events) if getattr(event, "question", None))
    await desk.service.answer(question, Answer((Reply("At eight.", failed=failed),)))
    _read(desk, id)


async def _resolved(desk: DeskUnderTest, id: str, cmid: str = "m1") -> None:
    await desk.service.receive(id, cmid, "Where is my order?")
    with desk.database.read() as connection:
        version = conversations.find(connection, id).version
    await desk.service.claim(id, SAM, version)
    await desk.service.reply(id, SAM, f"r-{cmid}", "On its way.")
    await desk.service.resolve(id, SAM, version + 1, "solved")
    _read(desk, id)


async def test_after_an_agent_has_resolved_it_is_asked_once(wishes: DeskUnderTest) -> None:
    id = await wishes.conversation()
    await _resolved(wishes, id)
    asked = await asyncio.gather(*(wishes.service.survey(id) for _ in range(5)))
    assert isinstance(asked[0], Survey) and len(set(asked)) == 1 and _all(wishes, id) == [asked[0]]
    known = asked[0]
    assert (known.cause, known.outcome, known.with_person) == (RESOLVED, "solved", True)
    assert (known.mood_label, known.asks_recommend) == ("uneasy", True)
    await wishes.service.answer_survey(id, {"satisfaction": 4}, done=True)
    assert await wishes.service.survey(id) is None


async def test_after_the_visitor_has_ended_it(wishes: DeskUnderTest) -> None:
    id = await wishes.conversation()
    await _answered(wishes, id)
    await wishes.service.end(id, "e1")
    asked = await wishes.service.survey(id)
    assert (asked.cause, asked.outcome, asked.with_person) == (ENDED, None, False)


async def test_the_newest_words_are_read_before_anybody_is_asked(wishes: DeskUnderTest) -> None:
    id = await wishes.conversation()
    await _answered(wishes, id)
    await wishes.service.receive(id, "m2", "My father passed away.")
    await wishes.service.end(id, "e1")
    assert isinstance(await wishes.service.survey(id), datetime)
    _read(wishes, id, {**READ_CALM, "causes": ["grief"]})
    assert await wishes.service.survey(id) is None


async def test_silence_after_an_answer(wishes: DeskUnderTest) -> None:
    id = await wishes.conversation()
    assert await wishes.service.survey(id) is None, "nothing was said"
    await _answered(wishes, id)
    again = await wishes.service.survey(id)
    assert isinstance(again, datetime) and again > wishes.clock.now
    wishes.clock.now += SILENT
    asked = await wishes.service.survey(id)
    assert asked.cause == SILENCE and not asked.with_person
    assert await wishes.service.survey(id) == asked, "a reload shows the same one"


async def test_an_answer_that_was_none_is_not_asked_about(wishes: DeskUnderTest) -> None:
    id = await wishes.conversation()
    await _answered(wishes, id, failed=True)
    wishes.clock.now += SILENT
    assert await wishes.service.survey(id) is None


async def test_nobody_is_asked_while_waiting_or_with_an_agent(wishes: DeskUnderTest) -> None:
    id = await wishes.conversation()
    await _answered(wishes, id)
    wishes.clock.now += SILENT
    asked = await wishes.service.survey(id)
    await wishes.service.request_person(id, "p1")
    assert await wishes.service.survey(id) is None
    await wishes.service.claim(id, SAM, 2)
    wishes.clock.now += SILENT
    assert await wishes.service.survey(id) is None
    assert _all(wishes, id) == [asked]


async def test_who_goes_on_is_asked_again_only_about_the_next_stretch(wishes: DeskUnderTest) -> None:
    id = await wishes.conversation()
    await _answered(wishes, id)
    wishes.clock.now += SILENT
    first = await wishes.service.survey(id)
    await _answered(wishes, id, "m2")
    wishes.clock.now += SILENT
    assert await wishes.service.survey(id) is None
    await _resolved(wishes, id, "m3")
    second = await wishes.service.survey(id)
    assert (first.cause, second.cause) == (SILENCE, RESOLVED)
    assert (first.asks_recommend, second.asks_recommend) == (True, False), "asked at the owner's pace"


async def test_danger_and_grief_are_left_alone(wishes: DeskUnderTest) -> None:
    id = await wishes.conversation()
    await _resolved(wishes, id)
    await wishes.service.receive(id, "m2", "My father passed away")
    with wishes.database.write() as connection:
        conversations.set_mood(connection, id, {**READ_CALM, "causes": ["grief"]}, 99)
    await wishes.service.claim(id, SAM, 4)
    await wishes.service.resolve(id, SAM, 5, "solved")
    assert await wishes.service.survey(id) is None and _all(wishes, id) == []


async def test_a_customer_is_left_in_peace_on_every_device(desk: DeskUnderTest) -> None:
    first = (await desk.entrance.enter(None, MARA, None)).conversation.id
    await _resolved(desk, first)
    assert isinstance(await desk.service.survey(first), Survey)
    await desk.service.answer_survey(first, {}, skipped=True)
    second = (await desk.entrance.enter(None, MARA, None)).conversation.id
    assert second != first
    await _resolved(desk, second)
    assert await desk.service.survey(second) is None
    stranger = await desk.conversation()
    await _resolved(desk, stranger)
    assert isinstance(await desk.service.survey(stranger), Survey)


async def test_answers_are_kept_one_by_one_and_cleaned_like_messages(wishes: DeskUnderTest) -> None:
    id = await wishes.conversation()
    await _resolved(wishes, id)
    asked = await wishes.service.survey(id)
    await wishes.service.answer_survey(id, {"understood": "yes"}, survey_id=asked.id)
    told = {"satisfaction": 5, "comment": " Fine\x00, card 4242 4242 4242 4242 "}
    for _ in range(3):
        await wishes.service.answer_survey(id, told, done=True)
    kept = _all(wishes, id)[0]
    assert (kept.understood, kept.satisfaction, kept.comment) == ("yes", 5, "Fine, card •••• 4242")
    heard = [event.survey for event in wishes.events if isinstance(event, SurveyAnswered)]
    assert len(heard) == 2 and heard[-1] == kept
    await wishes.service.answer_survey(id, {"satisfaction": 1, "comment": "no"}, done=True)
    assert _all(wishes, id) == [kept]


@pytest.mark.parametrize("comment", ["", "  \n", "\u200b"])
async def test_an_empty_comment_is_none(wishes: DeskUnderTest, comment: str) -> None:
    id = await wishes.conversation()
    await _resolved(wishes, id)
    await wishes.service.survey(id)
    assert (await wishes.service.answer_survey(id, {"comment": comment}, done=True)).comment is None


async def test_answers_to_what_was_not_asked(wishes: DeskUnderTest) -> None:
    id = await wishes.conversation()
    with pytest.raises(NotFound):
        await wishes.service.answer_survey(id, {"satisfaction": 3})
    await _resolved(wishes, id)
    asked = await wishes.service.survey(id)
    with pytest.raises(NotFound):
        await wishes.service.answer_survey(id, {"satisfaction": 3}, survey_id="another")
    for wrong in ({"satisfaction": 7}, {"comment": "x" * 5000}):
        with pytest.raises(ProtocolError):
            await wishes.service.answer_survey(id, wrong)
    assert _all(wishes, id) == [asked]


async def test_what_was_answered_goes_with_the_conversation(wishes: DeskUnderTest) -> None:
    id = await wishes.conversation()
    await _resolved(wishes, id)
    await wishes.service.survey(id)
    await wishes.service.answer_survey(id, {"comment": "About me"}, done=True)
    await wishes.service.erase(id)
    assert _all(wishes, id) == []
    with pytest.raises(NotFound):
        await wishes.service.survey(id)
