"""The demo shop's facts, read once for all tests that only look at them."""

from functools import cache

from bot.business import Business
from bot.settings import ROOT


@cache
def demo_business() -> Business:
    """Return what `data/business/` says."""
    return Business.load(ROOT / "data" / "business")
