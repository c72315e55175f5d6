"""Made-up people who work at the console, and who may own a conversation."""

SAM = {"id": "a-sam", "name": "Sam Reyes", "email": "sam@copperkettle.example", "role": "agent"}
NOOR = {"id": "a-noor", "name": "Noor Haddad", "email": "noor@copperkettle.example", "role": "agent"}
OLGA = {"id": "a-olga", "name": "Olga Brandt", "email": "olga@copperkettle.example", "role": "owner"}
PASSWORD = "kettle-on-the-hob"  # noqa: S105 - a fake desk's own

BOT = {"kind": "bot", "agent_id": None, "name": None}
WAITING = {"kind": "waiting", "agent_id": None, "name": None}
CLOSED = {"kind": "closed", "agent_id": None, "name": None}


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
