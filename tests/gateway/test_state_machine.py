"""Anybody does anything in any order; what is stored and what each side sees is what a small model says.

`THOROUGH=1` plays many more and longer stories.
"""

import asyncio
import os
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import insert

from bot.errors import HandoffError, IllegalTransition, StaleVersion
from bot.handoff.model import AGENT, BOT, CLOSED, VISITOR, WAITING, Reply
from bot.settings import Settings
from bot.storage.tables import agents
from tests.gateway.in_process import Console, DeskInProcess, Tab
from tests.gateway.served import SAM
from tests.storage.rows import agent_row

THOROUGH = bool(os.environ.get("THOROUGH"))
STORIES = settings(
    max_examples=300 if THOROUGH else 12,
    stateful_step_count=50 if THOROUGH else 30,
    derandomize=not THOROUGH,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=list(Phase) if THOROUGH else [Phase.generate],  # a story that fails is told as it was played
)
TABS = 3
RESTARTS = 3 if THOROUGH else 1  # in one story; they take longest
# An agent's steps: from which owners to which.
STEPS = {
    "claim": ((WAITING, BOT), AGENT),
    "hand_back": ((AGENT,), BOT),
    "resolve": ((AGENT, WAITING), CLOSED),
    "reopen": ((CLOSED,), AGENT),
}
T = TypeVar("T")


@dataclass
class Model:
    """What a conversation has to be. The system's own sentences are not part of it."""

    owner: str = BOT
    version: int = 1
    said: list[tuple[str, str]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)  # ids of all that was stored
    unanswered: list[str | None] = field(default_factory=list)  # None: that an agent has handed back

    def say(self, cmid: str, text: str) -> None:
        if cmid in self.known:
            return
        self.known.add(cmid)
        if self.owner == CLOSED:
            self.move(BOT)
        self.said.append((VISITOR, text))
        if self.owner == BOT:
            self.unanswered.append(text)

    def ask_person(self) -> None:
        if self.owner == CLOSED:
            self.move(BOT)
        if self.owner == BOT:
            self.move(WAITING)

    def move(self, owner: str) -> None:
        self.owner, self.version = owner, self.version + 1
        self.unanswered.clear()


