"""The owner's `widget.yml`: what it says, and what is said where it is wrong."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import ROOT
from bot.widget import Widget, read_widget


def read(tmp_path: Path, text: str) -> tuple[Widget, list[str]]:
    (tmp_path / "widget.yml").write_text(text, encoding="utf-8")
    widget, problems = read_widget(tmp_path, tmp_path)
    return widget, [
        f"{problem.path}:{problem.line} {problem.problem}. {problem.mend}" for problem in problems
    ]


def test_the_demos_own_file_is_right() -> None:
    widget, problems = read_widget(ROOT / "data" / "business", ROOT)
    assert problems == [] and widget.switches["emoji"] and widget.survey.on


def test_what_is_commented_out_in_the_demos_file_is_right_too(tmp_path: Path) -> None:
    text = (ROOT / "data" / "business" / "widget.yml").read_text(encoding="utf-8")
    begins = (
        "# colour",
        "# launcher: Q",
        "# pages",
        "#   show",
        "#   hide",
        "# prechat",
        "#   questions",
        "#   consent",
        "#     ",
        "#       ",
    )
    lines = [line[2:] if line.startswith(begins) else line for line in text.splitlines()]
    widget, problems = read(tmp_path, "\n".join(lines))
    assert problems == []
    assert widget.launcher and widget.launcher.text("de") == "Questions?"
    assert widget.pages.not_on == ("/checkout*",)
    form = widget.prechat.for_visitor("de")
    assert (
        form and [question["key"] for question in form["questions"]] == ["name", "topic"] and form["consent"]
    )


def test_a_project_without_the_file_has_the_widget_as_it_comes(tmp_path: Path) -> None:
    assert read_widget(tmp_path, tmp_path) == (Widget(), [])


def test_everything_can_be_chosen(tmp_path: Path) -> None:
    text = (
        'colour: "#b00"\nside: left\ntheme: dark\nlanguage: ar\nlauncher: {en: Ask, de: Fragen}\n'
        "pages: {show: [/help/*], hide: [/help/secret]}\nemoji: false\nattachments: true\nmegabytes: 2.5\n"
        "survey: {ask: false, recommend_days: 30}\n"
    )
    widget, problems = read(tmp_path, text)
    assert problems == []
    assert widget.for_page() == {
        "side": "left",
        "theme": "dark",
        "colour": "#b00",
        "language": "ar",
        "launcher": {"en": "Ask", "de": "Fragen"},
        "pages": {"on": ["/help/*"], "not": ["/help/secret"]},
    }
    assert widget.switches == {"emoji": False, "attachments": True, "sound": True}
    assert widget.largest_file == 2_621_440
    assert (widget.survey.on, widget.survey.recommend) == (False, timedelta(days=30))


def test_without_attachments_no_file_is_small_enough(tmp_path: Path) -> None:
    assert read(tmp_path, "attachments: false\nmegabytes: 5\n")[0].largest_file == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("side: rihgt\n", "“rihgt” is nothing that can be chosen here. Did you mean right?"),
        ("theme: black\n", "“black” is nothing that can be chosen here. Known are: auto, dark, light"),
        ("language: nl\n", "“nl” is nothing that can be chosen here. "
                           "Known are: ar, auto, de, en, es, fr, pt"),
        ("colour: teal\n", "“teal” is not a colour. Write it like \"#0f5f5c\", in quotation marks"),
        ("color: \"#fff\"\n", "“color” means nothing here. Did you mean colour?"),
        ("emoji: perhaps\n", "“emoji” cannot be perhaps. Write true or false"),
        ("megabytes: 900\n", "“megabytes” cannot be 900. Write a number from 0.1 to 25"),
        ("pages: {show: [https://shop.example/help]}\n",
         "“https://shop.example/help” is not a page of a website. Write its path, such as /help or /shop/*"),
        (f"launcher: {'ask ' * 11}\n",
         f"“{('ask ' * 11).strip()}” is too long for the button. Use 40 characters at most"),
        ("survey: {ask: 7}\n", "“ask” cannot be 7. Write true or false"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_mend(tmp_path: Path, text: str, told: str) -> None:
    widget, problems = read(tmp_path, f"# a line above\n{text}")
    assert problems == [f"widget.yml:2 {told}"]


@pytest.mark.parametrize("text", ["- a\n- b\n", "side: [\n", "\tside: left\n"])
def test_a_file_that_cannot_be_read_gives_one_problem(tmp_path: Path, text: str) -> None:
    widget, problems = read(tmp_path, text)
    assert len(problems) == 1 and "cannot be read" in problems[0]
    assert widget == Widget()
