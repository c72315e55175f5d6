"""One visitor's socket: frames in, frames out."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel
from starlette.websockets import WebSocket

from bot.desk.sockets import NOT_AUTHENTICATED, TRY_LATER, VIOLATION, Socket
from bot.desk.visitor import frames, identity, wire, wishes
from bot.desk.visitor.gateway import Gateway
from bot.desk.visitor.limits import Bucket
from bot.desk.visitor.survey import Asking
from bot.desk.visitor.wishes import Wishes
from bot.errors import KindhandError, NotAuthenticated, NotFound, ProtocolError, TooMany
from bot.handoff.entrance import Entered, Link, LinkOver, Seen
from bot.handoff.events import (
    AgentRead,
    ConversationErased,
    Event,
    MessageAdded,
    OwnerChanged,
    PrechatAnswered,
    QueueMoved,
    TypingChanged,
    VisitorIdentified,
)
from bot.handoff.model import PERSON_BUTTON, RETRY_BUTTON, VISITOR, WAITING, Message, Receipt
from bot.handoff.plain import one_line

# What people get wrong in a form: they may try more often than a widget that sends nonsense.
MISTAKES = ("bad_address", "bad_answer", "bad_time", "link_over", "prechat_needed")
logger = logging.getLogger(__name__)


async def serve(gateway: Gateway, websocket: WebSocket) -> None:
    """Serve one visitor's socket until it ends."""
    await websocket.accept()
    socket = Socket(websocket)
    address = websocket.client.host if websocket.client else ""
    with ExitStack() as held:
        try:
            held.enter_context(gateway.addresses.take(address))
        except TooMany as refusal:
            await socket.refuse(wire.error(refusal.code, refusal.text, None), TRY_LATER)
            return
        session = held.enter_context(Session(gateway, socket, address))
        await socket.serve(session.read())


