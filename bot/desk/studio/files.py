"""The files themselves, for owners who like them, and what is wrong in them."""

import asyncio
from typing import Any

from fastapi import Depends
from pydantic import BaseModel, StrictStr

from bot.check import check
from bot.desk.studio.room import Room, author, room
from bot.desk.studio.room import router as routed
from bot.errors import OwnerFileError
from bot.studio.files.workspace import Workspace

router = routed("files")


class Written(BaseModel):
    name: StrictStr
    text: StrictStr
    digest: StrictStr  # of the text that the page showed


@router.get("")
async def names(studio: Room = Depends(room)) -> dict[str, Any]:
    """List the files, and what is wrong in them."""
    listed, problems = await asyncio.gather(
        asyncio.to_thread(studio.workspace.names),
        asyncio.to_thread(check, studio.settings.files, studio.settings),
    )
    return {"files": listed, "problems": [described(problem) for problem in problems]}


@router.get("/text")
async def text(name: str, studio: Room = Depends(room)) -> dict[str, Any]:
    """Give one file and who wrote it so, if that was done here."""

    def read() -> dict[str, Any]:
        file, hand = studio.workspace.read(name), studio.workspace.hand(name)
        by = {"author": hand.author, "at": hand.at.isoformat()} if hand else None
        return {"name": name, "text": file.text, "digest": file.digest, "hand": by}

    return await asyncio.to_thread(read)


@router.put("/text")
async def write(body: Written, studio: Room = Depends(room), by: str = Depends(author)) -> dict[str, Any]:
    """Write a file anew; 409 `written_meanwhile` when it is not as the page showed it."""
    digest = await asyncio.to_thread(_write, studio.workspace, body, by)
    problems = await asyncio.to_thread(check, studio.settings.files, studio.settings)
    return {"digest": digest, "problems": [described(problem) for problem in problems]}


def _write(workspace: Workspace, body: Written, by: str) -> str:
    with workspace.edit(by) as edit:
        edit.replace(body.name, body.digest, body.text)
        return edit.read(body.name).digest


def described(problem: OwnerFileError) -> dict[str, Any]:
    """Say what is wrong, where, and the mend."""
    return {"file": problem.path, "line": problem.line, "problem": problem.problem, "mend": problem.mend}
