from pathlib import Path

import pytest

from bot.owner_file import Part, suggestion


def part(tmp_path: Path, text: str) -> Part:
    path = tmp_path / "shop.yml"
    path.write_text(text, encoding="utf-8")
    return Part.read(path, "data/shop.yml")


@pytest.mark.parametrize(
    ("text", "line", "mend"),
    [
        ("name: Bakery\nweek:\n\tmonday: 7:00", 3, "Use spaces, not tabs"),
        ("name: Bakery\nnote: open: always", 2, "it has a colon in it"),
        ('a: 1\nname: "Bakery\nb: 2\n', 2, "Close the quotation mark"),
        ("name: Bakery\nphone: 1\nname: Shop", 3, "Keep one of the two"),
        ("name: Bakery\n  phone: 1\n", 2, "colon"),
        ("- a list\n- not blocks", 1, "Start with a word and a colon"),
    ],
)
def test_a_broken_file_is_one_problem_with_its_line_and_mend(
    tmp_path: Path, text: str, line: int, mend: str
) -> None:
    broken = part(tmp_path, text)
    broken.text("name")
    assert [(problem.path, problem.line) for problem in broken.problems] == [("data/shop.yml", line)]
    assert mend in str(broken.problems[0])


def test_a_missing_file_and_one_that_is_no_text_are_problems(tmp_path: Path) -> None:
    (tmp_path / "photo.yml").write_bytes(b"\xff\xd8\xff\xe0")
    assert "is missing" in str(Part.read(tmp_path / "none.yml", "none.yml").problems[0])
    assert "UTF-8" in str(Part.read(tmp_path / "photo.yml", "photo.yml").problems[0])


def test_values_are_read_with_their_lines(tmp_path: Path) -> None:
    shop = part(tmp_path, "name: Bakery\ndetails:\n  phone: 12\nlist:\n  - a: x\n  - a: y\n")
    assert shop.text("name") == "Bakery"
    assert shop.part("details").text("phone") == "12"
    assert [(item.text("a"), item.line) for item in shop.items("list")] == [("x", 5), ("y", 6)]
    assert shop.problems == []


def test_wrong_values_are_noted_and_read_as_harmless_ones(tmp_path: Path) -> None:
    shop = part(tmp_path, "price: 3.50\nlevel: 7\nlist: no list\nnmae: x")
    assert shop.text("price") == ""
    assert shop.number("level", 0, 1, default=0.5) == 0.5
    assert list(shop.items("list")) == []
    assert shop.text("missing") == ""
    shop.only("price", "level", "list", "name")
    assert [problem.line for problem in shop.problems] == [1, 2, 3, 1, 4]
    assert "Did you mean name?" in str(shop.problems[-1])


def test_a_suggestion_names_the_near_word_or_all() -> None:
    assert suggestion("mondy", ["monday", "friday"]) == "Did you mean monday?"
    assert suggestion("zzz", ["monday", "friday"]) == "Known are: friday, monday"
