from pathlib import Path

from bot.lessons import Lessons, Place, Slot

FAQ = """\
# Dogs in the café
nlu:
  - intent: dogs
    examples: |
      - can I bring my dog
      - are dogs [ok](mood)?

  - synonym: dog
    examples: |
      - puppy
responses:
  utter_dogs:
    - text: >-
        Yes, {dogs_allowed}.
      buttons: [{title: Where?, payload: /location}]
    - text: Of course.
      condition: [{type: slot, name: tone, value: careful}]
rules:
  - rule: dogs
    steps:
      - or:
          - intent: dogs
          - intent: cats
      - slot_was_set:
          - tone: plain
      - action: utter_dogs
"""
DOMAIN = """\
intents: [dogs, location: {use_entities: []}]
slots:
  tone: {type: text, mappings: []}
  size: {type: categorical, values: [big, small], mappings: []}
  mood: {type: any, mappings: []}
  vip: {type: bool, influence_conversation: false, mappings: []}
forms:
  dog_form: {required_slots: [size]}
actions: [action_bark]
responses:
  utter_bark:
    - text: Woof
"""


def lessons(tmp_path: Path) -> Lessons:
    (tmp_path / "data" / "faq").mkdir(parents=True)
    (tmp_path / "data" / "faq" / "dogs.yml").write_text(FAQ)
    (tmp_path / "domain.yml").write_text(DOMAIN)
    return Lessons.read(tmp_path)


def test_everything_is_read_with_its_place(tmp_path: Path) -> None:
    read = lessons(tmp_path)
    name = "data/faq/dogs.yml"
    assert read.problems == []
    [topic] = read.topics
    assert (topic.intent, topic.place) == ("dogs", Place(name, 3))
    assert topic.examples == (
        ("can I bring my dog", Place(name, 5)),
        ("are dogs [ok](mood)?", Place(name, 6)),
    )
    answer = next(answer for answer in read.answers if answer.name == "utter_dogs")
    assert [wording.place.line for wording in answer.wordings] == [13, 16]
    assert answer.wordings[0].payloads == ("/location",)
    assert answer.wordings[1].slots == (("tone", "careful"),)
    [flow] = read.flows
    assert [(step.kind, step.name, step.value, step.place.line) for step in flow.steps] == [
        ("or", "", None, 21),
        ("slot", "tone", "plain", 25),
        ("action", "utter_dogs", None, 26),
    ]
    assert [(step.name, step.place.line) for step in flow.every("intent")] == [("dogs", 22), ("cats", 23)]


def test_the_domain_gives_what_is_known(tmp_path: Path) -> None:
    read = lessons(tmp_path)
    assert read.intents == {"dogs", "location"}
    assert read.actions == {"action_bark", "dog_form"}
    assert read.slots == {
        "tone": Slot("text", heeded=True),
        "size": Slot("categorical", ("big", "small"), heeded=True),
        "mood": Slot("any"),
        "vip": Slot("bool"),
    }
    assert read.forms == {"dog_form": ("size",)}
