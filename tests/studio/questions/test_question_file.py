"""A question is written into its files so that it reads back, and whatever else is there stays."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import yaml_tree
from bot.studio.files.plain_text import plain
from bot.studio.files.spans import Spans
from bot.studio.questions.question import TONES, Button, Question, Wording, cleaned, understood
from bot.studio.questions.question_file import edited_examples, new_file, set_examples, set_wordings

# As owners write it: other columns, flow style, comments everywhere, an alias, texts in all styles.
DEMO = """\
# Opening
version: "3.1"

nlu:
  - intent: dogs
    examples: |
      - can I bring my [dog](animal)
      # the next ones are from the chat
      - dogs ok?

  # the other one
  - intent: cats
    examples: |
      - cats?

responses:
  utter_dogs:
    # the first
    - text: "Yes: {rule}"  # short
      buttons: &person
        - {title: "A person, please", payload: /speak_to_human}
    - condition:
        - type: slot
          name: tone
          value: warm
        - {type: slot, name: vip, value: true}
      text: >-
        Of course they may,
        and water is there.
      metadata:
        names: [late]  # known to the ladder

    # the last
    - text: Bring them.
      buttons: *person
  utter_cats:
    - text: 'No.'
# the end
"""
NARROW = """\
nlu:
- intent: dogs
  examples: |
    - can I bring my [dog](animal)
    # the next ones are from the chat
    - dogs ok?
# the other one
- intent: cats
  examples: |
    - cats?
responses:
  utter_dogs:
  # the first
  - text: |
      Yes: {rule}
    buttons: [{title: "A person, please", payload: /speak_to_human}]
  - text: Of course they may, and water is there.
    metadata: {names: [late]}  # known to the ladder
    condition: [{type: slot, name: tone, value: warm}, {type: slot, name: vip, value: true}]
  # the last
  - {text: Bring them., buttons: [{title: "A person, please", payload: /speak_to_human}]}
  utter_cats:
  - text: 'No.'
# the end
"""
FILES = [DEMO, NARROW, DEMO.replace("\n", "\r\n")]


def read(text: str, intent: str = "dogs") -> Question:
    tree = yaml_tree.parse(text, "f.yml")
    blocks = [item["examples"] for item in tree["nlu"] if item["intent"] == intent]
    return understood(intent, f"utter_{intent}", blocks, tree["responses"][f"utter_{intent}"] or [])


def written(text: str, examples: list[str], wordings: list[Wording]) -> str:
    spans = Spans(text, "f.yml")
    old = spans.tree["nlu"][0]["examples"]
    (new,) = edited_examples([old], examples)
    if old != new:
        set_examples(spans, ("nlu", 0, "examples"), new)
    set_wordings(spans, ("responses", "utter_dogs"), spans.tree["responses"]["utter_dogs"], wordings)
    return spans.text


LETTERS = st.characters(blacklist_categories=("Cs", "Cc"))
WORDS = st.text(LETTERS | st.sampled_from("\n:#{}[]'\"-&*!|>%@`, "), min_size=1, max_size=120)
TEXTS = WORDS.map(plain).filter(bool)
BUTTONS = st.builds(Button, WORDS.map(lambda text: plain(text).replace("\n", " ")), st.just('/x{"a": "b"}'))
NEW = st.builds(Wording, st.sampled_from(TONES), TEXTS, st.lists(BUTTONS, max_size=2).map(tuple))
EXAMPLES = st.lists(WORDS, min_size=1, max_size=6).map(cleaned)


@pytest.mark.parametrize("text", FILES)
def test_what_is_not_changed_keeps_every_letter(text: str) -> None:
    question = read(text)
    assert written(text, list(question.examples), list(question.wordings)) == text


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(FILES), EXAMPLES, st.lists(NEW, max_size=3), st.data())
def test_what_is_written_reads_back(
    text: str, examples: list[str], new: list[Wording], data: st.DataObject
) -> None:
    before = read(text)
    kept = [
        replace(one, text=data.draw(TEXTS), tone=data.draw(st.sampled_from(TONES)))
        if data.draw(st.booleans())
        else one
        for one in before.wordings
        if data.draw(st.booleans())
    ]
    after = written(text, examples, [*kept, *new])
    found = read(after)
    assert list(found.examples) == examples
    said = {(one.tone, plain(one.text), one.buttons) for one in found.wordings}
    assert said == {(one.tone, plain(one.text), one.buttons) for one in [*kept, *new]}
    assert len(found.wordings) == len(kept) + len(new)
    assert read(after, "cats") == read(text, "cats")
    for comment in ("# the other one", "# the end", "# the next ones are from the chat"):
        assert comment in after
    assert ("\r\n" in after) == ("\r\n" in text)


@settings(max_examples=25, deadline=None)
@given(EXAMPLES, st.lists(NEW, max_size=4))
def test_a_new_file_reads_back(examples: list[str], wordings: list[Wording]) -> None:
    found = read(new_file("dogs", "utter_dogs", examples, wordings))
    assert list(found.examples) == examples
    assert [(one.tone, one.text, one.buttons) for one in found.wordings] == [
        (one.tone, one.text, one.buttons) for one in wordings
    ]
