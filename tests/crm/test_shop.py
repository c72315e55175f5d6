from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.crm.adapter import CHANGES
from bot.crm.checks import check
from bot.crm.shop import ShopCrm
from bot.crm.shop_map import ShopMap
from bot.errors import CrmUnavailable, NotSupported, RecordNotFound, RecordRefused, SettingsError
from bot.settings import ROOT

MAP = ShopMap.load(ROOT / "data" / "business" / "shop.yml", ROOT)
TABLES = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, first_name VARCHAR(80), last_name VARCHAR(80), email TEXT,
    phone TEXT, created_at TIMESTAMP, customer_group VARCHAR(20), tags TEXT, total_spent NUMERIC(12, 4));
CREATE TABLE orders (id INTEGER PRIMARY KEY, number VARCHAR(20), customer_id INTEGER, status VARCHAR(20),
    created_at TIMESTAMP, total NUMERIC(12, 4), ship_street TEXT, ship_postcode TEXT, ship_city TEXT,
    tracking_code TEXT, delivery_due DATE);
CREATE TABLE order_items (id INTEGER PRIMARY KEY, order_id INTEGER, product_name TEXT,
    quantity NUMERIC(8, 2));
INSERT INTO customers VALUES (1, 'Ann', 'Lee', 'Ann@Example.com', '+44 1632 960001', '2023-07-31 23:30:00',
    'VIP', 'gift, subscriber', 1234.5);
INSERT INTO customers VALUES (2, 'Ben', NULL, 'ben@example.com', NULL, '2024-01-02 12:00:00', 'retail', NULL,
    NULL);
INSERT INTO customers VALUES (3, 'Twin', NULL, 'BEN@example.com', NULL, '2024-01-02 12:00:00', 'retail', NULL,
    0);
INSERT INTO orders VALUES (10, 'CK-1', 1, 'Processing', '2024-07-01 12:00:00', 19.9, '1 Old Lane', NULL,
    'Bath', NULL, '2024-07-05');
INSERT INTO orders VALUES (11, 'CK-2', 1, 'complete', '2024-01-01 12:00:00', 5, '1 Old Lane', 'BA1', 'Bath',
    'TR1', NULL);
INSERT INTO orders VALUES (12, 'CK-9', 2, 'new', '2024-03-01 12:00:00', 7, '2 Road', NULL, 'Ely', NULL, NULL);
INSERT INTO order_items VALUES (1, 10, 'Harbour Blend', 2);
INSERT INTO order_items VALUES (2, 10, '<script>alert(1)</script>', 1);
INSERT INTO order_items VALUES (3, 12, 'Ben''s own', 1);
"""


class Shop:
    """A shop's database, and Kindhand's look into it."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = create_engine(url, future=True)
        self.do(*TABLES.split(";\n"))
        self.crm = ShopCrm(url, MAP)

    def do(self, *statements: str) -> None:
        with self.engine.begin() as connection:
            for statement in filter(str.strip, statements):
                connection.execute(text(statement))


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    shop = Shop(request.getfixturevalue("postgres_url") if request.param == "postgresql" else url)
    yield shop
    shop.crm.close()
    shop.engine.dispose()


def test_a_card_out_of_the_shops_own_tables(shop: Shop) -> None:
    card = shop.crm.card("1")
    check("card", ("1",), card)
    known = card.as_dict()
    assert known["customer"] == {
        "id": "1",
        "name": "Ann Lee",
        "email": "Ann@Example.com",
        "phone": "+44 1632 960001",
        "since": "2023-07-31",
        "vip": True,
        "tags": ["gift", "subscriber"],
        "lifetime_value": 1234.5,
        "currency": "GBP",
    }
    first, second = known["orders"]
    assert (first["number"], first["status"], first["address"]) == ("CK-1", "packing", "1 Old Lane, Bath")
    assert first["placed_at"] == "2024-07-01T11:00:00Z" and first["expected_at"] == "2024-07-04T23:00:00Z"
    assert [(item["name"], item["quantity"]) for item in first["items"]] == [
        ("Harbour Blend", 2),
        ("<script>alert(1)</script>", 1),
    ]
    assert (second["number"], second["status"], second["tracking"]) == ("CK-2", "delivered", "TR1")


def test_a_customer_of_whom_little_is_known(shop: Shop) -> None:
    customer = shop.crm.card("2").customer
    assert (customer.name, customer.phone, customer.vip, customer.tags) == ("Ben", "", False, ())
    assert customer.lifetime_value == Decimal(0)


