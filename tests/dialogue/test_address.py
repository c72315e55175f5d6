"""An address is an address; a question, a sentence or an outburst is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.address import MOST, address_in


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("5 Mill Lane, York YO1 9ZZ", "5 Mill Lane, York YO1 9ZZ"),
        ("5 Mill Lane York", "5 Mill Lane York"),
        ("Flat 4, 61 Bellfounder Row, Bristol BS3 9ZX", "Flat 4, 61 Bellfounder Row, Bristol BS3 9ZX"),
        ("The Lodge, Quarry Lane, Bath BA2 9ZZ", "The Lodge, Quarry Lane, Bath BA2 9ZZ"),
        ("Dr Emi Tanaka, 18 Lantern Court, London E8 9ZZ", "Dr Emi Tanaka, 18 Lantern Court, London E8 9ZZ"),
        ("Lindenhof 12, 10997 Berlin, Germany", "Lindenhof 12, 10997 Berlin, Germany"),
        ("Hauptstraße 7, 10115 Berlin", "Hauptstraße 7, 10115 Berlin"),
        ("33 Chapel Rise\nNewport\nNP20 9ZZ", "33 Chapel Rise Newport NP20 9ZZ"),
        ("33 Chapel Rise, Newport NP20 9ZZ please, thanks", "33 Chapel Rise, Newport NP20 9ZZ"),
        ("no, it's 7 Mill Lane, York YO1 9ZZ", "7 Mill Lane, York YO1 9ZZ"),
        ("my new address is 5 Mill Lane, York", "5 Mill Lane, York"),
        ("it should be 9 High St, Leeds", "9 High St, Leeds"),
        ("I moved to 5 Weir Cottages, Oxford OX4 9ZZ", "5 Weir Cottages, Oxford OX4 9ZZ"),
        ("please send it to my mum at 5 Mill Lane, York YO1 9ZZ", "5 Mill Lane, York YO1 9ZZ"),
        (
            "change CK-10431 to Unit 7, Glassworks Yard, Bristol BS2 9ZZ",
            "Unit 7, Glassworks Yard, Bristol BS2 9ZZ",
        ),
    ],
)
def test_an_address(text: str, address: str) -> None:
    assert address_in(text) == address
    assert address_in(address) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "York",
        "BS1 9ZZ",
        "CK-10431",
        "Do you deliver to 5 Mill Lane, York YO1 9ZZ?",
        "what is your address, 5 Mill Lane",
        "12 bloody Mill Lane you idiots",
        "I've been waiting at 14 Mill Road since 9",
        "I told you twice, 12 Mill Lane, York YO1 9ZZ",
        "you useless idiots",
        "2 weeks late on my order way too late",
        "this is the 3rd parcel in a row, fix it",
        "where is my parcel",
        "my order number is 10431 and I want a refund",
        "never mind",
        "👍👍👍",
    ],
)
def test_no_address(text: str) -> None:
    assert address_in(text) is None


@given(st.text(max_size=400))
def test_whatever_is_typed_gives_an_address_or_none(text: str) -> None:
    address = address_in(text)
    assert address is None or len(address) <= MOST
