"""The bot's turns: one question at a time in each conversation, and a kind word when it takes long.

What waits here also waits in the database, marked `pending`, so a stop loses nothing.
"""

import asyncio
import logging
import sys
from collections import deque
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any, Protocol, TypeVar

import anyio

from bot.errors import BrainCannotRead, BrainError, BrainTimeout, BrainUnavailable
from bot.handoff.events import ConversationErased, Event, MessageAdded, OwnerChanged
from bot.handoff.model import Answer, Question
from bot.handoff.service import HandoffService, explicit_request

A = TypeVar("A")
T = TypeVar("T")
THREADS = 2
GONE = sys.maxsize  # a version for a conversation in which nobody is there to be answered
logger = logging.getLogger(__name__)


class Answers(Protocol):
    """Whoever answers questions."""

    async def ask(self, question: Question) -> Answer: ...


@dataclass(frozen=True)
class Patience:
    """How long a visitor is kept waiting before what, in seconds."""

    notice: float = 8.0
    give_up: float = 120.0
    pauses: tuple[float, ...] = (1, 2, 4, 8, 15)  # between tries, the last one for all that follow


@dataclass
class _Asked:
    """A question in the line, and what its visitor has been told of the delay."""

    question: Question
    since: float
    timer: asyncio.TimerHandle | None = None
    troubled: bool = False


@dataclass
class _Line:
    """The questions of one conversation, the first one being asked."""

    version: int = 0
    told: int = 0  # what was asked up to here has had its word on a delay
    asked: deque[_Asked] = field(default_factory=deque)
    hurry: asyncio.Event = field(default_factory=asyncio.Event)
    task: "asyncio.Task[None] | None" = None


