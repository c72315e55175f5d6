"""Trying the draft beside what is live: its copies, its chats, its training."""

import asyncio
from typing import Any, Literal

from fastapi import Depends, Request
from pydantic import BaseModel, StrictStr, conlist, constr

from bot.demo.customers import cards
from bot.desk.access import Session, current_owner
from bot.desk.studio.room import Room, author, room
from bot.desk.studio.room import router as routed
from bot.desk.visitor.identity import sign
from bot.handoff.model import utc_now
from bot.settings import Settings
from bot.studio.trial.trial import Trial

router = routed("trial")
Side = Literal["live", "draft"]
HOUR = 3600  # seconds for which a made-up customer is signed in


class Said(BaseModel):
    text: constr(strict=True, min_length=1, max_length=4096)  # type: ignore[valid-type]
    sides: conlist(Side, min_items=1, max_items=2)  # type: ignore[valid-type]
    customer: StrictStr = ""  # as whom; empty: as nobody in particular


def trial(request: Request, studio: Room = Depends(room)) -> Trial:
    """Return the desk's trial, which is made with the first call."""
    if not hasattr(request.app.state, "trial"):
        request.app.state.trial = Trial(studio.settings)
    found: Trial = request.app.state.trial
    return found


@router.get("")
async def state(both: Trial = Depends(trial), studio: Room = Depends(room)) -> dict[str, Any]:
    """Tell how both copies and the training stand, and as whom one can talk."""
    known = await asyncio.to_thread(_customers, studio.settings)
    return {**await both.state(), "customers": [{"id": id, "name": name} for id, name in known.items()]}


@router.post("/{side}/start")
async def start(side: Side, both: Trial = Depends(trial), by: str = Depends(author)) -> dict[str, Any]:
    """Start a copy, or have it take up what changed; answers at once."""
    both.begin(side, by)
    return await both.state()


@router.post("/{side}/stop")
async def stop(side: Side, both: Trial = Depends(trial)) -> dict[str, Any]:
    """End a copy."""
    await both.stop(side)
    return await both.state()


@router.post("/training/cancel")
async def cancel(both: Trial = Depends(trial)) -> dict[str, Any]:
    """Call the training off."""
    await both.cancel()
    return await both.state()


@router.post("/say")
async def say(
    body: Said,
    both: Trial = Depends(trial),
    studio: Room = Depends(room),
    session: Session = Depends(current_owner),
) -> dict[str, Any]:
    """Say something to one copy or to both, or press the button of that name; gives the answers and why."""

    def signed(secret: str) -> str | None:
        name = _customers(studio.settings).get(body.customer)
        return sign(body.customer, name, secret, seconds=HOUR) if name else None

    return await both.say(session.agent.id, list(dict.fromkeys(body.sides)), body.text, signed)


@router.post("/over")
async def start_over(
    both: Trial = Depends(trial), session: Session = Depends(current_owner)
) -> dict[str, Any]:
    """Forget my chats; the next message begins new ones."""
    await both.start_over(session.agent.id)
    return {}


def _customers(settings: Settings) -> dict[str, str]:
    """Return the demo's customers by id; a shop of its own has none that a copy could know."""
    known = cards(utc_now()) if settings.demo else ()
    return {one.customer.id: one.customer.name for one in known}
