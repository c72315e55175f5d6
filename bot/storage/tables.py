"""The tables of the desk's database.

Each table says what a row is; times are aware and in UTC; ids are random and safe in addresses.
"""

import secrets
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Computed,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.sql.expression import TextClause

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


def _list(name: str) -> Column:
    return Column(name, JSON, nullable=False, default=list)


def _flag(name: str) -> Column:
    return Column(name, Boolean, nullable=False, default=False, server_default=false())


def _where(condition: TextClause) -> dict[str, TextClause]:
    """Restrict an index to some rows; a query uses it that says the same in so many words."""
    return {"sqlite_where": condition, "postgresql_where": condition}


_OPEN, _BEGUN = text("owner <> 'closed'"), text("last_seq > 0")

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
    Column("mood_label", String(10), Computed("mood ->> 'label'")),  # for lists; empty: nothing read yet
    Column("mood_seq", Integer, nullable=False),  # the newest visitor message that the mood covers
    Column("opened_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),  # newest message or change of owner
    Column("waiting_since", Moment),  # set while waiting
    Column("closed_at", Moment),  # set while closed
    Column("language", String(8)),  # of what the visitor writes, as ISO 639-1; empty: not known
    Column("locale", String(35)),  # of the widget as of the last hello, such as pt-BR
    Column("visitor_seen_seq", Integer, nullable=False, default=0),  # the newest message they have seen
    Column("prechat", JSON(none_as_null=True)),  # {answers: {key: text}, consent_at}: asked before they wrote
    Index(None, "owner", "changed_at"),
    Index(None, "customer_id", "changed_at"),
    Index(None, "agent_id", "changed_at"),
    Index(None, "mood_label", "changed_at"),
    Index("ix_conversations_open", "changed_at", **_where(_OPEN)),
    Index("ix_conversations_counted", "owner", "agent_id", **_where(_BEGUN)),
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
    _flag("failed"),  # by it the bot said that it did not understand
    _flag("offered"),  # by it the bot offered a person
    Column("card", JSON(none_as_null=True)),  # an order, as it stood when this was said
    Column("attachment", JSON(none_as_null=True)),  # {id, name, kind, size, width?, height?}
    Column("heard", JSON(none_as_null=True)),  # {intent, confidence, second, answered}: by the bot's model
    UniqueConstraint("conversation_id", "speaker", "cmid"),
    Index(None, "turn"),
    Index(None, "at"),
)

# What the owner needs to see no longer of what was asked: put away, or taught.
dismissed = Table(
    "dismissed",
    metadata,
    _conversation(primary_key=True),
    Column("about", String(10), primary_key=True),  # unknown, upset or verdict: the list it stood in
    Column("item", String(32), primary_key=True),  # the message's seq, or the hand-over's id
    _agent("agent_id"),
    Column("taught", String(80)),  # the intent that it became an example of; empty: only put away
    Column("at", Moment, nullable=False),
)

# A file that somebody sent. What is in it lies on the disk, under its id.
attachments = Table(
    "attachments",
    metadata,
    Column("id", String(32), primary_key=True),
    _conversation(index=True),
    Column("name", String(200), nullable=False),
    Column("kind", String(40), nullable=False),  # its media type, as found by its content
    Column("size", Integer, nullable=False),  # bytes
    Column("sha256", String(64), nullable=False),
    Column("width", Integer),  # pixels, of a picture
    Column("height", Integer),
    _agent("agent_id"),  # who sent it; empty: the visitor
    Column("at", Moment, nullable=False),
)

# How it went, as the visitor says afterwards.
surveys = Table(
    "surveys",
    metadata,
    Column("id", String(32), primary_key=True),
    _conversation(index=True),
    Column("cause", String(12), nullable=False),  # resolved, ended or silence
    Column("asked_at", Moment, nullable=False, index=True),
    Column("answered_at", Moment),
    Column("skipped_at", Moment),
    Column("satisfaction", Integer),  # 1 to 5
    Column("understood", String(8)),  # yes, partly or no
    Column("effort", Integer),
    Column("recommend", Integer),
    Column("comment", Text),
    Column("customer_id", String(64), index=True),  # who was asked; empty: a stranger
    _flag("asks_recommend"),  # whether they would recommend the business was among the questions
    Column("outcome", String(20)),  # of the hand-over, when it was asked
    _flag("with_person"),  # an agent had spoken
    Column("mood_label", String(10)),  # the worst that was read
)

