"""Rows to begin with, for tests of anything above the tables."""

from datetime import datetime, timezone
from typing import Any


def agent_row(id: str, **values: Any) -> dict[str, Any]:
    known = {
        "id": id,
        "email": f"{id}@copperkettle.example",
        "name": "Sam Reyes",
        "password_hash": "-",
        "role": "agent",
        "disabled": False,
        "created_at": datetime(2026, 11, 2, 9, tzinfo=timezone.utc),
    }
    return known | values
