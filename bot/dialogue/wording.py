"""Pieces of sentences about an order, and the order as a card beside them."""

from datetime import datetime
from typing import Any

from bot.crm.card import CANCELLED, DELIVERED, SHIPPED, Order


def items_words(order: Order) -> str:
    """Say what is in it: “2 × Guji Natural, whole bean, 250 g; V60 papers”."""
    things = [item.name if item.quantity == 1 else f"{item.quantity} × {item.name}" for item in order.items]
    more = len(things) - 3
    return "; ".join(things[:3]) + (f" and {more} more" if more > 0 else "")


def day_words(moment: datetime, now: datetime) -> str:
    """Say a day as people do: “today”, “tomorrow”, “on Monday 23 November”. Both in the shop's zone."""
    days = (moment.date() - now.date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    return near or f"on {moment:%A} {moment.day} {moment:%B}"


def is_late(order: Order, now: datetime) -> bool:
    """Tell whether the day has passed on which it should have arrived."""
    if order.status in (DELIVERED, CANCELLED) or order.expected_at is None:
        return False
    return order.expected_at.astimezone(now.tzinfo).date() < now.date()


def status_response(order: Order, now: datetime) -> str:
    """Return the name of the response that tells how the order stands."""
    late = order.status == SHIPPED and is_late(order, now)
    return "utter_status_late" if late else f"utter_status_{order.status}"


def status_words(order: Order, now: datetime) -> dict[str, str]:
    """Return the words that responses about an order may use; unknown ones are left out."""
    due = order.expected_at and order.expected_at.astimezone(now.tzinfo)
    words = {
        "number": order.number,
        "items": items_words(order),
        "address": order.address,
        "tracking": order.tracking,
        "expected": due and (day_words(due, now)),
    }
    if is_late(order, now) and order.status != SHIPPED:
        words["expected"] = None  # a date that has passed is no promise
    return {name: word for name, word in words.items() if word}


def order_card(order: Order) -> dict[str, Any]:
    """Return what a chat window draws beside the words; None where not known. The address stays here."""
    shown = ("number", "status", "placed_at", "expected_at", "items", "total", "currency", "tracking")
    known = order.as_dict()
    return {"card": {"kind": "order"} | {name: known[name] for name in shown}}
