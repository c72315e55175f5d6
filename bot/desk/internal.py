"""What our own processes may ask of the desk: a person for a conversation, and another assistant to ask."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, StrictStr, constr
from starlette.responses import JSONResponse

from bot.errors import NotAuthenticated, OwnerFileError
from bot.handoff.model import Cause
from bot.secret import is_shown

MOST = 50  # reasons or details in one request


class Asked(BaseModel):
    """Why a person is asked for, and what the bot had found out by then."""

    conversation: constr(strict=True, max_length=64)  # type: ignore[valid-type]
    cause: constr(strict=True, min_length=1, max_length=100)  # type: ignore[valid-type]
    reasons: list[dict[str, Any]] = []
    filled: list[dict[str, Any]] = []
    missing: list[dict[str, Any]] = []
    topics: list[constr(strict=True, max_length=100)] = []  # type: ignore[valid-type]


class Opened(BaseModel):
    """Whether this request opened the hand-over, and what the visitor was told."""

    opened: bool
    availability: StrictStr


class Wanted(BaseModel):
    """The assistant to ask from now on, as an address, and the folder with its version of the files."""

    brain: constr(strict=True, regex=r"^http://127\.0\.0\.1:\d{1,5}\Z")  # type: ignore[valid-type]
    folder: constr(strict=True, min_length=1, max_length=4096)  # type: ignore[valid-type]


class Present(BaseModel):
    """The assistant that is asked now; `leaving` counts the questions that one before is busy with."""

    brain: str
    folder: str
    leaving: int


class OurRoute(APIRoute):
    """A route for our own processes only; of what others send nothing is read."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            # Not as a dependency: those run after the body was taken in, however long it is.
            if not is_shown(request.headers, request.app.state.settings.secret):
                raise NotAuthenticated("The secret is missing or wrong.")
            return await handle(request)

        return answer


router = APIRouter(prefix="/internal", include_in_schema=False, route_class=OurRoute)


@router.post("/handoffs")
async def open_handoff(asked: Asked, request: Request) -> Opened:
    """Open a hand-over, once per cause."""
    lists = (asked.reasons, asked.filled, asked.missing, asked.topics)
    cause = Cause(asked.cause, *(tuple(one[:MOST]) for one in lists))
    opening = await request.app.state.service.open_handoff(asked.conversation, cause, by_bot=True)
    return Opened(opened=opening.opened, availability=opening.availability)


@router.get("/assistant")
async def assistant(request: Request) -> Present:
    """Tell which assistant answers here, and by which files."""
    desk = request.app.state.desk
    async with desk.taking_up:  # else who asks whether it was heard could be told so too early
        folder = str(desk.editions.present.folder)
        return Present(brain=desk.brain.url, folder=folder, leaving=desk.brain.leaving)


@router.post("/assistant")
async def take_up(wanted: Wanted, request: Request) -> Response:
    """Ask another assistant from now on, by the files of its version."""
    try:
        await request.app.state.desk.take_up(wanted.brain, Path(wanted.folder))
    except OwnerFileError as problem:
        return JSONResponse({"error": {"code": "owner_file", "text": str(problem)}}, 422)
    return JSONResponse({})


def routes(app: FastAPI) -> None:
    """Add the door for our own processes."""
    app.include_router(router)
