"""Which conversation a visitor is let into. Whoever comes without a right begins a new one."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from bot.errors import NotAuthenticated, NotFound, ProtocolError
from bot.handoff.bus import Bus
from bot.handoff.events import VisitorIdentified
from bot.handoff.model import AGENT, Button, Conversation, Message, utc_now
from bot.storage import agents, continuations, conversations, messages, reads
from bot.storage.engine import Database

LINK_LASTS = timedelta(days=1)
REMEMBERED = timedelta(days=7)  # a customer on another device finds a conversation this young


@dataclass(frozen=True)
class Identity:
    """Who somebody is, as the shop's server has signed it."""

    customer_id: str
    name: str


@dataclass(frozen=True)
class Link:
    """The code of a link in a letter, and the key of the browser that uses it.

    Both together lead to one token, so that the browser may ask again when the answer was lost.
    """

    code: str
    key: str

    @property
    def token(self) -> str:
        digest = hashlib.sha256(f"{self.key}:{self.code}".encode("utf-8", "replace")).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class LinkOver(ProtocolError):
    """A link that was used already, ran out, or leads to what is somebody's own by now."""

    code = "link_over"


@dataclass(frozen=True)
class Entered:
    """The visitor's conversation, and the token that leads back to it."""

    conversation: Conversation
    token: str


@dataclass(frozen=True)
class Seen:
    """A conversation at one moment, with the name of the agent who has it and how far they have read."""

    conversation: Conversation
    agent_name: str | None
    messages: list[Message]
    agent_read: int | None = None


class Entrance:
    """Let visitors in."""

    def __init__(self, database: Database, bus: Bus, clock: Callable[[], datetime] = utc_now) -> None:
        self._database, self._bus, self._clock = database, bus, clock

    async def enter(
        self,
        token: str | None,
        identity: Identity | None,
        page: str | None,
        *,
        locale: str | None = None,
        link: Link | None = None,
    ) -> Entered:
        """Find or begin the visitor's conversation; `locale` is the language of the widget, such as pt-BR.

        A link leads to its conversation whatever the token says, and is used up by it.

        Raises:
            NotAuthenticated: the token leads nowhere, or to a customer who has not signed in now.
            LinkOver: the link is good no more; it is as it was before.
        """
        if link:
            return await self._database.run(self._enter_by, link, identity, locale)
        entered, identified = await self._database.run(self._enter, token, identity, page, locale)
        if identified and identity:
            known = entered.conversation
            self._bus.publish(VisitorIdentified(known.id, identity.customer_id, identity.name))
        return entered

    async def find(self, token: str, identity: Identity | None) -> Conversation:
        """Return the conversation that a token leads to, by the same rules as for entering it.

        Raises:
            NotAuthenticated: the token leads nowhere, or to a customer who is not this one.
        """
        return await self._database.run(self._find, token, identity)

    async def look(self, conversation_id: str, after_seq: int) -> Seen:
        """Return how a conversation stands and what was said after a sequence number.

        A number that the conversation never reached cannot be ours; then everything is new.
        """
        return await self._database.run(self._look, conversation_id, after_seq)

    async def button(self, conversation_id: str, seq: int, id: str) -> Button | None:
        """Return a button that stands under a message."""

        def work() -> Button | None:
            with self._database.read() as connection:
                message = messages.find(connection, conversation_id, seq)
                return message.button(id) if message else None

        return await self._database.run(work)

    def _look(self, conversation_id: str, after_seq: int) -> Seen:
        with self._database.read() as connection:
            found = conversations.find(connection, conversation_id)
            if found is None:
                raise NotFound("There is no such conversation.")
            after = after_seq if after_seq <= found.last_seq else 0
            said, holder = messages.after(connection, conversation_id, after), found.agent_id
            if found.owner != AGENT or holder is None:
                return Seen(found, None, said)
            read = reads.up_to(connection, holder, conversation_id)
            return Seen(found, agents.name_of(connection, holder), said, read)

    def _find(self, token: str, identity: Identity | None) -> Conversation:
        with self._database.read() as connection:
            found = self._by_token(connection, token, identity)
        if found is None:
            raise NotAuthenticated("That conversation is not known here.")
        return found

    def _enter(
        self, token: str | None, identity: Identity | None, page: str | None, locale: str | None
    ) -> tuple[Entered, bool]:
        with self._database.write() as connection:
            known = self._by_token(connection, token, identity) if token else None
            if token and known:
                identified = identity is not None and known.customer_id is None
                known = self._identified(connection, known, identity)
                return Entered(self._spoken(connection, known, locale), token), identified
            found = self._latest(connection, identity) or self._begin(connection, identity, page)
            found = self._spoken(connection, found, locale)
            return Entered(found, self._new_token(connection, found)), False

    def _enter_by(self, link: Link, identity: Identity | None, locale: str | None) -> Entered:
        with self._database.write() as connection:
            known = conversations.by_token(connection, token_hash(link.token))
            id = known.id if known else continuations.use(connection, token_hash(link.code), self._clock())
            found = known or (conversations.find(connection, id) if id else None)
            # A letter proves nobody's identity: what has become a customer's opens for that customer only.
            mine = found and (
                found.customer_id is None or (identity and identity.customer_id == found.customer_id)
            )
            if not found or not mine:
                raise LinkOver("That link leads nowhere any more.")
            if not known:
                conversations.add_token(connection, token_hash(link.token), found.id, self._clock())
            return Entered(self._spoken(connection, found, locale), link.token)

    def _spoken(self, connection: Connection, known: Conversation, locale: str | None) -> Conversation:
        """Keep the language of the widget; whoever changes it is no longer known to write in another."""
        if locale is None or locale == known.locale:
            return known
        language = known.language if known.locale is None else None
        conversations.speak(connection, known.id, locale, language)
        return replace(known, locale=locale, language=language)

    def _by_token(self, connection: Connection, token: str, identity: Identity | None) -> Conversation | None:
        """Return the token's conversation, or None if another customer has signed in since."""
        found = conversations.by_token(connection, token_hash(token))
        if found is None:
            raise NotAuthenticated("That conversation is not known here.")
        if found.customer_id is None or (identity and identity.customer_id == found.customer_id):
            return found
        if identity is None:
            # Whoever uses this browser now need not be the customer who signed in then.
            raise NotAuthenticated("Sign in to go on with that conversation.")
        return None

    def _identified(
        self, connection: Connection, known: Conversation, identity: Identity | None
    ) -> Conversation:
        if identity is None:
            return known
        conversations.identify(connection, known.id, identity.customer_id, identity.name)
        return replace(known, customer_id=identity.customer_id, customer_name=identity.name)

    def _latest(self, connection: Connection, identity: Identity | None) -> Conversation | None:
        if identity is None:
            return None
        return conversations.latest_open_of(connection, identity.customer_id, self._clock() - REMEMBERED)

    def _begin(self, connection: Connection, identity: Identity | None, page: str | None) -> Conversation:
        now = self._clock()
        begun = Conversation(
            id=secrets.token_urlsafe(16),
            opened_at=now,
            changed_at=now,
            customer_id=identity.customer_id if identity else None,
            customer_name=identity.name if identity else None,
            page=page,
        )
        conversations.add(connection, begun)
        return begun

    def _new_token(self, connection: Connection, conversation: Conversation) -> str:
        token = secrets.token_urlsafe(32)
        conversations.add_token(connection, token_hash(token), conversation.id, self._clock())
        return token


def token_hash(token: str) -> str:
    """Return what is kept of a token or of a link's code."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
