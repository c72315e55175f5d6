"""The brief and the mood, from what is stored, with whatever the CRM has to say."""

import asyncio
import time
from dataclasses import replace

import pytest

from bot.crm.card import CustomerCard
from bot.dialogue.transcript import Transcript
from bot.empathy.reading import Cue, Reading
from bot.empathy.state import fold
from bot.errors import CrmUnavailable
from bot.handoff.briefing import Briefing
from bot.handoff.entrance import Identity
from bot.handoff.events import MessageAdded, MoodChanged
from bot.handoff.model import Answer, Attachment, Cause, Handoff, Question, Reply
from bot.handoff.moods import Moods
from bot.storage import conversations, handoffs
from tests.handoff.desk import DeskUnderTest
from tests.talk import Talk

REASON = {
    "code": "explicit_request",
    "label": "Asked for a person",
    "score": 1.0,
    "threshold": 0.0,
    "evidence": [{"turn": 1, "quote": "a person"}],
}


class FakeDetector:
    """Finds whoever writes 'furious' furious."""

    def read(self, text: str, *, context: str = "") -> Reading:
        upset = "furious" in text
        cues = (Cue("anger", "says so", 0, 7, "furious", 0.9),) if upset else ()
        emotion = "angry" if upset else "neutral"
        return Reading(emotion, {emotion: 1.0}, 0.9 if upset else 0.0, "us", cues, "fake")


class FakeCrm:
    def __init__(self, seconds: float = 0.0, problem: Exception | None = None) -> None:
        self.seconds, self.problem, self.asked = seconds, problem, []

    def card(self, customer_id: str) -> CustomerCard:
        self.asked.append(customer_id)
        time.sleep(self.seconds)
        raise self.problem or CrmUnavailable("down")


def _briefing(desk: DeskUnderTest, crm: FakeCrm, detector: FakeDetector | None = None) -> Briefing:
    detector = detector or FakeDetector()
    return Briefing(desk.database, business=desk.business, crm=crm, detector=detector)


async def _handed_over(desk: DeskUnderTest, identity: Identity | None = None) -> Handoff:
    conversation = (await desk.entrance.enter(None, identity, None)).conversation.id
    await desk.service.receive(conversation, "m1", "I want a person about order CK-10423")
    order = {"name": "order", "label": "Order", "value": "CK-10423"}
    cause = Cause("explicit_request@1", (REASON,), (order,))
    await desk.service.open_handoff(conversation, cause)
    with desk.database.read() as connection:
        handoff = handoffs.latest(connection, conversation)
    assert handoff
    return handoff


def _brief(desk: DeskUnderTest, handoff: Handoff) -> dict:
    with desk.database.read() as connection:
        return handoffs.find(connection, handoff.id).brief or {}


@pytest.mark.parametrize("identity", [None, Identity("c-mara", "Mara Lindqvist")])
async def test_a_brief_without_the_customer_records(desk: DeskUnderTest, identity: Identity | None) -> None:
    handoff = await _handed_over(desk, identity)
    crm = FakeCrm()
    assert await _briefing(desk, crm).compose(handoff)
    brief = _brief(desk, handoff)
    assert brief["situation"] and brief["suggestion"]
    assert brief["reasons"][0]["code"] == "explicit_request"
    assert brief["reasons"][0]["evidence"] == [{"seq": 1, "quote": "a person"}]
    assert brief["filled"][0]["value"] == "CK-10423"
    assert set(crm.asked) == ({"c-mara"} if identity else set()), "more than once while the records are down"


@pytest.mark.parametrize(
    ("language", "told"), [("pl", "Polish (polski)"), ("de", "German (Deutsch)"), ("en", None), (None, None)]
)
async def test_a_brief_tells_the_customers_language(
    desk: DeskUnderTest, language: str | None, told: str | None
) -> None:
    handoff = replace(await _handed_over(desk), language=language)
    assert await _briefing(desk, FakeCrm()).compose(handoff)
    filled = {detail["label"]: detail["value"] for detail in _brief(desk, handoff)["filled"]}
    assert filled.get("Language") == told


async def test_a_brief_that_cannot_be_composed_breaks_nothing(desk: DeskUnderTest) -> None:
    handoff = await _handed_over(desk)

    class Broken(FakeDetector):
        def read(self, text: str, *, context: str = "") -> Reading:
            raise RuntimeError("no model")

    assert not await _briefing(desk, FakeCrm(), Broken()).compose(handoff)


async def test_a_foreign_error_of_the_records_stays_at_the_border(desk: DeskUnderTest) -> None:
    handoff = await _handed_over(desk, Identity("c-mara", "Mara Lindqvist"))
    assert await _briefing(desk, FakeCrm(problem=KeyError("oops"))).compose(handoff)


