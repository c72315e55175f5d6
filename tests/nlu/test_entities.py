import pytest
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.entities import PatternEntityExtractor, find


@pytest.mark.parametrize(
    "text",
    [
        "CK-10423",
        "ck10423",
        "CK 10423",
        "#10423",
        "# 10423",
        "order 10423",
        "no. 10423.",
        "ck-1o423",
        "CK\u00a010423",
        "(10423)",
    ],
)
def test_order_numbers_in_every_way_of_writing(text: str) -> None:
    assert [(e.kind, e.value) for e in find(text)] == [("order_number", "CK-10423")]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("mail me@shop.co.uk.", "email", "me@shop.co.uk"),
        ("A.B+c@Foo.COM", "email", "a.b+c@foo.com"),
        ("ck10423@foo.com", "email", "ck10423@foo.com"),
        ("12 Mill Lane, bs14qa", "postcode", "BS1 4QA"),
        ("SW1A 1AA", "postcode", "SW1A 1AA"),
    ],
)
def test_addresses_in_one_form(text: str, kind: str, value: str) -> None:
    assert [(e.kind, e.value) for e in find(text)] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "07700 900123",
        "01632 960123",
        "£10423",
        "10,423",
        "10423.50",
        "4111 1111 1111 1111",
        "M1 2PM",
        "ck oil",
        "me@shop",
        "12345 67890",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find(text) == []


def test_several_things_in_reading_order() -> None:
    text = "ck-10423 goes to BS1 4QA, not ck-10398"
    assert [(e.value, text[e.start : e.end]) for e in find(text)] == [
        ("CK-10423", "ck-10423"),
        ("BS1 4QA", "BS1 4QA"),
        ("CK-10398", "ck-10398"),
    ]


def test_rasa_gets_the_normal_form() -> None:
    message = Message({TEXT: "where is ck10423"})
    PatternEntityExtractor().process([message])
    [entity] = message.get(ENTITIES)
    assert (entity["entity"], entity["value"], entity["start"], entity["end"]) == (
        "order_number",
        "CK-10423",
        9,
        16,
    )


def test_endless_text_takes_no_time() -> None:
    assert find("a@" * 50_000) == find("1 " * 50_000) == []
