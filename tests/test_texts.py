import re
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.business import Business, read
from bot.settings import ROOT
from bot.texts import PLACEHOLDER, SENTENCES
from tests.test_business import change, folder

__all__ = ["folder"]
LANGUAGES = ("de", "es", "fr", "pt", "ar")
LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
NOW = datetime(2026, 11, 21, 20, 0, tzinfo=timezone.utc)  # a Saturday


@pytest.fixture(scope="module")
def demo() -> Business:
    return Business.load(ROOT / "data" / "business")


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in read(folder, folder.parent.parent)[1]]


def test_every_language_of_the_widget_has_its_sentences(demo: Business) -> None:
    assert set(demo.texts.others) == set(LANGUAGES)


@LANGUAGE
def test_no_sentence_is_missing_and_none_has_lost_a_word(demo: Business, language: str) -> None:
    own, other = demo.texts.own, demo.texts.others[language]
    assert other.sentences.keys() == own.sentences.keys()
    for name, text in own.sentences.items():
        wanted = set(PLACEHOLDER.findall(text)) - {"bot_language", "their_language", "email"}
        assert wanted <= set(PLACEHOLDER.findall(other.sentences[name])), name
    assert "bot_language" in other.greeting and "customer" in other.known_greeting
    assert other.questions.keys() == {question.title for question in demo.texts.questions}


@LANGUAGE
def test_every_sentence_is_filled_in(demo: Business, language: str) -> None:
    for name, words in SENTENCES.items():
        said = demo.say(name, language=language, **dict.fromkeys(words, "Sam"))
        own = demo.say(name, **dict.fromkeys(words, "Sam"))
        assert said and not PLACEHOLDER.search(said)
        assert said != own or len(own.split()) < 3, "left in the owner's language"
    assert demo.assistant_name in demo.greeting("Mara", language=language)


def test_moments_and_waits_are_said_in_the_language_of_the_sentence(demo: Business) -> None:
    opening = demo.next_opening(NOW)
    told = [
        demo.say("handoff_later_closed", language=language, next_opening=lambda times: times.at(opening, NOW),
                 promised=lambda times: times.by(opening, NOW))
        for language in (None, "de", "nl")
    ]  # fmt: skip
    assert "back tomorrow at 10:00" in told[0] and "in touch by tomorrow at 10:00" in told[0]
    assert "morgen um 10:00 Uhr zurück" in told[1] and "spätestens morgen um 10:00 Uhr" in told[1]
    assert told[2] == told[0]
    assert "etwa 5 Minuten" in demo.say("handoff_wait", language="de", wait=lambda times: times.about(5))


def test_what_a_translation_lacks_is_said_in_the_owners_own_words_as_a_whole(folder: Path) -> None:
    change(folder / "texts", "de.yml", "handoff_wait:", "")
    change(folder / "texts", "de.yml", "handoff_wait_upset:", "")
    business = Business.load(folder)
    said = business.say("handoff_wait", language="de", wait=lambda times: times.about(5))
    assert said == business.say("handoff_wait", wait="about 5 minutes")


def test_somebody_upset_hears_plain_words_of_their_language_before_careful_ones_of_another(
    folder: Path,
) -> None:
    change(folder / "texts", "de.yml", "handoff_live_upset:", "")
    business = Business.load(folder)
    upset = business.say("handoff_live", language="de", upset=True)
    assert upset == business.say("handoff_live", language="de") != business.say("handoff_live", upset=True)


def test_owners_write_in_their_own_language_and_their_words_go_before_ours(folder: Path) -> None:
    lines = (folder / "texts" / "de.yml").read_text(encoding="utf-8").split("\ntimes:\n")[1].split("\n\n")[0]
    change(folder, "texts.yml", "language:", f"language: de\ntimes:\n{lines}")
    change(folder, "texts.yml", "resolved:", "resolved: Fertig.")
    business = Business.load(folder)
    assert business.say("resolved", language="de") == "Fertig." == business.say("resolved", language="nl")
    assert business.next_opening_words(NOW) == "morgen um 10:00 Uhr"
    assert business.say("resolved", language="fr").startswith("Cette conversation")


@pytest.mark.parametrize(
    ("written", "locale", "language"),
    [
        (None, None, "en"),
        (None, "pt-BR", "pt"),
        (None, "nl", "en"),
        ("de", "en-GB", "de"),
        ("en", "fr", "fr"),  # they write what the bot reads, and read best what they have chosen
        ("pl", "ar", "ar"),
        ("pl", None, "en"),
    ],
)
def test_the_language_that_somebody_writes_goes_before_that_of_the_widget(
    demo: Business, written: str | None, locale: str | None, language: str
) -> None:
    assert demo.texts.language_for(written, locale) == language


def test_a_quick_question_reads_in_a_language_and_means_the_owners(folder: Path) -> None:
    change(folder / "texts", "fr.yml", "    Shipping times:", "")
    business = Business.load(folder)
    titles = [quick.title for quick in business.questions(language="fr")]
    assert titles[:2] == ["Où est ma commande ?", "Shipping times"]
    first, second, *_ = business.questions(language="fr")
    assert (first.ask, business.texts.meant(first.ask)) == ("Où est ma commande ?", "Where is my order?")
    assert (second.ask, business.texts.meant(second.ask)) == ("How long does shipping take?", None)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("texts/de.yml", "resolved:", "resolvd: Fertig", "Did you mean resolved?"),
        ("texts/fr.yml", "agent_joined:", 'agent_joined: "{agnt} est là."', "Did you mean agent?"),
        ("texts/es.yml", "  today:", '  today: "hoy a las {hora}"', "“{hora}” cannot be filled in here"),
        ("texts/es.yml", "  soon:", "", "“soon” is missing"),
        ("texts/ar.yml", "resolved:", "resolved: [1]", "“resolved” should be text"),
        ("texts.yml", "language:", "language: german", "Write two small letters like en"),
        ("texts.yml", "language:", "language: nl", "“times” is missing"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line(
    folder: Path, name: str, old: str, new: str, told: str
) -> None:
    line = change(folder, name, old, new)
    found = problems(folder)
    assert len([one for one in found if told in one]) == 1, found
    at = next(one for one in found if told in one)
    assert name in at
    assert re.search(rf"\b{line}\b", at) or "missing" in at


def test_a_file_of_no_language_is_named(folder: Path) -> None:
    (folder / "texts" / "german.yml").write_text("resolved: Fertig", encoding="utf-8")
    assert any("german.yml" in one and "is not a language" in one for one in problems(folder))
