"""The owner's settings: when a person takes over, opening hours, the chat's own sentences."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from fastapi import Depends
from pydantic import BaseModel, StrictStr, ValidationError, conlist, constr

from bot.business import Business
from bot.check import check
from bot.desk.studio.files import described
from bot.desk.studio.room import Room, author, room
from bot.desk.studio.room import router as routed
from bot.errors import OwnerFileError, ProtocolError, WrittenMeanwhile
from bot.owner_file import Part
from bot.studio import escalation, opening, sentences, tones, vips
from bot.studio.escalation import Escalation
from bot.studio.opening import Opening
from bot.studio.patch import Patch
from bot.studio.sentences import OWN, Language, Said
from bot.timetable import timetables

MOST_ENTRIES = 200
router = routed("settings")
Short = constr(strict=True, max_length=200)
Names = conlist(Short, max_items=MOST_ENTRIES)


class Ladder(BaseModel):
    sensitivity: float
    acknowledge: float
    repair: float
    offer: float
    hand_over: float
    vip_bonus: float
    always: Names
    never: Names

    def escalation(self) -> Escalation:
        lists = {"always": tuple(self.always), "never": tuple(self.never)}
        return Escalation(**{**{key: getattr(self, key) for key in escalation.NUMBERS}, **lists})


class ChangedLadder(Ladder):
    mark: StrictStr


class Week(BaseModel):
    monday: Short
    tuesday: Short
    wednesday: Short
    thursday: Short
    friday: Short
    saturday: Short
    sunday: Short


class Holidays(BaseModel):
    calendar: Short
    cafes: Short
    support: Short
    open_as_usual: Names


class Days(BaseModel):
    """Some days with a reason; `index`: where the entry stood in the file."""

    index: int | None = None
    first: Short
    until: Short = ""
    who: Short
    hours: Short = ""
    reason: Short

    class Config:
        fields = {"first": "from"}


class Hours(BaseModel):
    cafes: Week
    support: Week
    holidays: Holidays
    closures: conlist(Days, max_items=MOST_ENTRIES)
    special_hours: conlist(Days, max_items=MOST_ENTRIES)

    def opening(self) -> Opening:
        told = self.dict(by_alias=True, include={"cafes", "support", "holidays", *opening.LISTS})
        return Opening(**told)


class ChangedHours(Hours):
    mark: StrictStr


class Sentence(BaseModel):
    language: Short
    key: Short
    text: StrictStr
    upset: StrictStr = ""
    mark: StrictStr


@router.get("/escalation")
async def ladder(studio: Room = Depends(room)) -> dict[str, Any]:
    """Give the ladder in sentences, the topics, and who the good customers are."""
    return await asyncio.to_thread(_ladder, studio)


@router.put("/escalation")
async def change_ladder(
    body: ChangedLadder, studio: Room = Depends(room), by: str = Depends(author)
) -> dict[str, Any]:
    """Write the ladder; 409 `written_meanwhile` when it is not as the page showed it."""

    def work() -> dict[str, Any]:
        def change(text: str) -> str:
            _require(escalation.FILE, Escalation.read(text).mark == body.mark, studio)
            return body.escalation().written(text)

        _write(studio, escalation.FILE, change, by)
        return _ladder(studio)

    return await asyncio.to_thread(work)


@router.get("/opening")
async def hours(studio: Room = Depends(room)) -> dict[str, Any]:
    """Give the opening hours, the holidays to come, and what customers hear."""
    return await asyncio.to_thread(_opening, studio)


@router.get("/opening/heard")
async def heard(draft: str, studio: Room = Depends(room)) -> dict[str, Any]:
    """Say what customers would hear with these hours (`Hours` as JSON), and what is wrong in them."""
    try:
        wanted = Hours.parse_raw(draft).opening()
    except ValidationError:
        raise ProtocolError("These hours cannot be read.") from None

    def work() -> dict[str, Any]:
        text = wanted.written(studio.workspace.read(opening.FILE).text)
        business = _business(studio)
        part = Part.parse(text, opening.FILE)
        if business:
            timetables(part, business.zone)
        problems = [_placed(problem, text) for problem in part.problems]
        return {**_heard(text, wanted.holidays["calendar"], business), "problems": _single(problems)}

    return await asyncio.to_thread(work)


@router.put("/opening")
async def change_hours(
    body: ChangedHours, studio: Room = Depends(room), by: str = Depends(author)
) -> dict[str, Any]:
    """Write the opening hours; 409 `written_meanwhile` when they are not as the page showed them."""

    def work() -> dict[str, Any]:
        def change(text: str) -> str:
            _require(opening.FILE, Opening.read(text).mark == body.mark, studio)
            return body.opening().written(text)

        _write(studio, opening.FILE, change, by)
        return _opening(studio)

    return await asyncio.to_thread(work)


@router.get("/sentences")
async def all_sentences(studio: Room = Depends(room)) -> dict[str, Any]:
    """Give the chat's sentences by group, in every language that there is."""
    return await asyncio.to_thread(_sentences, studio)


