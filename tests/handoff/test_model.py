"""Every step between owners, from every owner, under the right and the wrong version."""

from dataclasses import replace

import pytest

from bot.errors import IllegalTransition, StaleVersion
from bot.handoff.model import AGENT, BOT, CLOSED, WAITING, Button, Conversation, Message, Question
from tests.handoff.desk import OPEN

STEPS = {
    "hand_over": lambda c, v: c.hand_over(OPEN),
    "claim": lambda c, v: c.claim("a-sam", v, OPEN),
    "hand_back": lambda c, v: c.hand_back("a-sam", v, OPEN),
    "resolve": lambda c, v: c.resolve("a-sam", v, OPEN),
    "reopen": lambda c, v: c.reopen(OPEN),
}
LEADS_TO = {
    (BOT, "hand_over"): WAITING,
    (BOT, "claim"): AGENT,
    (WAITING, "claim"): AGENT,
    (WAITING, "resolve"): CLOSED,
    (AGENT, "hand_back"): BOT,
    (AGENT, "resolve"): CLOSED,
    (CLOSED, "reopen"): BOT,
}


def _conversation(owner: str, agent: str = "a-sam") -> Conversation:
    fields = {"agent_id": agent} if owner == AGENT else {}
    return Conversation("c1", OPEN, OPEN, owner=owner, version=7, **fields)


@pytest.mark.parametrize("owner", [BOT, WAITING, AGENT, CLOSED])
@pytest.mark.parametrize("step", STEPS)
def test_every_step_from_every_owner(owner: str, step: str) -> None:
    before = _conversation(owner)
    if (owner, step) not in LEADS_TO:
        with pytest.raises(IllegalTransition):
            STEPS[step](before, 7)
        return
    after = STEPS[step](before, 7)
    assert (after.owner, after.version) == (LEADS_TO[owner, step], 8)
    assert bool(after.waiting_since) == (after.owner == WAITING)
    assert bool(after.closed_at) == (after.owner == CLOSED)


@pytest.mark.parametrize("step", ["claim", "hand_back", "resolve"])
def test_an_agents_step_under_an_old_version(step: str) -> None:
    for owner in (BOT, WAITING, AGENT, CLOSED):
        with pytest.raises(StaleVersion) as refusal:
            STEPS[step](_conversation(owner), 6)
        assert refusal.value.current == 7


@pytest.mark.parametrize("step", ["hand_back", "resolve"])
def test_another_agents_conversation(step: str) -> None:
    with pytest.raises(IllegalTransition):
        STEPS[step](_conversation(AGENT, "a-noor"), 7)


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
