"""What a conversation is: who has it, under which version, and what others may see of what was said."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import StaleVersion
from bot.handoff.model import AGENT, BOT, CLOSED, WAITING, Button, Conversation, Message, Question
from tests.handoff.desk import OPEN


def _conversation(owner: str, agent: str = "a-sam") -> Conversation:
    fields = {"agent_id": agent} if owner == AGENT else {}
    return Conversation("c1", OPEN, OPEN, owner=owner, version=7, **fields)


@pytest.mark.parametrize("before", [BOT, WAITING, AGENT, CLOSED])
@pytest.mark.parametrize("after", [BOT, WAITING, AGENT, CLOSED])
def test_whoever_gets_it_the_version_goes_up_and_old_marks_go(before: str, after: str) -> None:
    later = OPEN + timedelta(minutes=1)
    moved = _conversation(before).moved(after, later, "a-noor" if after == AGENT else None)
    assert (moved.owner, moved.version, moved.changed_at) == (after, 8, later)
    assert moved.agent_id == ("a-noor" if after == AGENT else None)
    assert moved.waiting_since == (later if after == WAITING else None)
    assert moved.closed_at == (later if after == CLOSED else None)


@pytest.mark.parametrize("version", [6, 8])
def test_a_step_under_another_version_is_refused(version: int) -> None:
    with pytest.raises(StaleVersion) as refusal:
        _conversation(WAITING).check(version)
    assert refusal.value.current == 7


def test_who_owns_it() -> None:
    assert _conversation(AGENT).owned_by("a-sam") and not _conversation(AGENT).owned_by("a-noor")
    assert not replace(_conversation(AGENT), owner=CLOSED).owned_by("a-sam")


def test_payloads_never_leave_the_desk() -> None:
    message = Message("c1", 1, "bot", "Yes?", OPEN, buttons=(Button("b1", "Yes", "/affirm"),), payload="/x")
    assert "/affirm" not in str(message.as_dict()) and "/x" not in str(message.as_dict())


def test_what_a_visitor_asked_and_what_the_desk_tells() -> None:
    assert Question("c1", 1, 1, "hello").from_visitor
    assert Question("c1", 1, 1, "Yes", payload="/affirm").from_visitor
    assert not Question("c1", 1, 1, "Sam has left", payload='/handed_back{"note": ""}').from_visitor