@router.put("/sentences")
async def change_sentence(
    body: Sentence, studio: Room = Depends(room), by: str = Depends(author)
) -> dict[str, Any]:
    """Write one sentence in one language; 409 `written_meanwhile` when it is not as the page showed it."""
    return await asyncio.to_thread(_change_sentence, studio, body, by)


@router.get("/tones")
async def all_tones(studio: Room = Depends(room)) -> dict[str, Any]:
    """Give answers that have a wording for each tone, filled in, to see how the tones differ."""
    return {"answers": await asyncio.to_thread(tones.answers, studio.settings.files, _business(studio))}


def _ladder(studio: Room) -> dict[str, Any]:
    file = studio.workspace.read(escalation.FILE)
    known = Escalation.read(file.text)
    return {
        "mark": known.mark,
        "values": {**vars(known), "always": list(known.always), "never": list(known.never)},
        "sentences": escalation.choices(),
        "topics": escalation.topics(),
        "vips": vips.standing(studio.settings),
        **_standing(studio, escalation.FILE, file.text),
    }


def _opening(studio: Room) -> dict[str, Any]:
    file = studio.workspace.read(opening.FILE)
    known, business = Opening.read(file.text), _business(studio)
    return {
        "mark": known.mark,
        "values": known.as_dict(),
        **_heard(file.text, known.holidays["calendar"], business),
        **_standing(studio, opening.FILE, file.text),
    }


def _heard(text: str, calendar: str, business: Business | None) -> dict[str, Any]:
    """Say what customers hear with the hours in that text; nothing while the business has no time zone."""
    if business is None:
        return {"heard": None, "holidays": []}
    now = datetime.now(timezone.utc)
    cafes, support = opening.hours_of(text, business.zone)
    known = replace(business, hours=cafes, support_hours=support)
    told = {**opening.heard(cafes, support, now), "person": opening.person_sentence(known, now)}
    return {"heard": told, "holidays": opening.coming_holidays(cafes.calendar, business.zone, now)}


def _sentences(studio: Room) -> dict[str, Any]:
    languages, business = _languages(studio), _business(studio)
    now = datetime.now(timezone.utc)
    problems = []
    for problem in check(studio.settings.files, studio.settings):
        language = next((one for one in languages if one.file == problem.path), None)
        path = _path(studio.workspace.read(problem.path).text, problem) if language else ()
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
        _require(language.file, fresh, studio)
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


def _write(studio: Room, name: str, change: Callable[[str], str], by: str) -> None:
    with studio.workspace.edit(by) as edit:
        before = edit.read(name).text
        after = change(before)
        if after != before:
            edit.write(name, after)


def _require(name: str, fresh: bool, studio: Room) -> None:
    if not fresh:
        hand = studio.workspace.hand(name)
        raise WrittenMeanwhile(name, hand.author if hand else None)


def _standing(studio: Room, name: str, text: str) -> dict[str, Any]:
    """Return who wrote a file so, and what is wrong: first in it, with its field on the screen."""
    hand = studio.workspace.hand(name)
    problems = [
        _placed(problem, text) if problem.path == name else {**described(problem), "field": None}
        for problem in check(studio.settings.files, studio.settings)
    ]
    problems.sort(key=lambda problem: problem["file"] != name)
    by = {"author": hand.author, "at": hand.at.isoformat()} if hand else None
    return {"file": name, "hand": by, "problems": problems}


def _placed(problem: OwnerFileError, text: str) -> dict[str, Any]:
    return {**described(problem), "field": ".".join(map(str, _path(text, problem)))}


def _path(text: str, problem: OwnerFileError) -> tuple[str | int, ...]:
    try:
        return Patch(text, problem.path).place(problem.line)
    except OwnerFileError:
        return ()


def _single(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What concerns two of us is read twice, and told once."""
    return list({(p["line"], p["problem"]): p for p in problems}.values())


def _business(studio: Room) -> Business | None:
    try:
        return Business.load(studio.settings.files / "data" / "business")
    except OwnerFileError:
        return None
