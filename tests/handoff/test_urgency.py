from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.empathy.ladder import LABELS
from bot.handoff.urgency import BANDS, COMMON, urgency

CALM = {"level": 0.0, "vip": False, "waited": timedelta()}
PRESSED = {"level": 1.0, "vip": True, "waited": timedelta(hours=9)}


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (
            {"reasons": ["safety"]},
            {"reasons": ["privacy_or_security", "legal_threat", "explicit_request"], **PRESSED},
        ),
        ({"reasons": ["privacy_or_security"]}, {"reasons": ["legal_threat", "vulnerability"], **PRESSED}),
        ({"reasons": ["legal_threat"]}, {"reasons": list(COMMON), **PRESSED}),
        ({"reasons": ["explicit_request"]}, {"reasons": ["repeated_question"]}),
        ({"reasons": ["repeated_question"]}, {"reasons": []}),
        ({"reasons": ["explicit_request"], "level": 0.8}, {"reasons": ["explicit_request"], "level": 0.3}),
        ({"reasons": ["explicit_request"], "vip": True}, {"reasons": ["explicit_request"]}),
        (
            {"reasons": ["explicit_request"], "waited": timedelta(minutes=9)},
            {"reasons": ["explicit_request"]},
        ),
        (
            {"reasons": ["repeated_question"], "waited": timedelta(minutes=25)},
            {"reasons": ["explicit_request"]},
        ),
    ],
)
def test_the_worse_comes_first(worse: dict, better: dict) -> None:
    assert urgency(**{**CALM, **worse}) > urgency(**{**CALM, **better})


def test_every_reason_of_the_ladder_is_weighed() -> None:
    assert {*BANDS, *COMMON} == set(LABELS)


def test_the_bands_do_not_touch() -> None:
    assert all(above[0] > below[1] for above, below in pairwise(BANDS.values()))


@given(
    level=st.floats(-5, 5),
    reasons=st.lists(st.sampled_from([*BANDS, *COMMON, "something new"])),
    vip=st.booleans(),
    waited=st.timedeltas(),
)
def test_it_stays_between_nothing_and_everything(
    level: float, reasons: list[str], vip: bool, waited: timedelta
) -> None:
    assert 0 <= urgency(level=level, reasons=reasons, vip=vip, waited=waited) <= 1
