"""Rows to begin with, for tests of anything above the tables."""

from datetime import datetime, timezone
from typing import Any


def agent_row(id: str, *, name: str = "Sam Reyes") -> dict[str, Any]:
    return {
        "id": id,
        "email": f"{id}@copperkettle.example",
        "name": name,
        "password_hash": "-",
        "role": "agent",
        "disabled": False,
        "created_at": datetime(2026, 11, 2, 9, tzinfo=timezone.utc),
    }
