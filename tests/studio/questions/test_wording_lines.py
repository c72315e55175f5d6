"""Wordings are written as an owner would write them by hand."""

import pytest

from bot import yaml_tree
from bot.studio.questions.question import Button, Wording
from bot.studio.questions.wording_lines import WIDTH, dumped, item_lines, text_lines


def test_a_wording_is_written_like_those_of_the_demo() -> None:
    buttons = Button("Talk to a person", "/speak_to_human"), Button("It's: here", '/choose{"a": "b"}')
    assert item_lines(Wording("careful", "One thing: it may take a while.", buttons), 4) == [
        "    - condition:",
        "        - type: slot",
        "          name: tone",
        "          value: careful",
        "      text: >-",
        "        One thing: it may take a while.",
        "      buttons:",
        "        - title: Talk to a person",
        "          payload: /speak_to_human",
        '        - title: "It\'s: here"',
        '          payload: \'/choose{"a": "b"}\'',
    ]


def test_what_an_old_wording_said_besides_is_written_too() -> None:
    old = {
        "text": "old",
        "channel": "desk",
        "condition": [{"type": "slot", "name": "vip", "value": True}],
        "buttons": [{"title": "Go", "payload": "/go", "type": "web_url"}],
        "metadata": {"names": ["late"]},
    }
    lines = item_lines(Wording("warm", "new", (Button("Go", "/go"),)), 0, old)
    (found,) = yaml_tree.parse("\n".join(lines), "f.yml")
    tone = {"type": "slot", "name": "tone", "value": "warm"}
    assert found == old | {"text": "new", "condition": [*old["condition"], tone]}


@pytest.mark.parametrize(
    ("text", "style", "head"),
    [
        ("Yes.", None, "Yes."),
        ("Yes: so", None, ">-"),
        ("Yes", None, ">-"),
        ("Yes.", '"', '"Yes."'),
        ('Say "yes".', "'", '"Say \\"yes\\"."'),
        ("word " * 30, '"', ">-"),
        ("two\nlines", ">", "|-"),
        ("", ">", '""'),
    ],
)
def test_a_text_keeps_its_style_while_it_is_short(text: str, style: str | None, head: str) -> None:
    first, below = text_lines(text.strip(), 4, style)
    assert first == head and all(len(line) <= WIDTH and line.startswith("      ") for line in below)
    written = "\n".join([f"text: {first}", *below])
    assert yaml_tree.parse(written, "f.yml")["text"] == text.strip()


def test_anything_plain_is_written_so_that_it_reads_back() -> None:
    value = {"a": [1, 2.5, None, True, "no", "- x", {"b": []}, [["c"]]], "d": {}, "e f": {"g": "# h"}}
    assert yaml_tree.parse("\n".join(dumped(value, 2)), "f.yml") == value
