"""Which conversation a visitor is let into. Whoever comes without a right begins a new one."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.engine import Connection

from bot.errors import NotAuthenticated
from bot.handoff.bus import Bus
from bot.handoff.events import VisitorIdentified
from bot.handoff.model import Conversation, utc_now
from bot.storage import conversations
from bot.storage.engine import Database

REMEMBERED = timedelta(days=7)  # a customer on another device finds a conversation this young


@dataclass(frozen=True)
class Identity:
    """Who somebody is, as the shop's server has signed it."""

    customer_id: str
    name: str


@dataclass(frozen=True)
class Entered:
    """The visitor's conversation, and the token that leads back to it."""

    conversation: Conversation
    token: str


class Entrance:
    """Let visitors in."""

    def __init__(self, database: Database, bus: Bus, clock: Callable[[], datetime] = utc_now) -> None:
        self._database, self._bus, self._clock = database, bus, clock

    async def enter(self, token: str | None, identity: Identity | None, page: str | None) -> Entered:
        """Find or begin the visitor's conversation.

        Raises:
            NotAuthenticated: the token leads nowhere, or to a customer who has not signed in now.
        """
        entered, identified = await self._database.run(self._enter, token, identity, page)
        if identified and identity:
            known = entered.conversation
            self._bus.publish(VisitorIdentified(known.id, identity.customer_id, identity.name))
        return entered

    def _enter(self, token: str | None, identity: Identity | None, page: str | None) -> tuple[Entered, bool]:
        with self._database.write() as connection:
            known = self._by_token(connection, token, identity) if token else None
            if token and known:
                identified = identity is not None and known.customer_id is None
                return Entered(self._identified(connection, known, identity), token), identified
            found = self._latest(connection, identity) or self._begin(connection, identity, page)
            return Entered(found, self._new_token(connection, found)), False

    def _by_token(
        self, connection: Connection, token: str, identity: Identity | None
    ) -> Conversation | None:
        """Return the token's conversation, or None if another customer has signed in since."""
        found = conversations.by_token(connection, _hash(token))
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
        if identity is None or known.customer_name == identity.name:
            return known
        named = replace(known, customer_id=identity.customer_id, customer_name=identity.name)
        conversations.identify(connection, known.id, identity.customer_id, identity.name)
        return named

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
        conversations.add_token(connection, _hash(token), conversation.id, self._clock())
        return token


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
