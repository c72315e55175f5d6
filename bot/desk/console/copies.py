"""The console's call for a copy of a conversation by e-mail."""

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, constr

from bot.desk.attempts import Attempts
from bot.desk.console.answers import ConsoleRoute
from bot.desk.console.conversations import Call, about
from bot.errors import TooMany

AN_HOUR = 3600.0
COPIES = 30  # that one agent sends in an hour
router = APIRouter(prefix="/api/console/conversations", route_class=ConsoleRoute, tags=["console"])


class To(BaseModel):
    email: constr(strict=True, max_length=254)


@router.post("/{id}/transcript")
async def transcript(body: To, request: Request, call: Call = Depends(about)) -> dict[str, str]:
    """Send what the visitor could read to an address; private notes are no part of it."""
    state = request.app.state
    address = state.transcripts.check(body.email)
    if not state.copies.take(call.agent.id):
        raise TooMany(f"{COPIES} copies an hour are the limit. Please try again later.")
    return {"text": await state.transcripts.send(call.conversation.id, address)}


def limit() -> Attempts:
    """Return what counts the copies of each agent."""
    return Attempts(limit=COPIES, seconds=AN_HOUR)
