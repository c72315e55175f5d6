import asyncio
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from bot.attachments.refusals import AttachmentRefused
from bot.attachments.workbench import LONGEST_LINE, Opened, Workbench
from tests.attachments.files import bomb, paper, picture

# Notes who it is in the folder that it was given, and stays.
SLEEPER = ("/bin/sh", "-c", 'echo $$ > "$2/pid"; exec sleep 60', "sleeper")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "sent"


async def opened(file: Path, content: bytes, workbench: Workbench | None = None) -> Opened:
    file.write_bytes(content)
    return await (workbench or Workbench()).open(file, file.parent / "work")


async def refusal(file: Path, content: bytes, workbench: Workbench | None = None) -> str:
    with pytest.raises(AttachmentRefused) as refused:
        await opened(file, content, workbench)
    return refused.value.code


async def test_a_picture_and_a_paper_are_written_anew(file: Path) -> None:
    assert await opened(file, picture("GIF")) == Opened("image/png", 40, 30)
    assert sorted(made.name for made in (file.parent / "work").iterdir()) == ["small", "whole"]
    assert {oct(made.stat().st_mode & 0o777) for made in (file.parent / "work").iterdir()} == {"0o600"}
    assert await opened(file, paper()) == Opened("application/pdf")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg onload='alert(1)'/>", "unknown_kind"),
        (b"", "unknown_kind"),
        (b"\0\0\0\x20ftypheic\0\0\0\0", "heic"),
        (picture()[:300], "broken"),
        (bomb(40_000, 40_000), "too_large"),
    ],
    ids=["svg", "nothing", "heic", "half", "bomb"],
)
async def test_what_is_refused_says_why(file: Path, content: bytes, code: str) -> None:
    assert await refusal(file, content) == code


def script(text: str) -> tuple[str, ...]:
    return sys.executable, "-c", text


async def test_a_reader_that_dies_or_talks_nonsense_breaks_nothing_else(file: Path) -> None:
    died = script("import os; os.abort()")
    assert await refusal(file, b"x", Workbench(command=died)) == "broken"
    assert await refusal(file, b"x", Workbench(command=script("print('hello')"))) == "broken"


async def test_a_reader_that_takes_too_long_is_stopped(file: Path) -> None:
    slow = Workbench(command=SLEEPER, seconds=1.0)
    assert await refusal(file, b"x", slow) == "broken"
    assert not psutil.pid_exists(int((file.parent / "work" / "pid").read_text()))


async def test_a_reader_knows_no_secret(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINDHAND_SECRET", "canary")
    tell = "import json, os; print(json.dumps({'refused': 'x', 'problem': ' '.join(os.environ.values())}))"
    with pytest.raises(AttachmentRefused) as refused:
        await opened(file, b"x", Workbench(command=script(tell)))
    assert "canary" not in refused.value.text


async def test_one_at_a_time_and_not_too_many_in_line(file: Path) -> None:
    log = file.parent / "log"
    note = f"f = open({str(log)!r}, 'a'); f.write('('); f.flush(); f.write(')')"
    workbench = Workbench(command=script(note))
    codes = await asyncio.gather(*(refusal(file, b"x", workbench) for _ in range(LONGEST_LINE + 3)))
    assert codes.count("failed") == 3
    assert log.read_text() == "()" * LONGEST_LINE


async def test_whoever_goes_away_leaves_no_reader_behind(file: Path) -> None:
    mark = file.parent / "work" / "pid"
    going = asyncio.create_task(opened(file, b"x", Workbench(command=SLEEPER)))
    while not (mark.exists() and mark.read_text()):
        await asyncio.sleep(0.02)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    with suppress(psutil.NoSuchProcess):
        await asyncio.to_thread(psutil.Process(int(mark.read_text())).wait, 10)
