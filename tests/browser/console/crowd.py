"""Many who wait, in different moods."""

from tests.browser.console.people import WAITING
from tests.browser.console.shapes import ago, plain, summary

NAMES = (
    "Tom Okafor",
    "Inês Carvalho",
    "George Whitlam",
    "Aiko Tanaka",
    "Lena Fuchs",
    "Omar Haddad",
    "Priya Nair",
    "Jonas Berg",
    "Chloé Marchand",
    "Wiremu Parata",
    "Ana-Maria Constantinescu-Popescu",
    "Li Wei",
    "Fatima Zahra El Idrissi",
)
SITUATIONS = (
    (
        "Order CK-10398 came with two broken bags, the second time in a row",
        "upset",
        "steady",
        "Report of damage, not solved",
    ),
    ("Charged twice for the October subscription", "urgent", "rising", "Money taken twice"),
    ("Wants to cancel the subscription before tomorrow's renewal", "uneasy", "rising", "Urgent and costly"),
    (
        "Asks whether the decaf is free of nuts; an allergy in the family",
        "uneasy",
        "steady",
        "A question of health",
    ),
    (
        "Could not sign in after the password was changed",
        "uneasy",
        "easing",
        "The assistant did not help twice",
    ),
    ("Asks how long roasted beans stay fresh", "calm", "steady", "Asked for a person"),
)


def crowd(count: int, owner: dict = WAITING, prefix: str = "k") -> list[dict]:
    """Give `count` plausible conversations of different urgency."""
    people = []
    for index in range(count):
        situation, mood, trend, reason = SITUATIONS[index % len(SITUATIONS)]
        level = {"calm": 0.1, "uneasy": 0.4, "upset": 0.65, "urgent": 0.85}[mood]
        identity, name = f"{prefix}-{index}", NAMES[index % len(NAMES)]
        known = summary(
            identity,
            name,
            owner,
            situation=situation,
            urgency=round(level - index / 1000, 4),
            mood={"level": level, "label": mood, "trend": trend},
            reasons=[{"code": "cause", "label": reason}],
            waiting_since=ago(1 + index * 1.7) if owner["kind"] == "waiting" else None,
            unread=index % 3,
            customer={"name": name, "identified": True, "vip": index % 7 == 0},
        )
        people.append(plain(known))
    return people
