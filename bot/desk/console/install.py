"""The console's call for whoever puts the chat on a website: where the desk is, and who may show it."""

from typing import Any

from fastapi import APIRouter, Depends, Request

from bot.desk.access import SignedIn, current_agent
from bot.desk.console.answers import ConsoleRoute

router = APIRouter(prefix="/api/console/install", route_class=ConsoleRoute, tags=["console"])


@router.get("")
async def install(request: Request, agent: SignedIn = Depends(current_agent)) -> dict[str, Any]:
    """Tell the desk's address, if the owner has named it, and the sites that may show the chat."""
    settings = request.app.state.settings
    return {"desk": settings.public_url or None, "sites": list(settings.allowed_origins)}
