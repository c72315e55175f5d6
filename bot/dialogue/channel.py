"""The channel through which the desk talks to Rasa. Whatever goes wrong is said, never an empty answer."""

import asyncio
import logging
import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, StrictStr, ValidationError, root_validator
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.dialogue import loading, trackers
from bot.dialogue.heard import heard
from bot.dialogue.policy import ESCALATE
from bot.dialogue.transcript import marks
from bot.dialogue.turn import check_answers_fast, ran, take_turn
from bot.errors import (
    BrainCannotRead,
    BrainTimeout,
    BrainUnavailable,
    ModelError,
    NotAuthenticated,
    OwnerFileError,
    SettingsError,
)
from bot.secret import is_shown

CONVERSATION = r"^[A-Za-z0-9_-]{1,64}$"
LONGEST = 16_384  # signs; the desk itself takes no more than 4096 bytes from a visitor
Take = Callable[[Agent, UserMessage], Awaitable[DialogueStateTracker]]
logger = logging.getLogger(__name__)


class Metadata(BaseModel, extra=Extra.ignore):
    """What the desk knows of the visitor. Nothing else reaches the conversation as metadata."""

    customer_id: StrictStr | None = Field(None, max_length=200)
    customer_name: StrictStr | None = Field(None, max_length=200)
    locale: StrictStr | None = Field(None, max_length=35)
    written: StrictStr | None = Field(None, max_length=8)  # the language, where it is surely not ours


class Forgotten(BaseModel, extra=Extra.ignore):
    """The conversation of which nothing is to be known any more."""

    conversation: StrictStr = Field(regex=CONVERSATION)


class ModelToLoad(BaseModel, extra=Extra.ignore):
    """The trained model to answer from, as a path on this machine."""

    model: StrictStr = Field(min_length=1, max_length=4096)


