"""Conversations, messages, hand-overs, agents and their sign-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _key(name: str, table: str, **options: bool) -> sa.Column:
    return sa.Column(name, sa.String(32), sa.ForeignKey(f"{table}.id"), **options)


def upgrade() -> None:
    _agents()
    _conversations()
    _messages()
    _handoffs()


def _agents() -> None:
    op.create_table(
        "agents",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "agent_sessions",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        _key("agent_id", "agents", nullable=False, index=True),
        sa.Column("csrf", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("revoked_at", sa.DateTime),
    )


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(10), nullable=False),
        _key("agent_id", "agents"),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.Column("customer_id", sa.String(64)),
        sa.Column("customer_name", sa.String(200)),
        sa.Column("page", sa.String(500)),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("mood", sa.JSON),
        sa.Column("mood_seq", sa.Integer, nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("waiting_since", sa.DateTime),
        sa.Column("closed_at", sa.DateTime),
    )
    op.create_index("ix_conversations_owner_changed_at", "conversations", ["owner", "changed_at"])
    op.create_index("ix_conversations_customer_id_changed_at", "conversations", ["customer_id", "changed_at"])
    op.create_table(
        "visitor_tokens",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        _key("conversation_id", "conversations", nullable=False, index=True),
        sa.Column("at", sa.DateTime, nullable=False),
    )


def _messages() -> None:
    op.create_table(
        "messages",
        _key("conversation_id", "conversations", primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("speaker", sa.String(10), nullable=False),
        sa.Column("cmid", sa.String(64)),
        sa.Column("name", sa.String(200)),
        _key("agent_id", "agents"),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("buttons", sa.JSON),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("turn", sa.String(10)),
        sa.Column("payload", sa.Text),
        sa.UniqueConstraint("conversation_id", "speaker", "cmid"),
    )
    op.create_index("ix_messages_turn", "messages", ["turn"])
    op.create_table(
        "agent_reads",
        _key("agent_id", "agents", primary_key=True),
        _key("conversation_id", "conversations", primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
    )


def _handoffs() -> None:
    op.create_table(
        "handoffs",
        sa.Column("id", sa.String(32), primary_key=True),
        _key("conversation_id", "conversations", nullable=False),
        sa.Column("cause", sa.String(100), nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("filled", sa.JSON, nullable=False),
        sa.Column("missing", sa.JSON, nullable=False),
        sa.Column("brief", sa.JSON),
        sa.Column("availability", sa.String(10), nullable=False),
        sa.Column("opened_at", sa.DateTime, nullable=False),
        sa.Column("claimed_at", sa.DateTime),
        _key("claimed_by", "agents"),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("ended_as", sa.String(12)),
        sa.Column("note", sa.Text),
        sa.UniqueConstraint("conversation_id", "cause"),
    )


def downgrade() -> None:
    for table in ("handoffs", "agent_reads", "messages", "visitor_tokens", "conversations"):
        op.drop_table(table)
    op.drop_table("agent_sessions")
    op.drop_table("agents")
