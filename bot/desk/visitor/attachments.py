"""A visitor's files over HTTP: sent with the conversation's token, and read by nobody without it.

Who is signed in says so as on the socket, in the header `Kindhand-Identity`.
"""

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse, Response

from bot.attachments.refusals import AttachmentRefused
from bot.desk.files import Cmid, Name, answer, in_words, is_too_big
from bot.desk.visitor import identity
from bot.desk.visitor.gateway import Gateway
from bot.errors import NotAuthenticated, NotFound, ProtocolError
from bot.handoff.model import Conversation

IDENTITY = "kindhand-identity"
router = APIRouter(prefix="/api/visitor/attachments", include_in_schema=False)


async def visitors(request: Request) -> Conversation:
    """Find the conversation that a call's token leads to."""
    gateway: Gateway = request.app.state.gateway
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not 0 < len(token) <= 200:
        raise NotAuthenticated("That conversation is not known here.")
    signed = request.headers.get(IDENTITY)
    known = identity.read(signed, gateway.identity_secret) if signed else None
    return await gateway.entrance.find(token, known)


@router.post("")
async def send(
    request: Request,
    conversation: Conversation = Depends(visitors),
    cmid: Cmid = Query(),  # type: ignore[valid-type]
    name: Name = Query(""),  # type: ignore[valid-type]
) -> Response:
    """Take a file, which is the body as it is."""
    gateway: Gateway = request.app.state.gateway
    keeper, pace = gateway.keeper, gateway.files
    address = request.client.host if request.client else ""
    try:
        if not keeper.largest:
            raise NotFound("No files can be sent here.")
        with pace.places.take(address):
            pace.take(conversation.id, address)
            if is_too_big(request, keeper.largest):
                raise AttachmentRefused("too_big")
            message = await keeper.from_visitor(conversation.id, cmid, name, request.stream())
    except ProtocolError as problem:
        language = gateway.business.texts.language_for(conversation.language, conversation.locale)
        text = in_words(problem, gateway.business, keeper.largest, language)
        return JSONResponse({"error": {"code": problem.code, "text": text}}, problem.status)
    return JSONResponse({"seq": message.seq})


@router.get("/{id}")
async def look(
    id: str,
    request: Request,
    conversation: Conversation = Depends(visitors),
    small: bool = False,
    save: bool = False,
) -> Response:
    """Give a file of this conversation."""
    given = await request.app.state.gateway.keeper.give(id, conversation.id, small=small)
    return answer(given, save=save)
