"""What is wrong in the files about the business: hours, policies, texts, the shop's map, who is told what."""

from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

from bot import business, staffing, texts
from bot.crm import shop_map
from bot.empathy.language import language
from bot.errors import OwnerFileError
from bot.lessons import Lessons
from bot.owner_file import Part, name_of
from bot.reach import rules
from bot.settings import Settings
from bot.times import name_of_language


def faults(root: Path, settings: Settings | None) -> tuple[frozenset[str] | None, list[OwnerFileError]]:
    """Return the words that the business fills in, None where they cannot be told, and what is wrong."""
    known, problems = business.read(root / "data" / "business", root)
    problems += _shop(root)
    problems += _language(root, known.texts) if known else []
    problems += rules.read(root / "data" / "business", root, settings)[1]
    return frozenset(known.facts(datetime.now(timezone.utc))) if known else None, problems


def skills(root: Path, lessons: Lessons) -> list[OwnerFileError]:
    """Look for topics in routing.yml that no conversation can have."""
    path = root / "data" / "business" / staffing.FILE
    return staffing.unknown_topics(Part.read(path, name_of(path, root)), lessons.intents)


def _shop(root: Path) -> list[OwnerFileError]:
    """List what is wrong with the map of a shop's database; it need not be there."""
    path = root / "data" / "business" / "shop.yml"
    return shop_map.read(path, root)[1] if path.exists() else []


def _language(root: Path, known: texts.Texts) -> Iterator[OwnerFileError]:
    """Look whether the sentences of texts.yml are in the language that it says; one of the two is English.

    Neighbours such as Norwegian and Danish are too easily taken for each other.
    """
    said, written = known.own.language, language(" ".join(known.own.sentences.values()))
    if written is None or written == said or "en" not in (written, said):
        return
    name = "data/business/texts.yml"
    own, seems = name_of_language(said) or said, name_of_language(written) or written
    mend = f"Write “language: {written}”; what was here in {own} can go on in texts/{said}.yml"
    line = Part.read(root / name, name).line_of("language")
    yield OwnerFileError(name, line, f"These sentences seem to be {seems}, not {own}", mend)
