"""Which conversation needs a person most. Pure: numbers in, a number out."""

from collections.abc import Iterable
from datetime import timedelta

# From where to where each reason may take a conversation. Bands that do not overlap keep an order
# that nothing else can turn round: life, then the account, then the law, then all the rest.
BANDS = {"safety": (0.9, 1.0), "privacy_or_security": (0.8, 0.89), "legal_threat": (0.7, 0.79)}
COMMON = {
    "vulnerability": 0.40,
    "payment_dispute": 0.35,
    "high_value_or_urgent": 0.35,
    "explicit_request": 0.30,
    "bot_refusal": 0.30,
    "churn_threat": 0.30,
    "abuse": 0.25,
    "anger": 0.25,
    "public_review_threat": 0.25,
    "frustration_rising": 0.25,
    "unresolved_after_attempts": 0.25,
    "repeated_question": 0.20,
    "confusion_persistent": 0.15,
}
HIGHEST_COMMON = 0.69
PATIENCE = timedelta(minutes=30)  # a longer wait counts no more


def urgency(*, level: float, reasons: Iterable[str], vip: bool, waited: timedelta) -> float:
    """Return 0 to 1 from mood, reasons, standing and wait; reasons by the codes of `empathy.ladder`."""
    known = set(reasons)
    low, high = next((band for code, band in BANDS.items() if code in known), (None, None))
    if low is None:
        low, high = max((COMMON.get(code, 0.0) for code in known), default=0.0), HIGHEST_COMMON
    patience = min(max(waited / PATIENCE, 0.0), 1.0)
    pressing = 0.5 * min(max(level, 0.0), 1.0) + 0.4 * patience + 0.1 * vip
    return round(low + (high - low) * pressing, 3)
