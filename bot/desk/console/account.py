"""What agents do for themselves: password, sessions, second factor, a breather."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, conint
from starlette.concurrency import run_in_threadpool

from bot.desk.access import COOKIE, Session, current_session
from bot.desk.account import Account
from bot.desk.console.answers import ConsoleRoute
from bot.desk.console.sessions import Code, Password, set_cookie
from bot.desk.people import People
from bot.handoff.model import iso

router = APIRouter(prefix="/api/console/me", route_class=ConsoleRoute, tags=["console"])
T = TypeVar("T")


class NewPassword(BaseModel):
    old: Password
    new: Password


class WithPassword(BaseModel):
    password: Password


class WithCode(BaseModel):
    code: Code


class WithBoth(WithPassword, WithCode):
    pass


class Breather(BaseModel):
    minutes: conint(strict=True, ge=0, le=480)


class Call:
    """A call by an agent about their own account."""

    def __init__(self, request: Request, session: Session = Depends(current_session)) -> None:
        state = request.app.state
        self.account: Account = state.account
        self.people: People = state.people
        self.session, self._database, self._screens = session, state.database, state.console.screens

    async def run(self, work: Callable[..., T], *arguments: Any) -> T:
        return await self._database.run(work, *arguments)

    def end(self, ended: Sequence[str]) -> None:
        """Close the screens of sessions that are over."""
        for id in ended:
            self._screens.sign_out(id)


@router.post("/password")
async def password(body: NewPassword, request: Request, response: Response, call: Call = Depends()) -> dict:
    """Set a new password; other sessions end, this one goes on under a new cookie."""
    work = call.account.change_password
    cookie, csrf, ended = await run_in_threadpool(work, call.session, body.old, body.new)
    set_cookie(request, response, cookie)
    call.end(ended)
    return {"csrf": csrf, "ended": len(ended)}


@router.get("/sessions")
async def sessions(call: Call = Depends()) -> dict[str, Any]:
    """List where the agent is signed in."""
    return {"sessions": await call.run(call.account.sessions, call.session)}


@router.post("/sessions/{id}/revoke")
async def revoke(id: str, response: Response, call: Call = Depends()) -> dict[str, Any]:
    """End one of the agent's sessions, or with `others` all but this one."""
    if id == "others":
        ended = await call.run(call.account.revoke_others, call.session)
    else:
        ended = await call.run(call.account.revoke, call.session, id)
    call.end(ended)
    if call.session.id in ended:
        response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return {"ended": len(ended)}


@router.get("/second-factor")
async def second_factor(call: Call = Depends()) -> dict[str, Any]:
    """Tell whether there is a second factor, and how many recovery codes are left."""
    return await call.run(call.account.second_factor, call.session.agent)


@router.post("/second-factor/start")
async def start(body: WithPassword, call: Call = Depends()) -> dict[str, Any]:
    """Give a secret for an authenticator app, also as a QR code."""
    return await run_in_threadpool(call.account.start_second_factor, call.session, body.password)


@router.post("/second-factor/confirm")
async def confirm(body: WithCode, call: Call = Depends()) -> dict[str, Any]:
    """Switch it on with a code of the app; the recovery codes are told this once."""
    return {"codes": await call.run(call.account.confirm_second_factor, call.session, body.code)}


@router.post("/second-factor/codes")
async def codes(body: WithBoth, call: Call = Depends()) -> dict[str, Any]:
    """Give new recovery codes in place of the old."""
    work = call.account.renew_codes
    return {"codes": await run_in_threadpool(work, call.session, body.password, body.code)}


@router.post("/second-factor/off")
async def off(body: WithBoth, call: Call = Depends()) -> dict[str, Any]:
    """Switch it off."""
    await run_in_threadpool(call.account.stop_second_factor, call.session, body.password, body.code)
    return {}


@router.post("/breather")
async def breather(body: Breather, call: Call = Depends()) -> dict[str, Any]:
    """Have nothing new offered for some minutes; 0 ends it."""
    until = await call.run(call.people.breather, call.session.agent, body.minutes)
    return {"breather_until": iso(until) if until else None}
