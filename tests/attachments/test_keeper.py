import asyncio
import errno
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.attachments import shelf
from bot.attachments.keeper import Keeper
from bot.attachments.refusals import AttachmentRefused
from bot.attachments.workbench import Opened
from bot.errors import NotFound, ProtocolError
from bot.handoff.model import Message
from tests.databases import fresh
from tests.handoff.desk import SAM, DeskUnderTest


class Bench:
    """Opens anything, and keeps it as it is."""

    def __init__(self) -> None:
        self.opened = 0

    async def open(self, file: Path, folder: Path) -> Opened:
        self.opened += 1
        (folder / "whole").write_bytes(file.read_bytes())
        (folder / "small").write_bytes(b"small")
        return Opened("image/jpeg", 40, 30)


@pytest_asyncio.fixture
async def desk(tmp_path: Path) -> AsyncIterator[DeskUnderTest]:
    desk = DeskUnderTest(fresh(tmp_path / "desk.db"))
    yield desk
    await desk.service.close()
    desk.database.close()


@pytest.fixture
def keeper(desk: DeskUnderTest, tmp_path: Path) -> Iterator[Keeper]:
    keeper = new_keeper(desk, tmp_path)
    with desk.bus.subscribe(keeper.hear):
        yield keeper


def new_keeper(desk: DeskUnderTest, folder: Path, **options: object) -> Keeper:
    given = {"largest": lambda: 1000, "workbench": Bench(), **options}
    return Keeper(folder / "attachments", desk.database, desk.service, **given)


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


async def send(keeper: Keeper, id: str, cmid: str = "c1", *parts: bytes) -> Message:
    return await keeper.from_visitor(id, cmid, "kettle.jpeg", pieces(*(parts or (b"ket", b"tle"))))


async def read(keeper: Keeper, *about: str, small: bool = False) -> bytes:
    given = await keeper.give(*about, small=small)
    with given.file:
        return given.file.read()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "attachments").rglob("*") if path.is_file())


async def test_a_file_is_kept_and_given_out(desk: DeskUnderTest, keeper: Keeper, tmp_path: Path) -> None:
    id = await desk.conversation()
    file = (await send(keeper, id)).attachment
    assert (file.name, file.kind, file.size, file.width, file.height) == (
        "kettle.jpg",
        "image/jpeg",
        6,
        40,
        30,
    )
    assert await read(keeper, file.id, id) == b"kettle" == await read(keeper, file.id)
    assert await read(keeper, file.id, id, small=True) == b"small"
    assert files(tmp_path) == [file.id, f"{file.id}.small"]


async def test_somebody_elses_file_is_not_there(desk: DeskUnderTest, keeper: Keeper) -> None:
    mine, theirs = await desk.conversation(), await desk.conversation()
    file = (await send(keeper, theirs)).attachment
    for id in (file.id, "made-up", "../../desk.db", ""):
        with pytest.raises(NotFound) as refused:
            await keeper.give(id, mine)
        assert str(refused.value) == "There is no such file."


async def test_the_same_again_is_opened_and_kept_once(
    desk: DeskUnderTest, keeper: Keeper, tmp_path: Path
) -> None:
    id = await desk.conversation()
    bench = keeper._workbench
    first = await send(keeper, id)
    assert await send(keeper, id, "c1", b"kettle") == first
    assert bench.opened == 1 and len(files(tmp_path)) == 2
    with pytest.raises(ProtocolError):
        await send(keeper, id, "c1", b"teapot")


async def test_the_same_at_once_is_kept_once(desk: DeskUnderTest, keeper: Keeper, tmp_path: Path) -> None:
    id = await desk.conversation()
    sent = await asyncio.gather(*(send(keeper, id) for _ in range(5)))
    assert len({message.seq for message in sent}) == 1 and len(files(tmp_path)) == 2


@pytest.mark.parametrize(
    ("parts", "code"), [((b"x" * 600, b"x" * 401), "too_big"), ((b"x" * 2000,), "too_big"), ((b"",), "empty")]
)
async def test_what_is_too_big_or_nothing_leaves_no_trace(
    desk: DeskUnderTest, keeper: Keeper, tmp_path: Path, parts: tuple[bytes, ...], code: str
) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        await send(keeper, await desk.conversation(), "c1", *parts)
    assert refused.value.code == code and files(tmp_path) == []


