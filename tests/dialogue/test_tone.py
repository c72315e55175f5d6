"""How the assistant sounds: every wording, held to the rules for an empathetic reply."""

import re
from collections import Counter
from itertools import combinations, product

import pytest

from bot.empathy.state import CAUSES
from bot.settings import ROOT
from tests.demo_business import demo_business
from tests.responses import responses

SAID = responses(ROOT)
TEXTS = [(name, wording["text"]) for name, wordings in SAID.items() for wording in wordings]
ACKNOWLEDGE = "utter_acknowledge_"
COURSE = ("asked_again", "not_solved", "not_understood", "trouble", "unwelcome", "hard_time")
OFTEN = (
    *("ask_rephrase", "offer_human", "status_placed", "status_packing", "status_shipped", "status_late"),
    *("status_delivered", "thank", "all_right"),
    *("damaged_item", "refund_time", "shipping_time", "account_password", "bot_challenge"),
)
# What the upset are likely to get, besides the answers to questions.
TROUBLED = (
    *("status_placed", "status_packing", "status_shipped", "status_late", "status_delivered"),
    *("sign_in_needed", "refused_cancel_too_late", "refused_address_too_late", "problem_reported"),
    *("problem_reported_damaged", "order_cancelled", "offer_human", "ask_rephrase", "greet", "goodbye"),
)
UNTROUBLED = ("decaf", "packaging_recycling")  # questions that nobody asks in distress
FORBIDDEN = re.compile(
    r"understand (?:how|your|that you)|how you feel|you (?:seem|sound|are|feel|must be) "
    r"(?:upset|angry|frustrated|annoyed|worried|sad|feeling)|calm down|sorry to hear|frustrat|inconvenience|"
    r"rest assured|valued|apologi[sz]e for any|unfortunately|i feel|i'm (?:happy|glad|delighted)|"
    r"i am (?:happy|glad|delighted)|don't worry|no problem|!|[\U0001F300-\U0001FAFF]",
    re.IGNORECASE,
)
BLAME = re.compile(
    r"(?:carrier|courier|royal mail|\{shipping_carrier\})['’]?s? (?:fault|mistake)|"
    r"the system|your (?:fault|mistake)",
    re.I,
)
EMPTY = 4  # words; a shorter sentence, such as "Thank you.", may come back


def sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=[.!?])\s+", text) if len(part.split()) >= EMPTY]


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z_]+", text.lower()))


def for_tone(name: str, tone: str | None) -> list[str]:
    condition = tone and [{"type": "slot", "name": "tone", "value": tone}]
    return [wording["text"] for wording in SAID[name] if (wording.get("condition") or None) == condition]


def test_nobody_is_diagnosed_soothed_or_shouted_at() -> None:
    assert [said for said in TEXTS if FORBIDDEN.search(said[1]) or BLAME.search(said[1])] == []


def test_no_wording_apologises_twice() -> None:
    assert [text for _, text in TEXTS if len(re.findall(r"\bsorry\b|\bapolog", text, re.I)) > 1] == []


def test_an_answer_given_again_does_not_apologise_again() -> None:
    for name, tone in product(SAID, (None, "warm", "careful")):
        assert len([text for text in for_tone(name, tone) if "sorry" in text.lower()]) <= 1, (name, tone)


def test_praise_from_the_upset_is_not_taken_at_its_word() -> None:
    for tone in ("warm", "careful"):
        assert all(re.search(r"still", text) for text in for_tone("utter_compliment", tone))


def test_no_sentence_comes_in_two_wordings() -> None:
    found = Counter(sentence for _, text in TEXTS for sentence in set(sentences(text)))
    assert [sentence for sentence, times in found.items() if times > 1] == []


def test_two_wordings_differ_by_more_than_a_word() -> None:
    pairs = [
        pair for said in SAID.values() for pair in combinations((wording["text"] for wording in said), 2)
    ]
    assert [(one, other) for one, other in pairs if len(words(one) ^ words(other)) < 4] == []


