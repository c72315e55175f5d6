"""An owner makes a mistake; the check names file, line and mend."""

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.business import Business
from bot.check import check, look
from bot.errors import OwnerFileError
from bot.settings import ROOT

FAQ = """\
nlu:
  - intent: dogs
    examples: |
      - can I bring my dog
      - are dogs allowed
      - dog ok?
      - I never go anywhere without Bruno, my terrier
      - pets
responses:
  utter_dogs:
    - text: Yes, but not in the kitchen. Ask {support_email}.
    - condition: [{type: slot, name: tone, value: careful}]
      text: Of course. Bring him along.
rules:
  - rule: dogs
    steps:
      - intent: dogs
      - action: utter_dogs
"""
DOMAIN = """\
intents: [dogs, cats]
slots:
  tone: {type: text, mappings: [{type: custom}]}
  size: {type: categorical, values: [big, small], mappings: [{type: custom}]}
actions: [action_bark]
responses:
  utter_bark:
    - text: "{name}, {breed} says woof."
"""
ACTION = """\
def run(dispatcher):
    dispatcher.utter_message(response="utter_bark", name="Bruno", breed="terrier")
    dispatcher.utter_message(response=f"utter_told_{1}")
    dispatcher.utter_message(response="utter_seen" + "_twice")

STARTS = "utter_heard_"
"""
FAQ_FILE = "data/faq/dogs.yml"
REACH_FILE = "data/business/reach.yml"
ROUTING_FILE = "data/business/routing.yml"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A small project without a mistake."""
    shutil.copytree(ROOT / "data" / "business", tmp_path / "data" / "business")
    for name, text in {FAQ_FILE: FAQ, "domain.yml": DOMAIN, "actions/bark.py": ACTION}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    routing = tmp_path / ROUTING_FILE
    kept = routing.read_text(encoding="utf-8").partition("\nskills:\n")[0]
    routing.write_text(f"{kept}\nskills:\n  pets: [dogs, late, danger, vip]\n", encoding="utf-8")
    return tmp_path


def replace(shop: Path, name: str, old: str, new: str) -> int:
    """Make a mistake; return the line in which it starts."""
    text = (shop / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (shop / name).write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def only(problems: list[OwnerFileError]) -> OwnerFileError:
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def test_good_files_have_no_problem(shop: Path) -> None:
    assert check(shop) == []


def test_sentences_in_another_language_than_their_file_says_are_named(shop: Path) -> None:
    german = Business.load(shop / "data" / "business").texts.others["de"].sentences
    path = shop / "data/business/texts.yml"
    lines = path.read_text(encoding="utf-8").splitlines()
    keys = [line.partition(":")[0] for line in lines]
    said = [
        f'{key}: "{german[key]}"' if key in german else line for key, line in zip(keys, lines, strict=True)
    ]
    path.write_text("\n".join(said), encoding="utf-8")
    found = only(check(shop))
    assert (found.path, found.line) == ("data/business/texts.yml", keys.index("language") + 1)
    assert "German (Deutsch), not English" in found.problem and "language: de" in found.mend


@pytest.mark.parametrize(
    ("name", "old", "new", "offset", "said"),
    [
        (FAQ_FILE, "  - rule: dogs", "  - rule dogs", 1, "cannot be read"),
        (FAQ_FILE, "      - pets", "      - pets\n      parrots", 1, "Start it with a dash and a space"),
        (FAQ_FILE, "nlu:", "nul:\n  - x\nnlu:", 0, "Did you mean nlu?"),
        (FAQ_FILE, "{support_email}", "{suport_email}", 0, "Did you mean {support_email}?"),
        (FAQ_FILE, "{support_email}", "{wifi}", 0, "Add “wifi: ...” to data/business/facts.yml"),
        (FAQ_FILE, "{support_email}", "{breed}", 0, "Nothing fills in {breed}"),
        (FAQ_FILE, "value: careful", "value: furious", 0, "“tone” is never “furious”"),
        (FAQ_FILE, "name: tone, value: careful", "name: size, value: huge", 0, "“size” is never “huge”"),
        (FAQ_FILE, "name: tone", "name: tune", 0, "Did you mean tone?"),
        (FAQ_FILE, "      - action: utter_dogs", "      - action: utter_dog", 0, "Did you mean utter_dogs?"),
        (
            FAQ_FILE,
            "      - intent: dogs",
            "      - or: [{intent: dogs}, {intent: dgos}]",
            0,
            "Did you mean dogs?",
        ),
        (REACH_FILE, "quiet_hours: 21:00-7:00", "quiet_hours: 21-7", 0, "Write them like 21:00-7:00"),
        (REACH_FILE, "tell: []", "tell:\n  - {when: waitin, chat: team}", 1, "Did you mean waiting?"),
        ("domain.yml", "[dogs, cats]", "[cats]", None, "Add the line “- dogs” there"),
        ("domain.yml", "{breed}", "{colour}", 0, "Nothing fills in {colour}"),
        (ROUTING_FILE, "[dogs, late, danger, vip]", "[dogs, latte]", 0, "Did you mean late?"),
        (
            "domain.yml",
            '- text: "{name},',
            '- buttons: [{payload: /bites}]\n      text: "{name},',
            0,
            "no intent",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line(
    shop: Path, name: str, old: str, new: str, offset: int | None, said: str
) -> None:
    line = replace(shop, name, old, new)
    named = [problem for problem in check(shop) if said in str(problem)]
    assert named, [str(problem) for problem in check(shop)]
    if offset is not None:
        assert (named[0].path, named[0].line) == (name, line + offset)


def test_a_question_without_answer(shop: Path) -> None:
    (shop / FAQ_FILE).write_text(FAQ[: FAQ.index("responses:")])
    problem = only(check(shop))
    assert (problem.path, problem.line) == (FAQ_FILE, 2)
    assert "has no answer" in problem.problem and "utter_dogs" in problem.mend


def test_an_answer_that_no_rule_gives(shop: Path) -> None:
    (shop / FAQ_FILE).write_text(FAQ[: FAQ.index("rules:")])
    found = look(shop)
    assert only(found.faults).problem == "No rule gives the answer to “dogs”"
    assert only(found.notes).problem == "“utter_dogs” is never said"


def test_an_answer_that_nobody_hears_is_a_note(shop: Path) -> None:
    line = replace(shop, "domain.yml", "utter_bark:", "utter_meow:")
    note = only(look(shop).notes)
    assert (note.line, note.problem) == (line, "“utter_meow” is never said") and check(shop) == []


def test_the_programs_own_ways_of_speaking_hide_no_forgotten_answer(tmp_path: Path) -> None:
    for name in ("data", "domain.yml"):
        put = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        put(ROOT / name, tmp_path / name)
    (tmp_path / "data/faq/own.yml").write_text("nlu: []\nresponses:\n  utter_forgotten:\n    - text: Oh.\n")
    assert only(look(tmp_path).notes).problem == "“utter_forgotten” is never said"


def test_a_question_with_too_few_examples(shop: Path) -> None:
    replace(shop, FAQ_FILE, "      - dog ok?\n", "")
    note = only(look(shop).notes)
    assert (note.path, note.line) == (FAQ_FILE, 2) and "only 4 examples" in note.problem
    assert check(shop) == [], "few examples stop nobody from publishing"


def test_a_question_without_examples(shop: Path) -> None:
    text = (shop / FAQ_FILE).read_text()
    (shop / FAQ_FILE).write_text(text.replace(text[text.index("      - can") : text.index("responses:")], ""))
    assert "has no examples" in " ".join(str(problem) for problem in check(shop))


def test_the_same_example_under_two_intents(shop: Path) -> None:
    others = "".join(f"      - {text}\n" for text in ("cat", "kitten", "tom", "puss", "Dog, OK"))
    (shop / "data" / "nlu.yml").write_text(f"nlu:\n  - intent: cats\n    examples: |\n{others}")
    problem = only(check(shop))
    assert (problem.path, problem.line) == ("data/nlu.yml", 8)
    assert "“dogs” too (data/faq/dogs.yml:6)" in problem.problem


def test_two_answers_or_rules_of_the_same_name(shop: Path) -> None:
    (shop / "data" / "faq" / "copy.yml").write_text(FAQ)
    named = [str(problem) for problem in check(shop)]
    assert any("another answer “utter_dogs” (data/faq/copy.yml:10)" in text for text in named)
    assert any("another rule “dogs”" in text for text in named)


def test_an_answer_only_for_one_tone(shop: Path) -> None:
    replace(shop, FAQ_FILE, "    - text: Yes, but not in the kitchen. Ask {support_email}.\n", "")
    assert "Add one without, for everybody else" in str(only(check(shop)))


def test_an_answer_that_says_nothing(shop: Path) -> None:
    replace(shop, "domain.yml", '\n    - text: "{name}, {breed} says woof."', "")
    assert "says nothing" in str(only(check(shop)))


@pytest.mark.parametrize("name", ["utter_told_twice", "utter_heard_twice", "utter_seen_twice"])
def test_an_answer_whose_name_the_code_puts_together_is_used(shop: Path, name: str) -> None:
    (shop / "domain.yml").open("a").write(f"  {name}:\n    - text: Twice.\n")
    assert check(shop) == []


def test_a_file_that_cannot_be_read_hides_what_would_follow_from_it(shop: Path) -> None:
    (shop / "domain.yml").write_text('intents: ["dogs')
    assert only(check(shop)).path == "domain.yml"


def test_a_business_file_and_a_lesson_are_both_named(shop: Path) -> None:
    line = replace(shop, "data/business/hours.yml", "  saturday: 8:30-17:00", "  saturday: 17:00-8:30")
    answer = replace(shop, FAQ_FILE, "value: careful", "value: furious")
    assert [(problem.path, problem.line) for problem in check(shop)] == [
        ("data/business/hours.yml", line),
        (FAQ_FILE, answer),
    ]


def test_whatever_an_owner_types_is_answered_with_problems(shop: Path) -> None:
    """Damage files at random: the check may find nothing, but it never fails itself."""
    dice = random.Random(7)
    good = {name: (shop / name).read_text() for name in (FAQ_FILE, "domain.yml", "data/business/hours.yml")}
    found = 0
    for _ in range(60):
        name = dice.choice(list(good))
        lines = good[name].splitlines(keepends=True)
        at = dice.randrange(len(lines))
        lines[at] = dice.choice(
            ["", "\t", "- ", "x: [", '"', "{", "  : ", "null\n", lines[at] * 2, lines[at].strip()]
        )
        (shop / name).write_text("".join(lines))
        found += bool(check(shop))
        (shop / name).write_text(good[name])
    assert found > 30


def test_the_demo_is_in_order_and_checked_in_three_seconds() -> None:
    start = time.process_time()  # other work on the machine does not count
    assert [str(problem) for problem in check(ROOT)] == []
    assert time.process_time() - start < 3


def test_the_check_needs_neither_rasa_nor_tensorflow() -> None:
    program = (
        "import sys; from pathlib import Path; from bot.check import check; check(Path('.').resolve());"
        "print([name for name in ('rasa', 'tensorflow', 'spacy', 'sqlalchemy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_slot_that_makes_no_difference_is_a_note(shop: Path) -> None:
    replace(shop, "domain.yml", "tone: {type: text,", "tone: {type: text, influence_conversation: false,")
    condition = "  - rule: dogs\n    condition: [{slot_was_set: [{tone: careful}]}]\n"
    line = replace(shop, FAQ_FILE, "  - rule: dogs\n", condition)
    note = only(look(shop).notes)
    assert (note.path, note.line) == (FAQ_FILE, line + 1) and "“tone” makes no difference" in note.problem
    assert check(shop) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("intent: dogs\n      - action", "intnt: dogs\n      - action", "Did you mean intent?"),
        ("- action: utter_dogs", "- active_loop: dog_form", "There is no form “dog_form”"),
        ("- action: utter_dogs", "- slot_was_set: [{tune: x}]", "There is no slot “tune”"),
        ("- action: utter_dogs", "- checkpoint: dogs", "A rule cannot go on at the checkpoint"),
        ("- action: utter_dogs", "- utter_dogs", "should have details below it"),
        ("rule: dogs\n    steps", "rule: dogs\n    stepps", "Did you mean steps?"),
    ],
)
def test_a_step_that_means_nothing_is_named(shop: Path, old: str, new: str, said: str) -> None:
    replace(shop, FAQ_FILE, old, new)
    assert any(said in str(problem) for problem in check(shop)), [str(problem) for problem in check(shop)]


def test_a_file_that_has_changed_is_read_anew(shop: Path) -> None:
    assert check(shop) == []
    line = replace(shop, FAQ_FILE, "value: careful", "value: furious")
    assert only(check(shop)).line == line
    replace(shop, FAQ_FILE, "value: furious", "value: careful")
    assert check(shop) == []
