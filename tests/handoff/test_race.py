"""Two desks on one database, which share no lock but the database's own: one claim wins, on both kinds."""

import asyncio

from bot.errors import StaleVersion
from bot.handoff.model import Cause
from bot.handoff.service import HandoffService
from bot.storage import handoffs, messages
from bot.storage.engine import Database
from tests.handoff.desk import NOOR, SAM, DeskUnderTest


async def test_of_two_claims_in_the_same_moment_one_wins(either_database: Database) -> None:
    desk = DeskUnderTest(either_database)
    other = Database(either_database.engine.url.render_as_string(hide_password=False))
    parts = {"business": desk.business, "briefs": desk.briefs, "bus": desk.bus, "presence": desk.presence}
    second = HandoffService(other, **parts, clock=desk.clock)
    for _ in range(6):
        id = await desk.conversation()
        opened = await asyncio.gather(
            *(service.open_handoff(id, Cause("x@1")) for service in (desk.service, second))
        )
        assert sorted(opening.opened for opening in opened) == [False, True]
        claims = (desk.service.claim(id, SAM, 2), second.claim(id, NOOR, 2))
        results = await asyncio.gather(*claims, return_exceptions=True)
        won, lost = sorted(results, key=lambda result: isinstance(result, Exception))
        assert won.version == 3 and isinstance(lost, StaleVersion) and lost.current == 3
        with desk.database.read() as connection:
            joined = [one.text for one in messages.after(connection, id) if "joined" in one.text]
            assert len(joined) == 1 and handoffs.latest(connection, id).claimed_by == won.agent_id
    for service in (desk.service, second):
        await service.close()
    other.close()
