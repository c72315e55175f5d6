from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.errors import OwnerFileError
from bot.reach.rules import DANGER, WAITED, WAITING, Quiet, Rules, Target, read
from bot.settings import ROOT, Settings

GOOD = """\
situation: true
quiet_hours: 21:00-7:00
customers: [transcript]
tell:
  - when: waiting
    chat: team
  - when: [waited, danger]
    minutes: 10
    email: [sam@shop.example, noor@shop.example]
    webhook: shop
    at_any_time: true
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    given = {"SMTP_HOST": "mail.example", "CHAT": "team=json://a", "WEBHOOKS": "shop=https://a.example"}
    return Settings.load({"KINDHAND_VAR": str(tmp_path)} | {f"KINDHAND_{k}": v for k, v in given.items()})


def written(folder: Path, text: str) -> Path:
    (folder / "reach.yml").write_text(text)
    return folder


def test_a_good_file_says_who_is_told_what(tmp_path: Path, settings: Settings) -> None:
    rules = Rules.load(written(tmp_path, GOOD), settings)
    team, others = rules.tell
    assert team.when == {WAITING} and team.targets == (Target("chat", "team"),) and not team.at_any_time
    assert others.when == {WAITED, DANGER} and others.after == timedelta(minutes=10) and others.at_any_time
    assert rules.quiet == Quiet(time(21), time(7)) and rules.situation
    assert rules.customers == {"transcript"}
    assert [target.name for target in rules.targets] == [
        *("team", "sam@shop.example", "noor@shop.example", "shop")
    ]


def test_less_is_told_where_nothing_is_said(tmp_path: Path) -> None:
    assert Rules.load(written(tmp_path, "tell: []\n")) == Rules()


def test_customers_get_nothing_without_a_mail_server(tmp_path: Path, settings: Settings) -> None:
    bare = replace(settings, smtp_host="")
    assert Rules.load(written(tmp_path, "customers: [transcript]"), bare).customers == frozenset()


def test_the_demos_file_is_in_order() -> None:
    assert read(ROOT / "data" / "business", ROOT)[1] == []


def test_the_examples_in_the_demos_file_are_too(tmp_path: Path) -> None:
    text = (ROOT / "data" / "business" / "reach.yml").read_text()
    before, _, examples = text.partition("tell: []\n")
    shown = "".join(line.removeprefix("#") for line in examples.splitlines(keepends=True))
    rules = Rules.load(written(tmp_path, f"{before}tell:\n{shown}"))
    assert len(rules.tell) == 3 and rules.tell[2].at_any_time


@pytest.mark.parametrize(
    ("wrong", "right", "line", "words"),
    [
        ("chat: team", "chat: kitchen", 6, ("KINDHAND_CHAT names no “kitchen”", "team")),
        ("webhook: shop", "webhook: shup", 10, ("KINDHAND_WEBHOOKS names no “shup”", "mean shop")),
        ("noor@shop.example", "noor", 9, ("“noor” is not an e-mail address", "sam@")),
        ("noor@shop.example", "noor@shop.example tom@shop.example", 9, ("“noor@shop.example tom",)),
        ("when: waiting", "when: waitin", 5, ("“waitin”", "Did you mean waiting?")),
        ("when: waiting", "if: waiting", 5, ("“if” means nothing here", "when")),
        ("    minutes: 10\n", "", 7, ("how long", "minutes: 10")),
        ("minutes: 10", "minutes: 0", 8, ("cannot be 0", "1 to 1440")),
        ("chat: team", "chat: team\n    minutes: 5", 7, ("“minutes” means nothing here", "waited")),
        ("    chat: team\n", "", 5, ("Nobody is told here", "email, chat or webhook")),
        ("21:00-7:00", "21-7", 2, ("“21-7”", "21:00-7:00")),
        ("21:00-7:00", "25:00-7:00", 2, ("no hours",)),
        ("21:00-7:00", "7:00-7:00", 2, ("never end",)),
        ("situation: true", "situation: perhaps", 1, ("cannot be perhaps", "true or false")),
        ("at_any_time: true", "at_any_time: 1", 11, ("true or false",)),
        ("[transcript]", "[transcripts]", 3, ("“transcripts”", "Did you mean transcript?")),
        ("- when: waiting\n    chat: team", "- waiting", 5, ("details below it",)),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_and_line(
    tmp_path: Path, settings: Settings, wrong: str, right: str, line: int, words: tuple[str, ...]
) -> None:
    assert wrong in GOOD
    _, problems = read(written(tmp_path, GOOD.replace(wrong, right, 1)), tmp_path, settings)
    first = problems[0]
    assert (first.path, first.line) == ("reach.yml", line)
    assert all(word in "\n".join(map(str, problems)) for word in words)
    with pytest.raises(OwnerFileError):
        Rules.load(tmp_path, settings)


def test_an_address_needs_a_mail_server(tmp_path: Path, settings: Settings) -> None:
    _, problems = read(written(tmp_path, GOOD), tmp_path, replace(settings, smtp_host=""))
    assert [problem.line for problem in problems] == [9, 9]
    assert "KINDHAND_SMTP_HOST" in str(problems[0])


@pytest.mark.parametrize(
    ("hours", "quiet", "loud"),
    [
        (Quiet(time(21), time(7)), (time(21), time(23, 59), time(0), time(6, 59)), (time(7), time(20, 59))),
        (Quiet(time(1), time(6)), (time(1), time(5, 59)), (time(0, 59), time(6), time(23))),
    ],
)
def test_quiet_hours_may_pass_midnight(hours: Quiet, quiet: tuple[time, ...], loud: tuple[time, ...]) -> None:
    assert [hours.holds(at) for at in (*quiet, *loud)] == [True] * len(quiet) + [False] * len(loud)
