"""The Rasa SDK's action server, on this machine only and behind the shared secret."""

import asyncio
import logging
import traceback

from rasa_sdk.endpoint import create_app as create_sdk_app
from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot import wiring
from bot.dialogue.gently import asked_for, gently
from bot.dialogue.limits import ACTION_SECONDS
from bot.errors import OwnerFileError
from bot.secret import is_shown
from bot.settings import Settings

LARGEST = 8 * 1024 * 1024  # bytes; the whole conversation travels with every call
OPEN = "/health"
logger = logging.getLogger(__name__)


def create_app(settings: Settings) -> Sanic:
    """Return the action server for the actions of the package `actions`."""
    app = create_sdk_app("actions", cors_origins="")
    app.config.REQUEST_MAX_SIZE = LARGEST
    app.config.RESPONSE_TIMEOUT = ACTION_SECONDS
    app.config.KEEP_ALIVE_TIMEOUT = 120

    @app.on_request
    async def guard(request: Request) -> HTTPResponse | None:
        if request.path == OPEN:
            return None
        if not is_shown(request.headers, settings.secret):
            return json({"error": "not_authenticated"}, 401)
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            # The SDK would unpack without a limit; our Rasa never packs.
            return json({"error": "unsupported_encoding"}, 415)
        return None

    @app.post("/read-again")
    async def read_again(request: Request) -> HTTPResponse:
        """Take the owner's files as they are now: those of a draft change."""
        try:
            await asyncio.to_thread(wiring.read_again)
        except OwnerFileError as problem:
            return json({"error": "not_read", "text": str(problem)}, 409)
        return json({})

    @app.before_server_start
    async def before_start(app: Sanic, loop: object) -> None:
        warm_up(settings)

    app.error_handler.add(Exception, refuse)  # the SDK's own answers with the whole conversation
    return app


def warm_up(settings: Settings) -> None:
    """Build what the first action needs, or the first customer would wait for it."""
    wiring.detector().read("Good morning")
    wiring.similarity()("Good morning", "Good evening")
    wiring.business(settings)


async def refuse(request: Request, problem: Exception) -> HTTPResponse:
    """Answer a failed call without a word of what was in it."""
    status = problem.status_code if isinstance(problem, SanicException) else 500
    if status >= 500:
        # Where it happened, but not the error's own text, which may quote the visitor.
        where = "".join(traceback.format_tb(problem.__traceback__))
        logger.error("an action failed with %s\n%s", type(problem).__name__, where)
    return json({"error": "action_failed" if status >= 500 else "refused"}, status)


def main() -> None:
    """Serve until told to stop."""
    settings = Settings.load()
    logging.basicConfig(level=settings.log_level, format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)  # it greets with a line for each action
    if asked_for():
        gently(lambda: warm_up(settings))  # what was built once is there when the server starts
    app = create_app(settings)
    app.run("127.0.0.1", settings.actions_port, workers=1, access_log=False, motd=False)


if __name__ == "__main__":
    main()
