"""Whole conversations and when a person should take over, in the terms of our labelling; and how they play.

In the files of `scenes/`, `>` is the visitor, `<` an answer, `<?` a message that is not understood,
`<!` an answer that offers a person.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.empathy.ladder import Decision, LadderSettings, decide
from bot.empathy.reading import Detector, Turn
from bot.empathy.state import MoodState, advance

OFFER = "Shall I ask a person to take over?"
FOLDER = Path(__file__).with_name("scenes")


@dataclass(frozen=True)
class Scene:
    """`turn` counts the visitor's messages from 1; `tolerance` more or less is still right."""

    name: str
    talk: tuple[str, ...]
    expect: str = "no"
    turn: int = 0
    tolerance: int = 0
    reasons: tuple[str, ...] = ()


def scenes(name: str) -> list[Scene]:
    """Return the scenes of one file."""
    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))
    return [Scene(**{**r, "talk": tuple(r["talk"]), "reasons": tuple(r.get("reasons", ()))}) for r in rows]


@dataclass(frozen=True)
class Outcome:
    """What happened at each of the visitor's messages, until a person took over."""

    steps: tuple[str, ...]
    decisions: tuple[Decision, ...]

    def first(self, *steps: str) -> int:
        """Return at which of the visitor's messages one of the steps came first; 0 if none did."""
        return next((n for n, step in enumerate(self.steps, start=1) if step in steps), 0)

    def codes(self) -> set[str]:
        return {reason.code for decision in self.decisions for reason in decision.reasons}

    def wrong(self, scene: Scene) -> str:
        """Return what a thoughtful support lead would object to, if anything."""
        if scene.expect == "no":
            return "called" if self.first("offer", "hand_over") else ""
        turn = self.first("hand_over") if scene.expect == "yes" else self.first("offer", "hand_over")
        if not turn:
            return "missed"
        if abs(turn - scene.turn) > scene.tolerance:
            return "early" if turn < scene.turn else "late"
        if scene.expect == "offer" and self.steps[turn - 1] == "hand_over":
            return "forced"
        return "" if self.codes() & set(scene.reasons) else "other reason"


def play(scene: Scene, detector: Detector, ladder: LadderSettings) -> Outcome:
    """Play a scene as the product does: an offer is said in place of the answer, a hand-over is the end."""
    state, steps, decisions = MoodState(), [], []
    for seq, line in enumerate(scene.talk, start=1):
        mark, text = line.split(" ", 1)
        if mark == ">":
            state = advance(state, Turn("visitor", text, seq), detector)
            decisions.append(decide(state, ladder))
            steps.append(decisions[-1].step)
            if steps[-1] == "hand_over":
                break
        elif steps[-1] != "offer":
            turn = Turn("bot", text, seq, failed=mark == "<?", offered=_offered(mark, state, decisions[-1]))
            steps[-1] = "offer" if turn.offered and mark == "<?" else steps[-1]
            state = advance(state, turn, detector)
        else:
            state = advance(state, Turn("bot", OFFER, seq, offered=True), detector)
    return Outcome(tuple(steps), tuple(decisions))


def _offered(mark: str, state: MoodState, decision: Decision) -> bool:
    """Say whether this answer offers a person; somebody upset or misunderstood twice is offered one."""
    if mark == "<?":
        return not state.declined and (state.failing > 0 or decision.tone == "careful")
    return mark == "<!"
