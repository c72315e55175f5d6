"""What the studio's calls share: the owner's files, the settings, the database."""

from fastapi import APIRouter, Depends, Request

from bot.desk.access import Session, current_owner
from bot.desk.console.answers import ConsoleRoute
from bot.settings import Settings
from bot.storage.engine import Database
from bot.studio.files.workspace import LARGEST, Workspace
from bot.studio.questions.questions import Questions


class Room:
    """One for each desk. Whatever reads or writes files blocks: call it by `database.run` or a thread."""

    def __init__(self, settings: Settings, database: Database) -> None:
        self.settings, self.database = settings, database
        self.workspace = Workspace(settings.files, settings.var / "studio")
        self.questions = Questions(self.workspace)


class StudioRoute(ConsoleRoute):
    """As the console's, but a call may be as large as a file."""

    largest = LARGEST + 65_536


def router(noun: str) -> APIRouter:
    """Make the router of one noun below `/api/console/studio/`."""
    return APIRouter(
        prefix=f"/api/console/studio/{noun}",
        route_class=StudioRoute,
        tags=["studio"],
        dependencies=[Depends(current_owner)],
    )


def room(request: Request) -> Room:
    """Return the studio's room, as a dependency."""
    found: Room = request.app.state.studio
    return found


def author(session: Session = Depends(current_owner)) -> str:
    """Return the name under which the signed-in owner's changes are noted."""
    return session.agent.name
