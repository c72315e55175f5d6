from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handoff.urgency import BANDS, COMMON, urgency

CALM = {"level": 0.0, "vip": False, "waited": timedelta()}
PRESSED = {"level": 1.0, "vip": True, "waited": timedelta(hours=9)}


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"reasons": ["danger"]}, {"reasons": ["security", "legal", "person"], **PRESSED}),
        ({"reasons": ["security"]}, {"reasons": ["legal", "vulnerable"], **PRESSED}),
        ({"reasons": ["legal"]}, {"reasons": list(COMMON), **PRESSED}),
        ({"reasons": ["person"]}, {"reasons": ["repeat"]}),
        ({"reasons": ["repeat"]}, {"reasons": []}),
        ({"reasons": ["person"], "level": 0.8}, {"reasons": ["person"], "level": 0.3}),
        ({"reasons": ["person"], "vip": True}, {"reasons": ["person"]}),
        ({"reasons": ["person"], "waited": timedelta(minutes=9)}, {"reasons": ["person"]}),
        ({"reasons": ["repeat"], "waited": timedelta(minutes=25)}, {"reasons": ["person"]}),
    ],
)
def test_the_worse_comes_first(worse: dict, better: dict) -> None:
    assert urgency(**{**CALM, **worse}) > urgency(**{**CALM, **better})


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