async def test_no_more_is_read_than_may_be(desk: DeskUnderTest, keeper: Keeper) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b"x" * 100

    with pytest.raises(AttachmentRefused):
        await keeper.from_visitor(await desk.conversation(), "c1", "x", endless())
    assert read == 11


async def test_what_does_not_arrive_is_given_up(desk: DeskUnderTest, tmp_path: Path) -> None:
    async def dripping() -> AsyncIterator[bytes]:
        yield b"k"
        await asyncio.sleep(60)

    keeper = new_keeper(desk, tmp_path, arrives=0.05)
    with pytest.raises(AttachmentRefused) as refused:
        await keeper.from_visitor(await desk.conversation(), "c1", "x", dripping())
    assert refused.value.code == "failed" and files(tmp_path) == []


async def test_a_line_that_breaks_leaves_nothing(desk: DeskUnderTest, keeper: Keeper, tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"k"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await keeper.from_visitor(await desk.conversation(), "c1", "x", broken())
    assert files(tmp_path) == []


async def test_a_full_disk_is_said(
    desk: DeskUnderTest, keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    id = await desk.conversation()
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(AttachmentRefused) as refused:
        await send(keeper, id)
    monkeypatch.undo()
    assert refused.value.code == "no_room"
    assert await send(keeper, id) and len(files(tmp_path)) == 2  # as soon as there is room


async def test_a_message_that_cannot_be_stored_takes_its_file_with_it(
    desk: DeskUnderTest, keeper: Keeper, tmp_path: Path
) -> None:
    id = await desk.conversation()
    await desk.service.erase(id)
    with pytest.raises(NotFound):
        await send(keeper, id)
    assert files(tmp_path) == []


async def test_erasing_takes_the_files(desk: DeskUnderTest, keeper: Keeper, tmp_path: Path) -> None:
    id, other = await desk.conversation(), await desk.conversation()
    await send(keeper, id)
    kept = (await send(keeper, other)).attachment.id
    await desk.service.erase(id)
    assert files(tmp_path) == [kept, f"{kept}.small"]


async def test_a_kill_before_the_row_leaves_nothing_for_ever(
    desk: DeskUnderTest, keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = await desk.conversation()
    kept = (await send(keeper, id)).attachment.id

    class Killed(BaseException):
        pass

    async def killed(*_: object, **__: object) -> Message:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(desk.service, "attach", killed)
        patch.setattr(shelf.Shelf, "remove", lambda *_: None)  # nobody was left to do so
        with pytest.raises(Killed):
            await send(keeper, id, "c2", b"teapot")
    assert len(files(tmp_path)) == 4
    new_keeper(desk, tmp_path).sweep()
    assert files(tmp_path) == [kept, f"{kept}.small"]
    assert await read(keeper, kept, id) == b"kettle"


async def test_a_file_that_the_disk_has_lost_is_not_there(
    desk: DeskUnderTest, keeper: Keeper, tmp_path: Path
) -> None:
    id = await desk.conversation()
    file = (await send(keeper, id)).attachment.id
    for path in (tmp_path / "attachments" / id).iterdir():
        path.unlink()
    with pytest.raises(NotFound):
        await keeper.give(file, id)


async def test_an_agent_sends_one_though_visitors_cannot(desk: DeskUnderTest, tmp_path: Path) -> None:
    keeper = new_keeper(desk, tmp_path, largest=lambda: 0)
    assert keeper.offer is None
    id = await desk.conversation()
    await desk.service.claim(id, SAM, 1)
    message = await keeper.from_agent(id, SAM, "a1", "invoice.jpg", pieces(b"x" * 2000))
    assert await read(keeper, message.attachment.id, id) == b"x" * 2000


async def test_the_offer_names_size_and_kinds(keeper: Keeper) -> None:
    kinds = ["image/jpeg", "image/png", "image/gif", "image/webp", "application/pdf"]
    assert keeper.offer == {"bytes": 1000, "kinds": kinds}
