"""Scenes from the first word to the decision, and the manners of offering."""

from dataclasses import replace

import pytest

from bot.empathy.ladder import LABELS, TOPICS, Decision, LadderSettings, Reason, decide
from bot.empathy.reading import Turn
from bot.empathy.state import MoodState, advance, fold
from tests.empathy.scenes import SCENES

LADDER = LadderSettings()
ANSWER = "Here is what I know about that."
OFFER = "Shall I ask a person to take over?"


def played(detector, said, *, bot=(), failed=(), ladder=LADDER, offers=True):
    """Play a scene: after each message decide, then let the bot answer; return the decisions."""
    state, decisions = MoodState(), []
    for number, text in enumerate(said, start=1):
        state = advance(state, Turn("visitor", text, 2 * number - 1), detector)
        decision = decide(state, ladder)
        decisions.append(decision)
        offered = offers and decision.step == "offer"
        answer = bot[number - 1] if len(bot) >= number else ANSWER
        turn = Turn("bot", OFFER if offered else answer, 2 * number, failed=number in failed, offered=offered)
        state = advance(state, turn, detector)
    return decisions


def first(decisions, *steps):
    return next((n for n, d in enumerate(decisions, start=1) if d.step in steps), 0)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_person_takes_over_when_a_support_lead_would(detector, scene):
    decisions = played(detector, scene.said, bot=scene.bot, failed=scene.failed)
    steps = [decision.step for decision in decisions]
    if scene.expect == "no":
        assert not {"offer", "hand_over"} & set(steps), steps
        return
    wanted = ("hand_over",) if scene.expect == "yes" else ("offer", "hand_over")
    turn = first(decisions, *wanted)
    assert turn and abs(turn - scene.turn) <= scene.tolerance, steps
    assert scene.reason in {reason.code for d in decisions for reason in d.reasons}, steps
    if scene.expect == "offer":
        assert decisions[turn - 1].step == "offer", steps


def test_reasons_carry_score_threshold_and_evidence(detector):
    said = ("my parcel is late", "i already told you", "this is a disgrace, get me a human")
    decision = played(detector, said)[-1]
    assert decision.step == "hand_over"
    assert decision.cause == "explicit_request@5"
    request = decision.reasons[0]
    assert (request.code, request.evidence) == ("explicit_request", ((5, "get me a human"),))
    assert all(reason.label == LABELS[reason.code] for reason in decision.reasons)
    assert all(reason.score >= reason.threshold for reason in decision.reasons)


def test_a_person_is_never_offered_twice_in_a_row(detector):
    said = ("reset link doesnt work", "same", "same again", "still the same", "same")
    steps = [d.step for d in played(detector, said)]
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
    turns = [Turn("visitor", "this is ridiculous", 1), Turn("visitor", "still nothing", 2)]
    state = fold(turns, detector)
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
