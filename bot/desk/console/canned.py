"""Answers that agents keep ready: read, written, changed and removed by everybody who answers."""

import re
import secrets
from collections.abc import Collection
from difflib import get_close_matches
from typing import Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, constr
from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.business import Business
from bot.desk.access import SignedIn, current_agent
from bot.desk.console.answers import Conflict, ConsoleRoute
from bot.errors import NotFound, ProtocolError
from bot.handoff.model import iso, utc_now
from bot.handoff.plain import one_line, plain
from bot.storage import canned
from bot.storage.canned import CannedReply
from bot.storage.engine import Database
from bot.storage.tables import agents

# What the console fills in for each conversation; besides them every fact of the business has its name.
PERSONAL = ("name", "full_name", "agent", "order", "email")
MOST = 500  # replies; nobody finds one among more
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_PLACE = re.compile(r"\{([^{}\s]{1,60})\}")
router = APIRouter(prefix="/api/console/canned", route_class=ConsoleRoute, tags=["console"])


class Written(BaseModel):
    """A reply as an agent writes it."""

    code: constr(strict=True, max_length=60)  # type: ignore[valid-type]
    title: constr(strict=True, max_length=200)  # type: ignore[valid-type]
    text: constr(strict=True, max_length=2000)  # type: ignore[valid-type]

    def reply(self, id: str, agent: SignedIn, known: Collection[str]) -> CannedReply:
        """Return it as it may be kept.

        Raises:
            ProtocolError: its code is none, it has no title or text, or it names something unknown.
        """
        code, title = self.code.strip().lower().removeprefix("/"), one_line(self.title, 100)
        if not _CODE.fullmatch(code):
            raise ProtocolError("A code has small letters, digits and hyphens, 40 at most.")
        if not title:
            raise ProtocolError("Give it a title, so that others find it.")
        text = plain(self.text).text
        check_places(text, known)
        return CannedReply(id, code, title, text, agent.id, utc_now())


def check_places(text: str, known: Collection[str]) -> None:
    """Refuse a text with a placeholder that nobody would fill in.

    Raises:
        ProtocolError: names the placeholder, and the one that may be meant.
    """
    for name in _PLACE.findall(text):
        if name not in known:
            near = get_close_matches(name, known, 1)
            mend = f" Did you mean {{{near[0]}}}?" if near else ""
            raise ProtocolError(f"{{{name}}} is not known.{mend}", code="unknown_placeholder")


def facts(request: Request) -> dict[str, str]:
    """Return the facts of the business by their names."""
    business: Business = request.app.state.business
    return business.facts()


def database(request: Request) -> Database:
    return request.app.state.database


@router.get("")
async def every(
    facts: dict[str, str] = Depends(facts),
    database: Database = Depends(database),
    agent: SignedIn = Depends(current_agent),
) -> dict[str, Any]:
    """List all replies by code, and what their placeholders stand for."""

    def work() -> list[dict[str, Any]]:
        with database.read() as connection:
            return _described(connection, *canned.every(connection))

    return {"canned": await database.run(work), "facts": facts, "placeholders": list(PERSONAL)}


@router.post("")
async def add(
    body: Written,
    facts: dict[str, str] = Depends(facts),
    database: Database = Depends(database),
    agent: SignedIn = Depends(current_agent),
) -> dict[str, Any]:
    """Write a new reply."""
    reply = body.reply(secrets.token_urlsafe(12), agent, {*PERSONAL, *facts})

    def work() -> dict[str, Any]:
        with database.write() as connection:
            if canned.count(connection) >= MOST:
                raise ProtocolError(f"There are {MOST} replies already. Remove some that nobody uses.")
            return _saved(connection, reply)

    return {"reply": await database.run(work)}


@router.put("/{id}")
async def change(
    id: str,
    body: Written,
    facts: dict[str, str] = Depends(facts),
    database: Database = Depends(database),
    agent: SignedIn = Depends(current_agent),
) -> dict[str, Any]:
    """Change a reply."""
    reply = body.reply(id, agent, {*PERSONAL, *facts})

    def work() -> dict[str, Any]:
        with database.write() as connection:
            if canned.find(connection, id) is None:
                raise NotFound("That reply has been removed.")
            return _saved(connection, reply)

    return {"reply": await database.run(work)}


@router.delete("/{id}")
async def remove(
    id: str, database: Database = Depends(database), agent: SignedIn = Depends(current_agent)
) -> dict[str, Any]:
    """Remove a reply."""

    def work() -> bool:
        with database.write() as connection:
            return canned.remove(connection, id)

    if not await database.run(work):
        raise NotFound("That reply has been removed.")
    return {}


def _saved(connection: Connection, reply: CannedReply) -> dict[str, Any]:
    other = canned.by_code(connection, reply.code)
    if other and other.id != reply.id:
        raise Conflict(f"/{reply.code} is “{other.title}” already.", code="code_taken")
    canned.save(connection, reply)
    return _described(connection, reply)[0]


def _described(connection: Connection, *replies: CannedReply) -> list[dict[str, Any]]:
    names = dict(connection.execute(select(agents.c.id, agents.c.name)).all())
    return [
        {
            "id": reply.id,
            "code": reply.code,
            "title": reply.title,
            "text": reply.text,
            "changed_by": names.get(reply.changed_by),
            "changed_at": iso(reply.changed_at),
        }
        for reply in replies
    ]
