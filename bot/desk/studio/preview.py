"""How an answer looks in the chat: a page of the chat that shows it, and the words that fill its gaps."""

import asyncio
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from fastapi import APIRouter, Depends
from starlette.responses import HTMLResponse

from bot.business import Business
from bot.desk.access import current_owner
from bot.desk.pages import WEB, policy
from bot.desk.studio.room import Room, StudioRoute, room
from bot.desk.studio.room import router as routed
from bot.owner_file import Part, name_of

PAGE = "console/studio/preview/index.html"
# The studio's own page may hold it, and nobody else's.
FRAMED = {"content-security-policy": policy("", sites=()), "x-frame-options": "SAMEORIGIN"}

router = routed("preview")
page = APIRouter(route_class=StudioRoute, dependencies=[Depends(current_owner)], include_in_schema=False)


@router.get("")
async def look(studio: Room = Depends(room)) -> dict[str, Any]:
    """Give the names and colours of the chat, what the business fills in, and which other gaps may stand."""
    return await asyncio.to_thread(_look, studio.settings.files)


@page.get("/studio/preview")
async def frame() -> HTMLResponse:
    """Return the page in the frame; it waits to be told what to show."""
    return HTMLResponse(await asyncio.to_thread(_page), headers=FRAMED)


def _look(root: Path) -> dict[str, Any]:
    business = Business.load(root / "data" / "business")
    domain = Part.read(root / "domain.yml", name_of(root / "domain.yml", root))
    return {
        "chat": {**business.widget.for_chat(), "name": business.name, "assistant": business.assistant_name},
        "facts": [{"name": name, "value": value} for name, value in sorted(business.facts().items())],
        "slots": sorted(domain.optional("slots").names()),
    }


def _page() -> str:
    """Write the page with the chat's own style sheets, in the order in which the chat itself has them."""
    found = (path.relative_to(WEB).as_posix() for path in (WEB / "widget").rglob("*.css"))
    sheets = ["tokens.css", *sorted(found, key=lambda path: (path.count("/"), path))]
    links = "\n    ".join(f'<link rel="stylesheet" href="/static/{escape(sheet)}">' for sheet in sheets)
    return Template((WEB / PAGE).read_text(encoding="utf-8")).substitute(sheets=links)
