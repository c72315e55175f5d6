"""The desk as actions reach it: to open a hand-over."""

import logging
from collections.abc import Sequence
from typing import Any

import httpx

from bot import wiring
from bot.dialogue.limits import DESK_SECONDS
from bot.errors import HandoffError
from bot.secret import HEADER

logger = logging.getLogger(__name__)


async def open_handoff(
    conversation: str,
    cause: str,
    reasons: list[dict[str, Any]],
    *,
    filled: list[dict[str, Any]],
    missing: list[dict[str, Any]],
    topics: Sequence[str] = (),
) -> bool:
    """Ask the desk for a person; tell whether this opened a hand-over or one was open for the cause.

    `topics` are the intents of what was asked before: they lead to the right person.

    Raises:
        HandoffError: the desk did not take it, so nobody will come.
    """
    settings = wiring.settings()
    told = {
        "conversation": conversation,
        "cause": cause,
        "reasons": reasons,
        "filled": filled,
        "missing": missing,
        "topics": list(topics),
    }
    try:
        async with httpx.AsyncClient(timeout=DESK_SECONDS, trust_env=False) as client:
            answer = await client.post(
                f"{settings.desk_url}/internal/handoffs",
                json=told,
                headers={HEADER: settings.secret},
            )
            answer.raise_for_status()
            return bool(answer.json()["opened"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as problem:
        raise HandoffError(f"The desk did not take the hand-over: {type(problem).__name__}.") from problem