class TurnRequest(BaseModel, extra=Extra.ignore):
    """One message from the desk."""

    conversation: StrictStr = Field(regex=CONVERSATION)
    message_id: StrictStr = Field(min_length=1, max_length=128)
    kind: Literal["text", "payload"]
    text: StrictStr = Field(min_length=1, max_length=LONGEST)
    metadata: Metadata = Metadata()

    @root_validator(skip_on_failure=True)
    def readable(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Take the power from typed text; let nothing but commands pass as payload."""
        if values["kind"] == "text":
            values["text"] = as_words(values["text"])
        elif not re.match(r"/[a-z]", values["text"]):
            raise ValueError("a payload begins with / and an intent")
        return values


def as_words(text: str) -> str:
    """Return what a visitor typed so that Rasa cannot take it for a command.

    Rasa strips blanks before it looks for `/`, and other blanks than we may think of; so all that
    cannot be seen goes from the front, together with the slashes.
    """
    for at, sign in enumerate(text):
        if sign != "/" and unicodedata.category(sign)[0] not in "CZ":
            return text[at:].rstrip()
    return "…"  # nothing but slashes and blanks: nothing was said


class DeskChannel(InputChannel):
    """`POST /webhooks/desk/turn`: a message in, the bot's messages out. `/forget` deletes a conversation,
    `/load` has the bot answer from another model.
    """

    def __init__(self, secret: str, *, take: Take = take_turn) -> None:
        self._secret, self._take, self._loading = secret, take, asyncio.Lock()

    @classmethod
    def name(cls) -> str:
        return "desk"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> "DeskChannel":
        secret = str((credentials or {}).get("secret") or "")
        if len(secret) < 32 or secret.startswith("${"):
            raise SettingsError(
                "KINDHAND_SECRET", "is missing or too short", "`kindhand up` sets it; see docs/dialogue.md."
            )
        check_answers_fast()
        return cls(secret)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        door = Blueprint("desk_channel", __name__)

        @door.get("/")
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @door.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await self._turn(request)

        @door.post("/forget")
        async def forget(request: Request) -> HTTPResponse:
            return await self._forget(request)

        @door.post("/load")
        async def load(request: Request) -> HTTPResponse:
            return await self._load(request)

        return door

    async def _forget(self, request: Request) -> HTTPResponse:
        try:
            if not is_shown(request.headers, self._secret):
                raise NotAuthenticated("The secret is missing or wrong.")
            await trackers.forget(request.app.ctx.agent, Forgotten.parse_raw(request.body).conversation)
            return json({})
        except NotAuthenticated:
            return json({"error": "not_authenticated"}, 401)
        except ValidationError:
            return json({"error": "bad_request"}, 400)
        except Exception as problem:
            logger.error("a conversation could not be forgotten: %s", type(problem).__name__)
            return json({"error": "internal"}, 500)

    async def _load(self, request: Request) -> HTTPResponse:
        try:
            if not is_shown(request.headers, self._secret):
                raise NotAuthenticated("The secret is missing or wrong.")
            asked = ModelToLoad.parse_raw(request.body)
            async with self._loading:
                await loading.load(request.app.ctx.agent, Path(asked.model))
            return json({})
        except NotAuthenticated:
            return json({"error": "not_authenticated"}, 401)
        except ValidationError:
            return json({"error": "bad_request"}, 400)
        except (ModelError, OwnerFileError) as problem:
            return json({"error": "not_loaded", "text": str(problem)}, 409)

    async def _turn(self, request: Request) -> HTTPResponse:
        try:
            if not is_shown(request.headers, self._secret):
                raise NotAuthenticated("The secret is missing or wrong.")
            asked = TurnRequest.parse_raw(request.body)
            return json(await answer(request.app.ctx.agent, asked, self._take))
        except BrainCannotRead:
            return json({"messages": [], "unread": True})
        except NotAuthenticated:
            return json({"error": "not_authenticated"}, 401)
        except ValidationError as problem:
            fields = ",".join(str(error["loc"][0]) for error in problem.errors())
            logger.warning("refused a turn: %s", fields)
            return json({"error": "bad_request", "fields": fields}, 400)
        except BrainUnavailable as problem:
            logger.error("turn %s failed: %s", asked.message_id, problem)
            return json({"error": "actions" if str(problem) == "actions" else "unavailable"}, 503)
        except BrainTimeout:
            logger.error("turn %s took too long", asked.message_id)
            return json({"error": "timeout"}, 504)
        except Exception as problem:
            # Anything may come out of Rasa. Its text may quote the visitor, so only the kind is logged.
            logger.error("turn failed with %s", type(problem).__name__)
            return json({"error": "internal"}, 500)


async def answer(agent: Agent, asked: TurnRequest, take: Take = take_turn) -> dict[str, Any]:
    """Let the bot answer one message; return its messages and, where it can be told, what it heard.

    Raises:
        BrainUnavailable: something is missing, or nothing was said.
        BrainCannotRead: it is in a language that the bot does not read.
        BrainTimeout: it took too long.
    """
    collected = CollectedAnswers()
    message = UserMessage(
        asked.text,
        collected,
        asked.conversation,
        input_channel=DeskChannel.name(),
        message_id=asked.message_id,
        metadata=asked.metadata.dict(),
    )
    tracker = await take(agent, message)
    # After a hand-over the desk speaks; at any other time silence is a failure.
    if not collected.answers and not ran(tracker, ESCALATE):
        raise BrainUnavailable("nothing was said")
    understood = heard(asked.message_id, tracker)
    return {"messages": collected.answers} | ({"heard": understood} if understood else {})


class CollectedAnswers(CollectingOutputChannel):
    """Keep the bot's messages in the desk's own form, each in one piece."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[dict[str, Any]] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        text = (message.get("text") or "").strip()
        buttons = [{"title": b["title"], "payload": b["payload"]} for b in message.get("buttons") or []]
        if text:
            response = message.get("utter_action") or ""
            said = {"text": text, "buttons": buttons, **marks(response)}
            card = (message.get("custom") or {}).get("card")
            self.answers.append(said | ({"card": card} if card else {}))
