"""Verdicts: right, or what went wrong."""

from typing import Any

import pytest

from bot.rehearsal.scene import Expectation
from bot.rehearsal.verdict import verdict
from tests.rehearsal.courses import course

YES, OFFER, NO = Expectation("yes", 3, 1), Expectation("offer", 3, 1), Expectation("no")


@pytest.mark.parametrize(
    ("expected", "went", "found"),
    [
        (YES, {"handed_over": 2}, "right"),
        (YES, {"handed_over": 3}, "right"),
        (YES, {"handed_over": 4}, "right"),
        (YES, {"handed_over": 1}, "early"),
        (Expectation("yes", 2), {"handed_over": 3}, "late"),
        (YES, {}, "missed"),
        (YES, {"offers": (3,)}, "missed"),
        (YES, {"unanswered": 2}, "unanswered"),
        (OFFER, {"offers": (2,)}, "right"),
        (OFFER, {"offers": (1, 4)}, "right"),
        (OFFER, {"offers": (1,)}, "early"),
        (Expectation("offer", 2), {"offers": (3, 4)}, "late"),
        (OFFER, {}, "not offered"),
        (OFFER, {"handed_over": 3}, "forced"),
        (OFFER, {"offers": (2,), "handed_over": 3}, "forced"),
        (OFFER, {"handed_over": 3, "why": "explicit_request"}, "forced"),
        (OFFER, {"offers": (3,), "handed_over": 4, "why": "explicit_request"}, "right"),
        (NO, {}, "right"),
        (NO, {"offers": (1, 2)}, "right"),
        (NO, {"handed_over": 1}, "false hand-over"),
        (NO, {"unanswered": 4}, "unanswered"),
    ],
)
def test_verdict(expected: Expectation, went: dict[str, Any], found: str) -> None:
    assert verdict(expected, course(**went)) == found
