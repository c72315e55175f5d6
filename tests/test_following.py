"""One holder follows what is replaced."""

from dataclasses import dataclass

import pytest

from bot.following import following


@dataclass(frozen=True)
class Shop:
    name: str

    def greets(self, who: str) -> str:
        return f"{self.name} says hello to {who}"


def test_what_is_looked_up_is_that_of_the_present_one() -> None:
    present = Shop("Copper Kettle")
    shop = following(lambda: present)
    assert (shop.name, shop.greets("Mara")) == ("Copper Kettle", "Copper Kettle says hello to Mara")
    present = Shop("Tin Kettle")
    assert (shop.name, shop.greets("Mara")) == ("Tin Kettle", "Tin Kettle says hello to Mara")


def test_what_is_not_there_is_missed_as_usual() -> None:
    with pytest.raises(AttributeError, match="Shop.*phone"):
        following(lambda: Shop("Copper Kettle")).phone  # noqa: B018
