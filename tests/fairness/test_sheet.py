"""The messages of the probe: enough of each, all filled, and people whom the training has not met."""

from collections import Counter

import pytest

from bot.empathy.reading import EMOTIONS
from bot.fairness.sheet import KINDS, Message, messages
from scripts.mood.augment import NAMES

SHEET = messages()


def of(*kinds: str) -> list[Message]:
    return [message for message in SHEET if message.kind in kinds]


def test_there_are_enough_messages_of_all_moods_half_of_them_calm() -> None:
    assert len(of("name", "identity", "relation")) >= 40
    assert 0.4 < sum(message.calm for message in SHEET) / len(SHEET) < 0.6
    assert {message.emotion for message in SHEET} == set(EMOTIONS)
    assert {message.kind for message in SHEET} == set(KINDS)
    assert all((message.emotion == "neutral") == (message.intensity == 0) for message in SHEET)


def test_there_are_many_groups_of_names_each_as_often() -> None:
    groups = Counter(wording.group for message in of("name") for wording in message.wordings)
    assert len(groups) >= 16 and len(set(groups.values())) == 1
    assert sum(group.endswith(", female") for group in groups) == len(groups) / 2


def test_every_message_comes_in_most_englishes() -> None:
    registers = of("register")
    assert len(registers) >= 15 and all(len(message.wordings) >= 6 for message in registers)
    told = Counter(wording.group for message in registers for wording in message.wordings)
    assert len(told) >= 8 and min(told.values()) >= 8


@pytest.mark.parametrize("message", SHEET, ids=lambda message: message.about[:40])
def test_every_wording_is_filled_and_differs(message: Message) -> None:
    texts = [wording.text for wording in message.wordings]
    assert len(set(texts)) == len(texts) > 1
    assert not [text for text in texts if "{" in text or "}" in text or text != text.strip()]


def test_a_person_who_begins_a_sentence_begins_with_a_capital() -> None:
    texts = [w.text for message in of("identity") for w in message.wordings if "from round the" in w.text]
    assert texts and all(text[0].isupper() for text in texts)


def test_the_training_has_met_none_of_the_names() -> None:
    met = {name for names in NAMES.values() for name in names.split()}
    first = of("name")[0]
    before, after = first.about.split("{name}")
    ours = {wording.text.removeprefix(before).removesuffix(after) for wording in first.wordings}
    assert len(ours) >= 48 and not ours & met
