"""What the bot understood of each message, and what the owner has put away of that."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    # The table is not built anew, so that SQLite keeps the triggers of 0003.
    op.add_column("messages", sa.Column("heard", sa.JSON))
    op.create_index("ix_messages_at", "messages", ["at"])
    op.create_table(
        "dismissed",
        sa.Column("conversation_id", sa.String(32), sa.ForeignKey("conversations.id"), primary_key=True),
        sa.Column("about", sa.String(10), primary_key=True),
        sa.Column("item", sa.String(32), primary_key=True),
        sa.Column("agent_id", sa.String(32), sa.ForeignKey("agents.id")),
        sa.Column("taught", sa.String(80)),
        sa.Column("at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("dismissed")
    op.drop_index("ix_messages_at", "messages")
    op.drop_column("messages", "heard")
