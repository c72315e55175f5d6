"""How console calls answer when something is wrong: `{"error": {code, text, ...}}` and a fitting status."""

import json
import logging
import traceback
from collections.abc import Callable, Coroutine, MutableMapping
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.desk.audit import act_of
from bot.errors import (
    KindhandError,
    NotFound,
    OwnerFileError,
    ProtocolError,
    StudioError,
    WrittenMeanwhile,
)
from bot.handoff.plain import storable

LARGEST = 65_536  # bytes of one call
logger = logging.getLogger(__name__)


class Conflict(ProtocolError):
    """Somebody was faster. `details` says what holds now."""

    status = 409

    def __init__(self, text: str, *, code: str, **details: Any) -> None:
        super().__init__(text, code=code)
        self.details = details


class ConsoleRoute(APIRoute):
    """A route that reads no more than it should and answers every error in the console's form."""

    largest = LARGEST

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                small = _SmallRequest(_readable(request.scope), request.receive)
                small.largest = self.largest
                answered = await handle(small)
                await _write_down(small)
                answered.headers["Cache-Control"] = "no-store"
                return answered
            except RequestValidationError as problem:
                return _error("bad_request", _where(problem), 400)
            except ProtocolError as problem:
                return _error(problem.code, problem.text, problem.status, **getattr(problem, "details", {}))
            except HTTPException as problem:
                code = "too_long" if problem.status_code == 413 else "bad_request"
                return _error(code, str(problem.detail), problem.status_code)
            except OwnerFileError as problem:
                where = {"file": problem.path, "line": problem.line}
                told = {"problem": problem.problem, "mend": problem.mend}
                return _error("owner_file", str(problem), 422, **where, **told)
            except StudioError as problem:
                told = {"by": problem.by} if isinstance(problem, WrittenMeanwhile) else {}
                return _error(problem.code, str(problem), 409, **told)
            except KindhandError as problem:
                logger.error("%s failed with %s", self.path, type(problem).__name__)
            except Exception as problem:
                # Without its text, which may hold what somebody said.
                frames = "".join(traceback.format_tb(problem.__traceback__))
                logger.error("%s failed with %s\n%s", self.path, type(problem).__name__, frames)
            return _error("internal", "The desk could not do that just now.", 500)

        return answer


async def _write_down(request: Request) -> None:
    """Have the audit log keep what was done, if it is something to keep."""
    agent, route = getattr(request.state, "agent", None), request.scope["route"]
    act = act_of(request.method, route.path.removeprefix("/api/console/"))
    if agent is None or act is None:
        return
    body = {} if request.method == "GET" else await _object(request)
    state, named = request.app.state, request.path_params
    id = next((named[name] for name in ("id", "intent", "conversation") if name in named), None)
    try:
        await state.database.run(state.console.audit.did, agent.id, act, id, body)
    except SQLAlchemyError as problem:
        # It is done, so it must not look undone; the log keeps what the table could not.
        logger.error("not in the audit log: %s by %s (%s)", act, agent.id, type(problem).__name__)


async def _object(request: Request) -> dict[str, Any]:
    try:
        found = await request.json()
    except ValueError:
        return {}  # a call that needs no body
    return found if isinstance(found, dict) else {}


def _readable(scope: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Return a call whose address holds no NUL: PostgreSQL takes none, and nothing of ours is named so."""
    if any("\0" in value for value in scope.get("path_params", {}).values()):
        raise NotFound("There is nothing of that name.")
    return {**scope, "query_string": scope["query_string"].replace(b"%00", b"%20")}


def _storable(value: Any) -> Any:
    """Clean all texts in what somebody sent, so that none fails later, where it is kept or shown."""
    match value:
        case str():
            return storable(value)
        case list():
            return [_storable(one) for one in value]
        case dict():
            return {storable(name): _storable(one) for name, one in value.items()}
    return value


class _SmallRequest(Request):
    largest = LARGEST

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            self._json = _storable(json.loads(await self.body()))
        return self._json

    async def body(self) -> bytes:
        if not hasattr(self, "_body"):
            self._body = await self._small_body()
        return self._body

    async def _small_body(self) -> bytes:
        body = b""
        async for chunk in self.stream():
            body += chunk
            if len(body) > self.largest:
                raise HTTPException(413, "That is too long.")
        return body


def _where(problem: RequestValidationError) -> str:
    """Name the first wrong field, without what stood in it."""
    first = problem.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'][1:]) or 'The call'}: {first['msg']}."


def _error(code: str, text: str, status: int, **details: Any) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "text": text, **details}}, status)
