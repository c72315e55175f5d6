"""JSON lines: what is read, what is refused and named, and what is written."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import jsonl
from bot.errors import OwnerFileError


def test_questions_come_in_order_and_keep_what_they_have() -> None:
    lines = [
        '\ufeff{"id": 1, "text": "hi"}\n',
        " \n",
        '{"id": null, "text": "", "context": "x", "more": [2]}',
    ]
    assert list(jsonl.questions(lines, "asked.jsonl", optional=("context",))) == [
        {"id": 1, "text": "hi"},
        {"id": None, "text": "", "context": "x", "more": [2]},
    ]


@pytest.mark.parametrize(
    "line",
    [
        *("no json", "[]", "{}", '"text"', '{"id": 1}', '{"text": "hi"}', '{"id": 1, "text": 5}'),
        *('{"id": NaN, "text": "hi"}', '{"id": 1e999, "text": "hi"}', "[" * 100_000),
        *('{"id": 1, "text": null}', '{"id": 1, "text": "hi", "context": 5}'),
    ],
    ids=lambda line: line[:40],
)
def test_a_bad_line_is_named_with_its_mend(line: str) -> None:
    with pytest.raises(OwnerFileError, match=r"^asked\.jsonl:3: .*\. [A-Z]") as caught:
        list(jsonl.questions(['{"id": 1, "text": "hi"}', "", line], "asked.jsonl", optional=("context",)))
    assert caught.value.line == 3


def test_what_was_not_asked_for_is_not_checked() -> None:
    assert len(list(jsonl.questions(['{"id": 1, "text": "hi", "context": 5}'], "asked.jsonl"))) == 1


def test_lines_are_read_one_by_one() -> None:
    def lines():
        yield '{"id": 1, "text": "hi"}'
        pytest.fail("read ahead")

    assert next(jsonl.questions(lines(), "input")) == {"id": 1, "text": "hi"}


@given(st.text(st.characters(exclude_categories=()), max_size=20))
def test_any_text_is_written_so_that_it_comes_back_but_for_halves(text: str) -> None:
    written = jsonl.line({"id": text})
    assert "\n" not in written
    found = json.loads(written.encode())["id"]
    assert found == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def test_other_letters_stay_readable() -> None:
    assert jsonl.line({"text": "żółć 😭 \ud800"}) == '{"text": "żółć 😭 \ufffd"}'
