"""What an answer of the CRM must be before anybody sees it: of the right kind and customer, not too big."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from bot.crm.card import STATUSES, CustomerCard, Event, Note, Order, Ticket
from bot.crm.plain import order_number
from bot.errors import RecordRefused

LARGEST = 1_000_000  # characters in one answer
KINDS: Mapping[str, Any] = {
    "find": str | None,
    "card": CustomerCard,
    "timeline": tuple[Event, ...],
    "orders": tuple[Order, ...],
    "order": Order,
    "change_address": Order,
    "cancel_order": Order,
    "create_ticket": Ticket,
    "add_note": Note,
}
ABOUT_ONE_ORDER = ("order", "change_address", "cancel_order")


def check(verb: str, asked: tuple[Any, ...], answer: Any) -> None:
    """Check what `verb` answered to `asked`, its arguments in order: customer and perhaps order number.

    Verbs that are not the CRM's are not looked at.

    Raises:
        RecordRefused: it must not be shown.
    """
    if verb not in KINDS:
        return
    texts = [0]
    _check_kind(answer, KINDS[verb], verb, texts)
    if verb == "find":
        return
    customer_id = asked[0] if asked else None
    if isinstance(answer, CustomerCard) and answer.customer.id != customer_id:
        raise RecordRefused(f"{verb} answered with another customer.")
    for record in _owned(answer):
        if record.customer_id != customer_id:
            raise RecordRefused(f"{verb} answered with a record of another customer.")
        if isinstance(record, Order) and record.status not in STATUSES:
            raise RecordRefused(f"{verb} answered with an order whose status means nothing here.")
    if verb in ABOUT_ONE_ORDER and order_number(answer.number) != order_number(str(asked[1])):
        raise RecordRefused(f"{verb} answered with another order.")


def _owned(answer: Any) -> Iterator[Any]:
    """Go through the records that belong to a customer."""
    if isinstance(answer, CustomerCard):
        yield from (*answer.orders, *answer.tickets, *answer.notes)
    elif isinstance(answer, tuple):
        yield from (record for record in answer if not isinstance(record, Event))
    else:
        yield answer


def _check_kind(value: Any, kind: Any, where: str, texts: list[int]) -> None:
    """Check a value against the annotation of its field, and count the characters of all texts."""
    if isinstance(kind, UnionType):
        if value is None and NoneType in get_args(kind):
            return
        (kind,) = (one for one in get_args(kind) if one is not NoneType)
    if get_origin(kind) is tuple:
        _require(isinstance(value, tuple), where)
        for each in value:
            _check_kind(each, get_args(kind)[0], where, texts)
        return
    _require(isinstance(value, kind) and (kind is not int or not isinstance(value, bool)), where)
    if is_dataclass(kind):
        for name, its_kind in _fields(kind):
            _check_kind(getattr(value, name), its_kind, f"{where}.{name}", texts)
    elif kind is str:
        texts[0] += len(value)
        if texts[0] > LARGEST:
            raise RecordRefused(f"The answer has more than {LARGEST} characters.")
    elif kind is datetime:
        _require(value.tzinfo is not None, where)
    elif kind is Decimal:
        _require(value.is_finite(), where)


def _require(good: bool, where: str) -> None:
    if not good:
        raise RecordRefused(f"The answer has a wrong value in {where}.")


@lru_cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))
