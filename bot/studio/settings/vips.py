"""How many customers are VIPs in the records, and where an owner says who is."""

from contextlib import closing
from typing import Any

from sqlalchemy import func, select

from bot.crm import tables
from bot.crm.sql import SqlCrm
from bot.errors import CrmError
from bot.settings import Settings

WHERE = {
    "embedded": "Who is one stands in Kindhand's own customer records: the column “vip” of the customers "
    "that you import.",
    "shop": "Who is one stands in your shop's database: the line “vip” in data/business/shop.yml says where.",
    "tryton": "In Tryton, give a party the category “VIP”.",
    "hubspot": "In HubSpot, tick the property “kindhand_vip” of a contact.",
    "http": "Your own system says it with each customer, as “vip”.",
}
LOOKED_UP = "Kindhand looks it up for each customer who is signed in; it cannot count them there."


def standing(settings: Settings) -> dict[str, Any]:
    """Return `count` and `of` (None where the records cannot be counted) and `where`, in words."""
    counted = _counted(settings) if settings.crm == "embedded" else None
    where = WHERE[settings.crm] if settings.crm == "embedded" else f"{WHERE[settings.crm]} {LOOKED_UP}"
    return {"count": counted[0] if counted else None, "of": counted[1] if counted else None, "where": where}


def _counted(settings: Settings) -> tuple[int, int] | None:
    vip = tables.customers.c.vip
    query = select(func.count().filter(vip.is_(True)), func.count()).select_from(tables.customers)
    with closing(SqlCrm(settings.crm_url)) as records:
        try:
            with records.reading() as connection:
                found = connection.execute(query).one()
        except CrmError:
            return None
    return int(found[0]), int(found[1])
