"""Answers that have a wording for each tone, to show an owner how the tones differ."""

from pathlib import Path

from bot.business import Business
from bot.lessons import Lessons, Wording
from bot.texts import PLACEHOLDER

PLAIN, WARM, CAREFUL = "plain", "warm", "careful"
MOST = 12


def answers(root: Path, business: Business | None) -> list[dict[str, str]]:
    """Return questions with a wording of their own for upset customers: an example, and each tone's words.

    Those with the most wordings come first. A tone without a wording of its own has the plain one. What an
    order or a form fills in is left out.
    """
    lessons = Lessons.read(root)
    asked = {topic.intent: topic.examples[0][0] for topic in lessons.topics if topic.examples}
    facts = business.facts() if business else {}
    found = []
    for answer in lessons.answers:
        intent = answer.name.removeprefix("utter_")
        by_tone = {tone: text for wording in reversed(answer.wordings) for tone, text in _said(wording)}
        if intent in asked and PLAIN in by_tone and CAREFUL in by_tone:
            plain = by_tone[PLAIN]
            said = {tone: _filled(by_tone.get(tone, plain), facts) for tone in (PLAIN, WARM, CAREFUL)}
            if not any(PLACEHOLDER.search(text) for text in said.values()):
                found.append({"question": asked[intent], **said})
    found.sort(key=lambda one: -len({one[PLAIN], one[WARM], one[CAREFUL]}))
    return found[:MOST]


def _said(wording: Wording) -> list[tuple[str, str]]:
    tones = [str(value) for slot, value in wording.slots if slot == "tone"]
    if len(tones) < len(wording.slots):
        return []  # it depends on more than the tone
    return [(tones[0] if tones else PLAIN, wording.text)]


def _filled(text: str, facts: dict[str, str]) -> str:
    return " ".join(PLACEHOLDER.sub(lambda found: facts.get(found[1], found[0]), text).split())