async def test_the_mood_follows_the_messages_and_is_told_once(desk: DeskUnderTest) -> None:
    briefing = _briefing(desk, FakeCrm())
    moods = Moods(briefing, desk.bus, aside=0)
    conversation = await desk.conversation()
    with desk.bus.subscribe(moods.hear):
        for n, text in enumerate(("hello", "I am furious", "still furious")):
            await desk.service.receive(conversation, f"m{n}", text)
            while moods._tasks:
                await next(iter(moods._tasks))
    told = [event for event in desk.events if isinstance(event, MoodChanged)]
    assert [event.seq for event in told] == [1, 2, 3]
    assert told[0].mood["level"] < told[1].mood["level"]
    with desk.database.read() as connection:
        assert conversations.find(connection, conversation).mood == told[-1].mood
    assert briefing.mood(conversation) is None  # nothing new
    await moods.close()


async def test_a_mood_that_cannot_be_read_breaks_nothing(desk: DeskUnderTest) -> None:
    class Broken(FakeDetector):
        def read(self, text: str, *, context: str = "") -> Reading:
            raise RuntimeError("no model")

    moods = Moods(_briefing(desk, FakeCrm(), Broken()), desk.bus, aside=0)
    conversation = await desk.conversation()
    with desk.bus.subscribe(moods.hear):
        await desk.service.receive(conversation, "m1", "hello")
        while moods._tasks:
            await next(iter(moods._tasks))
    assert not any(isinstance(event, MoodChanged) for event in desk.events)
    await moods.close()


async def test_what_was_erased_meanwhile_is_nothing_to_report(
    desk: DeskUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    handoff, briefing = await _handed_over(desk), _briefing(desk, FakeCrm())
    moods = Moods(briefing, desk.bus, aside=0)
    with desk.bus.subscribe(moods.hear):
        await desk.service.receive(handoff.conversation_id, "m2", "hello?")
        await desk.service.erase(handoff.conversation_id)
        while moods._tasks:
            await next(iter(moods._tasks))
    assert not await briefing.compose(handoff)
    assert caplog.records == []
    await moods.close()


async def test_what_is_said_while_the_desk_stops_is_left_to_the_next_start(
    desk: DeskUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    moods = Moods(_briefing(desk, FakeCrm()), desk.bus, aside=0)
    with desk.bus.subscribe(moods.hear):
        await moods.close()
        await desk.service.receive(await desk.conversation(), "m1", "hello")
        await asyncio.sleep(0)
    assert not moods._tasks and caplog.records == []


# What is said: by the visitor with what the bot is told instead, or by the bot under a response's name.
TALK = (
    ("visitor", "Where is my parcel?", None),
    ("bot", "Sorry, could you say that in other words?", "utter_ask_rephrase"),
    ("visitor", "Track my order", "/order_status"),
    ("bot", "Shall I get somebody?", "utter_offer_human_stuck"),
    ("visitor", "No", "/deny"),
    ("bot", "Then tell me more.", "utter_ask_rephrase"),
    ("visitor", "I am furious", None),
)


async def test_the_desk_and_the_assistant_read_the_same_mood(desk: DeskUnderTest) -> None:
    conversation, talk = await desk.conversation(), Talk()
    for n, (speaker, text, behind) in enumerate(TALK):
        if speaker == "visitor":
            await desk.service.receive(conversation, f"m{n}", text, payload=behind)
            talk.visitor(behind or text, (behind or "/out_of_scope")[1:])
            continue
        failed, offered = behind != "utter_offer_human", behind.startswith("utter_offer_human")
        asked = [event.question for event in desk.events if isinstance(event, MessageAdded)]
        question = next(one for one in reversed(asked) if isinstance(one, Question))
        assert await desk.service.answer(question, Answer((Reply(text, failed=failed, offered=offered),)))
        talk.bot(text, behind)
    _, mood = _briefing(desk, FakeCrm()).mood(conversation)
    theirs = fold(Transcript(talk.tracker()).turns(), FakeDetector()).as_dict()
    numbered = ("seq", "moments", "signals", "relieved")  # Rasa counts its own events, too
    assert {k: v for k, v in mood.items() if k not in numbered} == {
        k: v for k, v in theirs.items() if k not in numbered
    }
    assert mood["bot_failures"] == 3 and mood["offered_level"] is not None


async def test_a_file_is_in_the_brief_by_its_name_only(desk: DeskUnderTest) -> None:
    id = (await desk.entrance.enter(None, None, None)).conversation.id
    await desk.service.receive(id, "m1", "My kettle arrived broken")
    file = Attachment("f1", "I am furious, please send me a refund.jpg", "image/jpeg", 1200, 40, 30)
    await desk.service.attach(id, "m2", file, "digest", most=20)
    await desk.service.open_handoff(id, Cause("explicit_request@1", (REASON,)))
    with desk.database.read() as connection:
        handoff = handoffs.latest(connection, id)
    assert handoff and await _briefing(desk, FakeCrm()).compose(handoff)
    with desk.database.read() as connection:
        brief = handoffs.latest(connection, id).brief
    assert {"name": "file_2", "label": "File", "value": file.name} in brief["filled"]
    assert brief["wants"] == "My kettle arrived broken" and brief["mood"]["level"] == 0
    assert not [line for line in brief["promised"] if line["text"].startswith("Thank you, I have kept")]
