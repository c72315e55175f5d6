"""The ladder in sentences: what a choice writes, and that the examples of topics are true."""

from dataclasses import replace

import pytest

from bot.empathy.ladder import TOPICS, LadderSettings, decide
from bot.empathy.reading import Turn
from bot.empathy.sensor import words_detector
from bot.empathy.state import MoodState, fold
from bot.errors import StudioError
from bot.settings import ROOT
from bot.studio.settings.escalation import LOCKED, SENTENCES, TOPIC_WORDS, Escalation, Topic

TEXT = (ROOT / "data/business/ladder.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def detector():  # type: ignore[no-untyped-def]
    return words_detector()


def felt(topic: Topic, detector: object) -> MoodState:
    turns = []
    for text in topic.says:
        turns += [Turn("visitor", text, len(turns) + 1), Turn("bot", "It takes 3 days.", len(turns) + 2)]
    return fold(turns[:-1], detector)  # type: ignore[arg-type]


def test_the_delivered_file_is_read_as_the_ladder_reads_it() -> None:
    assert Escalation.read(TEXT).ladder == LadderSettings()


def test_a_choice_writes_its_number_and_nothing_else() -> None:
    changed = replace(Escalation.read(TEXT), hand_over=0.75, never=("leaving",)).written(TEXT)
    assert changed == TEXT.replace("hand_over: 0.65", "hand_over: 0.75").replace(
        "never: []", "never:\n  - leaving"
    )
    assert Escalation.read(changed).ladder == LadderSettings(hand_over=0.75, never=("leaving",))


def test_every_choice_of_a_step_stays_between_its_neighbours() -> None:
    steps = [sentence for sentence in SENTENCES if sentence.key != "vip_bonus"]
    for lower, higher in zip(steps, steps[1:], strict=False):
        assert max(lower.choices) < min(higher.choices)


def test_what_is_delivered_is_among_the_choices() -> None:
    for sentence in SENTENCES:
        assert getattr(LadderSettings, sentence.key) in sentence.choices


@pytest.mark.parametrize("topic", LOCKED)
def test_danger_and_a_plain_request_cannot_be_switched_off(topic: str) -> None:
    known = Escalation.read(TEXT)
    without = tuple(name for name in known.always if name != topic)
    for changed in (replace(known, always=without), replace(known, never=(topic,))):
        with pytest.raises(StudioError, match="cannot be switched off"):
            changed.written(TEXT)


def test_a_topic_is_not_both() -> None:
    with pytest.raises(StudioError, match="both"):
        replace(Escalation.read(TEXT), never=("legal",)).written(TEXT)


def test_every_topic_of_the_ladder_has_its_words() -> None:
    assert {topic.name for topic in TOPIC_WORDS} == set(TOPICS)


@pytest.mark.parametrize("topic", TOPIC_WORDS, ids=lambda topic: topic.name)
def test_the_example_of_a_topic_is_heard_as_that_topic(topic: Topic, detector: object) -> None:
    state, code = felt(topic, detector), TOPICS[topic.name]
    told = decide(state, LadderSettings(always=()))
    assert code in {reason.code for reason in told.reasons}
    assert (decide(state, LadderSettings(always=(topic.name,))).step == "hand_over") or not topic.at_once
    never = decide(state, LadderSettings(always=(), never=(topic.name,)))
    assert code not in {reason.code for reason in never.reasons}


def test_comments_are_no_change_and_values_are() -> None:
    known = Escalation.read(TEXT)
    assert Escalation.read(f"{TEXT}# mine\n").mark == known.mark
    assert replace(known, offer=0.5).mark != known.mark
