"""What rules and stories are in words."""

import pytest

from bot.lessons import Lessons
from bot.settings import ROOT
from bot.studio.stories.flow import Flow, Step
from bot.studio.stories.flow_words import Words, described, done_by, in_words

ACTION = '''
"""Carry a parcel upstairs: with care; no tip.

More.
"""
class Carry:
    def name(self):
        return "action_carry"
    def run(self):
        return "action_other"
'''


@pytest.fixture(scope="module")
def words() -> Words:
    sources = (path.read_text() for path in (ROOT / "actions").glob("*.py"))
    return Words.of(Lessons.read(ROOT), done_by(sources))


def says(*names: str) -> Step:
    return Step("says", names)


def does(name: str) -> Step:
    return Step("does", (name,))


FORM = Step("asks", ("callback_form",))
UNKNOWN = (says("nlu_fallback"), does("action_new_one"))
JOINED = (Step("joins", ("on",)), says("affirm", "deny"), does("action_escalate"), Step("joins", ("off",)))


@pytest.mark.parametrize(
    ("flow", "said"),
    [
        (
            Flow("rule", "r", (says("decaf"), does("utter_decaf"))),
            "When a customer says “do you have decaf”, Kindhand answers “Yes: {decaf_coffee}.",
        ),
        (
            Flow("rule", "r", (says("thank"), does("utter_thank")), at_start=True),
            "First of all, when a customer says “thanks”, Kindhand answers",
        ),
        (
            Flow(
                "rule", "r", (does("callback_form"), Step("asks"), does("action_request_callback")), (FORM,)
            ),
            "Once Kindhand knows what it needs (callback), Kindhand has somebody call the customer.",
        ),
        (
            Flow("rule", "r", UNKNOWN, (Step("known", values={"vip": True}),)),
            "If vip is yes, when a customer says something that was not understood, Kindhand does new one.",
        ),
        (
            Flow("story", "s", JOINED),
            "Coming from “on”, when a customer says “yes” or “I don't need to talk to anyone”, Kindhand calls"
            " a person, with all that they need to know, it goes on at “off”.",
        ),
        (Flow("story", "s", (Step("kept", number=0),)), ""),
    ],
)
def test_a_flow_is_a_sentence(words: Words, flow: Flow, said: str) -> None:
    assert in_words(flow, words).startswith(said)


def test_every_flow_of_the_demo_has_a_sentence_and_names_nothing_of_the_code(words: Words) -> None:
    from bot.studio.stories.flow import understood

    for flow in Lessons.read(ROOT).flows:
        item = {flow.kind: flow.name, "steps": [{step.kind: step.name} for step in flow.steps if step.name]}
        told = in_words(understood(flow.kind, item), words)
        assert told.endswith((".", "”"))
        assert not [word for word in ("utter_", "action_", "_form") if word in told]


def test_answers_are_shown_with_their_wordings_and_forms_with_their_questions(words: Words) -> None:
    shown = described(does("utter_bot_challenge"), words)
    assert set(shown["answer"]) == {"plain", "careful"} and shown["buttons"] == ["Talk to a person"]
    asked = described(does("cancel_order_form"), words)["questions"]
    assert asked[0].startswith("Asks which order is meant") or "order" in asked[0].lower()
    assert described(does("action_order_status"), words)["done"] == "says how an order stands"
    assert described(does("action_gone"), words)["done"] is None
    assert not described(Step("known", values={"tone": "careful"}), words)["heeded"]
    assert described(Step("kept", number=3), words, "{x: y}")["text"] == "{x: y}"


def test_marks_of_entities_are_not_shown(words: Words) -> None:
    assert not [text for text in words.intents.values() if "](" in text]


def test_what_actions_do_is_read_from_their_modules() -> None:
    assert done_by([ACTION]) == {"action_carry": "Carry a parcel upstairs: with care; no tip"}
