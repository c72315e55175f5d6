"""The chat's sentences: all of them have their place, one is written without the others."""

from datetime import datetime, timezone

import pytest

from bot.errors import StudioError
from bot.settings import ROOT
from bot.studio.files.patch import Patch
from bot.studio.files.spans import path_at
from bot.studio.settings.sentence_words import GROUPS, MEANINGS
from bot.studio.settings.sentences import (
    OTHERS,
    OWN,
    Language,
    Said,
    examples,
    groups,
    key_at,
    known_keys,
    placeholders,
    renamed,
    written,
)
from bot.texts import SENTENCES
from bot.times import PATTERNS
from tests.demo_business import demo_business

GERMAN = f"{OTHERS}de.yml"
TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in (OWN, GERMAN)}
OURS, THEIRS = (Language.read(name, text) for name, text in TEXTS.items())
TITLES = OURS.titles()


def test_every_sentence_stands_in_one_group_and_every_placeholder_is_explained() -> None:
    placed = [key for said in GROUPS.values() for key in said]
    greetings, times = {"greeting.text", "greeting.known"}, {f"times.{key}" for key in PATTERNS}
    assert len(placed) == len(set(placed))
    assert set(placed) == {*SENTENCES, *greetings, *times}
    assert {word for key in known_keys(TITLES) for word in placeholders(key)} == set(MEANINGS)


def test_the_screen_gets_each_sentence_in_each_language() -> None:
    shown = {one["key"]: one for group in groups([OURS, THEIRS]) for one in group["sentences"]}
    assert shown["handoff_live"]["texts"]["en"]["upset"].startswith("This needs a person")
    assert shown["handoff_live"]["texts"]["de"]["text"].startswith("Ich gebe Sie")
    assert shown["question.0.title"]["texts"]["de"]["text"] == "Wo ist meine Bestellung?"
    assert set(shown["times.today"]["texts"]) == {"de"} and set(shown["question.0.ask"]["texts"]) == {"en"}


@pytest.mark.parametrize("name", [OWN, GERMAN])
def test_one_sentence_changes_one_line(name: str) -> None:
    language, text = Language.read(name, TEXTS[name]), TEXTS[name]
    known = language.said("still_waiting", TITLES)
    new, fresh = written(text, language, "still_waiting", Said("{name}: soon."), known.mark, TITLES)
    assert fresh
    changed = [line for line in new.splitlines() if line not in text.splitlines()]
    assert changed == ['still_waiting: "{name}: soon."']
    assert len(new.splitlines()) == len(text.splitlines())


def test_the_wording_for_upset_people_comes_and_goes() -> None:
    known = OURS.said("handoff_live", TITLES)
    without, _ = written(TEXTS[OWN], OURS, "handoff_live", Said(known.text), known.mark, TITLES)
    assert "handoff_live_upset" not in without
    again, _ = written(without, Language.read(OWN, without), "handoff_live", known, "", TITLES)
    assert again == TEXTS[OWN]


def test_what_somebody_else_changed_is_noticed() -> None:
    _, fresh = written(TEXTS[OWN], OURS, "handoff_live", Said("Now."), Said("Then.").mark, TITLES)
    assert not fresh


def test_an_empty_translation_is_taken_away_and_an_own_sentence_cannot_be_empty() -> None:
    new, _ = written(TEXTS[GERMAN], THEIRS, "ended", Said(""), "", TITLES)
    assert "ended" not in Patch(new, GERMAN).tree
    with pytest.raises(StudioError, match="empty"):
        written(TEXTS[OWN], OURS, "ended", Said(" "), "", TITLES)
    with pytest.raises(StudioError, match="no sentence"):
        written(TEXTS[OWN], OURS, "language", Said("de"), "", TITLES)


def test_a_button_that_is_renamed_keeps_its_translation() -> None:
    new = renamed(TEXTS[GERMAN], THEIRS, "Shipping times", "How long it takes")
    questions = Patch(new, GERMAN).tree["greeting"]["questions"]
    assert questions["How long it takes"] == "Lieferzeiten" and "Shipping times" not in questions


def test_a_line_leads_to_its_sentence() -> None:
    def key(name: str, start: str) -> str:
        lines = TEXTS[name].splitlines()
        line = next(n for n, text in enumerate(lines, 1) if text.strip().startswith(start))
        language = Language.read(name, TEXTS[name])
        return key_at(path_at(Patch(TEXTS[name], name).tree, line), language, TITLES)

    assert key(OWN, "handoff_live_upset") == "handoff_live"
    assert key(OWN, "ask: How long") == "question.1.ask"
    assert key(GERMAN, "Shipping times") == "question.1.title"
    assert key(GERMAN, "today:") == "times.today"


def test_examples_fill_every_placeholder_in_each_language() -> None:
    found = examples(demo_business(), datetime(2026, 11, 2, 12, tzinfo=timezone.utc))
    assert {"en", "de", "ar"} <= set(found)
    assert all(set(MEANINGS) <= set(words) for words in found.values())
    assert found["en"]["promised"] == "by tomorrow at 9:00" and "morgen" in found["de"]["promised"]
