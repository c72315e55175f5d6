from pathlib import Path

import pytest

from bot.crm.shop_map import ShopMap, missing, read
from bot.errors import OwnerFileError
from bot.settings import ROOT

SHIPPED = ROOT / "data" / "business" / "shop.yml"
NAME = "data/business/shop.yml"


def _said(tmp_path: Path, text: str) -> list[tuple[int, str]]:
    path = tmp_path / "shop.yml"
    path.write_text(text)
    known, problems = read(path, tmp_path)
    assert (known is None) == bool(problems)
    return [(problem.line, str(problem)) for problem in problems]


def test_the_shipped_map_is_in_order() -> None:
    known = ShopMap.load(SHIPPED, ROOT)
    assert known.file == NAME and known.statuses["complete"] == "delivered"
    assert known.customers.sources["name"].columns == ("first_name", "last_name")
    assert known.customers.sources["currency"].always == "GBP"
    assert known.customers.sources["vip"].among == {"vip", "wholesale"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  email: email\n", "", "“email” is missing"),
        ("  email: email\n", "  emial: email\n", "Did you mean email?"),
        ("  table: orders\n", '  table: "orders; DROP TABLE x"\n', "cannot be a table"),
        ("  status: status\n", "  status: [a, b]\n", "must be one column"),
        ("  status: status\n", "  status: {always: new}\n", "must be a column"),
        ("  number: number ", "  number: no-number ", "cannot be a column"),
        ("zone: Europe/London", "zone: Europe/Lundon", "no time zone"),
        ("  shipped: [shipped]", "  shipped: [shipped, NEW]", "“new” is placed already"),
        ("  shipped: [shipped]", "  sent: [shipped]", "“sent” means nothing here"),
        ("{always: GBP}\n  address", "{alwys: GBP}\n  address", "“alwys” means nothing here"),
        ("is: [vip, wholesale]", "is: [vip", "cannot be read"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = SHIPPED.read_text()
    assert text.count(old) == 1
    problems = _said(tmp_path, text.replace(old, new))
    assert any(said in problem for _, problem in problems)
    line = text[: text.index(old)].count("\n") + 1
    if new and "missing" not in said:
        assert any(abs(number - line) <= 1 for number, _ in problems), problems


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(OwnerFileError, match="is missing"):
        ShopMap.load(tmp_path / "shop.yml", tmp_path)


def test_what_the_database_does_not_have_is_named_with_its_line() -> None:
    known = ShopMap.load(SHIPPED, ROOT)
    there = {
        place.table: {column for column, _ in place.columns()} for place in (known.customers, known.orders)
    }
    there["customers"] = (there["customers"] - {"email"}) | {"e_mail"}
    lines = SHIPPED.read_text().splitlines()
    problems = missing(known, there)
    assert [str(problem).split(": ", 1)[1] for problem in problems] == [
        "the table “customers” has no column “email”. Did you mean e_mail?",
        "the database has no table “order_items”. Check its name and our rights",
    ]
    assert lines[problems[0].line - 1].startswith("  email:")
    assert lines[problems[1].line - 1].startswith("  table: order_items")
