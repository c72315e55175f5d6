"""The life of a hand-over, notes, verdicts, canned replies, people's settings, audit and outbox."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _conversations()
    _handoffs()
    _agents()
    _sessions()
    _desk_work()
    _records()


def _agent(name: str, **options: bool) -> sa.Column:
    return sa.Column(name, sa.String(32), sa.ForeignKey("agents.id"), **options)


def _list(name: str) -> sa.Column:
    return sa.Column(name, sa.JSON, nullable=False, server_default="[]")


def _conversations() -> None:
    op.add_column("conversations", sa.Column("language", sa.String(8)))
    op.add_column(
        "conversations", sa.Column("visitor_seen_seq", sa.Integer, nullable=False, server_default="0")
    )


def _handoffs() -> None:
    # Nothing refers to hand-overs yet, so that SQLite may build the table anew for its foreign key.
    with op.batch_alter_table("handoffs") as table:
        table.add_column(sa.Column("state", sa.String(20), nullable=False, server_default="queued"))
        table.add_column(sa.Column("offered_to", sa.String(32)))
        table.create_foreign_key("fk_handoffs_offered_to", "agents", ["offered_to"], ["id"])
        table.add_column(sa.Column("offered_until", sa.DateTime))
        table.add_column(_list("passed_by"))
        table.add_column(sa.Column("assignment", sa.String(200)))
        table.add_column(_list("skills"))
        table.add_column(sa.Column("language", sa.String(8)))
        table.add_column(sa.Column("weight", sa.Float, nullable=False, server_default="1"))
        table.add_column(sa.Column("promised_at", sa.DateTime))
        table.add_column(sa.Column("contact", sa.JSON))
        table.add_column(sa.Column("snoozed_until", sa.DateTime))
        table.add_column(sa.Column("released", sa.Integer, nullable=False, server_default="0"))
        table.add_column(sa.Column("outcome", sa.String(20)))
    op.execute("UPDATE handoffs SET state = 'in_progress' WHERE claimed_at IS NOT NULL")
    op.execute("UPDATE handoffs SET state = ended_as WHERE ended_as IS NOT NULL")
    with op.batch_alter_table("handoffs") as table:
        table.drop_column("ended_as")  # the state says it
    op.create_index("ix_handoffs_state", "handoffs", ["state"])
    op.create_index("ix_handoffs_claimed_at", "handoffs", ["claimed_at"])


def _agents() -> None:
    op.add_column("agents", _list("skills"))
    op.add_column("agents", _list("languages"))
    op.add_column("agents", sa.Column("capacity", sa.Integer))
    op.add_column("agents", sa.Column("breather_until", sa.DateTime))
    op.add_column("agents", sa.Column("totp_secret", sa.String(64)))
    op.add_column("agents", sa.Column("totp_step", sa.Integer))
    op.add_column("agents", sa.Column("password_changed_at", sa.DateTime))


def _sessions() -> None:
    op.add_column("agent_sessions", sa.Column("id", sa.String(32)))
    op.add_column("agent_sessions", sa.Column("user_agent", sa.String(300)))
    op.add_column("agent_sessions", sa.Column("seen_at", sa.DateTime))
    sessions = sa.table("agent_sessions", sa.column("token_hash"), sa.column("id"))
    connection = op.get_bind()
    for token_hash in connection.execute(sa.select(sessions.c.token_hash)).scalars().all():
        same = sessions.c.token_hash == token_hash
        connection.execute(sa.update(sessions).where(same).values(id=secrets.token_urlsafe(12)))
    with op.batch_alter_table("agent_sessions") as table:
        table.alter_column("id", existing_type=sa.String(32), nullable=False)
    op.create_index("ix_agent_sessions_id", "agent_sessions", ["id"], unique=True)


def _desk_work() -> None:
    op.create_table(
        "verdicts",
        sa.Column("handoff_id", sa.String(32), sa.ForeignKey("handoffs.id"), primary_key=True),
        _agent("agent_id", primary_key=True),
        sa.Column("escalation", sa.String(20)),
        sa.Column("mood", sa.String(20)),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("conversation_id", sa.String(32), sa.ForeignKey("conversations.id"), nullable=False),
        _agent("agent_id", nullable=False),
        sa.Column("cmid", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("conversation_id", "cmid"),
    )
    op.create_table(
        "canned_replies",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("code", sa.String(40), nullable=False, unique=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        _agent("changed_by"),
        sa.Column("changed_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(200)),
        sa.Column("role", sa.String(10)),
        _agent("agent_id"),
        _agent("created_by"),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("used_at", sa.DateTime),
    )
    op.create_table(
        "recovery_codes",
        _agent("agent_id", primary_key=True),
        sa.Column("code_hash", sa.String(64), primary_key=True),
        sa.Column("used_at", sa.DateTime),
    )


def _records() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.DateTime, nullable=False),
        _agent("agent_id"),
        sa.Column("act", sa.String(40), nullable=False),
        sa.Column("conversation_id", sa.String(32)),
        sa.Column("subject", sa.String(64)),
        sa.Column("detail", sa.JSON),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    op.create_index("ix_audit_conversation_id", "audit", ["conversation_id"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("key", sa.String(120), nullable=False, unique=True),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_at", sa.DateTime, nullable=False),
        sa.Column("done_at", sa.DateTime),
        sa.Column("failed_at", sa.DateTime),
        sa.Column("error", sa.String(300)),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_index("ix_outbox_done_at_failed_at_next_at", "outbox", ["done_at", "failed_at", "next_at"])


def downgrade() -> None:
    tables = ("outbox", "audit", "recovery_codes", "invitations", "canned_replies", "notes", "verdicts")
    for table in tables:
        op.drop_table(table)
    op.drop_index("ix_agent_sessions_id", "agent_sessions")
    _drop("agent_sessions", "id", "user_agent", "seen_at")
    settings = ("skills", "languages", "capacity", "breather_until", "totp_secret", "totp_step")
    for column in (*settings, "password_changed_at"):
        op.drop_column("agents", column)
    op.drop_index("ix_handoffs_state", "handoffs")
    op.drop_index("ix_handoffs_claimed_at", "handoffs")
    op.add_column("handoffs", sa.Column("ended_as", sa.String(12)))
    op.execute("UPDATE handoffs SET ended_as = state WHERE ended_at IS NOT NULL")
    with op.batch_alter_table("handoffs") as table:
        table.drop_constraint("fk_handoffs_offered_to", type_="foreignkey")
    _drop(
        "handoffs",
        *("state", "offered_to", "offered_until", "passed_by", "assignment", "skills", "language", "weight"),
        *("promised_at", "contact", "snoozed_until", "released", "outcome"),
    )
    for column in ("language", "visitor_seen_seq"):
        op.drop_column("conversations", column)


def _drop(name: str, *columns: str) -> None:
    with op.batch_alter_table(name) as table:
        for column in columns:
            table.drop_column(column)
