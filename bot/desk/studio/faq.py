"""Questions by the hundred over the wire: from a table or the text of a page, and as a table."""

import asyncio
from typing import Any, Literal

from fastapi import Depends
from pydantic import BaseModel, StrictBool, StrictStr
from starlette.responses import Response

from bot.desk.studio.questions import questions
from bot.desk.studio.room import StudioRoute, author
from bot.desk.studio.room import router as routed
from bot.studio.questions import faq_csv, faq_page
from bot.studio.questions.faq_import import Outcome
from bot.studio.questions.questions import Questions


class ImportRoute(StudioRoute):
    largest = 8_000_000  # bytes: thousands of questions


router = routed("questions")
router.route_class = ImportRoute


class Many(BaseModel):
    kind: Literal["csv", "page"]
    text: StrictStr
    how: Literal["add", "replace"] = "add"
    dry: StrictBool = True


@router.post("/import")
async def take_in(
    body: Many,
    known: Questions = Depends(questions),
    by: str = Depends(author),
) -> dict[str, Any]:
    """Take in a table or the text of a page, all or nothing; say of each row what becomes of it."""

    def take() -> list[Outcome]:
        rows = faq_csv.read(body.text) if body.kind == "csv" else faq_page.read(body.text)
        return known.take(rows, replacing=body.how == "replace", author=by, dry_run=body.dry)

    return {"rows": [_outcome(one) for one in await asyncio.to_thread(take)]}


@router.get("/export")
async def export(known: Questions = Depends(questions)) -> Response:
    """Give all questions as a table that can be imported again."""

    def write() -> str:
        found = known.taught().questions.values()
        return faq_csv.write((one.question, one.topic) for one in found)

    named = {"Content-Disposition": 'attachment; filename="questions.csv"'}
    return Response(await asyncio.to_thread(write), media_type="text/csv; charset=utf-8", headers=named)


def _outcome(one: Outcome) -> dict[str, Any]:
    row = one.row
    return {
        "line": row.line,
        "question": row.question,
        "what": one.what,
        "why": one.why,
        "intent": one.intent or None,
        "answer": "\n".join(row.wordings.get("plain", ())),
        "examples": [row.question, *row.examples],
    }
