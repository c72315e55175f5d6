"""The demo plays the shop's server here: it knows its customers and signs who is browsing."""

from datetime import datetime, timezone
from functools import lru_cache

from fastapi import APIRouter, FastAPI, Request
from pydantic import BaseModel, StrictStr

from bot.crm.card import CustomerCard
from bot.demo.customers import cards
from bot.desk.visitor import identity
from bot.errors import NotFound

LASTS = 3600  # seconds that a signed identity holds

router = APIRouter(prefix="/demo", tags=["Demo shop"])


class Customer(BaseModel):
    """Somebody whom the demo shop lets you browse as."""

    id: str
    name: str
    about: str


class Wanted(BaseModel):
    customer: StrictStr


class Signed(BaseModel):
    """A signed identity, for the widget's `identity`."""

    identity: str
    name: str


@router.get("/customers")
async def customers() -> list[Customer]:
    """List the customers of the demo shop."""
    return [
        Customer(id=card.customer.id, name=card.customer.name, about=_about(card)) for card in _cards()
    ]


@router.post("/identity")
async def sign(wanted: Wanted, request: Request) -> Signed:
    """Sign who is browsing, as a shop's server does for somebody who has signed in there."""
    name = next((card.customer.name for card in _cards() if card.customer.id == wanted.customer), None)
    if name is None:
        raise NotFound("The demo shop has no such customer.")
    secret = request.app.state.settings.identity_secret
    return Signed(identity=identity.sign(wanted.customer, name, secret, seconds=LASTS), name=name)


def routes(app: FastAPI) -> None:
    """Add the demo shop's own calls."""
    app.include_router(router)


@lru_cache(maxsize=1)
def _cards() -> tuple[CustomerCard, ...]:
    return cards(datetime.now(timezone.utc))


def _about(card: CustomerCard) -> str:
    parts = ["VIP"] if card.customer.vip else []
    parts += card.customer.tags
    if card.orders:
        parts.append(f"latest order {card.orders[0].number}, {card.orders[0].status}")
    return "; ".join(parts)
