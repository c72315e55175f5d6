"""Signing in and out, and the tickets that open sockets."""

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, constr
from starlette.concurrency import run_in_threadpool

from bot.desk.access import COOKIE, LASTS, Session, check_origin, current_session
from bot.desk.console.answers import ConsoleRoute

router = APIRouter(prefix="/api/console", route_class=ConsoleRoute, tags=["console"])


class Login(BaseModel):
    email: constr(strict=True, max_length=254)
    password: constr(strict=True, max_length=1000)


@router.post("/login")
async def login(body: Login, request: Request, response: Response) -> dict[str, Any]:
    """Sign in; the cookie is always a new one."""
    check_origin(request)
    before, access = request.cookies.get(COOKIE, ""), request.app.state.access
    address = request.client.host if request.client else ""
    cookie, session = await run_in_threadpool(access.login, body.email, body.password, address, before=before)
    secure = request.headers["origin"].startswith("https:")
    seconds = int(LASTS.total_seconds())
    response.set_cookie(COOKIE, cookie, max_age=seconds, httponly=True, samesite="lax", secure=secure)
    return _who(session)


@router.post("/logout")
async def logout(request: Request, response: Response, session: Session = Depends(current_session)) -> dict:
    """Sign out, here and on every screen of this session."""
    state = request.app.state
    await state.database.run(state.access.logout, session)
    state.console.screens.sign_out(session.id)
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return {}


@router.get("/me")
async def me(session: Session = Depends(current_session)) -> dict[str, Any]:
    """Say who is signed in."""
    return _who(session)


@router.post("/ticket")
async def ticket(request: Request, session: Session = Depends(current_session)) -> dict[str, str]:
    """Give a ticket that opens one socket within 30 seconds."""
    return {"ticket": request.app.state.console.tickets.issue(session)}


def _who(session: Session) -> dict[str, Any]:
    return {"agent": session.agent.as_dict(), "csrf": session.csrf}
