from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from bot.errors import CrmUnavailable, NotFound, Undeliverable
from bot.outbox.outbox import LEASE, LONGEST_PAUSE, Delivery, Outbox
from bot.storage import tables
from bot.storage.engine import Database
from tests.outbox.conftest import Clock

ROOM = {"note": 10, "mail": 10}


@pytest.fixture
def database(either_database: Database) -> Database:
    return either_database


def add(outbox: Outbox, database: Database, key: str, kind: str = "note") -> bool:
    with database.write() as connection:
        return outbox.add(connection, kind, key, {"text": key, "conversation": "c-1"})


def lease(outbox: Outbox) -> Delivery:
    (delivery,) = outbox.lease(ROOM)
    return delivery


def fail(outbox: Outbox, clock: Clock, times: int, problem: Exception) -> bool:
    for _ in range(times):
        given_up = outbox.put_back(lease(outbox), problem)
        clock.pass_by(hours=1)
    return given_up


def test_the_same_key_is_delivered_once(outbox: Outbox, database: Database) -> None:
    assert add(outbox, database, "k") and not add(outbox, database, "k")
    delivery = lease(outbox)
    assert (delivery.key, delivery.payload["text"], delivery.attempts) == ("k", "k", 1)
    outbox.done(delivery)
    assert not add(outbox, database, "k") and outbox.lease(ROOM) == []


def test_a_change_that_is_undone_sends_nothing(outbox: Outbox, database: Database) -> None:
    with pytest.raises(RuntimeError), database.write() as connection:
        outbox.add(connection, "note", "k", {})
        raise RuntimeError("the change did not happen")
    assert outbox.lease(ROOM) == []


def test_what_was_said_is_forgotten_when_it_has_arrived(outbox: Outbox, database: Database) -> None:
    add(outbox, database, "k")
    outbox.done(lease(outbox))
    with database.read() as connection:
        assert connection.execute(select(tables.outbox.c.payload)).scalar_one() == {}


def test_a_delivery_that_a_stop_cut_short_is_due_again(
    outbox: Outbox, database: Database, clock: Clock
) -> None:
    add(outbox, database, "k")
    lease(outbox)
    assert outbox.lease(ROOM) == []
    clock.pass_by(seconds=LEASE.total_seconds())
    assert lease(Outbox(database, clock=clock)).attempts == 2


def test_each_kind_gets_its_places_the_longest_due_first(
    outbox: Outbox, database: Database, clock: Clock
) -> None:
    for key, kind in (("n1", "note"), ("n2", "note"), ("m1", "mail"), ("x1", "unknown")):
        add(outbox, database, key, kind)
        clock.pass_by(seconds=1)
    assert [d.key for d in outbox.lease({"note": 1, "mail": 5})] == ["m1", "n1"]
    assert [d.key for d in outbox.lease({"note": 0, "mail": 5})] == []


def test_tries_lie_further_and_further_apart(outbox: Outbox, database: Database, clock: Clock) -> None:
    outbox = Outbox(database, tries=100, clock=clock)
    add(outbox, database, "k")
    waited = []
    for _ in range(14):
        outbox.put_back(lease(outbox), CrmUnavailable("down"))
        with database.read() as connection:
            next_at = connection.execute(select(tables.outbox.c.next_at)).scalar_one()
        waited.append((next_at - clock.now).total_seconds())
        clock.now = next_at
    assert all(2.5 * 2**n <= seconds <= 5 * 2**n for n, seconds in enumerate(waited[:9]))
    assert all(seconds <= LONGEST_PAUSE.total_seconds() for seconds in waited)


def test_after_the_last_try_it_is_given_up_and_seen(outbox: Outbox, database: Database, clock: Clock) -> None:
    add(outbox, database, "k")
    assert fail(outbox, clock, 3, CrmUnavailable("The records are down."))
    assert outbox.lease(ROOM) == []
    (failure,) = outbox.failed()
    shown = failure.as_dict()
    assert (shown["kind"], shown["conversation"], shown["attempts"]) == ("note", "c-1", 3)
    assert shown["error"] == "The records are down." and shown["failed_at"].endswith("Z")


def test_what_was_given_up_can_be_tried_again_once(outbox: Outbox, database: Database, clock: Clock) -> None:
    add(outbox, database, "k")
    fail(outbox, clock, 3, CrmUnavailable("down"))
    outbox.retry(outbox.failed()[0].id)
    assert outbox.failed() == []
    delivery = lease(outbox)
    assert delivery.payload["text"] == "k" and delivery.attempts == 1
    with pytest.raises(NotFound):
        outbox.retry(delivery.id)


def test_what_lets_its_reader_in_is_not_kept_once_it_was_given_up(
    outbox: Outbox, database: Database, clock: Clock
) -> None:
    with database.write() as connection:
        outbox.add(connection, "note", "k", {"link": "https://a.example/#/token", "secret": True})
    delivery = lease(outbox)
    outbox.put_back(delivery, CrmUnavailable("down"))
    clock.pass_by(hours=1)
    assert lease(outbox).payload == delivery.payload, "it is tried again as it was"
    outbox.put_back(delivery, Undeliverable("There is no such mailbox."), for_good=True)
    outbox.retry(outbox.failed()[0].id)
    assert "token" not in str(lease(outbox).payload)


def test_errors_that_are_not_ours_are_kept_without_their_words(
    outbox: Outbox, database: Database, clock: Clock
) -> None:
    add(outbox, database, "k")
    fail(outbox, clock, 3, ValueError("mara@example.com said hello"))
    assert outbox.failed()[0].error == "ValueError"


def test_a_clock_set_back_holds_nothing_up(outbox: Outbox, database: Database, clock: Clock) -> None:
    add(outbox, database, "k")
    clock.pass_by(days=-2)
    assert lease(outbox).key == "k"


def test_two_desks_never_take_the_same(outbox: Outbox, database: Database) -> None:
    for n in range(40):
        add(outbox, database, f"k{n}")
    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(lambda _: outbox.lease({"note": 5}), range(12)))
    keys = [delivery.key for some in taken for delivery in some]
    assert len(keys) == len(set(keys)) == 40


def test_what_has_not_left_of_a_conversation_can_be_taken_back(outbox: Outbox, database: Database) -> None:
    add(outbox, database, "theirs")
    with database.write() as connection:
        outbox.add(connection, "note", "others", {"conversation": "c-2"})
        outbox.add(connection, "note", "nobodys", {})
        outbox.forget(connection, "c-1")
    assert {delivery.key for delivery in outbox.lease(ROOM)} == {"others", "nobodys"}


def test_what_was_delivered_is_forgotten_by_its_key(outbox: Outbox, database: Database) -> None:
    for key in ("copy:c_1:7", "note:h-1:2", "copy:cx1:7"):
        add(outbox, database, key)
    for delivery in outbox.lease(ROOM):
        outbox.done(delivery)
    with database.write() as connection:
        outbox.forget(connection, "c_1", ["h-1"])
    with database.read() as connection:
        assert connection.execute(select(tables.outbox.c.key)).scalars().all() == ["copy:cx1:7"]


@pytest.mark.parametrize("key", ["", "x" * 121])
def test_a_key_that_is_none_is_a_mistake_of_ours(outbox: Outbox, database: Database, key: str) -> None:
    with pytest.raises(ValueError, match="120"):
        add(outbox, database, key)
