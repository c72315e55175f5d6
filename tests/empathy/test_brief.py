"""The brief: who, what, what was tried and promised, and how to begin; every line from a message."""

import json
from dataclasses import dataclass

import pytest

from bot.empathy.brief import compose
from bot.empathy.ladder import LABELS, LadderSettings, Reason, decide
from bot.empathy.reading import Turn
from bot.empathy.state import REASON_OF, SETTLED, MoodState, fold
from bot.empathy.wording import DONTS, DOS, FOREIGN, OURS, STEP, TROUBLE, UNTOLD

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
    assert told.situation.startswith(
        "Mara Lindqvist (VIP) writes about a late parcel and a date that must be met, "
        "order CK-10423 (shipped)"
    )


@pytest.mark.parametrize("part", ["situation_seq", "suggestion_seq"])
def test_every_sentence_rests_on_messages(detector, part):
    seqs = brief(detector).as_dict()[part]
    assert {1, 3} <= set(seqs) <= {turn.seq for turn in TURNS}


def test_every_line_stands_in_its_message(detector):
    told, said = brief(detector).as_dict(), {turn.seq: turn.text for turn in TURNS}
    assert told["wants"] in said[told["wants_seq"]]
    for line in [*told["tried"], *told["promised"]]:
        assert line["text"].removeprefix("Did not understand: ") in said[line["seq"]]
    for evidence in (one for reason in told["reasons"] for one in reason["evidence"]):
        assert evidence["quote"] in said[evidence["seq"]]
    assert told["mood"]["worst"]["quote"] in said[told["mood"]["worst"]["seq"]]


def test_evidence_that_nobody_said_is_left_out(detector):
    made_up = Reason("anger", "Angry", 0.9, 0.75, ((1, "WHERE IS my  order"), (1, "idiots"), (99, "where")))
    told = compose(TURNS, fold(TURNS, detector), [made_up], None, [], [], business_name="Copper Kettle")
    assert told.reasons[0].evidence == ((1, "WHERE IS my  order"),)


def test_a_quote_is_shown_once_unless_a_reason_would_stand_without_any(detector):
    where, express = (1, "where is my order"), (5, "express")
    rising = Reason("rising", "Getting worse", 0.9, 0.6, (where, express))
    again = Reason("repeated", "Asked again", 2, 2, (where, (3, "still")))
    same = Reason("deadline", "A date", 1, 1, (express,))
    told = compose(TURNS, fold(TURNS, detector), [rising, again, same], None, [], [], business_name="Kettle")
    assert [reason.evidence for reason in told.reasons] == [(where, express), ((3, "still"),), (express,)]


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
    assert (told["filled"], told["missing"]) == ([{**FILLED[0], "seq": 1}], MISSING)
    assert told["reasons"][0]["code"] == "explicit_request"
    assert {"seq": 7, "quote": "get me a human"} in told["reasons"][0]["evidence"]
    assert told["mood"]["label"] in ("upset", "urgent")
    json.dumps(told)


def test_suggests_a_first_sentence_that_names_the_trouble_and_the_next_step(detector):
    suggestion = brief(detector).suggestion
    assert suggestion.startswith("Mara, your parcel (order CK-10423) has not come when it should have")
    assert "checking" in suggestion
    assert suggestion.count("sorry") == 1


def test_apologises_only_for_what_is_ours(detector):
    turns = [Turn("visitor", "my husband passed away and his subscription must stop", 1)]
    assert "sorry" not in brief(detector, turns=turns, card=None).suggestion
    assert {"late", "damaged"} <= set(OURS) and not set(OURS) & {"grief", "safety", "hardship", "illness"}


def test_advice_fits_the_reasons(detector):
    told = brief(detector)
    assert DOS["explicit_request"] in told.dos and DONTS["explicit_request"] in told.donts
    assert len(told.dos) <= 4 and len(told.donts) <= 4


@pytest.mark.parametrize("card", [None, {}, {"available": False, "reason": "The visitor has not signed in."}])
def test_without_a_card_nothing_is_made_up(detector, card):
    told = brief(detector, card=card)
    assert told.situation.startswith("A visitor writes about a late parcel")
    assert "order CK-10423" in told.situation and "shipped" not in told.situation
    assert told.suggestion.startswith("Your parcel (order CK-10423)")


def test_takes_the_card_as_an_object_too(detector):
    @dataclass(frozen=True)
    class Card:
        def as_dict(self):
            return CARD

    assert brief(detector, card=Card()) == brief(detector)


def test_an_unknown_matter_is_quoted(detector):
    turns = [Turn("visitor", "Hi, do you repair old cezves? i want a person", 1)]
    told = brief(detector, turns=turns, card=None, filled=[], missing=[])
    assert told.situation == "A visitor writes: “do you repair old cezves?”."
    assert told.wants == "do you repair old cezves?"
    assert "need not repeat" in told.suggestion


def test_an_empty_conversation_has_a_brief():
    told = compose([], MoodState(), [], None, [], [], business_name="Copper Kettle Coffee")
    assert told.situation == "A visitor has not written anything."
    assert told.wants_seq is None


def test_a_mere_request_for_a_person_is_neither_a_matter_nor_a_wish(detector):
    told = brief(
        detector, turns=[Turn("visitor", "Hi", 1), Turn("visitor", "Talk to a person", 2)], card=None
    )
    assert told.situation == "A visitor asks for a person and has not said what about."
    assert (told.wants, told.suggestion) == ("", UNTOLD)
    assert (told.situation_seq, told.suggestion_seq) == ((2,), (1, 2))


def test_nonsense_is_quoted_and_nothing_made_of_it(detector):
    told = brief(detector, turns=[Turn("visitor", "asdfgh jkl", 1), Turn("visitor", "??", 2)], card=None)
    assert told.situation == "A visitor wrote “asdfgh jkl”."
    assert told.suggestion == UNTOLD


def test_another_language_is_said_and_not_guessed_at(detector):
    text = "Guten Tag, mein Paket ist seit zwei Wochen überfällig und niemand antwortet mir."
    told = brief(detector, turns=[Turn("visitor", text, 1)], card=None)
    assert told.situation.startswith("A visitor writes in another language: “Guten Tag")
    assert (told.suggestion, told.dos[0]) == (FOREIGN, DOS["foreign"])


def test_a_date_or_a_hard_life_alone_is_told_in_their_words(detector):
    turns = [
        Turn("visitor", "where is my parcel", 1),
        Turn("visitor", "it has to be here by tomorrow, it's my mum's birthday tomorrow", 2),
    ]
    told = brief(detector, turns=turns, card=None)
    assert "a date that must be met: “where is my parcel”" in told.situation
    assert told.suggestion.endswith("I will start with what is possible in time.")


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
