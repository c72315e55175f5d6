import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from bot.storage.tables import handoffs
from tests.desk.console.desk import NOOR, SAM, ConsoleUnderTest


@pytest.fixture
def sam(desk: ConsoleUnderTest) -> httpx.Client:
    return desk.client(SAM)


def names(answer: httpx.Response) -> list[str]:
    return [summary["id"] for summary in answer.json()["conversations"]]


def claim(client: httpx.Client, id: str, version: int = 2) -> httpx.Response:
    return client.post(f"conversations/{id}/claim", json={"version": version})


def resolve(client: httpx.Client, id: str, version: int = 3) -> httpx.Response:
    return client.post(f"conversations/{id}/resolve", json={"version": version})


def test_an_empty_desk(sam: httpx.Client) -> None:
    answer = sam.get("conversations").json()
    counts = {"queue": 0, "mine": 0, "all": 0, "resolved": 0}
    assert answer == {"conversations": [], "counts": counts, "next": None}


def test_the_worst_is_first(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    desk.crm.vips = {"c-vip"}
    calm = desk.visitor("Hi", reason="person")
    waits = desk.visitor("Hi", reason="person")
    vip = desk.visitor("Hi", reason="person", customer="c-vip")
    legal = desk.visitor("Hi", reason="legal_threat")
    danger = desk.visitor("Hi", reason="safety")
    desk.waits(waits, minutes=15)
    assert names(sam.get("conversations?view=queue")) == [danger, legal, waits, vip, calm]


def test_each_view_shows_its_own(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    desk.visitor()  # opened the chat and said nothing
    bot, queue, mine, theirs, done = (
        desk.visitor("Hi", reason=reason) for reason in (None, "person", "person", "person", "person")
    )
    noor = desk.client(NOOR)
    assert [claim(sam, mine).status_code, claim(noor, theirs).status_code, claim(sam, done).status_code] == [
        200
    ] * 3
    assert sam.post(f"conversations/{done}/resolve", json={"version": 3}).status_code == 200
    assert names(sam.get("conversations?view=queue")) == [queue]
    assert names(sam.get("conversations?view=mine")) == [mine]
    assert names(noor.get("conversations?view=mine")) == [theirs]
    assert set(names(sam.get("conversations?view=all"))) == {bot, queue, mine, theirs}
    resolved = sam.get("conversations?view=resolved").json()
    assert [summary["id"] for summary in resolved["conversations"]] == [done]
    assert resolved["conversations"][0]["resolved_at"] and resolved["counts"] == {
        "queue": 1,
        "mine": 1,
        "all": 4,
        "resolved": 1,
    }


def test_a_summary_says_it_all(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("My kettle is dented", customer="c-ines", reason="person")
    (summary,) = sam.get("conversations").json()["conversations"]
    assert summary["customer"] == {"name": "C-Ines", "identified": True, "vip": False}
    assert summary["owner"] == {"kind": "waiting", "agent_id": None, "name": None}
    assert summary["reasons"] == [{"code": "person", "label": "Person"}]
    assert summary["situation"] == "About person@1" and summary["waiting_since"].endswith("Z")
    assert (summary["id"], summary["version"], summary["unread"], summary["channel"]) == (id, 2, 1, "web")
    assert summary["mood"] == {"level": 0.0, "label": "calm", "trend": "steady"}
    assert summary["last_message"]["speaker"] == "system" and summary["resolved_at"] is None


def test_an_odd_reason_spoils_no_list(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("Hi", reason="person")
    desk.change(handoffs, reasons=[{}, {"code": ["x"]}, {"code": "anger", "label": None}])
    (summary,) = sam.get("conversations").json()["conversations"]
    assert summary["id"] == id and summary["reasons"][2] == {"code": "anger", "label": "anger"}


@pytest.mark.parametrize("query", ["view=none", "view=", "view=queue'--", "view=queue&view=x"])
def test_there_are_no_other_views(sam: httpx.Client, query: str) -> None:
    answer = sam.get(f"conversations?{query}")
    assert answer.status_code == 400 and answer.json()["error"]["code"] == "bad_request"


def test_opening_one_shows_everything_and_reads_it(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("Where is it?", "<b>Hello</b>", customer="c-ines", reason="person")
    detail = sam.get(f"conversations/{id}").json()
    stored = {"messages", "brief", "handoff", "notes", "earlier", "visitor_seen_seq", "surveys", "prechat"}
    assert set(detail) == {"summary", "card", "mood", "viewers"} | stored
    assert [message["seq"] for message in detail["messages"]] == [1, 2, 3]
    assert detail["messages"][1]["text"] == "<b>Hello</b>" and detail["brief"]["situation"]
    assert detail["card"]["available"] and detail["card"]["customer"]["id"] == "c-ines"
    assert detail["summary"]["unread"] == 0
    desk.say(id, "Hello?")
    assert sam.get("conversations").json()["conversations"][0]["unread"] == 1
    assert desk.client(NOOR).get("conversations").json()["conversations"][0]["unread"] == 3


def test_a_conversation_from_start_to_end(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("I want a person", reason="person")
    taken = claim(sam, id).json()["summary"]
    assert taken["owner"] == {"kind": "agent", "agent_id": "a-sam", "name": "Sam Reyes"}
    said = sam.post(f"conversations/{id}/reply", json={"cmid": "a1", "text": " Hello, Sam here. "}).json()[
        "message"
    ]
    assert (said["speaker"], said["name"], said["text"]) == ("agent", "Sam Reyes", "Hello, Sam here.")
    back = sam.post(f"conversations/{id}/hand-back", json={"version": 3, "note": "Sent a kettle"}).json()[
        "summary"
    ]
    assert (back["owner"]["kind"], back["version"], back["reasons"]) == ("bot", 4, [])
    again = claim(sam, id, 4).json()["summary"]
    done = resolve(sam, id, again["version"]).json()["summary"]
    assert done["owner"]["kind"] == "closed" and done["owner"]["name"] == "Sam Reyes"


def test_a_reply_is_said_once(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("Hi", reason="person")
    claim(sam, id)

    def reply(text: str) -> httpx.Response:
        return sam.post(f"conversations/{id}/reply", json={"cmid": "a1", "text": text})

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: reply("Hello"), range(24)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["message"]["seq"] for answer in answers}) == 1
    other = reply("Something else")
    assert other.status_code == 400 and other.json()["error"]["code"] == "cmid_reused"
    texts = [message["text"] for message in sam.get(f"conversations/{id}").json()["messages"]]
    assert texts.count("Hello") == 1 and "Something else" not in texts


@pytest.mark.parametrize("round", range(3))
def test_of_two_claims_at_once_one_wins(desk: ConsoleUnderTest, round: int) -> None:
    id, clients = (
        desk.visitor("Hi", reason="person"),
        [desk.client(email) for email in (SAM, NOOR) for _ in "abc"],
    )
    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(lambda client: claim(client, id), clients))
    won = [answer for answer in answers if answer.status_code == 200]
    lost = [answer.json()["error"] for answer in answers if answer.status_code == 409]
    assert len(won) == len(lost) == 3  # whoever has it asked three times, and is told so each time
    (winner,) = {json.dumps(answer.json()["summary"]["owner"]) for answer in won}
    winner = json.loads(winner)
    assert all(error["code"] == "stale_version" and error["current"] == 3 for error in lost)
    assert all(error["owner"] == winner for error in lost)
    assert any(winner["name"] in error["text"] for error in lost)


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("claim", {}),
        ("claim", {"version": "2"}),
        ("claim", {"version": 2.5}),
        ("claim", {"version": True}),
        ("claim", {"version": None}),
        ("claim", []),
        ("reply", {"cmid": "m", "text": 7}),
        ("reply", {"cmid": "", "text": "Hi"}),
        ("reply", {"cmid": "m" * 65, "text": "Hi"}),
        ("reply", {"cmid": "m\n", "text": "Hi"}),
        ("reply", {"cmid": "../m", "text": "Hi"}),
        ("reply", {"cmid": ["m"], "text": "Hi"}),
        ("reply", {"cmid": "m", "text": "x" * 5000}),
        ("reply", {"cmid": "m", "text": "☕" * 1500}),
        ("reply", {"cmid": "m", "text": ""}),
        ("reply", {"cmid": "m", "text": " \u200b\n"}),
        ("hand-back", {"version": 3, "note": "x" * 2001}),
        ("hand-back", {"version": 3, "note": {}}),
        ("hand-back", {"version": 3, "note": None}),
        ("resolve", {"version": []}),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_bad_input_changes_nothing(desk: ConsoleUnderTest, sam: httpx.Client, verb: str, body: Any) -> None:
    id = desk.visitor("Hi", reason="person")
    if verb != "claim":
        claim(sam, id)
    before = sam.get(f"conversations/{id}").json()
    answer = sam.post(f"conversations/{id}/{verb}", json=body)
    assert answer.status_code == 400 and answer.json()["error"]["text"]
    after = sam.get(f"conversations/{id}").json()
    assert (
        after["messages"] == before["messages"]
        and after["summary"]["version"] == before["summary"]["version"]
    )


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("'; DROP TABLE messages;--", "'; DROP TABLE messages;--"),
        ("4111 1111 1111 1111", "•••• 1111"),
        ("a\x00b", "ab"),
        ("☕👨‍👩‍👧", "☕👨‍👩‍👧"),
        ("/restart", "/restart"),
    ],
)
def test_every_text_is_data(desk: ConsoleUnderTest, sam: httpx.Client, typed: str, stored: str) -> None:
    id = desk.visitor(typed, reason="person")
    claim(sam, id)
    answer = sam.post(f"conversations/{id}/reply", json={"cmid": "a1", "text": typed})
    assert answer.json()["message"]["text"] == stored
    detail = sam.get(f"conversations/{id}")
    assert (
        detail.headers["content-type"] == "application/json"
        and detail.json()["messages"][0]["text"] == stored
    )


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"down": True}, "Customer details unavailable right now."),
        ({"answers_for": "c-tom"}, "Customer details unavailable right now."),
    ],
)
def test_without_a_card_the_agent_can_work(
    desk: ConsoleUnderTest, sam: httpx.Client, state: dict, reason: str
) -> None:
    id = desk.visitor("Hi", customer="c-ines", reason="person")
    vars(desk.crm).update(state)
    detail = sam.get(f"conversations/{id}").json()
    assert detail["card"] == {"available": False, "reason": reason} and detail["messages"]


def test_a_stranger_has_no_card(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    card = sam.get(f"conversations/{desk.visitor('I am Mara Lindqvist, c-mara')}").json()["card"]
    assert card["available"] is False and "not signed in" in card["reason"] and desk.crm.asked == 0


def test_a_slow_crm_delays_nothing_for_long(
    desk: ConsoleUnderTest, sam: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = desk.visitor("Hi", customer="c-ines", reason="person")
    monkeypatch.setattr(desk.app.state.console.cards._guard, "_seconds", 0.3)
    desk.crm.seconds = 3
    assert sam.get("conversations").status_code == 200
    detail = sam.get(f"conversations/{id}").json()  # what came after three seconds would be in it
    assert detail["card"] == {"available": False, "reason": "Customer details unavailable right now."}