@pytest.mark.parametrize("number", ["CK-1", "ck 1", "CK1"])
def test_an_order_is_found_as_people_write_it(shop: Shop, number: str) -> None:
    assert shop.crm.order("1", number).total == Decimal("19.90")


@pytest.mark.parametrize(
    ("who", "number"),
    [
        ("1", "CK-9"),
        ("2", "CK-1"),
        ("7", "CK-1"),
        ("1", ""),
        ("1", "%"),
        ("", "CK-1"),
        ("1 OR 1=1", "CK-1"),
        ("1abc", "CK-1"),
        ("' OR 1=1 --", "CK-1"),
        ("99999999999999999999", "CK-1"),
        ("\x00", "CK-1"),
        ("\ud800", "CK-1"),
        ("1", "\ud800\x00"),
    ],
)
def test_records_of_others_do_not_exist(shop: Shop, who: str, number: str) -> None:
    with pytest.raises(RecordNotFound):
        shop.crm.order(who, number)


@pytest.mark.parametrize("who", ["7", "", "x", "1 OR 1=1", "\x00", "\ud800", "99999999999999999999"])
def test_an_unknown_customer_is_not_found(shop: Shop, who: str) -> None:
    for verb in (shop.crm.card, shop.crm.orders):
        with pytest.raises(RecordNotFound):
            verb(who)
    assert shop.crm.find(identity=who) is None


def test_a_customer_is_found_by_what_they_give(shop: Shop) -> None:
    assert shop.crm.find(identity="1") == "1"
    assert shop.crm.find(email=" ann@example.COM") == "1"
    assert shop.crm.find(email="ben@example.com") is None  # two have it
    assert shop.crm.find(order_number="ck 9") == "2"
    assert shop.crm.find(order_number="CK-404") is None


def test_nothing_can_be_written(shop: Shop) -> None:
    with pytest.raises(SQLAlchemyError), shop.crm._engine.begin() as connection:
        connection.execute(text("UPDATE orders SET total = 0"))
    for verb in CHANGES:
        assert not shop.crm.supports(verb)
    with pytest.raises(NotSupported):
        shop.crm.cancel_order("1", "CK-1", key="k")
    assert shop.crm.order("1", "CK-1").total == Decimal("19.90")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE orders SET status = 'on hold'", "`status` holds a word"),
        ("UPDATE orders SET created_at = NULL", "`placed_at` holds no time"),
    ],
)
def test_what_cannot_be_told_is_refused_with_the_line_of_the_map(shop: Shop, change: str, said: str) -> None:
    shop.do(change)
    with pytest.raises(RecordRefused, match=said) as problem:
        shop.crm.orders("1")
    assert "data/business/shop.yml:" in str(problem.value) and "on hold" not in str(problem.value)


def test_of_a_text_without_end_only_its_beginning_is_fetched(shop: Shop) -> None:
    shop.do("UPDATE customers SET phone = '" + "x" * 2_000_000 + "'")
    assert len(shop.crm.card("1").customer.phone) == 500


def test_the_map_is_held_against_the_database(shop: Shop) -> None:
    assert shop.crm.problems() == []
    shop.do("ALTER TABLE customers RENAME COLUMN email TO mail", "DROP TABLE order_items")
    assert [problem.problem for problem in shop.crm.problems()] == [
        "the table “customers” has no column “email”",
        "the database has no table “order_items”",
    ]
    with pytest.raises(CrmUnavailable):
        shop.crm.card("1")


def test_a_statement_that_takes_long_is_given_up(postgres_url: str) -> None:
    shop = Shop(postgres_url)
    with shop.engine.begin() as writer:
        writer.execute(text("LOCK TABLE customers IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(CrmUnavailable):
            shop.crm.card("1")
    assert shop.crm.card("1").customer.name == "Ann Lee"
    shop.crm.close()
    shop.engine.dispose()


def test_a_shop_that_is_away(tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path}/none.db", "postgresql://reader@127.0.0.1:1/shop"):
        with pytest.raises(CrmUnavailable):
            ShopCrm(url, MAP).card("1")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["customers", "oracle://x/y", "sqlite://", "mysql+nothing://x/y"])
def test_an_address_that_is_none_is_a_wrong_setting(url: str) -> None:
    with pytest.raises(SettingsError, match="KINDHAND_CRM_URL"):
        ShopCrm(url, MAP)


def test_times_are_the_shops(shop: Shop) -> None:
    placed = shop.crm.order("1", "CK-1").placed_at
    assert placed.astimezone(MAP.zone).replace(tzinfo=None) == datetime(2024, 7, 1, 12)
