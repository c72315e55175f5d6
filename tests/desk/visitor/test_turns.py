"""How long the bot is asked, and what the visitor hears meanwhile, with seconds made short."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.desk.visitor.tongues import as_asked
from bot.desk.visitor.turns import Patience, Turns
from bot.errors import BrainCannotRead, BrainError, BrainTimeout, BrainUnavailable
from bot.handoff.model import Answer, Message, Question, Reply
from bot.storage import messages
from tests.databases import fresh
from tests.handoff.desk import SAM, DeskUnderTest

SHORT = Patience(notice=0.15, give_up=0.6, pauses=(0.05,))


class FakeBrain:
    """Answers what it is told to; an error is raised as often as it stands in the list."""

    def __init__(self) -> None:
        self.problems: list[Exception] = []
        self.seconds = 0.0
        self.asked: list[int] = []
        self.replies = [Reply("On its way.")]

    async def ask(self, question: Question) -> Answer:
        self.asked.append(question.seq)
        await asyncio.sleep(self.seconds)
        if self.problems:
            raise self.problems.pop(0)
        return Answer(tuple(self.replies))


class Talk:
    """A conversation with turns under test."""

    def __init__(self, desk: DeskUnderTest) -> None:
        self.desk, self.brain = desk, FakeBrain()
        self.turns = Turns(
            self.brain,
            desk.service,
            bot_name=lambda: "Pip",
            wants_person=lambda text: "a person" if "person" in text else None,
            as_asked=lambda question: as_asked(question, desk.business.texts),
            patience=SHORT,
        )
        self._hearing = desk.bus.subscribe(self.turns.hear)
        self._hearing.__enter__()
        self.id = ""

    async def say(self, text: str, cmid: str) -> None:
        self.id = self.id or await self.desk.conversation()
        await self.desk.service.receive(self.id, cmid, text)

    async def done(self) -> list[Message]:
        while self.turns.waiting(self.id):
            await asyncio.sleep(0.01)
        return self.said()

    def said(self) -> list[Message]:
        with self.desk.database.read() as connection:
            return messages.after(connection, self.id)

    def sentences(self) -> list[str]:
        say = self.desk.business.say
        known = {say("brain_slow"): "slow", say("brain_trouble"): "trouble"}
        return [known.get(message.text, message.speaker) for message in self.said()]


@pytest_asyncio.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    desk = DeskUnderTest(fresh(tmp_path / "desk.db"))
    talk = Talk(desk)
    yield talk
    await talk.turns.close()
    await desk.service.close()
    desk.database.close()


@pytest.mark.parametrize("problem", [BrainUnavailable("down"), BrainTimeout("slow")])
async def test_it_is_asked_again_until_it_answers(talk: Talk, problem: Exception) -> None:
    talk.brain.problems = [problem] * 3
    await talk.say("where is it", "m1")
    said = await talk.done()
    assert talk.brain.asked == [1] * 4
    assert talk.sentences() == ["visitor", "trouble", "bot"]
    assert said[0].turn == "answered"


async def test_what_makes_no_sense_is_not_asked_again(talk: Talk) -> None:
    talk.brain.problems = [BrainError("nonsense")]
    await talk.say("where is it", "m1")
    assert (await talk.done())[0].turn == "failed"
    assert talk.brain.asked == [1] and talk.sentences() == ["visitor", "trouble"]


async def test_what_the_bot_cannot_read_is_said_in_that_language_and_not_asked_again(talk: Talk) -> None:
    talk.brain.problems = [BrainCannotRead("it is German")]
    await talk.say("Wo bleibt denn mein Paket?", "m1")
    asked, told = await talk.done()
    assert (asked.turn, talk.brain.asked) == ("answered", [1])
    assert told.text == talk.desk.business.say("language_unknown", language="de")


async def test_what_the_bot_reads_all_the_same_is_answered(talk: Talk) -> None:
    await talk.say("Hauptstraße fünf, in der zweiten Etage", "m1")  # such as an address that it asked for
    assert [message.text for message in await talk.done()][1:] == ["On its way."]


async def test_patience_ends(talk: Talk) -> None:
    talk.brain.problems = [BrainUnavailable("down")] * 100
    await talk.say("where is it", "m1")
    assert (await talk.done())[0].turn == "failed"
    assert 1 < len(talk.brain.asked) < 20 and talk.sentences() == ["visitor", "trouble"]


async def test_slow_first_and_in_trouble_later(talk: Talk) -> None:
    talk.brain.seconds, talk.brain.problems = 0.2, [BrainTimeout("slow")] * 100
    await talk.say("where is it", "m1")
    await talk.done()
    assert talk.sentences() == ["visitor", "slow", "trouble"]


async def test_one_word_covers_all_that_was_asked_before_it(talk: Talk) -> None:
    talk.brain.seconds = 0.3
    for n in range(3):
        await talk.say(f"text {n}", f"m{n}")
    await talk.done()
    assert talk.sentences().count("slow") == 1
    assert talk.brain.asked == [1, 2, 3]


async def test_silence_is_a_failure_that_is_said(talk: Talk) -> None:
    talk.brain.replies = []
    await talk.say("where is it", "m1")
    await talk.done()
    assert talk.sentences() == ["visitor", "trouble"]


@pytest.mark.parametrize("how", ["down", "hangs"])
async def test_who_asks_for_a_person_gets_one(talk: Talk, how: str) -> None:
    if how == "down":
        talk.brain.problems = [BrainUnavailable("down")] * 100
    else:
        talk.brain.seconds = 0.4
    await talk.say("I want a person", "m1")
    await asyncio.sleep(0.3)
    await talk.done()
    assert talk.sentences() == ["visitor", "system"]
    assert talk.said()[0].turn == "dropped"


async def test_an_agent_ends_the_asking(talk: Talk) -> None:
    talk.brain.problems = [BrainUnavailable("down")] * 100
    await talk.say("where is it", "m1")
    await asyncio.sleep(0.1)
    await talk.desk.service.claim(talk.id, SAM, 1)
    await talk.done()
    asked = len(talk.brain.asked)
    await asyncio.sleep(0.2)
    assert len(talk.brain.asked) == asked
    assert talk.said()[0].turn == "dropped"


async def test_a_person_is_not_waited_for_behind_a_question_that_is_stuck(talk: Talk) -> None:
    talk.turns._patience = Patience(notice=5, give_up=60, pauses=(30,))
    talk.brain.problems = [BrainUnavailable("down")] * 100
    await talk.say("where is it", "m1")
    while "trouble" not in talk.sentences():
        await asyncio.sleep(0.01)
    await talk.say("I want a person", "m2")
    await asyncio.wait_for(talk.done(), 20)
    assert {message.turn for message in talk.said() if message.speaker == "visitor"} == {"dropped"}


async def test_try_again_does_not_wait_for_the_pause(talk: Talk) -> None:
    talk.turns._patience = Patience(notice=5, give_up=60, pauses=(30,))
    talk.brain.problems = [BrainUnavailable("down")]
    await talk.say("where is it", "m1")
    while "trouble" not in talk.sentences():
        await asyncio.sleep(0.01)
    await talk.desk.service.retry(talk.id, "t1", "Try again")
    await asyncio.wait_for(talk.done(), 20)
    assert talk.sentences() == ["visitor", "trouble", "visitor", "bot"]


async def test_a_stop_leaves_what_was_not_answered(talk: Talk) -> None:
    talk.brain.seconds = 30
    await talk.say("where is it", "m1")
    await asyncio.sleep(0.05)
    await talk.turns.close()
    assert talk.said()[0].turn == "pending"
    assert [question.seq for question in await talk.desk.service.resume()] == [1]


async def test_other_work_of_the_desk_holds_up_nobody(talk: Talk) -> None:
    loop, go_on = asyncio.get_running_loop(), threading.Event()
    crowded = [
        loop.run_in_executor(None, go_on.wait, 30) for _ in range(64)
    ]  # as many as there may be threads
    try:
        await talk.say("Where is my order?", "a")
        await asyncio.wait_for(talk.done(), 20)
        assert talk.brain.asked
    finally:
        go_on.set()
        await asyncio.gather(*crowded)
