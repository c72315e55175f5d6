"""What is said and called can be found, as long as it is there, on SQLite and on PostgreSQL."""

from datetime import datetime, timezone
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import delete, insert, select, update

from bot.storage import conversations as stored
from bot.storage import search
from bot.storage.engine import MIGRATIONS, Database
from bot.storage.tables import conversations, handoffs, messages

AT = datetime(2026, 11, 3, 11, tzinfo=timezone.utc)


class Desk:
    """A database with a few conversations, searched as the lists do."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, id: str, *said: str, name: str | None = None, customer: str | None = None) -> None:
        known = {"owner": "bot", "version": 1, "channel": "web", "mood_seq": 0, "opened_at": AT}
        row = {"id": id, "last_seq": len(said), "customer_name": name, "customer_id": customer, **known}
        with self.database.write() as connection:
            connection.execute(insert(conversations), [{**row, "changed_at": AT}])
            for seq, text in enumerate(said, 1):
                connection.execute(insert(messages), [message(id, seq, text)])

    def found(self, query: str, **customers: str) -> set[str]:
        sought = search.words(query)
        with self.database.read() as connection:
            holds = search.holding(connection.dialect.name, sought, customers)
            return set(connection.execute(select(conversations.c.id).where(holds)).scalars())

    def reasoned(self, code: str) -> set[str]:
        with self.database.read() as connection:
            because = search.reasoned(connection.dialect.name, code)
            return set(connection.execute(select(conversations.c.id).where(because)).scalars())

    def change(self, statement: Any) -> None:
        with self.database.write() as connection:
            connection.execute(statement)


def message(id: str, seq: int, text: str, speaker: str = "visitor") -> dict[str, Any]:
    return {"conversation_id": id, "seq": seq, "speaker": speaker, "text": text, "at": AT}


def handoff(id: str, conversation: str, reasons: Any) -> dict[str, Any]:
    lists = dict.fromkeys(("filled", "missing"), [])
    known = {"cause": id, "state": "queued", "availability": "live", "opened_at": AT, **lists}
    return {"id": id, "conversation_id": conversation, "reasons": reasons, **known}


@pytest.fixture
def full(either_database: Database) -> Desk:
    desk = Desk(either_database)
    desk.add("kettle", "My copper kettle is dented", "It is order CK-10423.", name="Mara Lindqvist")
    desk.add("beans", "Do you roast decaf?", "I am ines@example.com", customer="c-ines")
    desk.add("empty")
    return desk


FOUND = {
    "kettle": {"kettle"},
    "KETTLE dented": {"kettle"},
    "kettle 10423": {"kettle"},  # one message holds the one, another the other
    "mara dented": {"kettle"},  # the name holds the one
    "lindq": {"kettle"},
    "CK-10423": {"kettle"},
    "ck-104": {"kettle"},
    "10423": {"kettle"},
    "ck 10423": {"kettle"},
    "10423-CK": set(),
    "example.com": {"beans"},
    "ines@example.com": {"beans"},
    "kettle decaf": set(),
    "ka": set(),
    "do": {"beans"},
    "de": set(),  # too short to be a beginning
}
ODD = (
    *('"', "''", "' OR 1=1 --", "kettle'; DROP TABLE messages", '") OR (MATCH', "{x} : y", "-kettle -decaf"),
    *("NEAR(kettle dented)", "text:kettle", "^kettle", "kettle*", "* *", "a AND", "NOT", "kettle <-> x"),
    *("!kettle & (", ":word0", "%s %(x)s", "\\", "kettle\x00", "\ud83d kettle", "²", "☕", "' :* |"),
    *("kettle " * 50, "x" * 5000, "(" * 300, "\u202e\u200b", "ＣＫ", "e\u0301", "\x00"),
)


def test_words_are_found_wherever_they_stand(full: Desk) -> None:
    assert {query: full.found(query) for query in FOUND} == FOUND


def test_no_query_breaks_the_search(full: Desk) -> None:
    for query in ODD:
        sought = search.words(query.encode("utf-8", "replace").decode().replace("\x00", ""))
        assert len(sought) <= search.MOST_WORDS, query
        if sought:
            assert full.found(" ".join(sought)) <= {"kettle", "beans"}, query
        assert full.found("kettle") == {"kettle"}, query


def test_what_belongs_to_a_customer_is_found_by_what_the_records_know(full: Desk) -> None:
    assert full.found("ck-777", **{"ck-777": "c-ines"}) == {"beans"}
    assert full.found("ck-777 decaf", **{"ck-777": "c-ines"}) == {"beans"}
    assert full.found("ck-777 kettle", **{"ck-777": "c-ines"}) == set()


def test_what_is_erased_is_found_no_more(full: Desk) -> None:
    of_kettle = messages.c.conversation_id == "kettle"
    full.change(delete(messages).where(of_kettle, messages.c.seq == 2))
    assert full.found("10423") == set() and full.found("dented") == {"kettle"}
    full.change(update(messages).where(of_kettle).values(text="(erased)"))
    assert full.found("dented") == set() and full.found("erased") == {"kettle"}
    full.change(update(conversations).where(conversations.c.id == "kettle").values(customer_name=None))
    assert full.found("mara") == set()
    with full.database.write() as connection:
        stored.erase(connection, "beans")
    assert full.found("decaf") == set() and full.found("erased") == {"kettle"}


def test_a_name_that_is_learned_later_is_found(full: Desk) -> None:
    full.change(update(conversations).where(conversations.c.id == "empty").values(customer_name="Tom Okafor"))
    full.change(update(conversations).where(conversations.c.id == "kettle").values(customer_name="Tom Baker"))
    assert full.found("tom") == {"empty", "kettle"} and full.found("mara") == set()


def test_what_the_desk_itself_says_is_not_searched(full: Desk) -> None:
    full.change(insert(messages).values(message("kettle", 3, "A colleague will be with you", "system")))
    assert full.found("colleague") == set()


def test_reasons_are_found_by_their_codes(full: Desk) -> None:
    odd = [{}, "anger", {"code": ["anger"]}, {"code": None}, {"code": "legal_threat"}]
    full.change(insert(handoffs).values(handoff("h1", "kettle", [{"code": "anger"}, {"code": "safety"}])))
    full.change(insert(handoffs).values(handoff("h2", "beans", odd)))
    full.change(insert(handoffs).values(handoff("h3", "empty", [])))
    assert full.reasoned("anger") == {"kettle"} and full.reasoned("legal_threat") == {"beans"}
    assert full.reasoned("'") == full.reasoned("") == set()
    full.change(update(handoffs).where(handoffs.c.id == "h1").values(reasons=[{"code": "bot_failed"}]))
    assert full.reasoned("anger") == set() and full.reasoned("bot_failed") == {"kettle"}
    full.change(delete(handoffs))
    assert full.reasoned("bot_failed") == set()


def test_an_older_database_can_be_searched_too(full: Desk) -> None:
    full.change(insert(handoffs).values(handoff("h1", "kettle", [{"code": "anger"}])))
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with full.database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
        command.upgrade(config, "head")
    assert full.found("mara 10423") == {"kettle"} and full.reasoned("anger") == {"kettle"}
    full.change(insert(messages).values(message("kettle", 3, "And a scratch")))
    assert full.found("scratch mara") == {"kettle"}
