"""Lists with filters, words and pages, as the console asks for them."""

from datetime import timedelta

import httpx
import pytest

from bot.desk.console import summaries
from bot.handoff.model import utc_now
from bot.storage.tables import conversations
from tests.desk.console.desk import NOOR, SAM, ConsoleUnderTest


@pytest.fixture
def sam(desk: ConsoleUnderTest) -> httpx.Client:
    return desk.client(SAM)


def found(client: httpx.Client, **asked: object) -> list[str]:
    answer = client.get("conversations", params=asked)
    assert answer.status_code == 200, answer.text
    return [summary["id"] for summary in answer.json()["conversations"]]


def test_words_are_looked_for_in_one_view(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    kettle = desk.visitor("My kettle is dented", customer="mara", reason="person")
    desk.visitor("Is my kettle on its way?")
    assert found(sam, view="queue", q="kettle") == [kettle]
    assert found(sam, view="queue", q="Mara kettle") == [kettle]
    assert found(sam, view="queue", q="mara decaf") == found(sam, view="resolved", q="kettle") == []
    assert len(found(sam, view="all", q="kettle")) == 2
    assert found(sam, view="queue", q=" !!! ") == [kettle], "nothing to look for"


def test_what_the_records_know_is_found_as_far_as_they_tell(
    desk: ConsoleUnderTest, sam: httpx.Client
) -> None:
    desk.crm.numbers = {"ck-10423": "mara", "mara@example.com": "mara"}
    hers = desk.visitor("Where is it?", customer="mara", reason="person")
    desk.visitor("Hello", customer="tom", reason="person")
    assert found(sam, q="CK-10423") == found(sam, q="mara@example.com") == [hers]
    assert found(sam, q="CK-99999") == []
    desk.crm.down = True
    assert found(sam, q="CK-10423") == []


def test_filters_narrow_a_list(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    angry = desk.visitor("Hi", reason="anger", customer="mara")
    asked = desk.visitor("Hi", reason="person")
    mood = {"level": 0.7, "label": "upset", "trend": "rising"}
    desk.change(conversations, conversations.c.id == angry, mood=mood)
    assert found(sam, mood="upset") == found(sam, reason="anger") == found(sam, customer="mara") == [angry]
    assert found(sam, mood="calm") == found(sam, reason="person") == [asked], "unread is calm"
    assert found(sam, mood="upset", reason="person") == []
    sam.post(f"conversations/{asked}/claim", json={"version": 2})
    assert found(sam, view="all", agent="a-sam") == [asked]
    assert found(desk.client(NOOR), view="all", agent="a-noor") == []
    (summary,) = sam.get("conversations?mood=upset").json()["conversations"]
    assert summary["mood"] == mood


def test_pages_show_each_once_whatever_comes_meanwhile(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    all = [desk.visitor(f"Number {n}") for n in range(5)]
    for age, id in enumerate(all[:4]):  # two of them at the same moment
        desk.change(conversations, conversations.c.id == id, changed_at=utc_now() - timedelta(hours=age // 2))
    seen, before = [], ""
    while before is not None:
        answer = sam.get("conversations", params={"view": "all", "limit": 2, "before": before}).json()
        seen += [summary["id"] for summary in answer["conversations"]]
        before = answer["next"]
        desk.say(all[0], f"Newer, {len(seen)}", cmid=f"n{len(seen)}")
    assert sorted(seen) == sorted(set(seen)) and set(all) - {all[0]} <= set(seen)


def test_the_queue_has_pages_too(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    calm, danger, legal = (desk.visitor("Hi", reason=why) for why in ("person", "safety", "legal_threat"))
    first = sam.get("conversations?limit=2").json()
    assert [one["id"] for one in first["conversations"]] == [danger, legal]
    rest = sam.get("conversations", params={"limit": 2, "before": first["next"]}).json()
    assert [one["id"] for one in rest["conversations"]] == [calm] and rest["next"] is None


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "x" * 201},
        {"q": "' OR 1=1 --"},
        {"q": '"kettle" NEAR('},
        {"q": "<script>alert(1)</script>"},
        {"q": "\x00\ufffd{{7*7}}%s"},
        {"mood": "furious"},
        {"reason": "' OR '1'='1"},
        {"reason": "x" * 101},
        {"agent": "<script>"},
        {"customer": "'; DROP TABLE messages;--"},
        {"customer": "x" * 65},
        {"before": "yesterday"},
        {"view": "all", "before": "yesterday"},
        {"view": "all", "before": "9" * 90},
        {"view": "all", "before": "1~' OR 1=1"},
        {"view": "all", "before": "-1~"},
        {"limit": 0},
        {"limit": 10_000},
        {"limit": "all"},
    ],
    ids=lambda asked: repr(asked)[:40],
)
def test_odd_questions_get_calm_answers(desk: ConsoleUnderTest, sam: httpx.Client, asked: dict) -> None:
    id = desk.visitor("My kettle", reason="person")
    answer = sam.get("conversations", params=asked)
    assert answer.status_code in (200, 400) and answer.headers["content-type"] == "application/json"
    if answer.status_code == 400:
        assert answer.json()["error"]["text"]
    else:
        assert answer.json()["conversations"] == []
    assert found(sam) == [id]


def test_a_list_takes_the_same_few_queries_however_long_it_is(desk: ConsoleUnderTest) -> None:
    def statements(count: int) -> int:
        for _ in range(count):
            desk.visitor("Hi", reason="person")
        ran: list[str] = []
        with desk.database.read() as connection:
            rows = summaries.waiting(connection)
            execute = connection.execute
            connection.execute = lambda *all: (ran.append("one"), execute(*all))[1]  # type: ignore[assignment]
            summaries.summaries(connection, rows, vip=lambda id: False, now=utc_now())
            summaries.unread(connection, [row.id for row in rows], ["a-sam"])
        return len(ran)

    assert statements(1) == statements(7)
