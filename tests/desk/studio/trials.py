"""A trial whose two copies are made up: what they wrote down is read by the real inspector."""

from collections.abc import Sequence
from typing import Any

from bot.business import Business
from bot.errors import StudioError
from bot.lessons import Lessons
from bot.settings import ROOT
from bot.studio.jobs import CALLED_OFF
from bot.studio.trial import inspector
from bot.studio.trial.trial import DRAFT, LIVE, SIDES
from tests.studio.turns import bot, did, felt, said

ANSWER = "Standard delivery takes 2 to 3 working days."
CHANGED = "Parcels take 2 to 3 working days, and a day less to Bristol."
TRAINING = {
    "name": "training",
    "author": "Sam Reyes",
    "state": "running",
    "steps": [{"step": "Reading the examples", "done": 1, "of": 4}],
}


class FakeTrial:
    """Answers as the real one does; a message with “person” in it is handed over."""

    def __init__(self) -> None:
        still = {"state": "running", "step": "", "problem": "", "stale": False, "seconds": 12.0}
        self.told: dict[str, Any] = {side: dict(still) for side in SIDES}
        self.told |= {"training": None, "room": True}
        self.heard: list[tuple[str, Sequence[str], str, str | None]] = []
        self.begun: list[tuple[str, str]] = []
        self.overs = self.cancelled = 0
        self.refuses = ""

    async def state(self) -> dict[str, Any]:
        return self.told

    def begin(self, side: str, author: str) -> None:
        self.begun.append((side, author))
        self.told[side] |= {"state": "running", "stale": False}

    async def stop(self, *sides: str) -> None:
        for side in sides:
            self.told[side] |= {"state": "off"}

    async def cancel(self) -> None:
        self.cancelled += 1
        self.told["training"] = None
        self.told[DRAFT] |= {"state": "running", "problem": CALLED_OFF}

    async def start_over(self, who: str) -> None:
        self.overs += 1

    async def say(self, who: str, sides: Sequence[str], text: str, sign: Any) -> dict[str, Any]:
        if self.refuses:
            raise StudioError(self.refuses)
        self.heard.append((who, sides, text, sign("a-secret-of-the-copy-with-32-signs")))
        turns = {side: _turn(side, text) for side in sides}
        differs = (
            inspector.differences(turns[LIVE]["why"], turns[DRAFT]["why"], (ANSWER, CHANGED))
            if len(sides) == 2 and "person" not in text
            else []
        )
        return {"turns": turns, "differences": differs}


def _turn(side: str, text: str) -> dict[str, Any]:
    person = "person" in text
    if person:
        events = [said(1, text, "speak_to_human"), *felt(1, step="hand_over", reason="explicit_request")]
        events += [did("action_escalate", "LadderPolicy")]
    else:
        upset = {"emotion": "frustrated", "level": 0.55, "tone": "careful", "step": "repair"}
        confidence = 0.97 if side == LIVE else 0.84
        events = [said(1, text, confidence=confidence, order="CK-10423"), *felt(1, **upset)]
        events += [did("utter_shipping_time"), bot("utter_shipping_time", 1)]
    turn = inspector.turn(events, 1)
    assert turn
    ladder = Business.load(ROOT / "data" / "business").ladder
    nearest = {"example": "How long does delivery take?", "likeness": 0.93}
    why = inspector.inspected(turn, Lessons.read(ROOT), ladder, nearest=nearest)
    words = "This needs a person." if person else ANSWER if side == LIVE else CHANGED
    buttons = [] if person else ["Talk to a person"]
    speaker = "system" if person else "bot"
    answers = [{"text": words, "speaker": speaker, "buttons": buttons, "card": None}]
    return {"answers": answers, "answered": True, "handed_over": person, "why": why}
