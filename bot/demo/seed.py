"""Fill the databases with the demo business's people and past. Running it again changes only dates."""

import secrets
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.engine import Connection

from bot import wiring
from bot.crm import tables as crm
from bot.crm.card import CustomerCard
from bot.crm.sql import SqlCrm
from bot.demo.canned import add_canned
from bot.demo.conversations import add_conversations
from bot.demo.customers import cards
from bot.desk.access import hash_password
from bot.settings import Settings, kept_secret
from bot.storage.engine import Database
from bot.storage.tables import agents

DEMO_AGENT = "sam@copperkettle.example"
AGENTS = (
    {
        "id": "a-sam",
        "email": DEMO_AGENT,
        "name": "Sam Reyes",
        "role": "owner",
        "skills": ["money", "complaints", "accounts"],
        "languages": ["es"],
    },
    {
        "id": "a-noor",
        "email": "noor@copperkettle.example",
        "name": "Noor Haddad",
        "role": "agent",
        "skills": ["orders", "coffee"],
        "languages": ["ar", "fr"],
    },
)


def seed(settings: Settings) -> None:
    """Add what is missing of the demo: customers and their records, agents, past conversations."""
    now = datetime.now(timezone.utc).replace(microsecond=0)
    if settings.crm == "embedded":
        _add_customers(settings.crm_url, now)
    database = Database(settings.database_url)
    database.migrate()
    is_new = not _password_file(settings).exists()
    password = demo_password(settings)
    with database.write() as connection:
        _add_agents(connection, password, now, renew=is_new)
        add_canned(connection, now)
    with database.write() as connection:
        business = wiring.business(settings)
        add_conversations(connection, now, business=business, detector=wiring.detector())
    database.close()


def _add_customers(url: str, now: datetime) -> None:
    with closing(SqlCrm(url)) as records:
        records.migrate()
        with records.writing() as connection:
            for card in cards(now):
                _add_card(connection, card)


def demo_password(settings: Settings) -> str:
    """Return the demo agents' password; made at first use, readable by the owner only."""
    return kept_secret(_password_file(settings), lambda: f"kettle-{secrets.token_hex(4)}")


def _password_file(settings: Settings) -> Path:
    return settings.var / "demo-password"


def _add_agents(connection: Connection, password: str, now: datetime, *, renew: bool) -> None:
    known = set(connection.execute(select(agents.c.email)).scalars())
    for agent in AGENTS:
        same = agents.c.email == agent["email"]
        if agent["email"] not in known:
            values = {"password_hash": hash_password(password), "disabled": False, "created_at": now}
            connection.execute(insert(agents).values(**agent, **values))
        elif renew:  # the file was deleted: the word that we print must be the one that works
            connection.execute(update(agents).where(same).values(password_hash=hash_password(password)))


def _add_card(connection: Connection, card: CustomerCard) -> None:
    who = card.customer.id
    _put(connection, crm.customers, {**vars(card.customer), "tags": list(card.customer.tags)}, fresh=())
    for order in card.orders:
        row = {**vars(order), "items": [item.as_dict() for item in order.items], "customer_id": who}
        _put(connection, crm.orders, row, fresh=("placed_at", "expected_at"))
    for ticket in card.tickets:
        _put(connection, crm.tickets, {**vars(ticket), "customer_id": who}, fresh=("at",))
    for number, note in enumerate(card.notes, 1):
        row = {**vars(note), "id": f"n-{who}-{number}", "customer_id": who}
        _put(connection, crm.notes, row, fresh=("at",))


def _put(connection: Connection, table: Table, row: dict[str, Any], *, fresh: tuple[str, ...]) -> None:
    """Insert the row; if it is there, renew only its dates, so that the demo never looks stale."""
    key = next(iter(table.primary_key))
    same = key == row[key.name]
    if connection.execute(select(key).where(same)).one_or_none() is None:
        connection.execute(insert(table).values(**row))
    elif fresh:
        connection.execute(update(table).where(same).values(**{name: row[name] for name in fresh}))
