"""The chat's own sentences, one at a time, and how answers sound in each tone."""

import asyncio
from datetime import datetime, timezone
from typing import Any

from fastapi import Depends
from pydantic import BaseModel, StrictStr

from bot.check import check
from bot.desk.studio.files import described
from bot.desk.studio.room import Room, author, room
from bot.desk.studio.room import router as routed
from bot.desk.studio.saving import business_of, path_of, require
from bot.errors import ProtocolError
from bot.studio.settings import sentences, tones
from bot.studio.settings.sentences import OWN, Language, Said

router = routed("settings/sentences")


class Sentence(BaseModel):
    language: StrictStr
    key: StrictStr
    text: StrictStr
    upset: StrictStr = ""
    mark: StrictStr


@router.get("")
async def all_sentences(studio: Room = Depends(room)) -> dict[str, Any]:
    """Give the chat's sentences by group, in every language that there is."""
    return await asyncio.to_thread(_sentences, studio)


@router.put("")
async def change_sentence(
    body: Sentence, studio: Room = Depends(room), by: str = Depends(author)
) -> dict[str, Any]:
    """Write one sentence in one language; 409 `written_meanwhile` when it is not as the page showed it."""
    return await asyncio.to_thread(_change_sentence, studio, body, by)


@router.get("/tones")
async def all_tones(studio: Room = Depends(room)) -> dict[str, Any]:
    """Give answers that have a wording for each tone, filled in, to see how the tones differ."""
    return {"answers": await asyncio.to_thread(tones.answers, studio.settings.files, business_of(studio))}


def _sentences(studio: Room) -> dict[str, Any]:
    languages, business = _languages(studio), business_of(studio)
    now = datetime.now(timezone.utc)
    problems = []
    for problem in check(studio.settings.files, studio.settings):
        language = next((one for one in languages if one.file == problem.path), None)
        path = path_of(studio.workspace.read(problem.path).text, problem) if language else ()
        field = sentences.key_at(path, language, languages[0].titles()) if language else None
        place = {"field": field, "language": language.code if language else None}
        problems.append({**described(problem), **place})
    problems.sort(key=lambda problem: problem["language"] is None)
    return {
        "languages": [one.as_dict() for one in languages],
        "groups": sentences.groups(languages),
        "placeholders": sentences.meanings(),
        "examples": sentences.examples(business, now) if business else {},
        "problems": problems,
    }


def _change_sentence(studio: Room, body: Sentence, by: str) -> dict[str, Any]:
    with studio.workspace.edit(by) as edit:
        languages = [Language.read(name, edit.read(name).text) for name in _names(studio)]
        language = next((one for one in languages if one.code == body.language), None)
        if language is None:
            raise ProtocolError("There is no such language.", code="not_found")
        titles = languages[0].titles()
        text, fresh = sentences.written(
            edit.read(language.file).text, language, body.key, Said(body.text, body.upset), body.mark, titles
        )
        require(language.file, fresh, studio)
        edit.write(language.file, text)
        if language.own and body.key.endswith(".title"):
            old = titles[int(body.key.split(".")[1])]
            for other in languages[1:]:
                known = edit.read(other.file).text
                moved = sentences.renamed(known, other, old, body.text.strip())
                if moved != known:
                    edit.write(other.file, moved)
    return _sentences(studio)


def _languages(studio: Room) -> list[Language]:
    return [Language.read(name, studio.workspace.read(name).text) for name in _names(studio)]


def _names(studio: Room) -> list[str]:
    return [OWN, *(name for name in studio.workspace.names() if name.startswith(sentences.OTHERS))]
