"""Scenes from the first word to the decision, and the manners of offering."""

from dataclasses import replace

import pytest

from bot.empathy.ladder import LABELS, STEPS, TOPICS, Decision, LadderSettings, Reason, decide
from bot.empathy.reading import Turn
from bot.empathy.state import MoodState, advance, fold
from tests.empathy.scenes import OFFER, Scene, play, scenes

LADDER = LadderSettings()
ANSWER = "Here is what I know about that."


def played(detector, *said):
    """Return the decisions in a conversation in which the bot always has an answer."""
    talk = tuple(line for text in said for line in (f"> {text}", f"< {ANSWER}"))
    return play(Scene("", talk), detector, LADDER).decisions


@pytest.mark.parametrize("scene", [*scenes("known"), *scenes("tuning")], ids=lambda scene: scene.name)
def test_a_person_takes_over_when_a_support_lead_would(detector, scene):
    outcome = play(scene, detector, LADDER)
    assert outcome.wrong(scene) == "", outcome.steps


@pytest.mark.parametrize(
    ("name", "called", "other"),
    [("held_out", 1, 5), ("held_out_later", 0, 3)],  # of 49 and 24: called for nothing, missed or forced
)
def test_scenes_that_were_kept_aside_do_not_get_worse(detector, name, called, other):
    wrong = [play(scene, detector, LADDER).wrong(scene) for scene in scenes(name)]
    assert wrong.count("called") <= called
    assert len(wrong) - wrong.count("") - wrong.count("called") <= other, wrong


def test_reasons_carry_score_threshold_and_evidence(detector):
    said = ("my parcel is late", "i already told you", "this is a disgrace, get me a human")
    decision = played(detector, *said)[-1]
    assert decision.step == "hand_over"
    assert decision.cause == "explicit_request@5"
    request = decision.reasons[0]
    assert (request.code, request.evidence) == ("explicit_request", ((5, "get me a human"),))
    assert all(reason.label == LABELS[reason.code] for reason in decision.reasons)
    assert all(reason.score >= reason.threshold for reason in decision.reasons)


def test_a_person_is_never_offered_twice_in_a_row(detector):
    said = ("reset link doesnt work", "same", "same again", "still the same", "same")
    steps = [d.step for d in played(detector, *said)]
    assert "offer" in steps
    assert all(not (a == b == "offer") for a, b in zip(steps, steps[1:], strict=False))


def test_a_no_is_respected_until_it_is_clearly_worse(detector):
    state = fold(
        [
            Turn("visitor", "reset link doesnt work", 1),
            Turn("bot", ANSWER, 2),
            Turn("visitor", "same", 3),
            Turn("bot", OFFER, 4, offered=True),
            Turn("visitor", "no thanks, i'll try again", 5),
            Turn("bot", ANSWER, 6),
            Turn("visitor", "still not working", 7),
        ],
        detector,
    )
    assert state.declined
    assert decide(state, LADDER).step in ("acknowledge", "repair")
    rant = Turn("visitor", "ridiculous. I have wasted three hours, your service is a disgrace", 9)
    worse = advance(advance(state, Turn("bot", ANSWER, 8), detector), rant, detector)
    assert decide(worse, LADDER).step in ("offer", "hand_over")


def test_a_request_after_a_no_counts_at_once(detector):
    turns = [
        Turn("bot", OFFER, 1, offered=True),
        Turn("visitor", "no", 2),
        Turn("bot", ANSWER, 3),
        Turn("visitor", "ok then yes, get me a human", 4),
    ]
    assert decide(fold(turns, detector), LADDER).step == "hand_over"


YES = ["yes", "Yes please!", "ok", "sure", "please do", "go on then", "yeah that would be good"]


@pytest.mark.parametrize("text", YES)
def test_yes_to_an_offer_is_a_request(detector, text):
    offered = [Turn("bot", OFFER, 1, offered=True), Turn("visitor", text, 2)]
    plain = [Turn("bot", "Shall I send the invoice?", 1), Turn("visitor", text, 2)]
    assert decide(fold(offered, detector), LADDER).cause == "explicit_request@2"
    assert decide(fold(plain, detector), LADDER).step == "none"