class Session:
    """What one socket has seen and may do. Use as a context manager: leaving stops all that it holds."""

    def __init__(self, gateway: Gateway, socket: Socket, address: str) -> None:
        self._desk, self._socket, self._address = gateway, socket, address
        self._conversation = ""  # until hello
        self._language: str | None = None  # of what the desk says here
        self._customer: str | None = None  # who has signed in on this socket
        self._sent = 0  # the newest message that this socket has
        self._seen = 0  # the newest that the visitor has seen here
        self._early: list[Event] | None = []  # heard while the past is still being sent
        self._asking: Asking | None = None  # the survey; from hello on
        self._wishes: Wishes | None = None  # from hello on
        self._unacknowledged: set[str] = set()
        self._typing = False
        self._strikes = self._throttled = 0
        self._frames = Bucket(gateway.limits.frames, gateway.limits.frames / 2)
        self._held = ExitStack()

    def __enter__(self) -> "Session":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()
        if self._typing:
            self._tell_typing(False)

    async def read(self) -> None:
        """Act on what the widget sends until it leaves or has to."""
        async for text in self._socket.texts(first_within=self._desk.limits.hello_seconds):
            frame: BaseModel | None = None
            try:
                self._frames.take()
                frame = frames.parse(text)
                await self._act(frame)
                self._strikes = self._throttled = 0
            except ProtocolError as refusal:
                if self._refuse(refusal, _cmid(frame, refusal)):
                    return
            except Exception as problem:
                if isinstance(problem, KindhandError):
                    logger.error("%s refused: %s", self._conversation, type(problem).__name__)
                else:
                    logger.exception("a frame failed in %s", self._conversation or "a new chat")
                self._error("internal", "That did not work. Please try again.", _cmid(frame, None))
                if self._early is not None:  # half a hello is none: it is said again on a new line
                    self._socket.close(TRY_LATER)
                    return

    # What comes in.

    async def _act(self, frame: BaseModel) -> None:
        if isinstance(frame, frames.Ping):
            self._socket.send({"op": "pong"})
        elif isinstance(frame, frames.Hello):
            await self._hello(frame)
        elif not self._conversation:
            raise frames.FrameRefused("Say hello first.")
        elif isinstance(frame, frames.Typing):
            self._tell_typing(frame.on)
        elif isinstance(frame, frames.Say):
            await self._say(frame)
        elif isinstance(frame, frames.Choose):
            await self._choose(frame)
        elif isinstance(frame, frames.Person):
            step = self._desk.service.request_person
            await self._keep(frame.cmid, lambda: step(self._conversation, frame.cmid))
        elif isinstance(frame, frames.LeaveQueue):
            leave = self._desk.service.leave_queue
            await self._keep(frame.cmid, lambda: leave(self._conversation, frame.cmid))
        elif isinstance(frame, frames.Read):
            await self._read(frame.seq)
        elif isinstance(frame, wishes.OURS) and self._wishes:
            await self._wishes.act(frame, language=self._language)
        elif isinstance(frame, frames.Survey) and self._asking:
            await self._asking.answer(frame)

    async def _hello(self, hello: frames.Hello) -> None:
        if self._conversation:
            raise frames.FrameRefused("Hello was said already.")
        entered = await self._enter(hello)
        id = entered.conversation.id
        self._wishes = Wishes(self._desk, id, self._address, send=self._socket.send, keep=self._keep)
        self._held.enter_context(self._desk.sockets.take(id))
        self._conversation = id
        # First listen, then look: whatever happens in between is seen twice and sent once.
        self._held.enter_context(self._desk.service.bus.subscribe(self._hear, id))
        seen = await self._look(hello.last_seq)
        if seen.conversation.customer_id != self._customer:  # somebody signed in between the two looks
            raise NotAuthenticated("Sign in to go on with that conversation.")
        self._socket.send(self._ready(seen, entered.token) | self._wishes.ready(seen.conversation))
        for message in seen.messages:
            await self._socket.send_when_possible(wire.message(message))
        self._sent = seen.conversation.last_seq
        await self._tell_standing(seen)
        early, self._early = self._early or [], None
        self._asking = self._held.enter_context(Asking(self._desk.service, id, self._socket.send))
        self._asking.begin(seen.conversation, again=hello.last_seq > 0)
        for event in early:
            self._hear(event)

    async def _look(self, last_seq: int) -> Seen:
        try:
            return await self._desk.entrance.look(self._conversation, last_seq)
        except NotFound:  # erased between the two looks
            raise NotAuthenticated("That conversation is not known here.") from None

    async def _tell_standing(self, seen: Seen) -> None:
        """Tell what would have been told while the visitor was away."""
        if seen.agent_read:
            self._socket.send({"op": "read", "seq": seen.agent_read})
        if seen.conversation.owner == WAITING:
            standing = await self._desk.service.standing(self._conversation)
            if standing:
                self._socket.send(wire.queue(standing))

    async def _enter(self, hello: frames.Hello) -> Entered:
        known = identity.read(hello.identity, self._desk.identity_secret) if hello.identity else None
        self._customer = known.customer_id if known else None
        if not hello.token:
            self._desk.chats.of(self._address).take()
        link = Link(hello.link.code, hello.link.key) if hello.link else None
        about = {"locale": hello.locale, "link": link}
        try:
            return await self._desk.entrance.enter(hello.token or None, known, _page(hello.page), **about)
        except LinkOver:
            language = self._desk.business.texts.language_for(None, hello.locale)
            raise LinkOver(self._desk.business.say("link_over", language=language)) from None

    async def _say(self, say: frames.Say) -> None:
        step = self._desk.service.receive
        await self._keep(say.cmid, lambda: step(self._conversation, say.cmid, say.text))

    async def _choose(self, choose: frames.Choose) -> None:
        service, id, cmid = self._desk.service, self._conversation, choose.cmid
        chosen = await self._desk.entrance.button(id, choose.seq, choose.button)
        if chosen is None:
            raise NotFound("That button is not there.")
        steps: dict[str, Callable[[], Awaitable[Receipt]]] = {
            PERSON_BUTTON: lambda: service.request_person(id, cmid, button=chosen.title),
            RETRY_BUTTON: lambda: service.retry(id, cmid, chosen.title),
        }
        say = steps.get(chosen.id) if chosen.payload is None else None
        await self._keep(
            cmid, say or (lambda: service.receive(id, cmid, chosen.title, payload=chosen.payload))
        )

    async def _read(self, seq: int) -> None:
        """Note how far the visitor has read of what this socket was sent."""
        if self._seen < seq <= self._sent:
            self._seen = seq
            await self._desk.service.visitor_read(self._conversation, seq)

    async def _keep(self, cmid: str, step: Callable[[], Awaitable[Receipt]]) -> None:
        """Have a message stored within the limits, and acknowledge it."""
        bucket = self._desk.messages.of(self._conversation)
        bucket.check()
        if self._desk.turns.waiting(self._conversation) >= self._desk.limits.queue:
            raise TooMany("There is a lot to answer already.")
        self._unacknowledged.add(cmid)
        try:
            receipt = await step()
        except BaseException:
            self._unacknowledged.discard(cmid)
            raise
        if receipt.fresh:
            bucket.spend()
        if cmid in self._unacknowledged:  # not heard: it was here before
            self._unacknowledged.discard(cmid)
            self._socket.send(wire.ack(receipt.message))

    def _tell_typing(self, on: bool) -> None:
        if on != self._typing:
            self._typing = on
            self._desk.service.typing(self._conversation, VISITOR, None, on)

    # What goes out.

    def _hear(self, event: Event) -> None:
        if self._early is not None:
            self._early.append(event)
            return
        if self._asking:
            self._asking.hear(event)
        if isinstance(event, MessageAdded):
            self._hear_message(event.message)
        elif isinstance(event, OwnerChanged):
            self._socket.send({"op": "owner", **wire.owner(event.kind, event.agent_name, event.version)})
        elif isinstance(event, QueueMoved):
            self._socket.send(wire.queue(event))
        elif isinstance(event, AgentRead):
            self._socket.send({"op": "read", "seq": event.seq})
        elif isinstance(event, ConversationErased):
            # The token leads nowhere any more: the widget forgets it and begins anew.
            if self._wishes:
                self._wishes.erased()
            self._socket.close(NOT_AUTHENTICATED)
        elif isinstance(event, PrechatAnswered) and self._wishes:
            self._wishes.answered()
        elif isinstance(event, VisitorIdentified):
            self._hear_identified(event)
        elif isinstance(event, TypingChanged) and event.speaker != VISITOR:
            typing = {"speaker": event.speaker, "name": event.name, "on": event.on}
            self._socket.send({"op": "typing", **typing})

    def _hear_message(self, message: Message) -> None:
        if message.seq <= self._sent:
            return
        self._sent = message.seq
        if message.cmid in self._unacknowledged:
            self._unacknowledged.discard(message.cmid)
            self._socket.send(wire.ack(message))
        self._socket.send(wire.message(message))

    def _hear_identified(self, event: VisitorIdentified) -> None:
        """Leave a conversation that is a customer's by now, unless it is they who are here."""
        if event.customer_id != self._customer:
            self._error("not_authenticated", "Sign in to go on with that conversation.", None)
            self._socket.close(NOT_AUTHENTICATED)

    def _ready(self, seen: Seen, token: str) -> dict[str, Any]:
        conversation, business = seen.conversation, self._desk.business
        self._language = business.texts.language_for(conversation.language, conversation.locale)
        name = conversation.customer_name
        greeting = business.greeting(name and name.split()[0], language=self._language)
        buttons = [
            {"id": f"g{n}", "title": quick.title, "text": quick.ask}
            for n, quick in enumerate(business.questions(language=self._language), 1)
        ]
        return {
            "op": "ready",
            "conversation": conversation.id,
            "token": token,
            "last_seq": conversation.last_seq,
            "owner": wire.owner(conversation.owner, seen.agent_name, conversation.version),
            "visitor": {"name": name} if name else None,
            "business": {"name": business.name, "assistant": business.assistant_name},
            "transcript": self._desk.transcripts.on,
            "attachments": self._desk.keeper.offer,
            "greeting": {"text": greeting, "buttons": buttons},
        }

    def _refuse(self, refusal: ProtocolError, cmid: str | None) -> bool:
        """Say what is wrong; tell whether that was the end."""
        text = refusal.text
        if isinstance(refusal, TooMany):
            text = self._desk.business.say("too_many", language=self._language)
            self._throttled += 1
        elif refusal.code in MISTAKES:
            self._throttled += 1
        else:
            self._strikes += 1
        self._error(refusal.code, text, cmid)
        limits = self._desk.limits
        if isinstance(refusal, NotAuthenticated):
            self._socket.close(NOT_AUTHENTICATED)
        elif self._strikes >= limits.strikes or self._throttled >= limits.throttled:
            self._socket.close(VIOLATION)
        elif not self._conversation and isinstance(refusal, TooMany):
            self._socket.close(TRY_LATER)
        else:
            return False
        return True

    def _error(self, code: str, text: str, cmid: str | None) -> None:
        self._socket.send(wire.error(code, text, cmid))


def _cmid(frame: BaseModel | None, refusal: ProtocolError | None) -> str | None:
    if isinstance(refusal, frames.FrameRefused):
        return refusal.cmid or getattr(frame, "cmid", None)
    return getattr(frame, "cmid", None)


def _page(page: str | None) -> str | None:
    """Return the address of the page that the chat is on, if it is one."""
    try:
        is_page = bool(page) and urlsplit(page[:500]).scheme in ("http", "https")
    except ValueError:
        is_page = False  # such as http://[
    return one_line(page, 500) if page and is_page else None
