"""Which conversations hold some words: in what was said, in the visitor's name, or by whose they are.

Migration 0003 makes the indexes that this reads; see there how SQLite and PostgreSQL differ.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from sqlalchemy import text
from sqlalchemy.sql.expression import TextClause

MOST_WORDS = 8  # of a query; what comes after is not looked for
BEGINS = 3  # signs from which on the beginning of a word is enough
OWN_TABLES = ("search_", "message_search")  # how the names of SQLite's own tables for searching begin

_TOKEN = re.compile(r"[^\W_]+")
_SIGNS = "-_/.:@#+~"  # as migration 0003 has them
_PLAIN = f"translate({{}}, '{_SIGNS}', '{' ' * len(_SIGNS)}')".replace(":", r"\:")

_SQLITE_WORD = """SELECT number FROM (
    SELECT rowid >> 20 AS number FROM message_search WHERE message_search MATCH :word{n}
    UNION ALL SELECT number FROM search_numbers JOIN conversations ON id = conversation_id
    WHERE customer_id = :customer{n})"""
_SQLITE = "id IN (SELECT conversation_id FROM search_numbers WHERE number IN ({words}))"
_POSTGRESQL_WORD = f"""SELECT id FROM (
    SELECT conversation_id AS id FROM messages WHERE speaker <> 'system'
    AND to_tsvector('simple', {_PLAIN.format("text")}) @@ to_tsquery('simple', :word{{n}})
    UNION ALL SELECT id FROM conversations
    WHERE to_tsvector('simple', {_PLAIN.format("customer_name")}) @@ to_tsquery('simple', :word{{n}})
    UNION ALL SELECT id FROM conversations WHERE customer_id = :customer{{n}}) AS found{{n}}"""
_POSTGRESQL = "conversations.id IN ({words})"
_SQLITE_REASON = "id IN (SELECT conversation_id FROM search_reasons WHERE code = :code)"
_POSTGRESQL_REASON = r"""conversations.id IN (SELECT conversation_id FROM handoffs
    WHERE reasons\:\:jsonb @> jsonb_build_array(jsonb_build_object('code', CAST(:code AS text))))"""


def words(query: str) -> list[str]:
    """Return the words of a query that can be looked for, each once."""
    known = unicodedata.normalize("NFC", query).lower().split()
    return [word for word in dict.fromkeys(known) if _TOKEN.search(word)][:MOST_WORDS]


def holding(dialect: str, sought: list[str], customers: Mapping[str, str]) -> TextClause:
    """Return the condition that a conversation holds all the words, wherever in it each of them stands.

    A word also counts as held by all conversations of the customer that `customers` has for it.
    """
    is_sqlite = dialect == "sqlite"
    one, whole = (_SQLITE_WORD, _SQLITE) if is_sqlite else (_POSTGRESQL_WORD, _POSTGRESQL)
    write = _sqlite if is_sqlite else _postgresql
    values: dict[str, Any] = {}
    for n, word in enumerate(sought):
        values |= {f"word{n}": write(_TOKEN.findall(word)), f"customer{n}": customers.get(word)}
    every = " INTERSECT ".join(one.format(n=n) for n in range(len(sought)))
    return text(whole.format(words=every)).bindparams(**values)


def reasoned(dialect: str, code: str) -> TextClause:
    """Return the condition that a conversation was handed over for a reason."""
    return text(_SQLITE_REASON if dialect == "sqlite" else _POSTGRESQL_REASON).bindparams(code=code)


def _sqlite(tokens: list[str]) -> str:
    """Write the parts of a word, such as CK and 10423, as they have to follow each other."""
    return f'"{" ".join(tokens)}"' + ("*" if len(tokens[-1]) >= BEGINS else "")


def _postgresql(tokens: list[str]) -> str:
    ending = ":*" if len(tokens[-1]) >= BEGINS else ""
    return " <-> ".join(f"'{token}'" for token in tokens) + ending
