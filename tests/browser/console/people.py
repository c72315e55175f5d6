"""Made-up people and conversations that the console's tests show."""

from datetime import datetime, timedelta, timezone

SAM = {"id": "a-sam", "name": "Sam Reyes", "email": "sam@copperkettle.example", "role": "agent"}
NOOR = {"id": "a-noor", "name": "Noor Haddad", "email": "noor@copperkettle.example", "role": "agent"}
OLGA = {"id": "a-olga", "name": "Olga Brandt", "email": "olga@copperkettle.example", "role": "owner"}
PASSWORD = "kettle-on-the-hob"  # noqa: S105 - a fake desk's own

BOT = {"kind": "bot", "agent_id": None, "name": None}
WAITING = {"kind": "waiting", "agent_id": None, "name": None}
CLOSED = {"kind": "closed", "agent_id": None, "name": None}
STATES = {"bot": None, "waiting": "queued", "agent": "accepted", "closed": "resolved"}


def held_by(agent: dict) -> dict:
    """Give the owner of a conversation that `agent` has."""
    return {"kind": "agent", "agent_id": agent["id"], "name": agent["name"]}


def team() -> list[dict]:
    """Give who works here, and how much each of them has."""
    plain_ = {"breather_until": None, "skills": [], "languages": ["en"], "disabled": False, "capacity": 4}
    return [
        {"id": SAM["id"], "name": SAM["name"], "role": "agent", "online": True, "load": 2, **plain_},
        {
            **plain_,
            "id": NOOR["id"],
            "name": NOOR["name"],
            "role": "agent",
            "online": True,
            "load": 1.5,
            "skills": ["billing", "repairs"],
            "languages": ["en", "ar"],
        },
        {"id": OLGA["id"], "name": OLGA["name"], "role": "owner", "online": False, "load": 0, **plain_},
    ]


CANNED = [
    {
        "id": "r-1",
        "code": "hello",
        "title": "Greeting",
        "text": "Hello {name}, {agent} here. I am looking at it now.",
        "changed_by": "Noor Haddad",
        "changed_at": "2026-03-02T09:00:00+00:00",
    },
    {
        "id": "r-2",
        "code": "track",
        "title": "Where the parcel is",
        "text": "{name}, {order} is on its way. {carrier} says it arrives {day}.",
        "changed_by": "Sam Reyes",
        "changed_at": "2026-04-11T09:00:00+00:00",
    },
    {
        "id": "r-3",
        "code": "hours",
        "title": "Opening hours",
        "text": "We are open {opening_hours}.",
        "changed_by": "Sam Reyes",
        "changed_at": "2026-04-12T09:00:00+00:00",
    },
]
FACTS = {"opening_hours": "every day from 8 to 18"}


def ago(minutes: float) -> str:
    """Give the moment so many minutes ago, as the desk writes it."""
    return (datetime.now(timezone.utc) - timedelta(minutes=minutes)).isoformat()


def said(seq: int, speaker: str, text: str, minutes: float, **more: object) -> dict:
    """Make a message."""
    name = {"visitor": "Mara Lindqvist", "bot": "Kit", "agent": SAM["name"], "system": None}[speaker]
    return {
        "seq": seq,
        "speaker": speaker,
        "name": name,
        "text": text,
        "at": ago(minutes),
        "buttons": [],
        "cmid": None,
        **more,
    }


def summary(identity: str, name: str, owner: dict, **more: object) -> dict:
    """Make a summary, calm unless told otherwise."""
    return {
        "id": identity,
        "version": 1,
        "owner": owner,
        "customer": {"name": name, "identified": True, "vip": False},
        "situation": "Asked when the café opens on Sunday",
        "reasons": [],
        "mood": {"level": 0.1, "label": "calm", "trend": "steady"},
        "urgency": 0.1,
        "opened_at": ago(30),
        "waiting_since": ago(5) if owner["kind"] == "waiting" else None,
        "last_message": {"speaker": "visitor", "text": "Thanks", "at": ago(4)},
        "unread": 0,
        "channel": "web",
        "resolved_at": None,
        "state": STATES[owner["kind"]],
        "assignment": None,
        "offered_to": None,
        "offered_until": None,
        "snoozed_until": None,
        "outcome": None,
        "language": "en",
        "page": None,
        **more,
    }


def offered(conversation: dict, agent: dict, seconds: float, why: str = "") -> dict:
    """Offer a waiting conversation to an agent for so long."""
    conversation["summary"].update(
        state="offered",
        offered_to={"id": agent["id"], "name": agent["name"]},
        offered_until=ago(-seconds / 60),
        assignment=why,
    )
    return conversation


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


def handoff(**more: object) -> dict:
    """Give what a hand-over tells about itself."""
    return {
        "id": "h-1",
        "state": "queued",
        "assignment": "Sam: spoke with Mara on 3 May, free (2 of 4)",
        "offered_to": None,
        "offered_until": None,
        "snoozed_until": None,
        "outcome": None,
        "availability": "live",
        "promised_at": None,
        "verdict": None,
        **more,
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


def plain(known: dict) -> dict:
    """Give a conversation of two messages around a summary."""
    messages = [
        said(1, "visitor", known["situation"], 6, name=known["customer"]["name"]),
        said(2, "bot", "Let me look at that.", 5),
    ]
    return {
        "summary": known,
        "messages": messages,
        "brief": None,
        "mood": [],
        "card": {"available": False, "reason": "Customer details unavailable right now."},
        "notes": [],
        "earlier": [],
        "handoff": handoff(assignment=None) if known["owner"]["kind"] != "bot" else None,
    }
