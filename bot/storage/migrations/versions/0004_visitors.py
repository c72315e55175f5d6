"""What visitors send and say besides messages: files, surveys, answers before the chat; links to go on."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

INDEXES = {
    "attachments": ("conversation_id",),
    "surveys": ("conversation_id", "asked_at", "customer_id"),
    "continuations": ("conversation_id",),
}
# No table is built anew, so that SQLite keeps the triggers of 0003.
COLUMNS = (("messages", "card"), ("messages", "attachment"), ("conversations", "prechat"))


def upgrade() -> None:
    op.add_column("conversations", sa.Column("locale", sa.String(35)))
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, sa.JSON))
    op.create_table(
        "attachments",
        sa.Column("id", sa.String(32), primary_key=True),
        _conversation(),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("width", sa.Integer),
        sa.Column("height", sa.Integer),
        sa.Column("agent_id", sa.String(32), sa.ForeignKey("agents.id")),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "surveys",
        sa.Column("id", sa.String(32), primary_key=True),
        _conversation(),
        sa.Column("cause", sa.String(12), nullable=False),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("answered_at", sa.DateTime),
        sa.Column("skipped_at", sa.DateTime),
        sa.Column("satisfaction", sa.Integer),
        sa.Column("understood", sa.String(8)),
        sa.Column("effort", sa.Integer),
        sa.Column("recommend", sa.Integer),
        sa.Column("comment", sa.Text),
        sa.Column("customer_id", sa.String(64)),
        sa.Column("asks_recommend", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("outcome", sa.String(20)),
        sa.Column("with_person", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("mood_label", sa.String(10)),
    )
    op.create_table(
        "continuations",
        sa.Column("code_hash", sa.String(64), primary_key=True),
        _conversation(),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("used_at", sa.DateTime),
    )
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column])


def _conversation() -> sa.Column:
    return sa.Column("conversation_id", sa.String(32), sa.ForeignKey("conversations.id"), nullable=False)


def downgrade() -> None:
    for table in INDEXES:
        op.drop_table(table)
    for table, column in reversed(COLUMNS):
        op.drop_column(table, column)
    op.drop_column("conversations", "locale")
