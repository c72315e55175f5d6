"""The agents' side of the desk: `/api/console/` and `/ws/console`. It changes nothing but by `handoff`."""

from fastapi import FastAPI

from bot.attachments.keeper import Keeper
from bot.business import Business
from bot.crm.adapter import Crm
from bot.crm.guarded import Guard
from bot.desk.access import Access
from bot.desk.account import Account
from bot.desk.invitations import Invitations
from bot.desk.people import People
from bot.handoff.service import HandoffService
from bot.outbox.outbox import Outbox
from bot.reach.customers import Transcripts
from bot.storage.engine import Database


def routes(
    app: FastAPI,
    *,
    business: Business,
    database: Database,
    service: HandoffService,
    crm: Crm,
    secret: str,
    by_email: bool = False,
    transcripts: Transcripts | None = None,
    keeper: Keeper | None = None,
) -> None:
    """Add the console to the desk; `secret` is its own, `by_email` tells whether letters can be sent.

    Without a keeper there are no files.
    """
    from bot.desk.console import (
        account,
        attachments,
        canned,
        conversations,
        copies,
        install,
        lists,
        outbox,
        sessions,
        socket,
        team,
        whole,
    )
    from bot.desk.console.cards import Cards
    from bot.desk.console.room import Room
    from bot.desk.console.teller import Teller

    app.state.business, app.state.database, app.state.outbox = business, database, Outbox(database)
    app.state.access = Access(database, secret=secret)
    app.state.account = Account(database, app.state.access)
    app.state.people = People(database)
    app.state.invitations = Invitations(database, app.state.outbox if by_email else None)
    app.state.console = Room(database, service, app.state.access, Cards(crm, Guard()))
    app.state.transcripts = transcripts or Transcripts(database, app.state.outbox, business, on=False)
    app.state.copies = copies.limit()
    app.state.keeper = keeper
    app.state.teller = Teller(app.state.console)
    app.include_router(sessions.router)
    app.include_router(account.router)
    app.include_router(team.router)
    app.include_router(lists.router)
    app.include_router(whole.router)
    app.include_router(conversations.router)
    if keeper:
        app.include_router(attachments.router)
    app.include_router(canned.router)
    app.include_router(copies.router)
    app.include_router(install.router)
    app.include_router(outbox.router)
    app.add_api_websocket_route("/ws/console", socket.console)
