"""The demo business as it is delivered: every promised topic, and answers that keep to our manners."""

from collections import Counter

import pytest

from bot.business import PLACEHOLDER
from bot.lessons import Answer, Lessons
from bot.settings import ROOT
from tests.demo_business import demo_business

FAQ = [
    "opening_hours",
    "location",
    "shipping_cost",
    "shipping_time",
    "international_shipping",
    "return_policy",
    "refund_time",
    "damaged_item",
    "payment_methods",
    "invoice",
    "discount_codes",
    "gift_cards",
    "subscription_how",
    "subscription_pause",
    "subscription_cancel",
    "grind_options",
    "roast_freshness",
    "allergens",
    "decaf",
    "wholesale",
    "equipment_warranty",
    "account_password",
    "delete_my_data",
    "loyalty_points",
    "pickup_in_store",
    "tastings_and_classes",
    "contact_channels",
    "sourcing_ethics",
    "packaging_recycling",
]
TASKS = [
    "check_order_status",
    "change_delivery_address",
    "cancel_order",
    "report_order_problem",
    "request_callback",
    "speak_to_human",
]
SOCIAL = [
    "greet",
    "goodbye",
    "thank",
    "affirm",
    "deny",
    "bot_challenge",
    "compliment",
    "insult",
    "out_of_scope",
]
HOLLOW = (
    "i understand how you feel",
    "we value your",
    "unfortunately",
    "inconvenience",
    "rest assured",
    "angry",
)


@pytest.fixture(scope="module")
def lessons() -> Lessons:
    return Lessons.read(ROOT)


def answers(lessons: Lessons) -> list[Answer]:
    return [answer for answer in lessons.answers if answer.place.name.startswith("data/faq/")]


def test_every_topic_is_taught_with_enough_examples(lessons: Lessons) -> None:
    counts = Counter({topic.intent: len(topic.examples) for topic in lessons.topics})
    assert {intent: counts[intent] for intent in (*FAQ, *TASKS, *SOCIAL) if counts[intent] < 25} == {}
    assert counts["out_of_scope"] >= 60


def test_no_example_is_there_twice(lessons: Lessons) -> None:
    counts = Counter(text.casefold() for topic in lessons.topics for text, _ in topic.examples)
    assert [text for text, times in counts.items() if times > 1] == []


def test_each_question_has_a_file_and_an_answer(lessons: Lessons) -> None:
    assert {path.stem for path in (ROOT / "data" / "faq").glob("*.yml")} == set(FAQ)
    assert {answer.name for answer in answers(lessons)} == {f"utter_{intent}" for intent in FAQ}


def test_upset_customers_get_words_of_their_own(lessons: Lessons) -> None:
    tones = {
        answer.name: {value for wording in answer.wordings for _, value in wording.slots}
        for answer in answers(lessons)
    }
    assert sum("careful" in found for found in tones.values()) >= 12
    for intent in ("damaged_item", "refund_time", "shipping_time", "subscription_cancel", "account_password"):
        assert "careful" in tones[f"utter_{intent}"]


def test_answers_are_short_finished_and_without_gush(lessons: Lessons) -> None:
    facts = demo_business().facts()
    for answer in answers(lessons):
        for wording in answer.wordings:
            said = PLACEHOLDER.sub(lambda word: facts[word[1]], wording.text)
            assert len(said) < 360, (wording.place, len(said))
            sentences = said.split(". ")
            assert len(sentences) == len(set(sentences)), wording.place
            assert "!" not in said, wording.place
            assert not any(phrase in said.lower() for phrase in HOLLOW), wording.place


def test_numbers_and_addresses_come_from_the_business_files(lessons: Lessons) -> None:
    for answer in answers(lessons):
        for wording in answer.wordings:
            own_words = PLACEHOLDER.sub("", wording.text)
            assert not any(character.isdigit() or character in "£@" for character in own_words), wording.place
