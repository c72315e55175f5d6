"""What a visitor asks of the desk besides talking: each wish has one answer."""

from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import BaseModel

from bot.desk.visitor import frames
from bot.desk.visitor.gateway import Gateway
from bot.handoff.leaving import Wish
from bot.handoff.model import Conversation, Receipt

Frame = dict[str, Any]
Keep = Callable[[str, Callable[[], Awaitable[Receipt]]], Awaitable[None]]
OURS = (frames.Transcript, frames.Continue, frames.Prechat, frames.Callback, frames.End, frames.Erase)


class Wishes:
    """Those of one socket. `send` sends a frame; `keep` has a message stored and acknowledged."""

    def __init__(
        self, desk: Gateway, conversation_id: str, address: str, *, send: Callable[[Frame], None], keep: Keep
    ) -> None:
        self._desk, self._id, self._address = desk, conversation_id, address
        self._send, self._keep = send, keep
        self._erasing: str | None = None
        self._answering: str | None = None

    async def act(self, wish: BaseModel, *, language: str | None) -> None:
        """Do what is wished, and say that it was done, in the language of the widget.

        Raises:
            ProtocolError: it cannot be done.
        """
        service, id = self._desk.service, self._id
        match wish:
            case frames.Transcript():
                told = await self._desk.send_copy(id, wish.email, self._address, language=language)
                self._send({"op": "transcript", "cmid": wish.cmid, "text": told})
            case frames.Continue():
                told = await self._desk.send_link(id, wish.email, self._address, language=language)
                self._send({"op": "continue", "cmid": wish.cmid, "text": told})
            case frames.Prechat():
                await self._answer(wish)
            case frames.Callback():
                where = Wish(wish.email, wish.phone, wish.at)
                await self._keep(wish.cmid, lambda: self._desk.call_back(id, wish.cmid, where))
            case frames.End():
                await self._keep(wish.cmid, lambda: service.end(id, wish.cmid))
            case frames.Erase():
                self._erasing = wish.cmid
                await service.erase(id)

    def ready(self, conversation: Conversation) -> Frame:
        """Return what a widget is told at the start of all this."""
        return {
            "transcript": self._desk.transcripts.on,
            "continuation": self._desk.continuations.on,
            "prechat": self._desk.service.prechat(conversation),
        }

    def erased(self) -> None:
        """Say that the conversation is gone."""
        self._send({"op": "erased", "cmid": self._erasing})

    def answered(self) -> None:
        """Say that what is asked before the chat was answered, here or in another tab."""
        cmid, self._answering = self._answering, None
        self._send({"op": "prechat", "cmid": cmid})

    async def _answer(self, wish: frames.Prechat) -> None:
        self._answering = wish.cmid
        try:
            await self._desk.service.answer_prechat(self._id, wish.answers, consent=wish.consent)
            if self._answering:  # not heard of: it was answered before
                self.answered()
        finally:
            self._answering = None