def test_after_a_person_has_answered_the_counts_start_anew(detector):
    texts = ("reset link doesnt work", "same", "same again")
    said = [
        turn
        for seq, text in enumerate(texts, start=1)
        for turn in (Turn("visitor", text, 2 * seq), Turn("bot", ANSWER, 2 * seq + 1))
    ]
    helped = [*said, Turn("agent", "I have sent a new link.", 8), Turn("visitor", "it does not work", 9)]
    assert decide(fold(said, detector), LADDER).step == "offer"
    assert decide(fold(helped, detector), LADDER).step not in ("offer", "hand_over")


def test_the_owner_may_take_a_topic_out(detector):
    turns = [Turn("visitor", "i will leave a one star review", 1)]
    state = fold(turns, detector)
    assert decide(state, LADDER).reasons[0].code == "public_review_threat"
    quiet = decide(state, replace(LADDER, never=("review",)))
    assert "public_review_threat" not in {reason.code for reason in quiet.reasons}


def test_the_owner_may_send_a_topic_to_a_person_at_once(detector):
    state = fold([Turn("visitor", "i think i'm going elsewhere for my coffee", 1)], detector)
    assert decide(state, LADDER).step == "offer"
    assert decide(state, replace(LADDER, always=("leaving",))).step == "hand_over"


def test_good_customers_and_sensitive_owners_reach_a_person_sooner(detector):
    state = fold([Turn("visitor", "three weeks and no parcel", 1)], detector)
    order = ["none", "acknowledge", "repair", "offer", "hand_over"]
    usual, vip = decide(state, LADDER).step, decide(state, replace(LADDER, vip_bonus=0.3), vip=True).step
    touchy = decide(state, replace(LADDER, sensitivity=1.6)).step
    assert order.index(usual) < order.index(vip) and order.index(usual) < order.index(touchy)


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("when do you open", "plain"),
        ("I LOVE THIS COFFEE", "plain"),
        ("the parcel is still not here", "warm"),
        ("my husband passed away", "careful"),
        ("this is a disgrace, you people are liars", "careful"),
        ("the courier is a bloody liar", "warm"),
    ],
)
def test_the_tone_follows(detector, text, tone):
    assert decide(fold([Turn("visitor", text, 1)], detector), LADDER).tone == tone


@pytest.mark.parametrize(
    "text",
    [
        "My parcel is late again and I am really fed up",
        "my coffee is late and i'm fed up",
        "I've had enough of waiting for this order",
        "this is so frustrating",
        "not happy at all with my order",
        "I am absolutely furious about my order",
    ],
)
def test_a_feeling_spoken_out_is_answered_with_care_and_not_with_a_guess_at_the_topic(detector, text):
    decision = decide(fold([Turn("visitor", text, 1)], detector), LADDER)
    assert (decision.tone, decision.step in ("acknowledge", "repair")) == ("careful", True)
    unclear = Scene("", (f"> {text}", "<? Did you mean one of these?"))
    assert play(unclear, detector, LADDER).steps == ("offer",)


@pytest.mark.parametrize(
    ("said", "step"),
    [
        (("my mug came broken", "it is a present for my mother's birthday on sunday"), "hand_over"),
        (("i need something for my mother's birthday on sunday", "is my last order late?"), "none"),
        (("we ordered 40 boxes and five came broken",), "offer"),
        (("the newsletter page does not work", "we plan a wedding for 80 guests"), "none"),
        (
            ("my order is late", "what is decaf", "do you have tea", "and cups", "my party is on friday"),
            "none",
        ),
    ],
)
def test_a_date_or_much_money_counts_beside_a_trouble_that_was_told(detector, said, step):
    assert played(detector, *said)[-1].step == step


@pytest.mark.parametrize(
    ("said", "step"),
    [
        (("please cancel everything", "all of it, yes"), "none"),
        (("i am fed up with you", "cancel everything"), "offer"),
    ],
)
def test_a_cancellation_is_a_threat_only_from_somebody_upset(detector, said, step):
    assert max(STEPS.index(d.step) for d in played(detector, *said)) == STEPS.index(step)


def test_nothing_said_nothing_done():
    assert decide(MoodState(), LADDER) == Decision("none")


def test_reasons_survive_the_wire():
    reason = Reason("anger", "Angry", 0.8, 0.75, ((3, "liars"),))
    assert Reason.from_dict(reason.as_dict()) == reason
    brief_form = {**reason.as_dict(), "evidence": [{"seq": 3, "quote": "liars"}]}
    assert Reason.from_dict(brief_form) == reason


def test_every_topic_of_the_owner_is_a_reason_with_a_label():
    assert set(TOPICS.values()) <= set(LABELS)
    assert len(LABELS) == 16
