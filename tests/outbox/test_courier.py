import asyncio
import threading
from collections.abc import Mapping
from typing import Any

import pytest

from bot.errors import CrmUnavailable, Undeliverable
from bot.outbox.courier import AT_ONCE, Courier
from bot.outbox.outbox import Outbox
from bot.storage.engine import Database
from tests.outbox.conftest import Clock


class Receiver:
    """Takes deliveries, after as many problems as it was given."""

    def __init__(self, *problems: Exception) -> None:
        self.problems, self.had = list(problems), []

    def __call__(self, payload: Mapping[str, Any], key: str) -> None:
        if self.problems:
            raise self.problems.pop(0)
        self.had.append((key, payload["text"]))


def add(outbox: Outbox, database: Database, key: str, kind: str = "note") -> None:
    with database.write() as connection:
        outbox.add(connection, kind, key, {"text": f"for {key}"})


async def rounds(courier: Courier, clock: Clock, count: int) -> None:
    for _ in range(count):
        await courier.look()
        await courier.settled()
        clock.pass_by(hours=1)


async def test_it_tries_until_it_arrives_and_then_no_more(
    outbox: Outbox, database: Database, clock: Clock
) -> None:
    receiver = Receiver(CrmUnavailable("down"), ConnectionError("reset"))
    add(outbox, database, "k")
    await rounds(Courier(outbox, {"note": receiver}), clock, 5)
    assert receiver.had == [("k", "for k")] and outbox.failed() == []


async def test_it_gives_up_after_the_last_try(outbox: Outbox, database: Database, clock: Clock) -> None:
    receiver = Receiver(*[CrmUnavailable("down")] * 3)
    add(outbox, database, "k")
    await rounds(Courier(outbox, {"note": receiver}), clock, 5)
    assert receiver.had == [] and [failure.attempts for failure in outbox.failed()] == [3]


async def test_what_can_never_arrive_is_given_up_at_once(
    outbox: Outbox, database: Database, clock: Clock
) -> None:
    add(outbox, database, "k")
    await rounds(Courier(outbox, {"note": Receiver(Undeliverable("No such customer."))}), clock, 1)
    assert [(failure.attempts, failure.error) for failure in outbox.failed()] == [(1, "No such customer.")]


async def test_a_slow_receiver_holds_up_only_its_own_kind(
    outbox: Outbox, database: Database, clock: Clock
) -> None:
    gate, mail = threading.Event(), Receiver()
    for n in range(AT_ONCE + 3):
        add(outbox, database, f"n{n}")
    add(outbox, database, "m", "mail")
    courier = Courier(outbox, {"note": lambda payload, key: gate.wait(10) and None, "mail": mail})
    assert await courier.look() == AT_ONCE + 1
    while not mail.had:
        await asyncio.sleep(0.01)
    assert await courier.look() == 0
    gate.set()
    await rounds(courier, clock, 3)
    assert outbox.failed() == [] and outbox.lease({"note": 1}) == []


async def test_it_works_while_the_desk_runs_and_lets_what_is_under_way_end(
    outbox: Outbox, database: Database
) -> None:
    begun, had = threading.Event(), []

    def deliver(payload: Mapping[str, Any], key: str) -> None:
        begun.set()
        had.append(key)

    async with Courier(outbox, {"note": deliver}, pause=0.01).running():
        add(outbox, database, "k")
        await asyncio.to_thread(begun.wait, 10)
    assert had == ["k"] and outbox.lease({"note": 1}) == []


async def test_a_database_that_is_away_for_a_while_stops_nothing(
    outbox: Outbox, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver, lease, looks = Receiver(), outbox.lease, []

    def shaky(places: Mapping[str, int]) -> list:
        looks.append(places)
        if len(looks) < 3:
            raise OSError("disk")
        return lease(places)

    monkeypatch.setattr(outbox, "lease", shaky)
    add(outbox, database, "k")
    async with Courier(outbox, {"note": receiver}, pause=0.01).running():
        while not receiver.had:
            await asyncio.sleep(0.01)
    assert receiver.had == [("k", "for k")]


async def test_a_kind_that_nobody_delivers_stays(outbox: Outbox, database: Database, clock: Clock) -> None:
    add(outbox, database, "k", "telegram")
    await rounds(Courier(outbox, {"note": Receiver()}), clock, 3)
    assert [delivery.key for delivery in outbox.lease({"telegram": 1})] == ["k"]
