"""Talk to the draft beside what is live: two private copies, a chat with each, and why each answered so."""

import asyncio
import ipaddress
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from itertools import count
from pathlib import Path
from typing import Any

import psutil

from bot import wiring
from bot.business import Business
from bot.empathy.ladder import LadderSettings
from bot.empathy.reading import Cue
from bot.errors import KindhandError, ModelError, OwnerFileError, RehearsalError, StudioError
from bot.handoff.model import SYSTEM
from bot.lessons import Lessons
from bot.rehearsal.record import record
from bot.rehearsal.visitor import Said, Visitor, visiting
from bot.settings import Settings
from bot.studio.jobs import Job, Jobs
from bot.studio.trial import inspector
from bot.studio.trial.copies import IDLE, OFF, PREPARING, RUNNING, TRAINING, Copy
from bot.studio.trial.nearest import nearest_in
from bot.supervisor.control import Control

LIVE, DRAFT = "live", "draft"
SIDES = (LIVE, DRAFT)
LOOK = 15.0  # seconds between two looks for copies that nobody talks to
ROOM = 2_500 * 1024 * 1024  # bytes of free memory that one more copy needs
VISITORS = ipaddress.IPv4Address("198.19.0.1")  # of the addresses set aside for measuring
PRECHAT = {"text": "Trial", "email": "trial@example.com", "phone": "+44 7700 900000"}
Sign = Callable[[str], str | None]  # a customer's id to their signed token


class Chat:
    """An owner's chat with one copy. `sent` are the messages with buttons, the latest last."""

    def __init__(self, visitor: Visitor, stack: AsyncExitStack) -> None:
        self.visitor, self._stack = visitor, stack
        self.buttons: dict[str, tuple[int, str]] = {}  # by title: message and button
        self.over = False  # a person would have it now
        self.lock = asyncio.Lock()

    async def say(self, text: str) -> Said:
        """Say it, or press the button of that title where one is being shown."""
        pressed = self.buttons.get(text)
        said = await (self.visitor.choose(*pressed) if pressed else self.visitor.say(text))
        last = said.answers[-1] if said.answers else None
        self.buttons = (
            {one["title"]: (int(last["seq"]), one["id"]) for one in last["buttons"]} if last else {}
        )
        self.over = said.handed_over
        return said

    async def close(self) -> None:
        with suppress(RehearsalError, OSError):
            await self._stack.aclose()


