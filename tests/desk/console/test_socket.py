import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
import websockets

from bot.desk.console import socket as console_socket
from bot.desk.console import teller
from bot.handoff.events import AgentRead
from bot.handoff.model import utc_now
from bot.storage.tables import agent_sessions, agents
from tests.desk.console.desk import NOOR, SAM, ConsoleUnderTest, Screen
from tests.serving import SECONDS


@pytest.fixture
def sam(desk: ConsoleUnderTest) -> httpx.Client:
    return desk.client(SAM)


@asynccontextmanager
async def screen(desk: ConsoleUnderTest, client: httpx.Client) -> AsyncIterator[Screen]:
    """Open a console's socket and say hello."""
    async with desk.socket() as socket:
        opened = Screen(socket)
        await opened.send("hello", ticket=client.post("ticket").json()["ticket"])
        yield opened


async def closed(socket: Any) -> int:
    """Return how the desk closes the socket."""
    with pytest.raises(websockets.ConnectionClosed):
        while True:
            await asyncio.wait_for(socket.recv(), SECONDS)
    return socket.close_code


async def test_a_snapshot_first(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    desk.visitor()
    bot, waiting = desk.visitor("Hi"), desk.visitor("Hi", reason="person")
    async with screen(desk, sam) as opened:
        frame = json.loads(await opened.socket.recv())
    assert frame["op"] == "snapshot" and {found["id"] for found in frame["conversations"]} == {bot, waiting}
    assert frame["counts"] == {"queue": 1, "mine": 0, "all": 2, "resolved": 0}


async def test_what_happens_is_told(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    async with screen(desk, sam) as opened:
        await opened.frame("snapshot")
        id = await asyncio.to_thread(desk.visitor, "Hi", reason="person")
        told = await opened.frame("conversation")
        while told["summary"]["owner"]["kind"] != "waiting" or not told["summary"]["situation"]:
            told = await opened.frame("conversation")
        assert told["summary"]["id"] == id and told["summary"]["unread"] == 1
        assert told["summary"]["situation"] == "About person@1"
        await asyncio.to_thread(sam.post, f"conversations/{id}/claim", json={"version": 2})
        while (await opened.frame("counts"))["counts"]["mine"] != 1:
            pass
        await asyncio.to_thread(sam.post, f"conversations/{id}/resolve", json={"version": 3})
        while told["summary"]["owner"]["kind"] != "closed":
            told = await opened.frame("conversation")


async def test_only_the_watched_conversation_is_heard_word_by_word(
    desk: ConsoleUnderTest, sam: httpx.Client
) -> None:
    watched, other = desk.visitor("One"), desk.visitor("Other")
    async with screen(desk, sam) as opened:
        await opened.send("watch", conversation=watched)
        await opened.send("ping")
        await opened.frame("pong")
        await asyncio.to_thread(desk.say, other, "not for these eyes")
        await asyncio.to_thread(desk.say, watched, "<b>Two</b>")
        frame = await opened.frame("message")
        assert frame["conversation"] == watched and frame["message"]["text"] == "<b>Two</b>"
        await opened.send("watch", conversation=None)
        await opened.send("ping")
        await opened.frame("pong")
        await asyncio.to_thread(desk.say, watched, "Three", cmid="v3")
        told = await opened.frame("conversation")
        while told["summary"]["last_message"]["text"] != "Three":
            told = await opened.frame("conversation")
        assert told["summary"]["unread"] == 1, "what was watched is read, what came later is not"


async def test_who_begins_to_watch_hears_where_the_conversation_stands(
    desk: ConsoleUnderTest, sam: httpx.Client
) -> None:
    """What was said while the screen fetched it would else be on no screen."""
    id = desk.visitor("One", "Two")
    async with screen(desk, sam) as opened:
        await opened.send("watch", conversation=id)
        assert (await opened.frame("watching", conversation=id))["last_seq"] == 2
        await asyncio.to_thread(desk.say, id, "Three")
        assert (await opened.frame("message"))["message"]["seq"] == 3


async def test_opening_a_conversation_elsewhere_reads_it_here(
    desk: ConsoleUnderTest, sam: httpx.Client
) -> None:
    id = desk.visitor("Hi")
    async with screen(desk, sam) as opened:
        assert (await opened.frame("snapshot"))["conversations"][0]["unread"] == 1
        await asyncio.to_thread(sam.get, f"conversations/{id}")
        assert (await opened.frame("conversation"))["summary"]["unread"] == 0


async def test_typing_both_ways(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id, heard = desk.visitor("Hi", reason="person"), []
    await asyncio.to_thread(sam.post, f"conversations/{id}/claim", json={"version": 2})
    async with screen(desk, sam) as mine, screen(desk, desk.client(NOOR)) as theirs:
        for opened in (mine, theirs):
            await opened.send("watch", conversation=id)
            await opened.send("ping")
            await opened.frame("pong")
        await mine.send("typing", conversation=id, on=True)
        heard.append(await theirs.frame("typing"))
        desk.service.typing(id, "visitor", None, True)
        assert (await mine.frame("typing"))["speaker"] == "visitor", "not one's own"
        await mine.socket.close()
        heard.append(await theirs.frame("typing", speaker="agent"))
    assert [(frame["name"], frame["on"]) for frame in heard] == [("Sam Reyes", True), ("Sam Reyes", False)]


async def test_nobody_types_in_a_colleagues_conversation(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("Hi", reason="person")
    async with screen(desk, sam) as mine, screen(desk, desk.client(NOOR)) as theirs:
        await theirs.send("watch", conversation=id)
        await theirs.send("ping")
        await theirs.frame("pong")
        await mine.send("typing", conversation=id, on=True)
        await mine.send("ping")
        await mine.frame("pong")
        desk.service.typing(id, "visitor", None, True)
        assert (await theirs.frame("typing"))["speaker"] == "visitor"


async def test_open_screens_make_agents_present(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    assert desk.presence.agents == frozenset()
    async with screen(desk, sam) as opened, screen(desk, sam) as second:
        await opened.frame("snapshot")
        await second.frame("snapshot")
        assert desk.presence.agents == {"a-sam"}
        await opened.socket.close()
        await asyncio.sleep(0.1)
        assert desk.presence.agents == {"a-sam"}
    for _ in range(50):
        if not desk.presence.agents:
            break
        await asyncio.sleep(0.1)
    assert desk.presence.agents == frozenset()


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        None,
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "ftp://{host}",
        "http://{host}.x",
    ],
)
async def test_no_socket_for_other_sites(desk: ConsoleUnderTest, origin: str | None) -> None:
    with pytest.raises(websockets.InvalidStatusCode) as refused:
        async with desk.socket(origin and origin.format(host=desk.host)):
            pytest.fail("the socket was opened")
    assert refused.value.status_code == 403


@pytest.mark.parametrize(
    "hello",
    [
        {"op": "hello", "ticket": "made-up"},
        {"op": "hello", "ticket": None},
        {"op": "hello", "ticket": {}},
        {"op": "hello"},
        {"op": "watch", "conversation": None},
        [],
        "hello",
        b"\x00\x01",
        "{",
    ],
    ids=repr,
)
async def test_no_socket_without_a_ticket(desk: ConsoleUnderTest, hello: Any) -> None:
    async with desk.socket() as socket:
        await socket.send(json.dumps(hello) if isinstance(hello, dict | list) else hello)
        first = json.loads(await socket.recv())
        assert first["op"] == "error" and await closed(socket) == 4401


async def test_a_ticket_opens_once(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    ticket = sam.post("ticket").json()["ticket"]
    for code in (None, 4401):
        async with desk.socket() as socket:
            opened = Screen(socket)
            await opened.send("hello", ticket=ticket)
            if code:
                assert await closed(socket) == code
            else:
                await opened.frame("snapshot")


@pytest.mark.parametrize("how", ["logout", "disabled", "revoked"])
async def test_who_is_signed_out_hears_no_more(
    desk: ConsoleUnderTest, sam: httpx.Client, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(console_socket, "BEAT", 0.1)
    ends = {
        "logout": lambda: sam.post("logout"),
        "disabled": lambda: desk.change(agents, agents.c.id == "a-sam", disabled=True),
        "revoked": lambda: desk.change(agent_sessions, revoked_at=desk.long_ago),
    }
    async with screen(desk, sam) as opened:
        await opened.frame("snapshot")
        await asyncio.to_thread(ends[how])
        assert await closed(opened.socket) == 4401


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", "bad_frame"),
        ("[]", "bad_frame"),
        ("7", "bad_frame"),
        ("", "bad_frame"),
        ("[" * 20_000, "bad_frame"),
        (b"{}", "bad_frame"),
        ('{"op": "watch"', "bad_frame"),
        ('{"op": 7}', "unknown_op"),
        ('{"op": "claim"}', "unknown_op"),
        ('{"op": "hello", "ticket": "x"}', "unknown_op"),
        ('{"op": "watch", "conversation": 7}', "bad_frame"),
        ('{"op": "watch", "conversation": "made-up"}', "not_found"),
        ('{"op": "watch", "conversation": "\\ud800"}', "not_found"),
        ('{"op": "typing", "conversation": "made-up", "on": true}', "not_found"),
        ('{"op": "typing", "conversation": "made-up", "on": "yes"}', "bad_frame"),
        ('{"op": "typing", "conversation": null, "on": true}', "bad_frame"),
    ],
    ids=lambda value: repr(value)[:50],
)
async def test_bad_frames_get_an_error_and_three_in_a_row_the_door(
    desk: ConsoleUnderTest, sam: httpx.Client, frame: str | bytes, code: str
) -> None:
    async with screen(desk, sam) as opened:
        for _ in range(2):
            await opened.socket.send(frame)
            assert (await opened.frame("error"))["code"] == code
        await opened.send("ping")
        await opened.frame("pong")
        for _ in range(3):
            await opened.socket.send(frame)
        assert await closed(opened.socket) == 1008


async def test_a_huge_frame_ends_the_socket(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    async with screen(desk, sam) as opened:
        await opened.frame("snapshot")
        await opened.socket.send('{"op": "ping", "x": "' + "x" * 70_000 + '"}')
        assert await closed(opened.socket) == 1009


async def test_waiting_becomes_more_urgent(
    desk: ConsoleUnderTest, sam: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teller, "REVIEW", 0.1)
    id = desk.visitor("Hi", reason="person")
    async with screen(desk, sam) as opened:
        before = (await opened.frame("snapshot"))["conversations"][0]["urgency"]
        await asyncio.to_thread(desk.waits, id, 20)
        told = await opened.frame("conversation")
        while told["summary"]["urgency"] <= before:
            told = await opened.frame("conversation")
        assert told["summary"]["id"] == id


async def test_a_hundred_messages_arrive_in_order(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("Hi")
    async with screen(desk, sam) as opened:
        await opened.send("watch", conversation=id)
        await opened.send("ping")
        await opened.frame("pong")

        async def all_at_once() -> None:
            await asyncio.gather(*(desk.service.receive(id, f"m{n}", f"Message {n}") for n in range(100)))

        await asyncio.to_thread(desk.do, all_at_once())
        seqs = [(await opened.frame("message"))["message"]["seq"] for _ in range(100)]
    assert seqs == list(range(2, 102))


async def watching(opened: Screen, id: str | None) -> None:
    await opened.send("watch", conversation=id)
    await opened.send("ping")
    await opened.frame("pong")


async def test_who_else_is_looking(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id, noor = desk.visitor("Hi"), desk.client(NOOR)
    sams, noors = {"id": "a-sam", "name": "Sam Reyes"}, {"id": "a-noor", "name": "Noor Haddad"}
    async with screen(desk, sam) as mine, screen(desk, sam) as second, screen(desk, noor) as theirs:
        await mine.send("watch", conversation=id)
        assert (await mine.frame("viewers", conversation=id))["agents"] == [sams]
        await second.send("watch", conversation=id)
        assert (await second.frame("viewers"))["agents"] == [sams], "two screens are one person"
        await mine.frame("viewers")
        await theirs.send("watch", conversation=id)
        assert (await mine.frame("viewers"))["agents"] == [noors, sams]
        whole = await asyncio.to_thread(sam.get, f"conversations/{id}")
        assert whole.json()["viewers"] == [noors, sams]
        await theirs.socket.close()
        assert (await mine.frame("viewers"))["agents"] == [sams]
        await second.send("watch", conversation=None)
        await mine.frame("viewers")
        await mine.send("watch", conversation=None)
    assert desk.app.state.console.screens.viewers(id) == []


async def test_what_the_visitor_has_seen_is_told_to_who_looks(
    desk: ConsoleUnderTest, sam: httpx.Client
) -> None:
    id = desk.visitor("Hi")
    async with screen(desk, sam) as mine, screen(desk, desk.client(NOOR)) as theirs:
        await watching(mine, id)
        await asyncio.to_thread(desk.do, desk.service.visitor_read(id, 1))
        assert (await mine.frame("read"))["seq"] == 1
        await theirs.send("ping")
        while (frame := json.loads(await theirs.socket.recv()))["op"] != "pong":
            assert frame["op"] != "read"


async def test_the_visitor_hears_what_their_agent_has_read(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id, heard = desk.visitor("Hi", reason="person"), []
    await asyncio.to_thread(sam.post, f"conversations/{id}/claim", json={"version": 2})
    with desk.bus.subscribe(lambda event: heard.append(event) if isinstance(event, AgentRead) else None):
        async with screen(desk, sam) as mine, screen(desk, desk.client(NOOR)) as theirs:
            await watching(mine, id)
            await watching(theirs, id)
            await asyncio.to_thread(desk.say, id, "Hello?")
            while not any(event.seq >= 4 for event in heard):
                await asyncio.sleep(0.02)
    assert {event.agent_id for event in heard} == {"a-sam"}


async def test_an_offer_is_told_to_the_one_it_is_for(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("Hi", reason="person")
    until = utc_now() + timedelta(seconds=45)
    async with screen(desk, sam) as mine, screen(desk, desk.client(NOOR)) as theirs:
        for opened in (mine, theirs):
            await opened.frame("snapshot")
        offer = desk.service.offer(id, "a-noor", until=until, assignment="Noor: free (0 of 4)")
        await asyncio.to_thread(desk.do, offer)
        told = await theirs.frame("offer", conversation=id)
        assert told["assignment"] == "Noor: free (0 of 4)" and told["until"].endswith("Z")
        while (frame := json.loads(await mine.socket.recv()))["op"] != "conversation":
            assert frame["op"] != "offer"
        assert frame["summary"]["offered_to"] == {"id": "a-noor", "name": "Noor Haddad"}


async def test_a_note_is_told_to_colleagues_and_not_to_the_visitor(
    desk: ConsoleUnderTest, sam: httpx.Client
) -> None:
    id = desk.visitor("Hi", reason="person")
    async with screen(desk, desk.client(NOOR)) as theirs:
        await watching(theirs, id)
        await asyncio.to_thread(
            sam.post, f"conversations/{id}/notes", json={"cmid": "n1", "text": "<b>x</b>"}
        )
        note = (await theirs.frame("note", conversation=id))["note"]
    assert (note["author"], note["text"]) == ("Sam Reyes", "<b>x</b>")
    said = sam.get(f"conversations/{id}").json()["messages"]
    assert not any("<b>x</b>" in message["text"] for message in said)


async def test_what_is_erased_goes_from_the_screens(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    id = desk.visitor("Hi", reason="person")
    async with screen(desk, sam) as mine:
        await watching(mine, id)
        await asyncio.to_thread(desk.do, desk.service.erase(id))
        assert (await mine.frame("erased"))["conversation"] == id
        assert (await mine.frame("counts"))["counts"]["all"] == 0
        await mine.send("ping")
        await mine.frame("pong")
    assert sam.get(f"conversations/{id}").status_code == 404


async def test_a_long_queue_is_told_bit_by_bit(
    desk: ConsoleUnderTest, sam: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(teller, "AT_ONCE", 2)
    ids = {desk.visitor("Hi") for _ in range(5)}
    async with screen(desk, sam) as opened:
        await opened.frame("snapshot")
        mine = next(iter(desk.app.state.console.screens))
        desk._server.loop.call_soon_threadsafe(mine.stir, *ids)
        told = [(await opened.frame("conversation"))["summary"]["id"] for _ in ids]
    assert set(told) == ids
