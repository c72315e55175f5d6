"""Questions as customers ask them every day, one after another: nobody is handed over for asking."""

from itertools import islice

import pytest
import yaml

from bot.empathy.ladder import LadderSettings, decide
from bot.empathy.reading import Turn
from bot.empathy.state import fold
from bot.settings import ROOT

FAQ = ROOT / "data" / "faq"
MEANT = {"payment_dispute", "vulnerability", "explicit_request"}  # some examples do tell of these


def asked() -> list[str]:
    """Return all example questions, the topics taking turns."""
    topics = [_examples(path.read_text("utf-8")) for path in sorted(FAQ.glob("*.yml"))]
    longest = max(map(len, topics))
    return [topic[at] for at in range(longest) for topic in topics if at < len(topic)]


def _examples(text: str) -> list[str]:
    rows = [row["examples"] for row in yaml.safe_load(text)["nlu"] if "examples" in row]
    return [line.removeprefix("- ") for row in rows for line in row.splitlines()]


@pytest.mark.parametrize("start", range(3))
def test_three_everyday_questions_in_a_row_call_nobody(detector, start):
    questions = list(islice(asked(), start, None))
    for one in range(0, len(questions) - 2, 3):
        three = questions[one : one + 3]
        turns = [t for q in three for t in (Turn("visitor", q, 1), Turn("bot", "It is like this.", 2))]
        turns = [Turn(t.speaker, t.text, seq) for seq, t in enumerate(turns, start=1)]
        decision = decide(fold(turns, detector), LadderSettings())
        called = decision.step in ("offer", "hand_over")
        assert not called or MEANT & {reason.code for reason in decision.reasons}, (three, decision)