class Trial:
    """Both copies and all chats of a desk. Nothing runs before somebody asks for it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.jobs = Jobs(settings.var / "studio" / "jobs")
        control = Control(settings.var)

        def served() -> Path:
            return control.serving() or settings.served

        self.copies = {
            LIVE: Copy(LIVE, served, settings, self.jobs, basis=served),
            DRAFT: Copy(DRAFT, lambda: settings.files, settings, self.jobs, basis=served),
        }
        self._chats: dict[tuple[str, str], Chat] = {}
        self._numbers = count()
        self._tasks: set[asyncio.Task[None]] = set()
        self._heavy = asyncio.Lock()  # one copy is prepared at a time
        self._queued: set[str] = set()
        self._watching: asyncio.Task[None] | None = None

    async def state(self) -> dict[str, Any]:
        """Return how both copies stand, and the training."""
        found = {}
        for side, copy in self.copies.items():
            stale = False
            if copy.state == RUNNING:
                with suppress(KindhandError):
                    stale = await asyncio.to_thread(copy.present) != copy.tree
            found[side] = {
                "state": PREPARING if side in self._queued else copy.state,
                "step": copy.step,
                "problem": copy.problem,
                "stale": stale,
                "seconds": copy.seconds,
            }
        job = await asyncio.to_thread(self.jobs.state, TRAINING)
        return {**found, "training": job.as_dict() if job else None, "room": _has_room()}

    def begin(self, side: str, author: str) -> None:
        """Bring a copy up to date in the background; `state` tells how that goes.

        Raises:
            StudioError: there is too little memory for one more.
        """
        copy = self.copies[side]
        if not copy.running and not _has_room():
            raise StudioError(
                "There is too little free memory for one more private copy (2.5 GB). "
                "Stop the other one, or close other programs."
            )
        if copy.state != PREPARING and side not in self._queued:
            self._queued.add(side)
            copy.problem = ""
            self._do(self._keep_up(copy, author))
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())

    async def cancel(self) -> Job | None:
        """Call the training off."""
        return await asyncio.to_thread(self.jobs.cancel, TRAINING)

    async def stop(self, *sides: str) -> None:
        """End copies and the chats with them; all of them, if none is named."""
        for side in sides or SIDES:
            await self._hang_up(side=side)
            await self.copies[side].stop()

    async def say(self, who: str, sides: Sequence[str], text: str, sign: Sign) -> dict[str, Any]:
        """Say the same to some copies; return what each answered and why, and the differences in words.

        Raises:
            StudioError: a copy is not there, the chat is over, or it broke off.
        """
        turns = await asyncio.gather(*(self._say(who, side, text, sign) for side in sides))
        found = dict(zip(sides, turns, strict=True))
        differs: list[str] = []
        if LIVE in found and DRAFT in found and all(turn["why"] for turn in turns):
            texts = tuple(" ".join(one["text"] for one in found[side]["answers"]) for side in SIDES)
            differs = inspector.differences(found[LIVE]["why"], found[DRAFT]["why"], (texts[0], texts[1]))
        return {"turns": found, "differences": differs}

    async def start_over(self, who: str) -> None:
        """Forget an owner's chats; the next message begins new ones."""
        await self._hang_up(who=who)

    async def _say(self, who: str, side: str, text: str, sign: Sign) -> dict[str, Any]:
        copy = self.copies[side]
        if not copy.running:
            await self._hang_up(side=side)
            raise StudioError("This private copy is not running any more. Start it again.")
        copy.used = time.monotonic()
        try:
            chat = await self._chat(who, side, copy, sign)
            async with chat.lock:
                if chat.over:
                    raise StudioError("A person would have taken over here. Start over to go on trying.")
                said = await chat.say(text)
        except RehearsalError as problem:
            await self._hang_up(who=who, side=side)
            raise StudioError(f"{problem}. Start over, or start the copy again.") from problem
        copy.used = time.monotonic()
        why = await asyncio.to_thread(self._why, copy, chat.visitor.conversation, said)
        return {
            "answers": [_shown(one) for one in said.answers],
            "answered": said.answered or said.handed_over,
            "handed_over": said.handed_over,
            "why": why,
        }

    async def _chat(self, who: str, side: str, copy: Copy, sign: Sign) -> Chat:
        found = self._chats.get((who, side))
        if found:
            return found
        stack = AsyncExitStack()
        address = str(VISITORS + next(self._numbers) % 60_000)
        visitor = await stack.enter_async_context(
            visiting(copy.ports["desk"], address, sign(self._settings.identity_secret))
        )
        if asked := visitor.ready.get("prechat"):
            await visitor.introduce(_introduction(asked["questions"]))
        self._chats[who, side] = Chat(visitor, stack)
        return self._chats[who, side]

    def _why(self, copy: Copy, conversation: str, said: Said) -> dict[str, Any] | None:
        with record(copy.databases["desk"], copy.databases["trackers"]) as written:
            turn = inspector.turn(written.events(conversation), said.seq)
        if turn is None:
            return None
        nearest = None
        with suppress(ModelError):
            nearest = nearest_in(copy.model).find(turn.text, turn.intent)
        ladder = LadderSettings()
        with suppress(OwnerFileError):
            ladder = Business.load(copy.files / "data" / "business").ladder
        lessons = Lessons.read(copy.files)
        return inspector.inspected(turn, lessons, ladder, nearest=nearest, cues=_cues(turn))

    async def _keep_up(self, copy: Copy, author: str) -> None:
        async with self._heavy:
            self._queued.discard(copy.name)
            with suppress(StudioError):  # the copy keeps its words
                await copy.keep_up(author)

    async def _watch(self) -> None:
        """End copies that nobody has talked to for a while."""
        while any(copy.state != OFF for copy in self.copies.values()) or self._tasks:
            await asyncio.sleep(LOOK)
            for side, copy in self.copies.items():
                if copy.state == RUNNING and time.monotonic() - copy.used > IDLE:
                    await self.stop(side)

    def _do(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hang_up(self, *, who: str | None = None, side: str | None = None) -> None:
        gone = [key for key in self._chats if who in (None, key[0]) and side in (None, key[1])]
        for key in gone:
            await self._chats.pop(key).close()


def _has_room() -> bool:
    return bool(psutil.virtual_memory().available >= ROOM)


def _cues(turn: inspector.Turn) -> Sequence[Cue]:
    if turn.clicked or not turn.mood:
        return ()
    return wiring.detector().read(turn.text, context=str(turn.mood.get("context") or "")).cues


def _introduction(questions: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Answer what is asked before the chat, so that there is something to try."""
    return {
        one["key"]: one["options"][0] if one["kind"] == "choice" else PRECHAT.get(one["kind"], "Trial")
        for one in questions
    }


def _shown(frame: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "text": frame["text"],
        "speaker": SYSTEM if frame["speaker"] == SYSTEM else "bot",
        "buttons": [one["title"] for one in frame["buttons"]],
        "card": frame.get("card"),
    }
