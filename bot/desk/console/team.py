"""The team: who is on it, links to join it, and the audit log."""

from typing import Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, StrictBool, conint, conlist, constr
from starlette.concurrency import run_in_threadpool

from bot.desk.access import Session, SignedIn, check_origin, current_agent, current_owner
from bot.desk.console.answers import ConsoleRoute
from bot.desk.console.room import Room
from bot.desk.console.sessions import Email, Password, address
from bot.handoff.life import HELD, IN_LINE
from bot.storage import workload
from bot.storage.workload import Open

router = APIRouter(prefix="/api/console", route_class=ConsoleRoute, tags=["console"])

FAR = 2**31 - 1  # beyond it no database has a number for an entry
Name = constr(strict=True, max_length=100)
Role = Literal["agent", "owner"]
Word = constr(strict=True, min_length=1, max_length=40)


class Invite(BaseModel):
    email: Email
    name: Name = ""
    role: Role = "agent"


class Change(BaseModel):
    """What is to change of an agent; what is left out stays."""

    name: constr(strict=True, strip_whitespace=True, min_length=1, max_length=100) | None = None
    role: Role | None = None
    disabled: StrictBool | None = None
    skills: conlist(Word, max_items=50) | None = None
    languages: conlist(constr(strict=True, regex=r"^[a-z]{2,3}\Z"), max_items=20) | None = None
    capacity: conint(strict=True, ge=1, le=50) | None = None  # null: the default


class Reset(BaseModel):
    drop_second_factor: StrictBool = False


class Withdrawn(BaseModel):
    email: Email


class Token(BaseModel):
    token: constr(strict=True, max_length=100)


class Accept(Token):
    name: Name = ""
    password: Password


@router.get("/team")
async def team(request: Request, agent: SignedIn = Depends(current_agent)) -> dict[str, Any]:
    """List colleagues; owners see more of them."""
    state = request.app.state
    return await state.database.run(state.people.listed, agent, state.console.service.staff)


@router.post("/team/invite")
async def invite(body: Invite, request: Request, session: Session = Depends(current_owner)) -> dict[str, Any]:
    """Give a link by which somebody joins; it also goes by e-mail where e-mail is set up."""
    state, desk = request.app.state, request.headers["origin"]

    def work() -> dict[str, Any]:
        return state.invitations.invite(session.agent, body.email, body.name, body.role, desk=desk).as_dict()

    return await state.database.run(work)


@router.post("/team/withdraw")
async def withdraw(body: Withdrawn, request: Request, session: Session = Depends(current_owner)) -> dict:
    """End an invitation that nobody has accepted yet."""
    state = request.app.state
    await state.database.run(state.invitations.withdraw, session.agent, body.email)
    return {}


@router.post("/team/{id}/reset")
async def reset(
    id: str, body: Reset, request: Request, session: Session = Depends(current_owner)
) -> dict[str, Any]:
    """Give a link by which an agent chooses a new password."""
    state, desk = request.app.state, request.headers["origin"]

    def work() -> dict[str, Any]:
        drop = body.drop_second_factor
        return state.invitations.reset(session.agent, id, drop_second_factor=drop, desk=desk).as_dict()

    return await state.database.run(work)


@router.post("/team/{id}")
async def change(
    id: str, body: Change, request: Request, session: Session = Depends(current_owner)
) -> dict[str, Any]:
    """Change an agent; who is disabled is signed out at once, and conversations go back to the queue."""
    state, wanted = request.app.state, body.dict(exclude_unset=True)
    for name in ("name", "role", "disabled", "skills", "languages"):
        if wanted.get(name, "") is None:
            del wanted[name]
    ended = await state.database.run(state.people.change, session.agent, id, wanted)
    for one in ended:
        state.console.screens.sign_out(one)
    if wanted.get("disabled"):
        await _let_go(state.console, id)
    return await state.database.run(state.people.listed, session.agent, state.console.service.staff)


async def _let_go(room: Room, agent_id: str) -> None:
    """Put what an agent has, and what was offered to them, back into the queue."""

    def work() -> list[Open]:
        with room.database.read() as connection:
            return workload.open_handoffs(connection, (*IN_LINE, *HELD))

    for one in await room.database.run(work):
        if one.agent_id == agent_id:
            await room.service.take_back(one.conversation_id, agent_id)
        elif one.offered_to == agent_id:
            await room.service.expire(one.conversation_id, agent_id)


@router.post("/invitation")
async def look(body: Token, request: Request) -> dict[str, Any]:
    """Tell what a link is for."""
    check_origin(request)
    state = request.app.state
    return await state.database.run(state.invitations.look, body.token, address(request))


@router.post("/accept")
async def accept(body: Accept, request: Request) -> dict[str, str]:
    """Take a link: join, or choose a new password. Then sign in."""
    check_origin(request)
    state = request.app.state
    work = state.invitations.accept
    email, ended = await run_in_threadpool(work, body.token, body.name, body.password, address(request))
    for one in ended:
        state.console.screens.sign_out(one)
    return {"email": email}


@router.get("/audit")
async def audit(
    request: Request,
    before: int | None = Query(None, ge=-FAR, le=FAR),
    agent: str = "",
    conversation: str = "",
    _: Session = Depends(current_owner),
) -> dict[str, Any]:
    """Give a page of the audit log, the newest first."""
    state = request.app.state

    def work() -> dict[str, Any]:
        return state.console.audit.entries(before, agent_id=agent, conversation_id=conversation)

    return await state.database.run(work)
