"""What the command prints and writes."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import OwnerFileError
from bot.studio.asked.table import COLUMNS, MOST, as_table, write
from bot.studio.asked.unknown import UNKNOWN, Group, Message, Suggestion
from tests.studio.asked_past import NOW


def message(text: str, seq: int = 1, feeling: str | None = "calm") -> Message:
    return Message("c1", seq, text, NOW - timedelta(days=seq), UNKNOWN, "location", 0.1, feeling)


DOGS = Group(
    "Do you let dogs in?",
    (message("Do you let dogs in?", 1, "upset"), message("=1+1 dogs", 2), message("dogs", 3, None)),
    Suggestion("location", "Where are you?", 0.34),
)


def test_the_largest_groups_with_how_people_felt() -> None:
    printed = as_table([DOGS, Group("Wifi?", (message("Wifi?"),))], 12, 30)
    assert printed.startswith("Of 12 messages of the last 30 days, 4 were not surely understood:")
    dogs, wifi = printed.splitlines()[2:4]
    assert " ".join(dogs.split()) == "3 × Do you let dogs in? near “location”, 34% 1 upset"
    assert " ".join(wifi.split()) == "1 × Wifi?"


def test_no_more_than_can_be_read() -> None:
    many = [Group("Wifi? " * 20, (message("Wifi?"),))] * (MOST + 3)
    printed = as_table(many, 500, 30)
    assert printed.count("×") == MOST and "and 3 more" in printed
    assert max(map(len, printed.splitlines())) < 120


def test_good_news_and_no_news() -> None:
    assert as_table([], 0, 1) == "Nobody asked anything in the last day."
    assert as_table([], 5, 7) == "All 5 messages of the last 7 days were understood."


def test_a_file_for_a_spreadsheet_that_only_its_owner_reads(tmp_path: Path) -> None:
    path = tmp_path / "asked.csv"
    assert write(path, [DOGS]) == 3 and path.stat().st_mode & 0o777 == 0o600
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["text"] for row in rows] == ["Do you let dogs in?", "'=1+1 dogs", "dogs"]
    assert (rows[0]["asked"], rows[0]["nearest"], rows[2]["feeling"]) == ("3", "location", "")
    with pytest.raises(OwnerFileError, match="is there already"):
        write(path, [DOGS])
