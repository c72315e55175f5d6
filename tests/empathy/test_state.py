"""The running state: bounded, replayable, moved by visitors only, up with trouble and down with relief."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.empathy.reading import Reading, Turn
from bot.empathy.state import MoodState, advance, fold
from tests.detectors import by_words

LINES = [
    *("where is my parcel", "still nothing", "this is ridiculous", "thanks", "you idiots", "get me a human"),
    *("ok", "no", "yes please", "i don't understand", "it is for tomorrow", "I was charged twice", "😡", ""),
    *("when do you open", "the courier is a liar", "oh wait found it", "my husband died", "i'm leaving"),
    "WHERE IS MY PARCEL",
]

turns = st.lists(
    st.builds(
        Turn,
        speaker=st.sampled_from(["visitor", "visitor", "bot", "agent", "system"]),
        text=st.one_of(st.sampled_from(LINES), st.text(max_size=40)),
        seq=st.integers(1, 99),
        failed=st.booleans(),
        offered=st.booleans(),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(turns)
def test_levels_are_bounded_and_a_replay_gives_the_same(said):
    state = fold(said, by_words())
    assert state == fold(said, by_words())
    assert 0 <= state.level <= 1
    assert all(0 <= moment.level <= 1 for moment in state.moments)
    assert state.trend in ("rising", "steady", "easing")
    assert state.label in ("calm", "uneasy", "upset", "urgent")


@settings(max_examples=60, deadline=None)
@given(turns, st.integers(0, 12))
def test_a_state_kept_as_json_goes_on_where_it_stopped(said, cut):
    kept = MoodState.from_dict(json.loads(json.dumps(fold(said[:cut], by_words()).as_dict())))
    for turn in said[cut:]:
        kept = advance(kept, turn, by_words())
    assert kept == fold(said, by_words())


@settings(max_examples=30, deadline=None)
@given(turns)
def test_only_the_visitor_moves_the_level(said):
    state = fold(said, by_words())
    for speaker in ("bot", "agent", "system"):
        after = advance(state, Turn(speaker, "you idiots, this is a disgrace", 100, failed=True), by_words())
        assert (after.level, after.moments) == (state.level, state.moments)


def talk(*texts):
    """Return a conversation in which the bot answers each message."""
    said = enumerate(texts, start=1)
    return [
        t for n, text in said for t in (Turn("visitor", text, 2 * n - 1), Turn("bot", "Try this.", 2 * n))
    ]


def levels(*texts):
    return [moment.level for moment in fold(talk(*texts), by_words()).moments]


def test_trouble_raises_calm_lowers_and_thanks_recover():
    up = levels("my parcel is late", "still nothing", "i already told you, this is ridiculous")
    assert up == sorted(up) and up[-1] > 0.6
    calm = levels("this is ridiculous", "when do you open")
    thanked = levels("this is ridiculous", "ah it works now, thank you")
    assert calm[0] > calm[1] > thanked[1]


def test_calm_questions_stay_calm_however_many():
    asked = [
        "when do you open",
        "do you ship to france",
        "what about decaf",
        "is it fresh",
        "how do i pay",
        "any tea",
    ]
    assert max(levels(*asked)) < 0.1


def test_anger_at_somebody_else_counts_much_less():
    us, them = levels("you are a liar and a crook")[0], levels("the courier is a liar and a crook")[0]
    assert them < us / 2


def test_danger_is_urgent_at_once():
    state = fold([Turn("visitor", "the kettle is on fire", 1)], by_words())
    assert (state.label, state.trend) == ("urgent", "rising")


def test_the_same_question_again_is_a_repeat_but_a_double_click_is_not():
    asked = Turn("visitor", "how long does the refund take", 1)
    again = Turn("visitor", "how long does a refund take?", 3)
    assert fold([asked, again], by_words()).repeats == 0
    assert fold([asked, Turn("bot", "A week.", 2), again], by_words()).repeats == 1


def test_likeness_can_be_judged_by_somebody_else():
    said = talk("cost of postage to wales", "shipping fee cardiff")
    assert fold(said, by_words()).repeats == 0
    assert fold(said, by_words(), similar=lambda one, other: 1.0).repeats == 1


def test_misunderstandings_are_counted_from_the_flag():
    said = [Turn("visitor", "blorp", 1), Turn("bot", "Sorry?", 2, failed=True)] * 2
    state = fold(said, by_words())
    assert (state.bot_failures, state.failing) == (2, 2)
    assert fold([*said, Turn("bot", "Here it is.", 6)], by_words()).failing == 0


def test_an_end_to_the_trouble_clears_the_counts():
    turns = talk("reset link doesnt work", "same", "oh it works now")
    assert fold(turns[:4], by_words()).unresolved == 1
    assert fold(turns, by_words()).unresolved == 0


def test_causes_and_moments_tell_what_and_where():
    state = fold(talk("my parcel is late", "and the mug is broken, this is a disgrace"), by_words())
    assert state.causes == ("late", "damaged")
    last = state.moments[-1]
    assert (last.seq, last.quote) == (3, "this is a disgrace")
    assert last.cues == ("blames us",)
    assert last.level == state.level


@pytest.mark.parametrize("answer", ["no", "no thanks", "nah im fine", "i'll manage", "not now"])
def test_a_no_after_an_offer_is_remembered(answer):
    assert fold([Turn("bot", "A person?", 1, offered=True), Turn("visitor", answer, 2)], by_words()).declined
    assert not fold([Turn("bot", "An invoice?", 1), Turn("visitor", answer, 2)], by_words()).declined


def test_any_detector_will_do():
    class Sad:
        def read(self, text: str, *, context: str = "") -> Reading:
            return Reading("sad", {"sad": 1.0}, 0.5, "nobody", (), "sad")

    assert fold([Turn("visitor", "hello", 1)], Sad()).level > 0.4


def test_an_older_kept_state_can_still_be_read():
    assert MoodState.from_dict({"level": 0.4, "unknown": 1}) == MoodState(level=0.4)
