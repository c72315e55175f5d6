"""The brief: who, what, what was tried and promised, and how to begin; every line from a message."""

import json
from dataclasses import dataclass

import pytest

from bot.empathy.brief import compose
from bot.empathy.ladder import LABELS, LadderSettings, decide
from bot.empathy.reading import Turn
from bot.empathy.state import REASON_OF, SETTLED, MoodState, fold
from bot.empathy.wording import DONTS, DOS, STEP, TROUBLE

CARD = {
    "available": True,
    "customer": {"id": "c-mara", "name": "Mara Lindqvist", "vip": True},
    "orders": [{"number": "CK-10423", "status": "shipped"}, {"number": "CK-10057", "status": "delivered"}],
    "tickets": [],
}
TURNS = [
    Turn("visitor", "Hello, where is my order CK-10423? It was supposed to come on Tuesday.", 1),
    Turn("bot", "Your order CK-10423 is on its way. You will get a message within 2 days.", 2),
    Turn("visitor", "still nothing. I need it for tomorrow, it's my mum's birthday tomorrow", 3),
    Turn("bot", "I did not get that. Can you say it in other words?", 4, failed=True),
    Turn("visitor", "can you send it by express? this is ridiculous", 5),
    Turn("bot", "Shall I ask a person?", 6, offered=True),
    Turn("visitor", "yes get me a human", 7),
]
FILLED = [{"name": "order", "label": "Order number", "value": "CK-10423"}]
MISSING = [{"name": "phone", "label": "Phone number"}]


def brief(detector, turns=TURNS, card=CARD, filled=FILLED, missing=MISSING):
    state = fold(turns, detector)
    reasons = decide(state, LadderSettings()).reasons
    return compose(turns, state, reasons, card, filled, missing, business_name="Copper Kettle Coffee")


def test_says_who_what_and_which_order(detector):
    told = brief(detector)
    assert told.situation == (
        "Mara Lindqvist (VIP) writes about a late parcel and a date that must be met, "
        "order CK-10423 (shipped)."
    )
    assert set(told.situation_seq) <= {turn.seq for turn in TURNS}


def test_says_what_they_want_and_where_they_said_so(detector):
    told = brief(detector)
    assert (told.wants, told.wants_seq) == ("can you send it by express?", 5)


def test_lists_what_was_tried_and_promised_with_its_message(detector):
    told = brief(detector).as_dict()
    assert [line["seq"] for line in told["tried"]] == [2, 4]
    assert told["tried"][1]["text"].startswith("Did not understand:")
    assert told["promised"] == [
        {"seq": 2, "text": "Your order CK-10423 is on its way."},
        {"seq": 2, "text": "You will get a message within 2 days."},
    ]


def test_carries_details_reasons_and_mood(detector):
    told = brief(detector).as_dict()
    assert (told["filled"], told["missing"]) == (FILLED, MISSING)
    assert told["reasons"][0]["code"] == "explicit_request"
    assert {"seq": 7, "quote": "get me a human"} in told["reasons"][0]["evidence"]
    assert told["mood"]["label"] in ("upset", "urgent")
    json.dumps(told)


def test_suggests_a_first_sentence_that_names_the_trouble_and_the_next_step(detector):
    suggestion = brief(detector).suggestion
    assert suggestion.startswith("Mara, your parcel with order CK-10423 has not come when it should have")
    assert "checking" in suggestion


def test_advice_fits_the_reasons(detector):
    told = brief(detector)
    assert DOS["explicit_request"] in told.dos and DONTS["explicit_request"] in told.donts
    assert len(told.dos) <= 4 and len(told.donts) <= 4


@pytest.mark.parametrize("card", [None, {}, {"available": False, "reason": "The visitor has not signed in."}])
def test_without_a_card_nothing_is_made_up(detector, card):
    told = brief(detector, card=card)
    assert told.situation.startswith("A visitor writes about a late parcel")
    assert told.situation.endswith("order CK-10423.")
    assert told.suggestion.startswith("Your parcel with order CK-10423")


def test_takes_the_card_as_an_object_too(detector):
    @dataclass(frozen=True)
    class Card:
        def as_dict(self):
            return CARD

    assert brief(detector, card=Card()) == brief(detector)


def test_an_unknown_matter_is_quoted(detector):
    turns = [Turn("visitor", "Hi, do you repair old cezves? i want a person", 1)]
    told = brief(detector, turns=turns, card=None, filled=[], missing=[])
    assert told.situation == "A visitor writes about “do you repair old cezves? i want a person”."
    assert told.wants == "do you repair old cezves?"
    assert "need not repeat" in told.suggestion


def test_an_empty_conversation_has_a_brief():
    told = compose([], MoodState(), [], None, [], [], business_name="Copper Kettle Coffee")
    assert told.situation == "A visitor writes about no message."
    assert told.wants_seq is None


def test_what_we_cannot_do_is_no_promise(detector):
    turns = [
        Turn(
            "bot", "We will not refund opened bags. If you like, we will send a new one. I can't do that.", 1
        )
    ]
    assert brief(detector, turns=turns).promised == ()


@pytest.mark.parametrize("cause", [*TROUBLE, ""])
def test_suggestions_never_claim_feelings_nor_shout(cause):
    text = " ".join([*TROUBLE.get(cause, ()), STEP[cause]]).lower()
    assert "!" not in text
    assert not any(
        claim in text for claim in ("i understand", "i feel", "you seem", "frustrat", "i am happy")
    )


def test_every_reason_has_advice_and_every_cause_a_step():
    assert set(LABELS) <= set(DOS) and set(LABELS) <= set(DONTS)
    assert set(TROUBLE) <= set(STEP)
    assert set(REASON_OF.values()) - set(SETTLED) <= set(LABELS)
