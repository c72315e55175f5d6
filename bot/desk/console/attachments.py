"""The console's calls for files: looking at those in a conversation, and sending one."""

from typing import Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from bot.attachments.keeper import Keeper
from bot.attachments.refusals import AttachmentRefused
from bot.desk.access import SignedIn, current_agent
from bot.desk.console.answers import ConsoleRoute
from bot.desk.console.conversations import Call, about
from bot.desk.files import Cmid, Name, answer, in_words, is_too_big

router = APIRouter(prefix="/api/console", route_class=ConsoleRoute, tags=["console"])


def keeper(request: Request) -> Keeper:
    return request.app.state.keeper


@router.get("/attachments/{id}")
async def look(
    id: str,
    small: bool = False,
    save: bool = False,
    keeper: Keeper = Depends(keeper),
    agent: SignedIn = Depends(current_agent),
) -> Response:
    """Give a file; every agent sees all conversations."""
    return answer(await keeper.give(id, small=small), save=save)


@router.post("/conversations/{id}/attachments")
async def send(
    request: Request,
    call: Call = Depends(about),
    keeper: Keeper = Depends(keeper),
    cmid: Cmid = Query(),  # type: ignore[valid-type]
    name: Name = Query(""),  # type: ignore[valid-type]
) -> dict[str, Any]:
    """Send a file, which is the body as it is; the same `cmid` again sends it once."""
    try:
        if is_too_big(request, keeper.agents_largest):
            raise AttachmentRefused("too_big")
        sending = keeper.from_agent(call.id, call.agent, cmid, name, request.stream())
        message = await call.take(sending)
    except AttachmentRefused as refusal:
        refusal.text = in_words(refusal, request.app.state.business, keeper.agents_largest, None)
        raise
    await call.room.read(call.agent.id, call.id, message.seq)
    return {"message": message.as_dict()}
