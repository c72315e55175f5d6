"""What a chat window may draw beside the bot's words. The words alone say everything, too."""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, StrictStr, ValidationError, confloat, conint

logger = logging.getLogger(__name__)


class Item(BaseModel, extra=Extra.forbid):
    name: StrictStr = Field(max_length=200)
    quantity: conint(strict=True, ge=1)  # type: ignore[valid-type]


class OrderCard(BaseModel, extra=Extra.forbid):
    """An order. What is not known is None; the currency is an ISO 4217 code, the total in its whole units."""

    kind: Literal["order"]
    number: StrictStr = Field(max_length=64)
    status: Literal["placed", "packing", "shipped", "delivered", "cancelled"]
    placed_at: datetime | None = None
    expected_at: datetime | None = None
    items: list[Item] = Field([], max_items=50)
    total: confloat(ge=0, allow_inf_nan=False) | None = None  # type: ignore[valid-type]
    currency: StrictStr | None = Field(None, regex=r"^[A-Z]{3}\Z")
    tracking: StrictStr | None = Field(None, max_length=200)


def readable(card: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return a card that can be stored and drawn. One that cannot be read costs nobody the answer."""
    if card is None:
        return None
    try:
        return dict(json.loads(OrderCard(**card).json()))
    except (ValidationError, TypeError) as problem:
        wrong = problem.errors() if isinstance(problem, ValidationError) else []
        fields = ", ".join(".".join(map(str, error["loc"])) for error in wrong) or "its form"
        logger.error("The bot's card is left out; missing or wrong: %s.", fields)
        return None
