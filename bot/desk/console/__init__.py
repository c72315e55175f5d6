"""The agents' side of the desk: `/api/console/` and `/ws/console`. It changes nothing but by `handoff`."""

from fastapi import FastAPI

from bot.crm.adapter import Crm
from bot.crm.guarded import Guard
from bot.desk.access import Access
from bot.handoff.service import HandoffService
from bot.storage.engine import Database


def routes(app: FastAPI, *, database: Database, service: HandoffService, crm: Crm) -> None:
    """Add the console to the desk."""
    from bot.desk.console import conversations, sessions, socket
    from bot.desk.console.cards import Cards
    from bot.desk.console.room import Room

    app.state.database = database
    app.state.access = Access(database)
    app.state.console = Room(database, service, app.state.access, Cards(crm, Guard()))
    app.include_router(sessions.router)
    app.include_router(conversations.router)
    app.add_api_websocket_route("/ws/console", socket.console)
