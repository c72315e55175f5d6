"""The documents tell the truth: settings, commands, rooms and links exist on both sides."""

import re
from pathlib import Path

import pytest

from bot.cli import kindhand
from bot.handoff.events import EVENTS
from bot.settings import ROOT, described

README = (ROOT / "README.md").read_text()
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize(("key", "help"), [(key, help) for key, _, help in described()])
def test_every_setting_is_in_the_readme(key: str, help: str) -> None:
    assert f"| `{key}` |" in README and help in README


@pytest.mark.parametrize("command", list(kindhand.commands))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"| `./kindhand {command}" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_a_page_names_exist(page: Path) -> None:
    named = set(re.findall(r"\./kindhand ([a-z-]+)", page.read_text()))
    assert named <= set(kindhand.commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text())
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


def test_every_action_is_in_the_docs() -> None:
    docs = "\n".join(page.read_text() for page in PAGES)
    verbs = [path.stem for path in (ROOT / "actions").glob("*.py") if not path.stem.startswith("_")]
    assert verbs and not [verb for verb in verbs if f"`{verb}`" not in docs and f"action_{verb}" not in docs]


def test_every_event_is_in_the_docs() -> None:
    page = (ROOT / "docs" / "delivery.md").read_text()
    named = page.partition("## Events")[2].partition("##")[0]
    assert set(re.findall(r"`([a-z]+)`", named)) == {event.wire for event in EVENTS}


def test_every_room_says_what_belongs_in_it() -> None:
    rooms = [path for path in (ROOT / "bot").rglob("__init__.py") if "migrations" not in path.parts]
    assert not [room for room in rooms if not room.read_text().lstrip().startswith('"""')]
