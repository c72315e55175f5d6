"""The owner's settings: when a person takes over, and the opening hours."""

import asyncio
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from fastapi import Depends
from pydantic import BaseModel, StrictStr, ValidationError, conlist, constr

from bot.business import Business
from bot.desk.studio.room import Room, author, room
from bot.desk.studio.room import router as routed
from bot.desk.studio.saving import business_of, placed, require, standing, write
from bot.errors import ProtocolError
from bot.owner_file import Part
from bot.studio.settings import escalation, opening, vips
from bot.studio.settings.escalation import Escalation
from bot.studio.settings.opening import Opening
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
            require(escalation.FILE, Escalation.read(text).mark == body.mark, studio)
            return body.escalation().written(text)

        write(studio, escalation.FILE, change, by)
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
        business = business_of(studio)
        part = Part.parse(text, opening.FILE)
        if business:
            timetables(part, business.zone)
        problems = [placed(problem, text) for problem in part.problems]
        return {**_heard(text, wanted.holidays["calendar"], business), "problems": _single(problems)}

    return await asyncio.to_thread(work)


@router.put("/opening")
async def change_hours(
    body: ChangedHours, studio: Room = Depends(room), by: str = Depends(author)
) -> dict[str, Any]:
    """Write the opening hours; 409 `written_meanwhile` when they are not as the page showed them."""

    def work() -> dict[str, Any]:
        def change(text: str) -> str:
            require(opening.FILE, Opening.read(text).mark == body.mark, studio)
            return body.opening().written(text)

        write(studio, opening.FILE, change, by)
        return _opening(studio)

    return await asyncio.to_thread(work)


def _ladder(studio: Room) -> dict[str, Any]:
    file = studio.workspace.read(escalation.FILE)
    known = Escalation.read(file.text)
    return {
        "mark": known.mark,
        "values": {**vars(known), "always": list(known.always), "never": list(known.never)},
        "sentences": escalation.choices(),
        "topics": escalation.topics(),
        "vips": vips.standing(studio.settings),
        **standing(studio, escalation.FILE, file.text),
    }


def _opening(studio: Room) -> dict[str, Any]:
    file = studio.workspace.read(opening.FILE)
    known, business = Opening.read(file.text), business_of(studio)
    return {
        "mark": known.mark,
        "values": known.as_dict(),
        **_heard(file.text, known.holidays["calendar"], business),
        **standing(studio, opening.FILE, file.text),
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


def _single(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What concerns two of us is read twice, and told once."""
    return list({(p["line"], p["problem"]): p for p in problems}.values())
