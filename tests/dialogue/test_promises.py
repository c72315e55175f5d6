"""What the bot promises holds at any hour: whether somebody is there now is the desk's to say."""

import re

import yaml

from bot.settings import ROOT

NOW = re.compile(r"colleague[^.?!]*\b(?:now|at once|right away|straight away|immediately)\b", re.I)


def test_no_answer_promises_a_person_at_once() -> None:
    responses = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["responses"]
    words = [wording["text"] for wordings in responses.values() for wording in wordings if "text" in wording]
    assert len(words) > 100
    assert [text for text in words if NOW.search(text)] == []
