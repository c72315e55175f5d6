"""Customers, orders, tickets, notes and the keys of changes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _customer(nullable: bool = False) -> sa.Column:
    return sa.Column(
        "customer_id", sa.String(64), sa.ForeignKey("customers.id"), index=True, nullable=nullable
    )


def upgrade() -> None:
    op.create_table(
        "customers",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("vip", sa.Boolean, nullable=False),
        sa.Column("tags", sa.JSON, nullable=False),
        sa.Column("lifetime_value", sa.Integer, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
    )
    op.create_table(
        "orders",
        sa.Column("number", sa.String(32), primary_key=True),
        _customer(),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("placed_at", sa.DateTime, nullable=False),
        sa.Column("items", sa.JSON, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("tracking", sa.Text),
        sa.Column("expected_at", sa.DateTime),
    )
    op.create_table(
        "tickets",
        sa.Column("id", sa.String(32), primary_key=True),
        _customer(nullable=True),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.String(32), primary_key=True),
        _customer(),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "changes",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("record", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    for table in ("changes", "notes", "tickets", "orders", "customers"):
        op.drop_table(table)
