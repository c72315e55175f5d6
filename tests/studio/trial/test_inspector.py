"""Why the assistant answered so, in words an owner understands."""

from typing import Any

import pytest

from bot.empathy.ladder import LadderSettings
from bot.empathy.reading import Cue
from bot.lessons import Lessons
from bot.settings import ROOT
from bot.studio.trial import inspector
from tests.studio.turns import Event, bot, did, felt, said, slot

CUE = Cue("told_before", "had to say it again", 0, 10, "third time", 0.5)


@pytest.fixture(scope="module")
def lessons() -> Lessons:
    return Lessons.read(ROOT)


def why(lessons: Lessons, *events: Event, number: int = 1, **more: Any) -> dict[str, Any]:
    turn = inspector.turn(events, number)
    assert turn
    return inspector.inspected(turn, lessons, LadderSettings(), **more)


def test_a_plain_question_is_explained_from_end_to_end(lessons: Lessons) -> None:
    nearest = {"example": "How long does delivery take?", "likeness": 0.9}
    told = why(
        lessons,
        said(1),
        *felt(1),
        did("utter_shipping_time"),
        bot("utter_shipping_time"),
        nearest=nearest,
    )
    assert told["understood"]["words"] == "Understood as “Shipping time”, sure (0.97)."
    assert told["understood"]["second"] == {"title": "Shipping cost", "confidence": 0.02}
    assert told["understood"]["nearest"] == nearest
    assert told["mood"]["label"] == "calm" and "level 0.00" in told["mood"]["words"]
    assert told["step"]["reasons"] == [
        "The level counts as 0.00; “name the trouble in a few words, then answer” would begin at 0.30."
    ]
    assert told["decided"]["words"] == "The rule “shipping_time” decided it."
    assert told["decided"]["file"] == "data/faq/shipping_time.yml" and told["decided"]["line"] > 0
    assert told["wordings"][0]["words"].startswith("“Shipping time”, wording 1 of ")
    assert "not said before in this chat" in told["wordings"][0]["words"]
    assert told["noticed"] == [] and told["records"] == []


@pytest.mark.parametrize(
    ("intent", "confidence", "words"),
    [
        ("decaf", 0.7, "Understood as “Decaf”, fairly sure (0.70)."),
        ("decaf", 0.4, "Understood as “Decaf”, not very sure (0.40)."),
        (
            "nlu_fallback",
            0.8,
            "Not understood: no question is near enough. The best guess was “Shipping cost”",
        ),
        ("out_of_scope", 0.9, "something that you do not deal with, sure (0.90)"),
    ],
)
def test_how_sure_it_was(lessons: Lessons, intent: str, confidence: float, words: str) -> None:
    assert words in why(lessons, said(1, "x", intent, confidence), *felt(1))["understood"]["words"]


def test_an_upset_customer_and_the_cues_quoted(lessons: Lessons) -> None:
    upset = felt(1, emotion="frustrated", level=0.45, tone="careful", step="repair")
    told = why(lessons, said(1, order="CK-10423"), *upset, slot("order_number", "CK-10423"), cues=[CUE])
    assert told["mood"]["cues"] == [{"quote": "third time", "label": "had to say it again"}]
    assert "frustrated (distress 0.45); the customer is uneasy by now" in told["mood"]["words"]
    assert told["step"]["words"] == "say first what went wrong, then answer"
    assert "“offer a person” would begin at 0.62" in told["step"]["reasons"][0]
    assert told["noticed"] == ["Order number: CK-10423"], "once, though it was remembered too"


def test_a_hand_over_has_its_reason_with_score_and_words(lessons: Lessons) -> None:
    events = [said(1, intent="speak_to_human"), *felt(1, step="hand_over", reason="explicit_request")]
    told = why(lessons, *events, did("action_escalate", "LadderPolicy"))
    assert told["step"]["reasons"] == ["Asked for a person: score 0.70, 0.60 is enough (“fed up”)"]
    assert "a person was called, because the customer asks for one" in told["decided"]["words"]


def test_a_wording_says_its_tone_and_whether_it_was_said_before(lessons: Lessons) -> None:
    tones = next(answer for answer in lessons.answers if answer.name == "utter_sign_in_needed").wordings
    careful = next(n for n, one in enumerate(tones) if ("tone", "careful") in one.slots)
    events = [said(1), *felt(1, level=0.5, tone="careful"), bot("utter_sign_in_needed", careful)]
    [told] = why(lessons, *events)["wordings"]
    assert "for the careful tone, which fits how the customer feels" in told["words"]
    again = [*events, said(3), *felt(3, tone="careful"), bot("utter_sign_in_needed", careful)]
    [told] = why(lessons, *again, number=3)["wordings"]
    assert "all that fit were said before" in told["words"]


def test_what_the_records_were_asked(lessons: Lessons) -> None:
    asked = did("action_order_status")
    told = why(lessons, said(1, customer="c-mara"), *felt(1, vip=True), asked)
    assert told["records"] == [
        "Asked whether this is one of your best customers: yes.",
        "Asked this customer's orders.",
    ]
    told = why(lessons, said(1), *felt(1), asked)
    assert told["records"] == [
        "Not asked: the visitor is not signed in, and orders are shown to nobody else."
    ]


def test_each_message_has_its_own_and_one_that_never_arrived_has_none(lessons: Lessons) -> None:
    events = [said(1), *felt(1, level=0.9), bot("utter_decaf"), said(3, intent="decaf")]
    assert why(lessons, *events, number=3)["mood"]["label"] == "unread"
    assert inspector.turn(events, 5) is None


def test_differences_in_words(lessons: Lessons) -> None:
    live = why(lessons, said(1), *felt(1), bot("utter_shipping_time"))
    assert inspector.differences(live, live, ("A.", "A.")) == []
    facts = ["Gives the same answer with other facts in it."]
    assert inspector.differences(live, live, ("A.", "B.")) == facts
    chance = why(lessons, said(1), *felt(1), bot("utter_shipping_time", 1))
    assert inspector.differences(live, chance, ("A.", "B.")) == []
    changed = {**live, "wordings": [{**live["wordings"][0], "mark": "other"}]}
    words = ["Gives the same answer in other words."]
    assert inspector.differences(live, changed, ("A.", "B.")) == words
    other = [said(1, intent="decaf"), *felt(1, level=0.7, step="offer"), bot("utter_decaf")]
    assert inspector.differences(live, why(lessons, *other), ("A.", "B.")) == [
        "Understood as “Decaf”; live as “Shipping time”.",
        "Reads the customer as upset; live as calm.",
        "Decides to offer a person; live to answer as usual.",
        "Gives another answer.",
    ]
