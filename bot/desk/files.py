"""How the desk takes files in over HTTP and gives them out, for visitors and agents alike."""

from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote

from pydantic import constr
from starlette.requests import Request
from starlette.responses import StreamingResponse

from bot.attachments.keeper import Given
from bot.attachments.refusals import CODES
from bot.business import Business
from bot.errors import ProtocolError

CHUNK = 65_536  # bytes
Cmid = constr(strict=True, regex=r"^[A-Za-z0-9_-]{1,64}\Z")
Name = constr(max_length=1000)
# A file is looked at or saved, and never runs, is framed or is read by another site.
HEADERS = {
    "cache-control": "private, no-store",
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "accept-ranges": "none",
}


def answer(given: Given, *, save: bool) -> StreamingResponse:
    """Give out a whole file: a picture to look at unless it is to be saved, anything else to save."""
    attachment = given.attachment
    looked_at = attachment.kind.startswith("image/") and not save
    # Only the newer form of the name, which every browser reads, can carry all letters.
    name = f"{'inline' if looked_at else 'attachment'}; filename*=UTF-8''{quote(attachment.name, safe='')}"
    return StreamingResponse(
        _chunks(given.file), media_type=attachment.kind, headers={**HEADERS, "content-disposition": name}
    )


def is_too_big(request: Request, largest: int) -> bool:
    """Tell by what a call says of itself, before any of it is read."""
    said = request.headers.get("content-length", "")
    return said.isdigit() and int(said) > largest


def in_words(problem: ProtocolError, business: Business, largest: int, language: str | None) -> str:
    """Say why a file was not taken, in the owner's words."""
    if problem.code == "too_many":
        return business.say("too_many", language=language)
    if problem.code not in CODES:
        return problem.text
    values = {"megabytes": f"{round(largest / (1 << 20), 1):g}"} if problem.code == "too_big" else {}
    return business.say(f"attachment_{problem.code}", language=language, **values)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK):
            yield chunk