class Story(RuleBasedStateMachine):
    """One conversation over a desk that all stories share."""

    desk: DeskInProcess
    loop: asyncio.AbstractEventLoop

    def __init__(self) -> None:
        super().__init__()
        self.restarts, self._numbers = 0, count(1)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @initialize()
    def come_in(self) -> None:
        self.model, self.tabs = Model(), [Tab(self.desk)]
        assert self.run(self.tabs[0].connect(None))
        self.token, self.id = self.tabs[0].ready["token"], self.tabs[0].ready["conversation"]
        self.console = Console(self.desk, self.id)

    def teardown(self) -> None:
        if hasattr(self, "console"):
            self.erase()
            for tab in self.tabs:
                self.run(tab.drop())

    # The visitor.

    @precondition(lambda self: self.live())
    @rule(which=st.integers(0, TABS - 1))
    def say(self, which: int) -> None:
        cmid, text = self._new()
        self.run(self.live()[which % len(self.live())].say(cmid, text))
        self.model.say(cmid, text)

    @precondition(lambda self: self.live())
    @rule(which=st.integers(0, TABS - 1), arrives=st.booleans())
    def say_and_lose_the_line(self, which: int, arrives: bool) -> None:
        cmid, text = self._new()
        self.run(self.live()[which % len(self.live())].say_in_vain(cmid, text, arrives=arrives))
        if arrives:
            self.model.say(cmid, text)

    @precondition(lambda self: any(tab.acknowledged for tab in self.live()))
    @rule(which=st.integers(0, 99))
    def say_again_what_was_acknowledged(self, which: int) -> None:
        tab = next(tab for tab in self.live() if tab.acknowledged)
        cmid, seq = list(tab.acknowledged.items())[which % len(tab.acknowledged)]
        text = tab.screen[seq][2]
        self.run(tab.say(cmid, text))

    @precondition(lambda self: self.live())
    @rule(which=st.integers(0, TABS - 1))
    def lose_the_line(self, which: int) -> None:
        self.run(self.live()[which % len(self.live())].drop())

    @precondition(lambda self: len(self.live()) < len(self.tabs))
    @rule(reloaded=st.booleans())
    def come_back(self, reloaded: bool) -> None:
        tab = next(tab for tab in self.tabs if not tab.live)
        waiting = dict(tab.outbox)
        assert self.run(tab.connect(self.token, reloaded=reloaded))
        owner = tab.ready["owner"]
        assert (tab.ready["conversation"], owner["kind"], owner["version"]) == (
            self.id,
            self.model.owner,
            self.model.version,
        )
        for cmid, text in waiting.items():
            self.model.say(cmid, text)

    @precondition(lambda self: len(self.tabs) < TABS)
    @rule()
    def open_another_tab(self) -> None:
        tab = Tab(self.desk)
        assert self.run(tab.connect(self.token))
        self.tabs.append(tab)

    @precondition(lambda self: self.live())
    @rule(leaves=st.booleans())
    def ask_for_a_person_or_leave_the_queue(self, leaves: bool) -> None:
        answer = self.run(self.live()[0].ask("leave_queue" if leaves else "person", self._new()[0]))
        if not leaves:
            assert answer["op"] == "ack"
            self.model.ask_person()
        elif self.model.owner == WAITING:
            assert answer["op"] == "ack"
            self.model.move(BOT)
        else:
            assert (answer["op"], answer["code"]) == ("error", "not_waiting")

    @precondition(lambda self: self.live())
    @rule()
    def end_it(self) -> None:
        begun = bool(self.desk.stored(self.id)[1])
        answer = self.run(self.live()[0].ask("end", self._new()[0]))
        if begun and self.model.owner != CLOSED:
            assert answer["op"] == "ack"
            self.model.move(CLOSED)
        else:
            assert (answer["op"], answer["code"]) == ("error", "closed")

    @precondition(lambda self: self.model.said)
    @rule()
    def erase_and_begin_anew(self) -> None:
        self.erase()
        before = Tab(self.desk)
        assert not self.run(before.connect(self.token))
        assert before.code == 4401
        self.come_in()

    def erase(self) -> None:
        """Have everything erased: by the visitor where there is a line, else by the business."""
        live, asked = self.live(), self.desk.brain.open(self.id)
        if live:
            assert self.run(live[0].ask("erase", self._new()[0]))["op"] == "erased"
        else:
            self.run(self.desk.service.erase(self.id))
        self.run(self.desk.until(lambda: all(tab.code == 4401 for tab in live)))
        for _, answer in asked:
            if not answer.done():  # the desk may have stopped asking
                answer.set_result([Reply("Too late")])
        self.run(self.desk.until(lambda: not self.desk.turns.waiting(self.id)))
        assert self.desk.stored(self.id) == (None, [])
        for tab in self.tabs:
            self.run(tab.drop())

    # An agent.

    @rule(verb=st.sampled_from(sorted(STEPS)), old=st.booleans())
    def an_agent_moves_it(self, verb: str, old: bool) -> None:
        """Take a step, under the present version or an old one."""
        before, after = STEPS[verb]
        try:
            step = getattr(self.desk.service, verb)
            self.run(step(self.id, SAM, self.model.version - 2 * old))
        except HandoffError as refusal:
            assert isinstance(refusal, StaleVersion) if old else self.model.owner not in before
            return
        assert not old and self.model.owner in before
        self.model.move(after)
        if verb == "hand_back":
            self.model.unanswered.append(None)

    @rule(twice=st.booleans())
    def reply(self, twice: bool) -> None:
        cmid, text = self._new()
        for _ in range(1 + twice):
            try:
                self.run(self.desk.service.reply(self.id, SAM, cmid, text))
            except IllegalTransition:
                assert self.model.owner != AGENT
                return
        assert self.model.owner == AGENT
        self.model.said.append((AGENT, text))

    # The bot and the desk.

    @precondition(lambda self: self.model.unanswered or self.desk.brain.open(self.id))
    @rule(silent=st.booleans())
    def bot_answers(self, silent: bool) -> None:
        """Answer the first question, in time or too late."""
        turns, brain = self.desk.turns, self.desk.brain
        self.run(self.desk.until(lambda: brain.open(self.id)))
        question, answer = brain.open(self.id)[0]
        text, waiting = f"Answer {next(self._numbers)}", turns.waiting(self.id)
        in_time = question.version == self.model.version
        silent = silent and not question.from_visitor
        answer.set_result([] if silent else [Reply(text)])
        self.run(self.desk.until(lambda: turns.waiting(self.id) < waiting))
        if in_time:
            asked = self.model.unanswered.pop(0)
            assert asked == (question.text if question.from_visitor else None)
            self.model.said += [] if silent else [(BOT, text)]

    @precondition(lambda self: self.restarts < RESTARTS)
    @rule()
    def desk_restarts(self) -> None:
        self.restarts += 1
        for tab in self.tabs:
            self.run(tab.drop())
        self.run(self.desk.stop())
        self.run(self.desk.start())
        self.console.open()

    # What holds at any time.

    @invariant()
    def everybody_sees_what_is_stored(self) -> None:
        if not hasattr(self, "console"):
            return
        conversation, stored = self.desk.stored(self.id)
        assert (conversation.owner, conversation.version) == (self.model.owner, self.model.version)
        assert [seq for seq, _, _ in stored] == list(range(1, len(stored) + 1))
        assert [one[1:] for one in stored if one[1] != "system"] == self.model.said
        assert list(self.console.screen.values()) == stored
        for tab in self.live():
            self.run(tab.settle())
            assert list(tab.screen.values()) == stored
            assert (tab.owner["kind"], tab.owner["version"]) == (self.model.owner, self.model.version)

    def live(self) -> list[Tab]:
        return [tab for tab in self.tabs if tab.live]

    def _new(self) -> tuple[str, str]:
        """Return an id and a text that were not used in this story."""
        number = next(self._numbers)
        return f"m{number}", f"Where is order number {number}, please?"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[tuple[DeskInProcess, asyncio.AbstractEventLoop]]:
    loop = asyncio.new_event_loop()
    desk = DeskInProcess(Settings.load({"KINDHAND_VAR": str(tmp_path / "var")}))
    loop.run_until_complete(desk.start())
    with desk.app.state.database.write() as connection:
        connection.execute(insert(agents), [agent_row(SAM.id, name=SAM.name)])
    yield desk, loop
    loop.run_until_complete(desk.stop())
    loop.close()


def test_any_story(desk: tuple[DeskInProcess, asyncio.AbstractEventLoop]) -> None:
    class Here(Story):
        pass

    Here.desk, Here.loop = desk
    run_state_machine_as_test(Here, settings=STORIES)
