"""The tables of the desk's database.

Each table says what a row is; times are aware and in UTC; ids are random and safe in addresses.
"""

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator):
    """A moment in UTC; SQLite itself keeps no time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.astimezone(timezone.utc).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=timezone.utc) if value else None


def _conversation(**options: Any) -> Column:
    return Column("conversation_id", String(32), ForeignKey("conversations.id"), nullable=False, **options)


def _agent(name: str, **options: Any) -> Column:
    return Column(name, String(32), ForeignKey("agents.id"), **options)


# One visitor's conversation with the business, for as long as the visitor comes back to it.
conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(10), nullable=False),  # bot, waiting, agent or closed
    _agent("agent_id"),  # who owns it while `owner` is agent, who resolved it when closed by a person
    Column("version", Integer, nullable=False),  # one more with every change of owner
    Column("last_seq", Integer, nullable=False),  # of its newest message; 0: none yet
    Column("customer_id", String(64)),  # from a signed identity; empty: a stranger
    Column("customer_name", String(200)),
    Column("page", String(500)),  # where the chat was opened
    Column("channel", String(20), nullable=False),
    Column("mood", JSON(none_as_null=True)),  # empathy's MoodState.as_dict(); empty: nothing read yet
    Column("mood_seq", Integer, nullable=False),  # the newest visitor message that the mood covers
    Column("opened_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),  # newest message or change of owner
    Column("waiting_since", Moment),  # set while waiting
    Column("closed_at", Moment),  # set while closed
    Index(None, "owner", "changed_at"),
    Index(None, "customer_id", "changed_at"),
)

# What lets one browser come back to its conversation. Only the hash is kept.
visitor_tokens = Table(
    "visitor_tokens",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _conversation(index=True),
    Column("at", Moment, nullable=False),
)

# Everything said. `seq` counts from 1 in each conversation and is the only order.
messages = Table(
    "messages",
    metadata,
    _conversation(primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("speaker", String(10), nullable=False),  # visitor, bot, agent or system
    Column("cmid", String(64)),  # the sender's own id of the message, unique per kind of speaker
    Column("name", String(200)),  # as it was shown: the agent's or the assistant's
    _agent("agent_id"),
    Column("text", Text, nullable=False),
    Column("buttons", JSON(none_as_null=True)),  # [{id, title, payload}]; the payload never leaves the desk
    Column("at", Moment, nullable=False),
    Column("turn", String(10)),  # pending, answered, dropped or failed; empty: not for the bot
    Column("payload", Text),  # what the bot is told in place of the text
    UniqueConstraint("conversation_id", "speaker", "cmid"),
    Index(None, "turn"),
)

# One stretch with a person: from asking for one until the bot has it back or it is closed.
handoffs = Table(
    "handoffs",
    metadata,
    Column("id", String(32), primary_key=True),
    _conversation(),
    Column("cause", String(100), nullable=False),  # opens once per cause
    Column("reasons", JSON, nullable=False),  # [{code, label, score, threshold, evidence}]
    Column("filled", JSON, nullable=False),
    Column("missing", JSON, nullable=False),
    Column("brief", JSON(none_as_null=True)),  # empathy's Brief.as_dict(), composed at opening
    Column("availability", String(10), nullable=False),  # what the visitor was told: live, wait or later
    Column("opened_at", Moment, nullable=False),
    Column("claimed_at", Moment),
    _agent("claimed_by"),
    Column("ended_at", Moment),
    Column("ended_as", String(12)),  # handed_back or resolved
    Column("note", Text),  # the agent's, for the bot, when handing back
    UniqueConstraint("conversation_id", "cause"),
)

# A person who answers visitors.
agents = Table(
    "agents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("email", String(254), nullable=False, unique=True),  # in lower case
    Column("name", String(200), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("role", String(10), nullable=False),  # agent or owner
    Column("disabled", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)

# One sign-in of an agent. Only the hash of the cookie is kept.
agent_sessions = Table(
    "agent_sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _agent("agent_id", nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked_at", Moment),
)

# How far an agent has read a conversation.
agent_reads = Table(
    "agent_reads",
    metadata,
    _agent("agent_id", primary_key=True),
    _conversation(primary_key=True),
    Column("seq", Integer, nullable=False),
)