class Turns:
    """Ask the bot what visitors want to know."""

    def __init__(
        self,
        brain: Answers,
        service: HandoffService,
        *,
        bot_name: Callable[[], str],
        wants_person: Callable[[str], str | None],
        as_asked: Callable[[Question], Question] = lambda question: question,
        patience: Patience | None = None,
    ) -> None:
        """Use `as_asked` to put a question as the bot is to be asked it; both calls may block."""
        self._brain, self._service, self._bot_name = brain, service, bot_name
        self._wants_person, self._as_asked = wants_person, as_asked
        self._patience = patience or Patience()
        self._lines: dict[str, _Line] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        # Of their own: what an owner has the desk do meanwhile may keep the common ones busy for a minute.
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="desk-turns")

    def hear(self, event: Event) -> None:
        """Take up what the bot has to answer, and let go of what it no longer has."""
        if isinstance(event, MessageAdded) and event.question:
            self.submit(event.question)
        elif isinstance(event, OwnerChanged) and (line := self._lines.get(event.conversation_id)):
            line.version = event.version
            line.hurry.set()
        elif isinstance(event, ConversationErased) and (line := self._lines.get(event.conversation_id)):
            line.version = GONE
            if line.task:  # a question that still waits for its place must not be put to a bot that forgot
                line.task.cancel()

    def submit(self, question: Question) -> None:
        """Queue a question; one that is there already is asked again without further pause."""
        line = self._lines.setdefault(question.conversation_id, _Line())
        line.version = max(line.version, question.version)
        if any(asked.question.seq == question.seq for asked in line.asked):
            line.hurry.set()
            return
        loop = asyncio.get_running_loop()
        asked = _Asked(question, loop.time())
        asked.timer = loop.call_later(self._patience.notice, self._late, line, asked)
        line.asked.append(asked)
        if line.told:  # something is wrong: who asks for a person now does not wait behind other questions
            self._start(self._gave_person(question))
        if line.task is None:
            line.task = self._start(self._work(question.conversation_id, line))

    def waiting(self, conversation_id: str) -> int:
        """Count the questions of a conversation that have no answer yet."""
        line = self._lines.get(conversation_id)
        return len(line.asked) if line else 0

    async def close(self) -> None:
        """Stop asking; what has no answer is asked again after the next start."""
        for line in self._lines.values():
            for asked in line.asked:
                _cancel(asked.timer)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._threads.shutdown(wait=False)

    async def _work(self, conversation_id: str, line: _Line) -> None:
        self._service.typing(conversation_id, "bot", self._bot_name(), True)
        try:
            while line.asked:
                try:
                    await self._settle(line, line.asked[0])
                except Exception:
                    # It stays pending in the database and is asked again after the next start.
                    logger.exception("a turn failed in %s", conversation_id)
                _cancel(line.asked.popleft().timer)
        finally:
            line.task = None
            self._lines.pop(conversation_id, None)
            self._service.typing(conversation_id, "bot", self._bot_name(), False)

    async def _settle(self, line: _Line, asked: _Asked) -> None:
        """Ask until there is an answer, the conversation has moved on, or patience is at an end."""
        question = await self._aside(self._as_asked, asked.question)
        for pause in chain(self._patience.pauses, repeat(self._patience.pauses[-1])):
            if line.version > question.version:
                return
            line.hurry.clear()
            try:
                await self._say(line, asked, await self._brain.ask(question))
                return
            except BrainCannotRead:
                if question.written and not await self._gave_person(question):
                    await self._service.cannot_read(question, question.written)
                return
            except BrainError as problem:
                logger.warning("no answer for %s:%s: %s", question.conversation_id, question.seq, problem)
                lasting = not isinstance(problem, (BrainUnavailable, BrainTimeout))
            if line.version > question.version or await self._gave_person(question):
                return
            if lasting or self._is_over(asked, pause):
                await self._give_up(asked)
                return
            await self._excuse(line, asked, "brain_trouble")
            await _pause(pause, line.hurry)

    async def _say(self, line: _Line, asked: _Asked, answer: Answer) -> None:
        question = asked.question
        if line.version == GONE:
            return
        if answer.replies or line.version > question.version or not question.from_visitor:
            await self._service.answer(question, answer)
        else:
            await self._give_up(asked)  # silence, and nobody took over: the visitor must not wait for more

    async def _aside(self, work: Callable[[A], T], given: A) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, given)

    def _is_over(self, asked: _Asked, pause: float) -> bool:
        return asyncio.get_running_loop().time() + pause > asked.since + self._patience.give_up

    async def _gave_person(self, question: Question) -> bool:
        """Open a hand-over for a visitor who asks for a person while the bot cannot."""
        if not question.from_visitor:
            return False
        quote = await self._aside(self._wants_person, question.text)
        if quote is None:
            return False
        cause = explicit_request(question.seq, quote)
        return (await self._service.open_handoff(question.conversation_id, cause)).opened

    async def _excuse(self, line: _Line, asked: _Asked, sentence: str) -> None:
        """Tell the visitor once what is going on, for all that was asked so far."""
        if line.told >= asked.question.seq or not asked.question.from_visitor:
            return
        line.told = line.asked[-1].question.seq  # before it is said, so that it is not said twice
        asked.troubled = sentence == "brain_trouble"
        line.told = await self._service.excuse(asked.question, sentence) or line.told

    async def _give_up(self, asked: _Asked) -> None:
        silent = asked.troubled or not asked.question.from_visitor
        await self._service.give_up(asked.question, None if silent else "brain_trouble")

    def _late(self, line: _Line, asked: _Asked) -> None:
        self._start(self._excuse_late(line, asked))

    async def _excuse_late(self, line: _Line, asked: _Asked) -> None:
        if asked not in line.asked or line.version > asked.question.version:
            return
        if not await self._gave_person(asked.question):
            await self._excuse(line, asked, "brain_slow")

    def _start(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer:
        timer.cancel()


async def _pause(seconds: float, hurry: asyncio.Event) -> None:
    with anyio.move_on_after(seconds):  # a stop that comes with the hurry is not lost, as in `wait_for`
        await hurry.wait()
