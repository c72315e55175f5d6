"""A real conversation told as the steps of a story, as far as it went with the bot."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.handoff.model import AGENT, VISITOR
from bot.lessons import Lessons
from bot.storage.retelling import Spoken
from bot.studio.stories.flow_words import UNSEEN

UNSURE = 0.5  # with less confidence or likeness than this, the owner is asked to look
MOST_TURNS = 30
ACKNOWLEDGES = "utter_acknowledge_"  # said before answers, by itself

Guess = Callable[[str], tuple[str, float] | None]


@dataclass(frozen=True)
class Turn:
    """What a customer wrote, which intent that seems to be (None: nothing is like it), and what followed."""

    text: str
    intent: str | None
    sure: bool
    answers: tuple[str, ...]


def turns(spoken: Sequence[Spoken], lessons: Lessons, guess: Guess) -> list[Turn]:
    """Return the turns until a person took over; `guess` tells what an unheard text is like, and how much."""
    known = {*lessons.actions, *(answer.name for answer in lessons.answers)} - set(UNSEEN)
    by_rule = _by_rule(lessons)
    found: list[Turn] = []
    for one in spoken:
        if one.speaker == AGENT or len(found) == MOST_TURNS:
            break
        if one.speaker != VISITOR:
            continue
        intent, sure = _meant(one, guess)
        if intent not in lessons.intents:
            intent, sure = None, False
        names = _acts((one.heard or {}).get("answered") or (), known)
        found.append(Turn(one.text, intent, sure, names or by_rule.get(intent or "", ())))
    return found


def _meant(one: Spoken, guess: Guess) -> tuple[str | None, bool]:
    if one.payload and one.payload.startswith("/"):
        return one.payload[1:].partition("{")[0].partition("@")[0], True
    if one.heard:
        return one.heard.get("intent"), float(one.heard.get("confidence") or 0.0) >= UNSURE
    intent, likeness = guess(one.text) or (None, 0.0)
    return intent, likeness >= UNSURE


def _acts(answered: Sequence[str], known: set[str]) -> tuple[str, ...]:
    """Return what was done by itself: answers that an action chose are its own, and no steps."""
    acts: list[str] = []
    for name in answered:
        chosen = name.startswith("utter_") and any(not act.startswith("utter_") for act in acts)
        if name in known and not chosen and not name.startswith((ACKNOWLEDGES, "validate_")):
            acts.append(name)
    return tuple(acts)


def _by_rule(lessons: Lessons) -> Mapping[str, tuple[str, ...]]:
    """Return what the rules do after each intent."""
    found: dict[str, tuple[str, ...]] = {}
    for flow in lessons.flows:
        if flow.kind == "rule" and not flow.condition and flow.steps and flow.steps[0].kind == "intent":
            done = tuple(step.name for step in flow.steps if step.kind == "action")
            found.setdefault(flow.steps[0].name, done)
    return found
