import asyncio
from datetime import timedelta

from bot.outbox.outbox import Outbox
from bot.reach.rules import DANGER, DELIVERY_FAILED, NOBODY_ONLINE, PROMISE, WAITED, WAITING, Target
from bot.reach.watch import PROMISES, TELLINGS
from tests.handoff.desk import SAM
from tests.reach.desk import CONSOLE, MORNING, ReachingDesk, rule

TEAM, OWNER = Target("chat", "team"), Target("email", "owner@shop.example")


async def test_whoever_waits_is_told_once_however_often_one_looks(desk: ReachingDesk) -> None:
    id = await desk.waiting()
    watch = desk.watch(rule(WAITING, to=TEAM))
    assert [watch.look(), watch.look()] == [1, 0]
    (row,) = desk.rows
    assert row.kind == "chat" and row.payload["subject"] == "A visitor is waiting for a person"
    assert row.payload["link"][1] == f"{CONSOLE}#/queue/{id}"
    assert "About: About explicit_request" in row.payload["text"]


async def test_a_stop_neither_loses_nor_doubles(desk: ReachingDesk) -> None:
    await desk.waiting()
    assert desk.watch(rule(WAITING, to=TEAM)).look() == 1
    await desk.waiting()  # and here it stops, before it could look
    assert desk.watch(rule(WAITING, to=TEAM)).look() == 1
    assert len({row.key for row in desk.rows}) == 2


async def test_two_desks_at_once_tell_once(desk: ReachingDesk) -> None:
    await desk.waiting()
    watches = [desk.watch(rule(WAITING, to=TEAM)) for _ in range(8)]
    told = await asyncio.gather(*(desk.database.run(watch.look) for watch in watches))
    assert sum(told) == 1 and len(desk.rows) == 1


async def test_nothing_is_told_of_somebody_who_has_an_agent(desk: ReachingDesk) -> None:
    id = await desk.waiting()
    await desk.service.claim(id, SAM, 2)
    assert desk.watch(rule(WAITING, WAITED, to=TEAM)).look() == 0


async def test_whoever_is_given_back_to_the_queue_is_told_anew(desk: ReachingDesk) -> None:
    id, watch = await desk.waiting(), desk.watch(rule(WAITING, to=TEAM))
    assert watch.look() == 1
    taken = await desk.service.claim(id, SAM, 2)
    await desk.service.release(id, SAM, taken.version)
    assert [watch.look(), watch.look()] == [1, 0]


async def test_a_long_wait_is_told_when_it_is_long(desk: ReachingDesk) -> None:
    await desk.waiting()
    watch = desk.watch(rule(WAITED, to=TEAM, minutes=10))
    told = []
    for _ in range(4):
        told.append(watch.look())
        desk.now.pass_by(minutes=6)
    assert told == [0, 0, 1, 0]
    assert desk.rows[0].payload["subject"] == "A visitor has waited 11 minutes for a person"


async def test_danger_is_told_though_somebody_has_it(desk: ReachingDesk) -> None:
    id = await desk.waiting(reason="safety")
    await desk.service.claim(id, SAM, 2)
    watch = desk.watch(rule(WAITING, DANGER, to=TEAM))
    assert [watch.look(), watch.look()] == [1, 0]
    assert desk.rows[0].payload["subject"].startswith("Somebody may be in danger")


async def test_nobody_online_is_told_once_for_each_time_that_all_are_gone(desk: ReachingDesk) -> None:
    watch = desk.watch(rule(NOBODY_ONLINE, to=TEAM, minutes=10))
    told = []

    def look(**later: float) -> None:
        desk.now.pass_by(**later)
        told.append(watch.look())

    look(minutes=9)  # after a start nobody can be there at once
    look(minutes=2)
    look(hours=1)
    with desk.presence.online("a-sam"):
        look(hours=1)
        desk.seen_agents(desk.now())
    look(minutes=5)
    look(minutes=90)
    look(hours=12)  # at night nobody has to be there
    look(hours=9)  # the next morning, some minutes after opening
    assert told == [0, 1, 0, 0, 0, 1, 0, 1]


