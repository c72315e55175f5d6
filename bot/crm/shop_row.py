"""One row of a shop's table, read by the names of the owner's map."""

from collections.abc import Iterator
from datetime import date, datetime, time, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy.engine import Row

from bot.crm import plain
from bot.crm.shop_map import Place, ShopMap, word
from bot.errors import RecordRefused

CHARACTERS = 500  # of one text: no more is fetched, whatever the shop keeps there
TRUE = frozenset({"1", "true", "t", "yes", "y"})


class ShopRow:
    """Its values as ours. Where one cannot be, the error names the line of the map, not the value."""

    def __init__(self, place: Place, row: Row, known: ShopMap) -> None:
        self._place, self._map = place, known
        self._row = row._mapping

    def text(self, name: str, *, joined: str = " ") -> str:
        source = self._place.sources.get(name)
        if source is None:
            return ""
        if source.always is not None:
            return source.always
        parts = (plain.shown(str(value), CHARACTERS) for value in self._all(name) if value is not None)
        return joined.join(filter(None, parts))

    def words(self, name: str) -> tuple[str, ...]:
        """Return a text with commas or semicolons, or a list of PostgreSQL's, as its parts."""
        parts = self.text(name).strip("{}[]").replace(";", ",").split(",")
        return tuple(filter(None, (part.strip(" \"'") for part in parts)))

    def raw(self, name: str) -> Any:
        source = self._place.sources.get(name)
        if source is not None and source.always is not None:
            return source.always
        return next((value for value in self._all(name) if value is not None), None)

    def flag(self, name: str) -> bool:
        source, value = self._place.sources.get(name), self.raw(name)
        return value is not None and word(value) in (source.among if source and source.among else TRUE)

    def amount(self, name: str) -> Decimal:
        value, source = self.raw(name), self._place.sources.get(name)
        try:
            amount = Decimal(str(value if value is not None else 0))
            return round(amount / Decimal(str(source.divide_by if source else 1)), 2)
        except InvalidOperation:
            raise self._wrong(name, "no amount") from None

    def moment(self, name: str) -> datetime:
        moment = self.moment_if_any(name)
        if moment is None:
            raise self._wrong(name, "no time")
        return moment

    def moment_if_any(self, name: str) -> datetime | None:
        value = self.raw(name)
        if value is None or value == "":
            return None
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value.strip().replace("Z", "+00:00"))
            except ValueError:
                raise self._wrong(name, "no time") from None
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time())
        if not isinstance(value, datetime):
            raise self._wrong(name, "no time")
        try:
            aware = value if value.tzinfo else value.replace(tzinfo=self._map.zone)
            return aware.astimezone(timezone.utc)
        except OverflowError:
            raise self._wrong(name, "no time") from None

    def status(self) -> str:
        said = self.text("status")
        if word(said) not in self._map.statuses:
            raise self._wrong("status", "a word that `statuses` does not have")
        return self._map.statuses[word(said)]

    def _all(self, name: str) -> Iterator[Any]:
        columns = self._place.sources[name].columns if name in self._place.sources else ()
        return (self._row[f"{name}_{index}"] for index in range(len(columns)))

    def _wrong(self, name: str, what: str) -> RecordRefused:
        line = self._place.sources[name].line
        return RecordRefused(f"{self._map.file}:{line}: `{name}` holds {what}.")
