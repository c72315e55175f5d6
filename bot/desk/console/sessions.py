"""Signing in and out, and the tickets that open sockets."""

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, constr
from starlette.concurrency import run_in_threadpool

from bot.desk.access import COOKIE, LASTS, Session, check_origin, current_session
from bot.desk.console.answers import ConsoleRoute

router = APIRouter(prefix="/api/console", route_class=ConsoleRoute, tags=["console"])


Email = constr(strict=True, max_length=254)
Password = constr(strict=True, max_length=1000)
Code = constr(strict=True, max_length=40)


class Login(BaseModel):
    email: Email
    password: Password
    code: Code = ""


def address(request: Request) -> str:
    """Return the network address that a call comes from."""
    return request.client.host if request.client else ""


def set_cookie(request: Request, response: Response, cookie: str) -> None:
    """Give the browser a cookie that only the desk may read, and that other sites' pages cannot use."""
    secure = request.headers["origin"].startswith("https:")
    seconds = int(LASTS.total_seconds())
    response.set_cookie(COOKIE, cookie, max_age=seconds, httponly=True, samesite="lax", secure=secure)


@router.post("/login")
async def login(body: Login, request: Request, response: Response) -> dict[str, Any]:
    """Sign in, with a code where there is a second factor; the cookie is always a new one."""
    check_origin(request)
    access = request.app.state.access

    def work() -> tuple[str, Session]:
        return access.login(
            body.email,
            body.password,
            address(request),
            code=body.code,
            before=request.cookies.get(COOKIE, ""),
            user_agent=request.headers.get("user-agent", ""),
        )

    cookie, session = await run_in_threadpool(work)
    set_cookie(request, response, cookie)
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