async def test_what_was_given_up_is_told_but_not_that_word_of_it_was(desk: ReachingDesk) -> None:
    watch = desk.watch(rule(DELIVERY_FAILED, to=OWNER))
    hasty = Outbox(desk.database, tries=1, clock=desk.now)

    def fail() -> None:
        places = {"crm_note": 9, "email": 9}
        for delivery in hasty.lease(places):
            hasty.put_back(delivery, RuntimeError("down"))

    for n in range(3):
        with desk.database.write() as connection:
            hasty.add(connection, "crm_note", f"n{n}", {"text": "secret"})
    fail()
    assert watch.look() == 1
    told = desk.rows[-1].payload
    assert told["subject"] == "A note to the customer records could not be delivered"
    assert "2 more" in told["text"] and "secret" not in str(told)
    fail()  # now the e-mail to the owner
    assert watch.look() == 0 and len(desk.rows) == 1


async def test_a_promise_is_confirmed_to_whoever_left_an_address(desk: ReachingDesk) -> None:
    id, watch = await desk.waiting(), desk.watch(customers=frozenset({PROMISE}))
    desk.promised(MORNING + timedelta(hours=4))
    assert watch.look() == 0
    await desk.service.receive(id, "m2", "It is mara@shop.example, or 0117 496 0142.")
    assert [watch.look(), watch.look()] == [1, 0]
    (row,) = desk.rows
    assert row.kind == "email" and row.payload["to"] == "mara@shop.example"
    assert "by Tuesday, 3 November, at 15:00" in row.payload["text"]


async def test_nobody_can_have_letters_sent_to_address_after_address(desk: ReachingDesk) -> None:
    id, watch = await desk.waiting(), desk.watch(customers=frozenset({PROMISE}))
    desk.promised(MORNING + timedelta(hours=4))
    told = []
    for n in range(PROMISES + 2):
        await desk.service.receive(id, f"a{n}", f"stranger{n}@shop.example")
        told.append(watch.look())
    assert told == [1] * PROMISES + [0, 0]
    desk.now.pass_by(hours=1)
    assert watch.look() == 1, "the address that holds is not forgotten"
    assert desk.rows[-1].payload["to"] == f"stranger{PROMISES + 1}@shop.example"


async def test_nobody_is_pestered_through_many_conversations(desk: ReachingDesk) -> None:
    watch = desk.watch(customers=frozenset({PROMISE}))
    ids = [await desk.waiting() for _ in range(PROMISES + 2)]
    desk.promised(MORNING + timedelta(hours=4))
    for n, id in enumerate(ids):
        await desk.service.receive(id, "a", "Mara@shop.example" if n % 2 else "mara@shop.example")
    assert watch.look() == PROMISES


async def test_who_comes_and_goes_all_the_time_is_told_of_so_often_and_no_more(desk: ReachingDesk) -> None:
    id, version, told = await desk.waiting(), 2, []
    watch = desk.watch(rule(WAITING, to=TEAM))
    for _ in range(TELLINGS + 2):
        told.append(watch.look())
        version = (await desk.service.claim(id, SAM, version)).version
        version = (await desk.service.release(id, SAM, version)).version
    assert told == [1] * TELLINGS + [0, 0]
    await desk.waiting("Somebody else")
    assert watch.look() == 1, "nobody else is kept quiet by it"


async def test_nobody_gets_a_promise_that_was_not_given(desk: ReachingDesk) -> None:
    with desk.presence.online(SAM.id):
        id = await desk.waiting()
        await desk.service.receive(id, "m2", "mara@shop.example")
    assert desk.watch(customers=frozenset({PROMISE})).look() == 0


async def test_what_was_not_sent_is_forgotten_with_the_conversation(desk: ReachingDesk) -> None:
    kept, erased = await desk.waiting("Keep me"), await desk.waiting("Erase me")
    watch = desk.watch(rule(WAITING, to=TEAM))
    assert watch.look() == 2
    await desk.service.erase(erased)
    assert watch.look() == 0
    assert [row.payload["conversation"] for row in desk.rows] == [kept]


async def test_it_looks_by_itself_when_something_happens(desk: ReachingDesk) -> None:
    watch = desk.watch(rule(WAITING, to=TEAM), pause=60.0)
    async with watch.running():
        with desk.bus.subscribe(watch.hear):
            await asyncio.sleep(0.05)
            await desk.waiting()
            for _ in range(500):
                if desk.rows:
                    break
                await asyncio.sleep(0.01)
    assert len(desk.rows) == 1
