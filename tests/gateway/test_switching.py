"""Another version takes over while visitors talk: a new assistant, and the owner's files that go with it."""

import asyncio
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.desk.edition import Edition, Editions
from bot.settings import ROOT
from bot.supervisor.ports import free_port
from tests.gateway.served import ServedDesk, parts, serve_desk
from tests.gateway.stub_brain import StubBrain
from tests.serving import served

FILES = re.compile(r"/static/[0-9a-f]{12}/")
NAME = "name: Copper Kettle Coffee"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ServedDesk]:
    """A desk of its own: what it works with changes."""
    with serve_desk(tmp_path, parts()) as desk:
        yield desk


@pytest.fixture
def version(tmp_path: Path) -> Path:
    """Another version of the owner's files: the business has another name."""
    folder = tmp_path / "version"
    shutil.copytree(ROOT / "data" / "business", folder / "data" / "business")
    change(folder, "business.yml", NAME, "name: Tin Kettle Tea")
    change(folder, "business.yml", "assistant: Pip", "assistant: Kit")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "data" / "business" / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@contextmanager
def another(name: str) -> Iterator[tuple[StubBrain, str]]:
    """A second assistant, which says its name."""
    brain, port = StubBrain(), free_port()
    brain.answer = lambda asked: [{"text": f"{name} heard: {asked['text']}", "buttons": []}]
    with served(brain.app, port):
        yield brain, f"http://127.0.0.1:{port}"


async def take_up(desk: ServedDesk, brain: str, folder: Path, secret: str | None = None) -> httpx.Response:
    headers = {"X-Kindhand-Secret": secret or desk.settings.secret}
    told = {"brain": brain, "folder": str(folder)}
    async with httpx.AsyncClient(trust_env=False) as client:
        return await client.post(f"{desk.http}/internal/assistant", json=told, headers=headers)


async def present(desk: ServedDesk) -> dict[str, Any]:
    headers = {"X-Kindhand-Secret": desk.settings.secret}
    async with httpx.AsyncClient(trust_env=False) as client:
        return (await client.get(f"{desk.http}/internal/assistant", headers=headers)).json()


async def test_who_is_being_answered_hears_the_old_one_and_then_the_new_one(
    desk: ServedDesk, version: Path
) -> None:
    desk.brain.held = True
    with another("The new one") as (new, address):
        async with desk.visitor() as visitor, desk.visitor() as other:
            await visitor.say("before")
            while not desk.brain.asked:
                await asyncio.sleep(0.01)
            assert (await take_up(desk, address, version)).status_code == 200
            assert (await present(desk))["leaving"] == 1
            await other.say("meanwhile")
            await other.until(op="message", text="The new one heard: meanwhile")
            desk.brain.held = False
            await visitor.until(op="message", text="You said: before")
            await visitor.say("after")
            await visitor.until(op="message", text="The new one heard: after")
            assert await present(desk) == {"brain": address, "folder": str(version), "leaving": 0}
        assert [asked["text"] for asked in desk.brain.asked] == ["before"]
        assert [asked["text"] for asked in new.asked] == ["meanwhile", "after"]


async def test_many_who_wait_for_their_place_are_answered_by_the_new_one(
    desk: ServedDesk, version: Path
) -> None:
    desk.brain.held = True
    with another("The new one") as (new, address):
        visitors = [desk.visitor() for _ in range(6)]  # four are asked at once, two wait for a place
        opened = [await visitor.__aenter__() for visitor in visitors]
        for n, visitor in enumerate(opened):
            await visitor.say(f"question {n}")
        while len(desk.brain.asked) < 4:
            await asyncio.sleep(0.01)
        assert (await take_up(desk, address, version)).status_code == 200
        desk.brain.held = False
        for visitor in opened:
            await visitor.until(op="message", speaker="bot")
        assert len(desk.brain.asked) + len(new.asked) == 6 and len(new.asked) == 2
        for visitor in visitors:
            await visitor.__aexit__(None, None, None)


async def test_the_desk_works_by_the_files_of_the_new_version(desk: ServedDesk, version: Path) -> None:
    with another("Kit") as (_, address):
        async with httpx.AsyncClient(base_url=desk.http, trust_env=False) as web:
            chat, script = (await web.get("/chat")).text, (await web.get("/widget.js")).text
            assert "Copper Kettle Coffee" in chat and "Copper Kettle Coffee" in script
            files = FILES.search(chat)[0]
            assert (await take_up(desk, address, version)).status_code == 200
            chat, script = (await web.get("/chat")).text, (await web.get("/widget.js")).text
            assert "Tin Kettle Tea" in chat and "Tin Kettle Tea" in script
            assert "Copper Kettle" not in chat + script
            for address_of_files in (files, FILES.search(chat)[0]):
                assert (await web.get(f"{address_of_files}widget/all.js")).status_code == 200
        async with desk.visitor() as visitor:
            assert visitor.ready["business"] == {"name": "Tin Kettle Tea", "assistant": "Kit"}
            await visitor.say("hello")
            assert (await visitor.until(op="message", speaker="bot"))["name"] == "Kit"


async def test_files_that_cannot_be_used_change_nothing(desk: ServedDesk, version: Path) -> None:
    before = await present(desk)
    change(version, "hours.yml", "support:", "suport:")
    with another("The new one") as (new, address):
        refused = await take_up(desk, address, version)
        assert refused.status_code == 422 and "hours.yml" in refused.json()["error"]["text"]
        assert await present(desk) == before
        async with desk.visitor() as visitor:
            assert visitor.ready["business"]["name"] == "Copper Kettle Coffee"
            await visitor.say("hello")
            await visitor.until(op="message", text="You said: hello")
        assert not new.asked


async def test_a_slow_desk_is_where_it_was_last_told_to_be(
    desk: ServedDesk, version: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, begun, go_on = await present(desk), threading.Event(), threading.Event()
    read = Editions.read

    def slowly(self: Editions, folder: Path) -> Edition:
        if folder == version:
            begun.set()
            assert go_on.wait(10)
        return read(self, folder)

    monkeypatch.setattr(Editions, "read", slowly)
    with another("The new one") as (_, address):
        told = asyncio.create_task(take_up(desk, address, version))
        await asyncio.to_thread(begun.wait, 10)
        back = asyncio.create_task(take_up(desk, before["brain"], Path(before["folder"])))
        await asyncio.wait({back}, timeout=0.5)
        go_on.set()
        assert (await told).status_code == (await back).status_code == 200
        assert await present(desk) == before


async def test_only_our_own_processes_may_ask_for_it(desk: ServedDesk, version: Path) -> None:
    before = await present(desk)
    assert (await take_up(desk, "http://127.0.0.1:9", version, secret="x" * 40)).status_code == 401
    assert (await take_up(desk, "http://brain.example:80", version)).status_code == 422
    async with httpx.AsyncClient(base_url=desk.http, trust_env=False) as web:
        assert (await web.get("/internal/assistant")).status_code == 401
    assert await present(desk) == before


async def test_what_is_erased_during_a_switch_is_forgotten_by_both(desk: ServedDesk, version: Path) -> None:
    desk.brain.held = True
    with another("The new one") as (new, address):
        async with desk.visitor() as visitor:
            await visitor.say("my secret")
            while not desk.brain.asked:
                await asyncio.sleep(0.01)
            assert (await take_up(desk, address, version)).status_code == 200
            await visitor.send(op="erase", cmid="e")
            while not new.forgotten:
                await asyncio.sleep(0.01)
            assert desk.brain.forgotten == new.forgotten == [visitor.conversation]
            desk.brain.held = False
