"""The VIP whose parcel is late and who has asked three times."""

from tests.browser.console.people import WAITING
from tests.browser.console.shapes import ago, handoff, said, summary


def mara(owner: dict = WAITING) -> dict:
    """Give the VIP whose parcel is late and who has asked three times."""
    return {
        "summary": summary(
            "k-mara",
            "Mara Lindqvist",
            owner,
            version=3,
            urgency=0.93,
            customer={"name": "Mara Lindqvist", "identified": True, "vip": True},
            situation="Parcel CK-10423 is six days late; asked three times where it is",
            reasons=[
                {"code": "explicit_request", "label": "Asked for a person"},
                {"code": "repeats", "label": "Asked the same thing three times"},
            ],
            mood={"level": 0.86, "label": "urgent", "trend": "rising"},
            waiting_since=ago(12.4),
            unread=2,
            last_message={
                "speaker": "visitor",
                "text": "I want to talk to a real person. Now.",
                "at": ago(12.4),
            },
        ),
        "messages": mara_messages(),
        "brief": MARA_BRIEF,
        "card": MARA_CARD,
        "mood": MARA_MOOD,
        "notes": [],
        "earlier": MARA_EARLIER,
        "handoff": handoff(),
    }


def mara_messages() -> list[dict]:
    """Give what Mara and the assistant said, over two days."""
    yesterday = 26 * 60
    return [
        said(1, "visitor", "Hi, when will my order CK-10423 get here?", yesterday),
        said(
            2,
            "bot",
            "CK-10423 left our roastery on Friday. It should reach you by Monday.",
            yesterday - 1,
            buttons=[{"id": "b1", "title": "Track it"}, {"id": "b2", "title": "Talk to a person"}],
        ),
        said(
            3,
            "visitor",
            "It's still not here and the tracking page hasn't moved since Friday: "
            "https://track.example/CK-10423",
            21,
        ),
        said(
            4,
            "bot",
            "Six days without a move is too long, and I am sorry about that. I have asked the carrier "
            "to look for it.",
            20.5,
        ),
        said(
            5,
            "visitor",
            "That is what you said yesterday. This is the third time I ask where my coffee is.",
            15,
        ),
        said(6, "bot", "I can have somebody call you tomorrow before noon. Shall I?", 14.6),
        said(7, "visitor", "No. My sister's wedding is on Saturday and the coffee is the gift.", 13),
        said(8, "visitor", "I want to talk to a real person. Now.", 12.4),
        said(9, "system", "Mara asked for a person", 12.3),
    ]


MARA_BRIEF = {
    "situation": "Parcel CK-10423 is six days late. It is a wedding gift for Saturday.",
    "wants": "The coffee by Friday, or a replacement that certainly arrives.",
    "reasons": [
        {
            "code": "explicit_request",
            "label": "Asked for a person",
            "score": 1.0,
            "threshold": 0.5,
            "evidence": [{"seq": 8, "quote": "I want to talk to a real person"}],
        },
        {
            "code": "repeats",
            "label": "Asked the same thing three times",
            "score": 0.82,
            "threshold": 0.6,
            "evidence": [{"seq": 5, "quote": "This is the third time I ask"}],
        },
    ],
    "tried": [
        {"seq": 2, "text": "Told her the delivery day (Monday), which passed"},
        {"seq": 4, "text": "Asked the carrier to search for the parcel"},
    ],
    "promised": [{"seq": 4, "text": "The carrier is looking for it"}],
    "filled": [{"name": "order_number", "label": "Order", "value": "CK-10423"}],
    "missing": [{"name": "phone", "label": "Phone for Saturday"}],
    "suggestion": "Mara, the parcel for your sister's wedding is six days late, and you had to ask three "
    "times. I am Sam, I am looking at it now, and I will stay with it until it is sorted.",
    "dos": ["Name the wedding on Saturday", "Offer a replacement by courier today"],
    "donts": ["Ask for the order number again", "Blame the carrier"],
}

MARA_CARD = {
    "available": True,
    "fetched_at": ago(1),
    "customer": {
        "id": "c-mara",
        "name": "Mara Lindqvist",
        "email": "mara@lindqvist.example",
        "phone": "+46 70 123 45 67",
        "since": "2021-03-02T00:00:00+00:00",
        "vip": True,
        "tags": ["subscriber", "wedding gift"],
        "lifetime_value": 1284.5,
        "currency": "EUR",
    },
    "orders": [
        {
            "number": "CK-10423",
            "status": "shipped, late",
            "placed_at": ago(60 * 24 * 9),
            "total": 64.0,
            "currency": "EUR",
            "items": [
                {"name": "Gift box “Harvest”", "quantity": 1},
                {"name": "Ethiopia Guji 250 g", "quantity": 2},
            ],
            "address": "Storgatan 14, 211 42 Malmö, Sweden",
            "tracking": "https://track.example/CK-10423",
            "expected_at": ago(60 * 24 * 6),
        },
        {
            "number": "CK-10311",
            "status": "delivered",
            "placed_at": ago(60 * 24 * 40),
            "total": 28.5,
            "currency": "EUR",
            "items": [{"name": "House blend 1 kg", "quantity": 1}],
            "address": None,
            "tracking": "javascript:alert(1)",
            "expected_at": None,
        },
    ],
    "tickets": [
        {
            "id": "t-1",
            "kind": "late_parcel",
            "text": "Parcel two days late in May; sent a voucher",
            "at": ago(60 * 24 * 180),
            "status": "closed",
        }
    ],
    "notes": [
        {"author": "Noor Haddad", "text": "Prefers e-mail. Knows her coffee.", "at": ago(60 * 24 * 90)}
    ],
}

MARA_EARLIER = [
    {
        "id": "k-may",
        "at": ago(60 * 24 * 180),
        "situation": "Parcel two days late; a voucher was sent",
        "outcome": "solved",
        "agent": {"id": "a-sam", "name": "Sam Reyes"},
    },
    {
        "id": "k-march",
        "at": ago(60 * 24 * 240),
        "situation": "Asked how to grind for a moka pot",
        "outcome": "handed_back",
        "agent": None,
    },
]

MARA_MOOD = [
    {"seq": 1, "level": 0.1, "label": "calm", "quote": "", "cues": []},
    {"seq": 3, "level": 0.38, "label": "uneasy", "quote": "It's still not here", "cues": ["still unsolved"]},
    {
        "seq": 5,
        "level": 0.66,
        "label": "upset",
        "quote": "This is the third time I ask",
        "cues": ["third repeat"],
    },
    {"seq": 7, "level": 0.72, "label": "upset", "quote": "No.", "cues": ["refused the offer"]},
    {
        "seq": 8,
        "level": 0.86,
        "label": "urgent",
        "quote": "I want to talk to a real person",
        "cues": ["asked for a person"],
    },
]
