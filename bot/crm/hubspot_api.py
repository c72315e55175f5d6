"""HubSpot's CRM API v3 as far as we ask it: records by ids, what is linked to what, page by page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

from bot.crm import plain
from bot.crm.card import Item
from bot.crm.fields import Fields, item
from bot.crm.wire import Ask
from bot.errors import RecordRefused

MOST = 1_000  # records of a kind of one contact
BATCH = 100  # records that HubSpot reads at once
PAGE = 500  # associations that it lists at once


def record_id(record: Fields) -> str:
    return record.text("id")


def read(
    ask: Ask, kind: str, ids: Iterable[str], properties: Sequence[str], by: str = ""
) -> Sequence[Fields]:
    """Read records by their ids, or by the values of a unique one, `by`; what is not there is left out."""
    wanted, found = list(ids), []
    for start in range(0, len(wanted), BATCH):
        some = wanted[start : start + BATCH]
        body = {"properties": list(properties), "inputs": [{"id": one} for one in some]}
        answer = ask(
            "POST", f"/crm/v3/objects/{kind}/batch/read", json=body | ({"idProperty": by} if by else {})
        )
        records = Fields(answer, kind).objects("results", most=len(some))
        if not by and not {record_id(record) for record in records} <= set(some):
            raise RecordRefused(f"HubSpot answered with {kind} that were not asked for.")
        found += [record for record in records if not record.flag("archived", False)]
    return found


def linked(ask: Ask, kind: str, record: Fields, other: str) -> list[str]:
    """Return the ids of the records of another kind that belong to one."""
    path = f"/crm/v4/objects/{kind}/{record_id(record)}/associations/{other}"
    return [link.text("toObjectId") for link in pages(ask, "GET", path, {"limit": PAGE})]


def pages(ask: Ask, method: str, path: str, question: dict[str, Any]) -> Iterator[Fields]:
    """Go through all results, page by page, up to `MOST`."""
    seen, after = 0, None
    while True:
        asked = {**question, **({"after": after} if after else {})}
        answer = Fields(
            ask(method, path, **({"params": asked} if method == "GET" else {"json": asked})), "page"
        )
        results = answer.objects("results")
        yield from results
        seen += len(results)
        paging = answer.object("paging") if answer.has("paging") else None
        after = paging.object("next").text("after") if paging and paging.has("next") else None
        if not after or not results:
            return
        if seen >= MOST:
            raise RecordRefused(f"HubSpot has more than {MOST} records there.")


def newest(ids: Sequence[str], most: int) -> list[str]:
    """Return the ids that HubSpot gave last: it counts upwards."""
    if not all(one.isascii() and one.isdigit() for one in ids):
        raise RecordRefused("HubSpot answered with ids that are none.")
    return sorted(ids, key=int, reverse=True)[:most]


def items(ask: Ask, kind: str, orders: Sequence[Fields]) -> Mapping[str, tuple[Item, ...]]:
    """Return the items of orders by the orders' ids."""
    lines: dict[str, list[str]] = {}
    for start in range(0, len(orders), BATCH):
        inputs = [{"id": record_id(order)} for order in orders[start : start + BATCH]]
        answer = ask("POST", f"/crm/v4/associations/{kind}/line_items/batch/read", json={"inputs": inputs})
        for link in Fields(answer, "line items").objects("results"):
            lines[link.object("from").text("id")] = [one.text("toObjectId") for one in link.objects("to")]
    wanted = list(dict.fromkeys(one for some in lines.values() for one in some))[:MOST]
    known = {record_id(line): line for line in read(ask, "line_items", wanted, ["name", "quantity"])}
    return {
        order: tuple(_item(known[line].object("properties")) for line in some if line in known)
        for order, some in lines.items()
    }


def _item(values: Fields) -> Item:
    return item(values.text("name", "–"), values.number("quantity", Decimal(1)))


class _Text(HTMLParser):
    """Collects what a reader of a piece of HTML would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_data(self, data: str) -> None:
        self.seen.append(data)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.append(" " if tag in ("br", "p", "div", "li") else "")


def seen(markup: str) -> str:
    """Return what a reader of a piece of HTML sees, on one line."""
    reader = _Text()
    reader.feed(markup)
    reader.close()
    return plain.shown("".join(reader.seen), 2 * plain.LONGEST + 100)