# A link in a letter that opens a stranger's conversation on another device, once. Only the hash is kept.
continuations = Table(
    "continuations",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    _conversation(index=True),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

# One stretch with a person: from asking for one until the bot has it back or it is closed.
handoffs = Table(
    "handoffs",
    metadata,
    Column("id", String(32), primary_key=True),
    _conversation(),
    Column("cause", String(100), nullable=False),  # opens once per cause
    Column("state", String(20), nullable=False),  # one of handoff.life's
    Column("reasons", JSON, nullable=False),  # [{code, label, score, threshold, evidence}]
    Column("filled", JSON, nullable=False),
    Column("missing", JSON, nullable=False),
    Column("brief", JSON(none_as_null=True)),  # empathy's Brief.as_dict(), composed at opening
    Column("availability", String(10), nullable=False),  # what the visitor was told: live, wait or later
    Column("opened_at", Moment, nullable=False),
    _agent("offered_to"),  # set while offered
    Column("offered_until", Moment),  # set while offered
    _list("passed_by"),  # ids of agents who passed, or let an offer run out
    Column("assignment", String(200)),  # why it was offered to this agent, in one line
    _list("skills"),  # that an agent should have
    Column("language", String(8)),
    Column("weight", Float, nullable=False, default=1.0),  # how heavy it is to hold, from 1
    Column("promised_at", Moment),  # told `later`: a reply comes by then
    Column("contact", JSON(none_as_null=True)),  # {email?, phone?}: where that reply goes
    Column("claimed_at", Moment),  # for the first time
    _agent("claimed_by"),  # the latest agent who had it
    Column("snoozed_until", Moment),  # set while snoozed
    Column("released", Integer, nullable=False, default=0),  # how often it went back to the queue
    Column("ended_at", Moment),  # set while handed back, resolved or withdrawn
    Column("outcome", String(20)),  # solved, answered_later, no_reply, not_ours or spam; once resolved
    Column("note", Text),  # the agent's, for the bot or for the colleague it went to
    UniqueConstraint("conversation_id", "cause"),
    Index(None, "state"),
    Index(None, "claimed_at"),
)

# What an agent thinks of a hand-over afterwards: whether it was due, and whether the mood was read right.
verdicts = Table(
    "verdicts",
    metadata,
    Column("handoff_id", String(32), ForeignKey("handoffs.id"), primary_key=True),
    _agent("agent_id", primary_key=True),
    Column("escalation", String(20)),  # right, not_needed, too_late or wrong_person
    Column("mood", String(20)),  # right, too_high or too_low
    Column("at", Moment, nullable=False),
)

# What agents write about a conversation for each other. Never sent to the visitor.
notes = Table(
    "notes",
    metadata,
    Column("id", String(32), primary_key=True),
    _conversation(),
    _agent("agent_id", nullable=False),
    Column("cmid", String(64), nullable=False),  # the sender's own id of the note
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("conversation_id", "cmid"),
)

# Answers that agents keep ready, typed as /code.
canned_replies = Table(
    "canned_replies",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("code", String(40), nullable=False, unique=True),  # lower-case letters, digits and hyphens
    Column("title", String(200), nullable=False),
    Column("text", Text, nullable=False),  # with {name}, {agent}, {order} or facts of the business
    _agent("changed_by"),
    Column("changed_at", Moment, nullable=False),
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
    _list("skills"),  # names from data/business/routing.yml
    _list("languages"),  # ISO 639-1
    Column("capacity", Integer),  # conversations held at once; empty: the default
    Column("breather_until", Moment),  # no new conversations are offered until then
    Column("totp_secret", String(64)),  # of the second factor, sealed; empty: none
    Column("totp_step", Integer),  # the newest half minute whose code was taken: none counts twice
    Column("password_changed_at", Moment),
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
    # Safe to show, unlike the hash.
    Column("id", String(32), nullable=False, default=lambda: secrets.token_urlsafe(12)),
    Column("user_agent", String(300)),
    Column("seen_at", Moment),
    Index(None, "id", unique=True),
)

# A code on paper in place of the second factor, good once. Only the hash is kept.
recovery_codes = Table(
    "recovery_codes",
    metadata,
    _agent("agent_id", primary_key=True),
    Column("code_hash", String(64), primary_key=True),
    Column("used_at", Moment),
)

# A link by which somebody becomes an agent or sets a new password. Only the hash is kept.
invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("kind", String(10), nullable=False),  # invite or reset
    Column("email", String(254), nullable=False),  # in lower case
    Column("name", String(200)),
    Column("role", String(10)),
    _agent("agent_id"),  # whose password is reset; who came of the invitation
    _agent("created_by"),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

# Who opened which conversation and who changed what. Outlives what it speaks of; holds no texts.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Moment, nullable=False),
    _agent("agent_id"),
    Column("act", String(40), nullable=False),
    Column("conversation_id", String(32)),
    Column("subject", String(64)),
    Column("detail", JSON(none_as_null=True)),  # ids and names of fields
    Index(None, "at"),
    Index(None, "conversation_id"),
)

# What still has to reach other systems, at least once each.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(40), nullable=False),
    Column("key", String(120), nullable=False, unique=True),  # the same delivery has the same key
    Column("payload", JSON, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("failed_at", Moment),  # given up
    Column("error", String(300)),  # of the newest attempt
    Column("created_at", Moment, nullable=False),
    Index(None, "done_at", "failed_at", "next_at"),
)

# How far an agent has read a conversation.
agent_reads = Table(
    "agent_reads",
    metadata,
    _agent("agent_id", primary_key=True),
    _conversation(primary_key=True),
    Column("seq", Integer, nullable=False),
)
