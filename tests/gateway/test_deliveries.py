"""Notes leave the running desk for the customer records: after trouble, after a kill, and once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from bot.crm import deliveries
from bot.crm.card import Note
from bot.crm.sql import SqlCrm
from bot.crm.tables import customers
from bot.errors import CrmUnavailable
from bot.handoff.entrance import Entrance, Identity
from bot.outbox import outbox
from bot.outbox.outbox import Outbox
from bot.storage.engine import Database
from tests.gateway.served import SAM, ServedDesk, parts, serve_desk
from tests.serving import until

PLENTY = 60.0  # seconds; how fast it is, is not what this tests


class Moody(SqlCrm):
    """Real records that are away for the first few notes, the first time after having written one."""

    troubles = 2

    def add_note(self, customer_id: str, author: str, text: str, *, key: str) -> Note:
        self.troubles -= 1
        if self.troubles == 1:
            super().add_note(customer_id, author, text, key=key)
        if self.troubles > 0:
            raise CrmUnavailable("The answer was lost.")
        return super().add_note(customer_id, author, text, key=key)


@pytest.fixture
def crm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Moody]:
    monkeypatch.setattr(outbox, "FIRST_PAUSE", timedelta(milliseconds=20))
    crm = Moody(f"sqlite:///{tmp_path / 'crm.db'}")
    crm.migrate()
    known = {"name": "Ann", "email": "", "phone": "", "vip": False, "tags": [], "currency": "GBP"}
    with crm.writing() as connection:
        since, value = date(2024, 1, 2), Decimal(0)
        connection.execute(customers.insert().values(id="ann", since=since, lifetime_value=value, **known))
    yield crm
    crm.close()


def _hand_back(desk: ServedDesk, note: str) -> str:
    entrance = Entrance(desk.app.state.database, desk.app.state.service.bus)
    id = desk.step(entrance.enter(None, Identity("ann", "Ann"), None)).conversation.id
    desk.step(desk.app.state.service.claim(id, SAM, 1))
    desk.step(desk.app.state.service.hand_back(id, SAM, 2, note))
    return id


def _texts(crm: SqlCrm) -> list[str]:
    return [note.text for note in crm.card("ann").notes]


def test_a_note_arrives_once_though_its_answers_were_lost(tmp_path: Path, crm: Moody) -> None:
    with serve_desk(tmp_path, replace(parts(), crm=crm)) as desk:
        _hand_back(desk, "A new pot is sent today")
        until(lambda: crm.troubles <= 0, PLENTY)
    assert _texts(crm) == ["A new pot is sent today"]
    assert desk.app.state.outbox.failed() == []


def test_what_was_saved_before_a_kill_is_sent_after_it(tmp_path: Path, crm: Moody) -> None:
    crm.troubles = 0
    (tmp_path / "var").mkdir()
    database = Database(f"sqlite:///{tmp_path / 'var' / 'desk.db'}")
    database.migrate()
    before = Outbox(database, clock=lambda: datetime.now(timezone.utc) - timedelta(hours=2))
    with database.write() as connection:
        told = deliveries.note("c-1", "ann", "Sam", "Said before the kill")
        before.add(connection, deliveries.NOTE, "k", told)
    assert len(before.lease({deliveries.NOTE: 1})) == 1  # and then the desk was gone
    database.close()
    with serve_desk(tmp_path, replace(parts(), crm=crm)):
        until(lambda: _texts(crm), PLENTY)
    assert _texts(crm) == ["Said before the kill"]


def test_what_the_records_refuse_is_seen_and_not_lost(tmp_path: Path, crm: Moody) -> None:
    crm.troubles = 0
    with crm.writing() as connection:
        connection.execute(customers.update().values(id="somebody-else"))
    with serve_desk(tmp_path, replace(parts(), crm=crm)) as desk:
        id = _hand_back(desk, "A new pot is sent today")
        until(desk.app.state.outbox.failed, PLENTY)
        (failed,) = desk.app.state.outbox.failed()
        assert (failed.conversation, failed.attempts) == (id, 1) and "no such customer" in failed.error
        with crm.writing() as connection:
            connection.execute(customers.update().values(id="ann"))
        desk.app.state.outbox.retry(failed.id)
        until(lambda: _texts(crm), PLENTY)
    assert _texts(crm) == ["A new pot is sent today"]