@pytest.mark.parametrize("kind", sorted({*CAUSES, *COURSE, "disability"} - {"safety"}))
def test_every_trouble_can_be_named_in_three_ways(kind: str) -> None:
    assert len(SAID[ACKNOWLEDGE + kind]) >= 3
    for wording in SAID[ACKNOWLEDGE + kind]:
        assert "condition" not in wording
        assert len(wording["text"].split()) <= 20
        assert not re.search(
            r"\b(?:sorry|apolog|\?|colleague)", wording["text"], re.I
        )  # that is for the answer


@pytest.mark.parametrize("name", OFTEN)
def test_what_is_said_often_has_three_wordings_for_everybody(name: str) -> None:
    for_all = for_tone(f"utter_{name}", None)
    assert len(for_all) >= 3
    assert len([*for_tone(f"utter_{name}", "careful"), *for_all]) >= 4  # these follow when those are used up


QUESTIONS = [path.stem for path in sorted((ROOT / "data" / "faq").glob("*.yml"))]


def test_the_upset_get_careful_words() -> None:
    names = {*QUESTIONS, *TROUBLED} - {*UNTROUBLED}
    assert [name for name in names if not for_tone(f"utter_{name}", "careful")] == []


def test_the_calm_get_the_answer_alone() -> None:
    more = re.compile(r"\bsorry\b|thank you for|should(?:n't| not| never) have", re.I)
    said = [(name, text) for name in QUESTIONS for text in for_tone(f"utter_{name}", None)]
    assert [(name, text) for name, text in said if more.search(text)] == []


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("return_policy", "{return_why}"),
        ("refused_cancel_too_late", "{cancel_why}"),
        ("refused_address_too_late", "{address_change_why}"),
        ("discount_codes", "{discount_why}"),
    ],
)
def test_a_no_comes_with_its_reason_and_a_way_on(name: str, why: str) -> None:
    for text in for_tone(f"utter_{name}", "careful"):
        assert why in text
        assert re.search(r"colleague|tell me|report|send it back|return", text, re.I)


def test_a_wording_names_only_troubles_that_can_be_named() -> None:
    known = {name.removeprefix(ACKNOWLEDGE) for name in SAID if name.startswith(ACKNOWLEDGE)}
    named = {n for said in SAID.values() for one in said for n in one.get("metadata", {}).get("names", ())}
    assert {"late", "damaged", "refund_trouble"} <= named <= known


def test_a_late_parcel_is_owned_to_at_once() -> None:
    owned = re.compile(r"sorry|on us|ours to|missed|haven't kept|should be with you")
    assert all(owned.search(wording["text"]) for wording in SAID["utter_status_late"])


def test_danger_no_emergency_service_the_number_and_a_person() -> None:
    for wording in SAID["utter_danger"]:
        assert "{emergency_number}" in wording["text"]
        assert "emergency service" in wording["text"]
        assert re.search(r"ask(?:ed|ing)?\b.*colleague|colleague.*asked", wording["text"])


def test_it_always_says_that_it_is_a_bot() -> None:
    assert all("bot" in words(wording["text"]) for wording in SAID["utter_bot_challenge"])
    introductions = [text for text in for_tone("utter_greet", None) if "{assistant_name}" in text]
    assert introductions and all("bot" in words(text) for text in introductions)


def test_an_insult_meets_one_boundary_and_help() -> None:
    for name in ("utter_insult", "utter_offer_human_abuse"):
        for wording in SAID[name]:
            assert len(re.findall(r"civil|insults", wording["text"])) == 1
            assert re.search(r"help|sort this out|colleague|happened", wording["text"])


def test_nothing_is_sold_to_those_who_have_enough_to_carry() -> None:
    for name in ("grief", "illness", "disability", "hardship", "hard_time"):
        for wording in [*SAID[ACKNOWLEDGE + name], *SAID["utter_offer_human_vulnerability"]]:
            assert not re.search(r"£|\{|offer|discount|order now|subscribe", wording["text"])


def test_every_word_can_be_filled_in() -> None:
    facts = demo_business().facts()
    for name in QUESTIONS:
        for wording in SAID[f"utter_{name}"]:
            assert set(re.findall(r"{(\w+)}", wording["text"])) <= facts.keys(), name
