import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from bot.crm.sql import SqlCrm
from bot.crm.tables import customers, orders

NOW = datetime.now(timezone.utc).replace(microsecond=0)


def customer(id: str, **values: object) -> dict:
    known = {"name": id.title(), "email": f"{id}@example.com", "phone": "+44 1632 960001", "vip": False}
    known |= {"since": date(2023, 4, 5), "tags": ["subscriber"], "lifetime_value": Decimal("12.34")}
    return {"id": id, "currency": "GBP", **known, **values}


def order(number: str, customer_id: str, status: str, **values: object) -> dict:
    known = {"placed_at": NOW, "items": [{"name": "Harbour Blend 250 g", "quantity": 2}], "currency": "GBP"}
    known |= {"total": Decimal("19.90"), "address": "1 Old Lane", "tracking": None, "expected_at": None}
    return {"number": number, "customer_id": customer_id, "status": status, **known, **values}


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with records of Ann, who has an order in each state, and of Ben, who has one."""
    path = tmp_path_factory.mktemp("crm") / "crm.db"
    records = SqlCrm(f"sqlite:///{path}")
    records.migrate()
    with records.writing() as connection:
        connection.execute(customers.insert(), [customer("ann"), customer("ben")])
        states = ("placed", "packing", "shipped", "delivered", "cancelled")
        placed = [NOW - timedelta(days=age) for age in range(1, 6)]
        rows = [
            order(f"CK-{n}", "ann", state, placed_at=at)
            for n, (state, at) in enumerate(zip(states, placed, strict=True), 1)
        ]
        connection.execute(orders.insert(), [*rows, order("CK-9", "ben", "placed")])
    records.close()
    return path


@pytest.fixture
def crm(filled: Path, tmp_path: Path) -> Iterator[SqlCrm]:
    """Ann's and Ben's records, to change as one likes."""
    records = SqlCrm(f"sqlite:///{shutil.copy(filled, tmp_path)}")
    yield records
    records.close()
