"""The console's calls about what could not be delivered, seen by all so that nothing is lost quietly."""

from typing import Any

from fastapi import APIRouter, Depends, Request

from bot.desk.access import SignedIn, current_agent
from bot.desk.console.answers import ConsoleRoute
from bot.errors import NotFound
from bot.outbox.outbox import Outbox

router = APIRouter(prefix="/api/console/outbox", route_class=ConsoleRoute, tags=["console"])


def outbox(request: Request) -> Outbox:
    return request.app.state.outbox


@router.get("/failed")
async def failed(
    request: Request, outbox: Outbox = Depends(outbox), agent: SignedIn = Depends(current_agent)
) -> dict[str, Any]:
    """List what was given up, the newest first, without what is in it."""
    given_up = await request.app.state.database.run(outbox.failed)
    return {"failed": [failure.as_dict() for failure in given_up]}


@router.post("/{id}/retry")
async def retry(
    id: str, request: Request, outbox: Outbox = Depends(outbox), agent: SignedIn = Depends(current_agent)
) -> dict[str, Any]:
    """Try one of them again."""
    if not (id.isascii() and id.isdigit() and len(id) < 10):
        raise NotFound("Nothing of that number was given up.")
    await request.app.state.database.run(outbox.retry, int(id))
    return {}
