"""Values out of other systems' JSON: each of the kind that is due, or the record is refused by name."""

from collections.abc import Mapping
from datetime import date, datetime, time, timezone
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.crm import plain
from bot.crm.card import Item
from bot.errors import RecordRefused

SHORT = 200  # characters of a name, a number, a status
MOST = 1_000  # records in one list
LARGEST = Decimal("1e12")  # amount of money or pieces


class Fields:
    """One JSON object. `what` names it in errors, such as `order`; the values never are in them.

    Every method raises `RecordRefused` for a value of another kind, and where one is missing for which
    no `default` is given.
    """

    def __init__(self, value: Any, what: str) -> None:
        if not isinstance(value, Mapping):
            raise RecordRefused(f"The {what} is no object.")
        self._values, self._what = value, what

    def has(self, name: str) -> bool:
        """Tell whether there is such a value, and not null."""
        return self._values.get(name) is not None

    def text(
        self, name: str, default: str | None = None, *, longest: int = SHORT, lines: bool = False
    ) -> str:
        """Return a text without control signs, on one line unless it may have `lines`.

        A whole number counts as a text.
        """
        value = self._values.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None or value == "":
            return self._or(default, name)
        if not isinstance(value, str):
            raise self._refusal(name)
        if lines:
            return "\n".join(plain.shown(line, longest) for line in value.splitlines())[:longest]
        return plain.shown(value, longest)

    def number(self, name: str, default: Decimal | None = None) -> Decimal:
        """Return a number, also from a text such as `19.90`."""
        value = self._values.get(name)
        if value is None or value == "":
            return self._or(default, name)
        if not isinstance(value, str | int | float | Decimal) or isinstance(value, bool):
            raise self._refusal(name)
        try:
            number = Decimal(str(value))
        except InvalidOperation:
            raise self._refusal(name) from None
        if not number.is_finite() or abs(number) > LARGEST:
            raise self._refusal(name)
        return number

    def flag(self, name: str, default: bool | None = None) -> bool:
        value = self._values.get(name)
        if value is None:
            return self._or(default, name)
        if not isinstance(value, bool):
            raise self._refusal(name)
        return value

    def moment(self, name: str) -> datetime:
        """Return a moment written as ISO 8601 with its zone; a day alone is its start in UTC."""
        text = self.text(name)
        try:
            if len(text) == len("2026-01-31"):
                return datetime.combine(date.fromisoformat(text), time(), timezone.utc)
            moment = datetime.fromisoformat(text.upper().replace("Z", "+00:00"))
        except ValueError:
            raise self._refusal(name) from None
        if moment.tzinfo is None:
            raise self._refusal(name)
        return moment.astimezone(timezone.utc)

    def moment_if_any(self, name: str) -> datetime | None:
        return self.moment(name) if self.text(name, "") else None

    def day(self, name: str) -> date:
        return self.moment(name).date()

    def object(self, name: str) -> "Fields":
        return Fields(self._values.get(name), f"{name} of the {self._what}")

    def objects(self, name: str, *, most: int = MOST) -> tuple["Fields", ...]:
        """Return a list of objects; none where it is missing."""
        return tuple(Fields(value, f"{self._what}'s {name}") for value in self.values(name, most=most))

    def values(self, name: str, *, most: int = MOST) -> list[Any]:
        value = self._values.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > most:
            raise self._refusal(name)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; none where it is missing."""
        return tuple(Fields({name: value}, self._what).text(name) for value in self.values(name))

    def _or(self, default: Any, name: str) -> Any:
        if default is None:
            raise RecordRefused(f"The {self._what} has no {name}.")
        return default

    def _refusal(self, name: str) -> RecordRefused:
        return RecordRefused(f"The {self._what} has a {name} that cannot be read.")


def item(name: str, quantity: Decimal, unit: str = "") -> Item:
    """Return an item; a quantity that is no whole number, such as 1.5 kg, goes into its name."""
    if quantity == quantity.to_integral_value():
        return Item(name, int(quantity))
    return Item(f"{name} ({f'{quantity.normalize():f} {unit}'.strip()})")
