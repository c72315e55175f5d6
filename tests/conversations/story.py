"""Rasa's own test stories, read as turns: what the visitor writes and what must come of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

PEOPLE = {
    "mara": ("c-mara", "Mara Lindqvist"),
    "tom": ("c-tom", "Tom Okafor"),
    "ines": ("c-ines", "Inês Carvalho"),
    "george": ("c-george", "George Whitlam"),
    "aiko": ("c-aiko", "Aiko Tanaka"),
    "luca": ("c-luca", "Luca Moretti"),
}


@dataclass
class Turn:
    """One message. A text that begins with / is a click on one of our buttons."""

    text: str
    intent: str | None = None
    actions: list[str] = field(default_factory=list)
    slots: dict[str, Any] = field(default_factory=dict)
    form: str | None = None
    checks_form: bool = False


@dataclass
class Story:
    """A conversation. Its metadata name the customer and what must, or must not, be said."""

    name: str
    turns: list[Turn]
    customer: tuple[str, str] | None = None
    says: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    causes: list[str] = field(default_factory=list)
    desk_works: bool = True


def stories(folder: Path) -> Iterator[Story]:
    """Read every story in the folder's files."""
    for path in sorted(folder.glob("test_*.yml")):
        for told in YAML(typ="safe").load(path)["stories"]:
            yield _story(told)


def _story(told: dict[str, Any]) -> Story:
    about = told.get("metadata") or {}
    return Story(
        name=told["story"],
        turns=_turns(told["steps"]),
        customer=PEOPLE[about["customer"]] if "customer" in about else None,
        says=about.get("says", []),
        never=about.get("never", []),
        causes=about.get("causes", []),
        desk_works=about.get("desk_works", True),
    )


def _turns(steps: list[dict[str, Any]]) -> list[Turn]:
    turns: list[Turn] = []
    for step in steps:
        if "user" in step:
            turns.append(Turn(step["user"].strip(), step.get("intent")))
        elif "action" in step:
            turns[-1].actions.append(step["action"])
        elif "slot_was_set" in step:
            for slots in step["slot_was_set"]:
                turns[-1].slots.update(slots)
        elif "active_loop" in step:
            turns[-1].form, turns[-1].checks_form = step["active_loop"], True
        else:
            raise ValueError(f"A step that we do not know: {step}")
    return turns
