"""The life of a hand-over: every step there is, who may take it, and who hears of it. Pure.

`STEPS` is the only place that says so; the service asks it before it changes anything, and
docs/handoff.md shows it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from bot.errors import IllegalTransition
from bot.handoff.model import AGENT, BOT, CLOSED, WAITING

QUEUED, OFFERED = "queued", "offered"
ACCEPTED, IN_PROGRESS, AWAITING, SNOOZED = "accepted", "in_progress", "awaiting_customer", "snoozed"
HANDED_BACK, RESOLVED, WITHDRAWN, ENDED = "handed_back", "resolved", "withdrawn", "ended"
NONE = "none"  # no hand-over is open; the conversation is the bot's

IN_LINE = (QUEUED, OFFERED)
HELD = (ACCEPTED, IN_PROGRESS, AWAITING, SNOOZED)
OVER = (HANDED_BACK, RESOLVED, WITHDRAWN, ENDED)
STATES = (*IN_LINE, *HELD, *OVER)

# Who has the conversation while a hand-over is in a state.
OWNERS = {
    **dict.fromkeys((NONE, HANDED_BACK, WITHDRAWN), BOT),
    **dict.fromkeys(IN_LINE, WAITING),
    **dict.fromkeys(HELD, AGENT),
    **dict.fromkeys((RESOLVED, ENDED), CLOSED),
}

# Who takes a step. One person can be several of these at once.
THE_VISITOR, THE_BOT, THE_DESK = "visitor", "bot", "desk"
ANY_AGENT, OFFERED_AGENT, HOLDER, BUSINESS_OWNER = (
    "any agent",
    "the agent offered",
    "the agent who has it",
    "a business owner",
)

# How a hand-over that was resolved came out.
OUTCOMES = ("solved", "answered_later", "no_reply", "not_ours", "spam")


@dataclass(frozen=True)
class Step:
    """One way from some states to another. `told` is the sentence of texts.yml for the visitor."""

    verb: str
    before: tuple[str, ...]
    after: str
    who: tuple[str, ...]
    seen: str  # what agents see
    told: str | None = None

    @property
    def owner(self) -> str:
        """Who has the conversation afterwards."""
        return OWNERS[self.after]


STEPS = (
    Step(
        "open",
        (NONE,),
        QUEUED,
        (THE_VISITOR, THE_BOT, THE_DESK),
        seen="a new one in the queue, with its brief as soon as that is composed",
        told="handoff",
    ),
    Step("offer", (QUEUED,), OFFERED, (THE_DESK,), seen="whom it is offered to, why, and until when"),
    Step("pass", (OFFERED,), QUEUED, (OFFERED_AGENT,), seen="back in the queue"),
    Step("expire", (OFFERED,), QUEUED, (THE_DESK,), seen="back in the queue"),
    Step("claim", IN_LINE, ACCEPTED, (ANY_AGENT,), seen="who has it", told="agent_joined"),
    Step("take_over", (NONE,), ACCEPTED, (ANY_AGENT,), seen="who has it", told="agent_joined"),
    Step("reply", HELD, AWAITING, (HOLDER,), seen="the reply, and that the customer is to answer"),
    Step(
        "write",
        (AWAITING, SNOOZED),
        IN_PROGRESS,
        (THE_VISITOR,),
        seen="the message, and that an answer is due",
    ),
    Step("snooze", HELD, SNOOZED, (HOLDER,), seen="until when"),
    Step("wake", (SNOOZED,), IN_PROGRESS, (THE_DESK,), seen="that it is due again"),
    Step(
        "release",
        HELD,
        QUEUED,
        (HOLDER, BUSINESS_OWNER, THE_DESK),
        seen="back in the queue, and whose it was",
        told="agent_released",
    ),
    Step(
        "transfer",
        HELD,
        OFFERED,
        (HOLDER, BUSINESS_OWNER),
        seen="whom it is offered to, by whom and with which note",
        told="transferred",
    ),
    Step(
        "transfer_to_skill",
        HELD,
        QUEUED,
        (HOLDER, BUSINESS_OWNER),
        seen="back in the queue, for which skill, by whom and with which note",
        told="transferred",
    ),
    Step("hand_back", HELD, HANDED_BACK, (HOLDER,), seen="that the bot has it", told="agent_left"),
    Step("resolve", IN_LINE, RESOLVED, (ANY_AGENT,), seen="the outcome, and by whom", told="resolved"),
    Step("resolve", HELD, RESOLVED, (HOLDER,), seen="the outcome, and by whom", told="resolved"),
    Step("withdraw", IN_LINE, WITHDRAWN, (THE_VISITOR,), seen="gone from the queue", told="left_queue"),
    Step(
        "end",
        (NONE, *IN_LINE, *HELD),
        ENDED,
        (THE_VISITOR,),
        seen="that the visitor has ended the chat",
        told="ended",
    ),
    Step("reopen", (RESOLVED, ENDED), ACCEPTED, (ANY_AGENT,), seen="who has it", told="agent_reopened"),
)
VERBS = tuple(dict.fromkeys(step.verb for step in STEPS))


def find(verb: str, state: str, who: Collection[str]) -> Step:
    """Return the step that a verb is in a state, for somebody who is all of `who`.

    Raises:
        IllegalTransition: there is none, or it is somebody else's to take.
    """
    possible = [step for step in STEPS if step.verb == verb and state in step.before]
    if not possible:
        raise IllegalTransition(f"Not possible while the hand-over is: {state}.")
    for step in possible:
        if not set(who).isdisjoint(step.who):
            return step
    raise IllegalTransition(f"That is for {' or '.join(possible[0].who)} to do.")


def is_step(verb: str, state: str) -> bool:
    """Tell whether a verb changes anything in a state, whoever asks."""
    return any(step.verb == verb and state in step.before for step in STEPS)
