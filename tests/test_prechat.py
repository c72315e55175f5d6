"""What is asked before the first message: read from the owner's file, put to a visitor in their language."""

from pathlib import Path

import pytest

from bot.owner_file import Part
from bot.prechat import Prechat, prechat

FORM = """\
prechat:
  questions:
    - key: name
      label: {en: Your name, de: Ihr Name}
    - key: topic
      label: What is it about?
      kind: choice
      options: [An order, {en: Something else, de: Etwas anderes}]
      required: true
  consent:
    text: I agree.
    link: https://shop.example/privacy
"""


def read(tmp_path: Path, text: str) -> tuple[Prechat, list[tuple[int, str]]]:
    path = tmp_path / "widget.yml"
    path.write_text(text, encoding="utf-8")
    part = Part.read(path, path.name)
    form = prechat(part.optional("prechat"))
    return form, [(problem.line, problem.problem) for problem in part.problems]


def test_a_form_is_put_in_the_visitors_language(tmp_path: Path) -> None:
    form, problems = read(tmp_path, FORM)
    assert problems == []
    assert form.for_visitor("de-CH") == {
        "questions": [
            {"key": "name", "label": "Ihr Name", "kind": "text", "required": False},
            {
                "key": "topic",
                "label": "What is it about?",
                "kind": "choice",
                "required": True,
                "options": ["An order", "Etwas anderes"],
            },
        ],
        "consent": {"text": "I agree.", "link": "https://shop.example/privacy"},
    }


def test_without_questions_and_consent_nothing_is_asked(tmp_path: Path) -> None:
    form, problems = read(tmp_path, "side: left\n")
    assert (form.for_visitor("en"), problems) == (None, [])


def question(*lines: str) -> str:
    return "prechat:\n  questions:\n    - key: one\n      label: One\n" + "".join(
        f"      {line}\n" for line in lines
    )


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        (question("kind: e-mail"), 5, "“e-mail” is no kind of question"),
        (question("kind: choice"), 5, "A choice needs at least two options"),
        (question("options: [a, b]"), 5, "A question of kind “text” has no options"),
        (question("required: maybe"), 5, "“required” cannot be maybe"),
        (question("helo: x"), 5, "“helo” means nothing here"),
        ("prechat:\n  questions:\n    - key: Your Name\n      label: x\n", 3, "“Your Name” cannot be a key"),
        ("prechat:\n  questions:\n    - key: one\n", 3, "“label” is missing"),
        (question() + "    - key: one\n      label: Again\n", 5, "There is another question “one”"),
        ("prechat:\n  questions: [name]\n", 2, "“name” should have details below it"),
        ("prechat:\n  consent: {text: x, link: javascript:x}\n", 2, "“javascript:x” is not a web address"),
        ("prechat:\n  consent:\n    link: https://shop.example/p\n", 2, "“text” is missing"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    assert read(tmp_path, text)[1] == [(line, problem)]


def test_too_many_questions_keep_people_from_asking_theirs(tmp_path: Path) -> None:
    entries = "".join(f"    - {{key: q{i}, label: Q}}\n" for i in range(7))
    assert read(tmp_path, f"prechat:\n  questions:\n{entries}")[1] == [(2, "7 questions are too many")]
