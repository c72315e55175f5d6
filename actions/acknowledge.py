"""Name the customer's trouble in a few words before the answer; once for each trouble."""

from collections.abc import Iterator, Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot import wiring
from bot.dialogue.topics import SOCIAL
from bot.dialogue.transcript import ACKNOWLEDGE, Transcript
from bot.empathy.asking import told
from bot.empathy.ladder import NOTICED
from bot.empathy.state import ASKABLE

STEPS = ("acknowledge", "repair")
# Acknowledging what somebody says hello, thanks or goodbye with would only stir it up again.
SILENT = {*SOCIAL, "choose", "handed_back", "speak_to_human"} - {"bot_challenge"}
UNANSWERED = {"nlu_fallback", "out_of_scope"}
FIRST = ("grief", "illness", "disability", "hardship")  # whatever else was said
LAST = ("deadline",)  # what went wrong tells more than by when it matters
AGAIN, UNSOLVED, MISSED = "asked_again", "not_solved", "not_understood"
TROUBLE, UNWELCOME, HARD_TIME = "trouble", "unwelcome", "hard_time"


class Acknowledge(Action):
    """Run by Rasa after slots are set and before anything is decided, whatever the topic.

    Rasa drops what is said while slots are being set, except by the action of this name. It is sent the
    domain, because a wording may name the trouble itself: `metadata: {names: [late]}`.
    """

    def name(self) -> str:
        return "action_validate_slot_mappings"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        heard = Transcript(tracker)
        if tracker.get_slot("ladder") in STEPS and heard.intent not in SILENT:
            responses = domain.get("responses") or {}
            known = {name.removeprefix(ACKNOWLEDGE) for name in responses if name.startswith(ACKNOWLEDGE)}
            answer = wordings(responses.get(f"utter_{heard.intent}") or [], tracker.get_slot("tone"))
            kind = acknowledged(tracker.get_slot("mood") or {}, heard, known, named_by_all(answer))
            if kind:
                dispatcher.utter_message(response=ACKNOWLEDGE + kind)
        return []


def acknowledged(
    mood: Mapping[str, Any], heard: Transcript, known: set[str], covered: set[str]
) -> str | None:
    """Return what is wrong now, of all that we have words for; None if it was named or the answer does it."""
    if heard.in_form and mood.get("distress", 0) < NOTICED:
        return None  # an answer given twice, such as a corrected address, is no complaint
    if mood.get("target") in ("third_party", "self") and not mood.get("stuck_now"):
        return None  # the trouble is not with us: an answer helps more
    named = {name.removeprefix(ACKNOWLEDGE) for name in heard.said(ACKNOWLEDGE)}
    named |= {name for event in heard.events for name in names(event.get("metadata"))}
    for kind in _kinds(mood, heard, known, named):
        if kind in covered:
            return None
        if kind not in named:
            return kind
    return None


def _kinds(mood: Mapping[str, Any], heard: Transcript, known: set[str], named: set[str]) -> Iterator[str]:
    """List what could be named, the most telling first."""
    causes = [cause for cause in _causes(mood, heard) if cause in known - {TROUBLE}]
    yield from (cause for cause in causes if cause in (*FIRST, HARD_TIME))
    if mood.get("failing") and heard.intent not in UNANSWERED:  # else the answer says so itself
        yield MISSED
    if mood.get("repeated_now"):
        yield AGAIN
    yield from causes  # "late again" is about the parcel first, and about the again second
    if mood.get("stuck_now"):
        yield UNSOLVED
    # In general words only what was not named in its own: nobody hears of the same trouble twice.
    hurt = mood.get("emotion") in ("frustrated", "angry")
    if not (causes or named) and (mood.get("troubled") or hurt):
        yield TROUBLE if mood.get("troubled") or not heard.last_said else UNWELCOME


def _causes(mood: Mapping[str, Any], heard: Transcript) -> list[str]:
    """Return what went wrong: first what the present message tells of, then what was told before."""
    cues = wiring.detector().read(heard.text, context=mood.get("context", "")).cues if heard.text else ()
    now = [cue.code for cue in cues if cue.code not in ASKABLE or told(heard.text, cue.start)]
    causes = [*now, *reversed(mood.get("causes") or ())]
    said = _said_outright(heard) if set(causes) & set(FIRST) else set()
    causes = [HARD_TIME if cause in FIRST and cause not in said else cause for cause in causes]
    return sorted(dict.fromkeys(causes), key=LAST.__contains__)


def _said_outright(heard: Transcript) -> set[str]:
    """Return what the customer said in words; to speak of a loss that was only guessed would hurt."""
    read = wiring.detector().read
    told = [read(turn.text).cues for turn in heard.turns() if turn.speaker == "visitor"]
    return {cue.code for cues in told for cue in cues if cue.found_by == "words"}


def wordings(variations: list[Mapping[str, Any]], tone: str | None) -> list[Mapping[str, Any]]:
    """Return the variations that Rasa will choose from: those for the tone, else those for all."""
    wanted = {"type": "slot", "name": "tone", "value": tone}
    fitting = [variation for variation in variations if wanted in (variation.get("condition") or ())]
    return fitting or [variation for variation in variations if not variation.get("condition")]


def named_by_all(answer: list[Mapping[str, Any]]) -> set[str]:
    """Return the troubles that are named whichever of the wordings is said."""
    return set.intersection(*(names(wording) for wording in answer)) if answer else set()


def names(wording: Mapping[str, Any] | None) -> set[str]:
    """Return the troubles that a wording, or what was said with it, names itself."""
    about = (wording or {}).get("metadata")
    return set(about.get("names") or ()) if isinstance(about, Mapping) else set()
