"""What lists and search need: words of messages and names, reasons, moods; how the bot's answers went.

SQLite: `message_search` is an FTS5 table that keeps no text of its own. The row of a message is
`(number << 20) + seq`, where `search_numbers` gives each conversation its number, so that a hit tells its
conversation without a look at the message; `seq` 0 is the visitor's name. `search_reasons` lists the codes
of each hand-over's reasons. Triggers keep all three. A later migration that has SQLite build one of these
tables anew (Alembic's batch mode) loses its triggers and has to make them again.

PostgreSQL: the same by GIN indexes, which need no triggers.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

TRIGGERS = {
    "search_message_added": """
        AFTER INSERT ON messages WHEN new.speaker <> 'system' BEGIN
            INSERT INTO message_search (rowid, text)
            SELECT (number << 20) + new.seq, new.text FROM search_numbers
            WHERE conversation_id = new.conversation_id;
        END""",
    "search_message_erased": """
        AFTER DELETE ON messages WHEN old.speaker <> 'system' BEGIN
            INSERT INTO message_search (message_search, rowid, text)
            SELECT 'delete', (number << 20) + old.seq, old.text FROM search_numbers
            WHERE conversation_id = old.conversation_id;
        END""",
    "search_message_changed": """
        AFTER UPDATE OF text ON messages WHEN old.speaker <> 'system' BEGIN
            INSERT INTO message_search (message_search, rowid, text)
            SELECT 'delete', (number << 20) + old.seq, old.text FROM search_numbers
            WHERE conversation_id = old.conversation_id;
            INSERT INTO message_search (rowid, text)
            SELECT (number << 20) + new.seq, new.text FROM search_numbers
            WHERE conversation_id = new.conversation_id;
        END""",
    "search_conversation_added": """
        AFTER INSERT ON conversations BEGIN
            INSERT INTO search_numbers (conversation_id) VALUES (new.id);
            INSERT INTO message_search (rowid, text)
            SELECT number << 20, new.customer_name FROM search_numbers
            WHERE conversation_id = new.id AND new.customer_name IS NOT NULL;
        END""",
    "search_name_changed": """
        AFTER UPDATE OF customer_name ON conversations WHEN old.customer_name IS NOT new.customer_name BEGIN
            INSERT INTO message_search (message_search, rowid, text)
            SELECT 'delete', number << 20, old.customer_name FROM search_numbers
            WHERE conversation_id = old.id AND old.customer_name IS NOT NULL;
            INSERT INTO message_search (rowid, text)
            SELECT number << 20, new.customer_name FROM search_numbers
            WHERE conversation_id = new.id AND new.customer_name IS NOT NULL;
        END""",
    "search_conversation_erased": """
        AFTER DELETE ON conversations BEGIN
            INSERT INTO message_search (message_search, rowid, text)
            SELECT 'delete', number << 20, old.customer_name FROM search_numbers
            WHERE conversation_id = old.id AND old.customer_name IS NOT NULL;
            DELETE FROM search_numbers WHERE conversation_id = old.id;
        END""",
    "search_handoff_added": """
        AFTER INSERT ON handoffs BEGIN
            INSERT OR IGNORE INTO search_reasons (code, conversation_id, handoff_id)
            SELECT json_extract(reason.value, '$.code'), new.conversation_id, new.id
            FROM json_each(new.reasons) AS reason
            WHERE reason.type = 'object' AND json_type(reason.value, '$.code') = 'text';
        END""",
    "search_handoff_changed": """
        AFTER UPDATE OF reasons ON handoffs BEGIN
            DELETE FROM search_reasons WHERE handoff_id = old.id;
            INSERT OR IGNORE INTO search_reasons (code, conversation_id, handoff_id)
            SELECT json_extract(reason.value, '$.code'), new.conversation_id, new.id
            FROM json_each(new.reasons) AS reason
            WHERE reason.type = 'object' AND json_type(reason.value, '$.code') = 'text';
        END""",
    "search_handoff_erased": """
        AFTER DELETE ON handoffs BEGIN
            DELETE FROM search_reasons WHERE handoff_id = old.id;
        END""",
}
SQLITE = (
    "CREATE TABLE search_numbers (number INTEGER PRIMARY KEY, conversation_id VARCHAR(32) UNIQUE)",
    "INSERT INTO search_numbers (conversation_id) SELECT id FROM conversations ORDER BY opened_at, id",
    "CREATE VIRTUAL TABLE message_search USING fts5"
    " (text, content='', tokenize='unicode61 remove_diacritics 2', prefix='3 4')",
    "INSERT INTO message_search (rowid, text) SELECT (number << 20) + seq, text FROM messages"
    " JOIN search_numbers USING (conversation_id) WHERE speaker <> 'system'",
    "INSERT INTO message_search (rowid, text) SELECT number << 20, customer_name FROM conversations"
    " JOIN search_numbers ON conversation_id = id WHERE customer_name IS NOT NULL",
    "CREATE TABLE search_reasons (code VARCHAR(100), conversation_id VARCHAR(32), handoff_id VARCHAR(32),"
    " PRIMARY KEY (code, conversation_id, handoff_id)) WITHOUT ROWID",
    "CREATE INDEX ix_search_reasons_handoff_id ON search_reasons (handoff_id)",
    "INSERT OR IGNORE INTO search_reasons (code, conversation_id, handoff_id)"
    " SELECT json_extract(reason.value, '$.code'), conversation_id, handoffs.id"
    " FROM handoffs, json_each(reasons) AS reason"
    " WHERE reason.type = 'object' AND json_type(reason.value, '$.code') = 'text'",
    "ALTER TABLE conversations ADD COLUMN mood_label VARCHAR(10)"
    " GENERATED ALWAYS AS (json_extract(mood, '$.label')) VIRTUAL",
)
# Signs that PostgreSQL would make part of a number, an address or a file's name, such as CK-10423.
SIGNS = "-_/.:@#+~"
PLAIN = f"translate({{}}, '{SIGNS}', '{' ' * len(SIGNS)}')"
POSTGRESQL = (
    f"CREATE INDEX ix_messages_search ON messages"
    f" USING gin (to_tsvector('simple', {PLAIN.format('text')})) WHERE speaker <> 'system'",
    f"CREATE INDEX ix_conversations_search ON conversations"
    f" USING gin (to_tsvector('simple', {PLAIN.format('customer_name')}))",
    "CREATE INDEX ix_handoffs_reasons ON handoffs USING gin ((reasons::jsonb) jsonb_path_ops)",
    "ALTER TABLE conversations ADD COLUMN mood_label VARCHAR(10)"
    " GENERATED ALWAYS AS (mood ->> 'label') STORED",
)


def upgrade() -> None:
    for column in ("failed", "offered"):
        op.add_column("messages", sa.Column(column, sa.Boolean, nullable=False, server_default=sa.false()))
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if sqlite else POSTGRESQL:
        op.execute(sa.text(statement.replace(":", r"\:")))
    for name, trigger in TRIGGERS.items() if sqlite else ():
        op.execute(f"CREATE TRIGGER {name} {trigger}")
    op.create_index("ix_conversations_mood_label_changed_at", "conversations", ["mood_label", "changed_at"])
    op.create_index("ix_conversations_agent_id_changed_at", "conversations", ["agent_id", "changed_at"])
    _index("open", ["changed_at"], "owner <> 'closed'")
    _index("counted", ["owner", "agent_id"], "last_seq > 0")


def _index(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    options = {"sqlite_where": where, "postgresql_where": where}
    op.create_index(f"ix_conversations_{name}", "conversations", columns, **options)


def downgrade() -> None:
    for index in ("counted", "open", "agent_id_changed_at", "mood_label_changed_at"):
        op.drop_index(f"ix_conversations_{index}", "conversations")
    if op.get_bind().dialect.name == "sqlite":
        for trigger in TRIGGERS:
            op.execute(f"DROP TRIGGER {trigger}")
        for table in ("search_reasons", "message_search", "search_numbers"):
            op.execute(f"DROP TABLE {table}")
    else:
        for index in ("ix_handoffs_reasons", "ix_conversations_search", "ix_messages_search"):
            op.execute(f"DROP INDEX {index}")
    op.drop_column("conversations", "mood_label")
    for column in ("offered", "failed"):
        op.drop_column("messages", column)
