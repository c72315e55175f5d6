import re
import shutil
from datetime import datetime, timezone
from pathlib import Path

import pytest

from bot.business import Business, joined, read
from bot.errors import OwnerFileError
from bot.settings import ROOT
from bot.texts import FELT, PLACEHOLDER, SENTENCES

SATURDAY = datetime(2026, 11, 21, 20, 0, tzinfo=timezone.utc)


@pytest.fixture(scope="module")
def demo() -> Business:
    return Business.load(ROOT / "data" / "business")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data" / "business"
    shutil.copytree(ROOT / "data" / "business", copy)
    return copy


def change(folder: Path, name: str, old: str, new: str) -> int:
    """Replace a line of a file; return its number."""
    path = folder / name
    lines = path.read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if re.match(old, line))
    lines[at] = new
    path.write_text("\n".join(lines), encoding="utf-8")
    return at + 1


def test_facts_are_finished_words(demo: Business) -> None:
    facts = demo.facts(SATURDAY)
    assert facts["return_days"] == "30"
    assert facts["shipping_cost"] == "£3.95"
    assert facts["support_email"] == "hello@copperkettle.example"
    assert facts["opening_hours_week"].startswith("Monday to Friday 7:30 to 18:00")
    assert facts["opening_hours_today"] == "8:30 to 17:00"
    assert facts["support_next_opening"] == "tomorrow at 10:00"
    assert facts["international_countries"].endswith("Denmark and Sweden")
    assert "14 Tinsmith Lane" in facts["cafe_list"] and "3 Tram Shed Yard" in facts["cafe_list"]
    assert all(value and not PLACEHOLDER.search(value) for value in facts.values())


def test_people_answer_in_support_hours_only(demo: Business) -> None:
    assert not demo.is_open(SATURDAY)
    assert demo.is_open(datetime(2026, 11, 20, 12, 0, tzinfo=timezone.utc))
    assert not demo.is_open(datetime(2026, 12, 25, 12, 0, tzinfo=timezone.utc))
    opening = demo.next_opening(datetime(2026, 12, 23, 22, 0, tzinfo=timezone.utc))
    assert opening and opening.isoformat() == "2026-12-27T10:00:00+00:00"


def test_every_sentence_of_the_desk_is_filled_in(demo: Business) -> None:
    for name, words in SENTENCES.items():
        said = demo.say(name, **dict.fromkeys(words, "Sam"))
        assert said and "{" not in said, name
    assert "Mara" in demo.greeting("Mara")
    assert demo.name in demo.greeting()
    assert 3 <= len(demo.texts.questions) <= 4


def test_whoever_is_upset_hears_it_said_for_them(folder: Path) -> None:
    change(folder, "texts.yml", "handoff_wait_upset:", "")
    business = Business.load(folder)
    live = [business.say("handoff_live", upset=upset) for upset in (False, True)]
    assert live[0] != live[1]
    wait = [business.say("handoff_wait", upset=upset, wait="about a minute") for upset in (False, True)]
    assert wait[0] == wait[1]


@pytest.mark.parametrize("sentence", FELT)
def test_every_way_to_be_told_of_a_person_has_wording_for_the_upset(demo: Business, sentence: str) -> None:
    words = dict.fromkeys(SENTENCES[sentence], "…")
    calm, upset = (demo.say(sentence, upset=upset, **words) for upset in (False, True))
    assert upset != calm and "{" not in calm + upset


@pytest.mark.parametrize(
    ("promised", "words"),
    [
        (datetime(2026, 11, 22, 12, tzinfo=timezone.utc), "by tomorrow at 12:00"),
        (datetime(2026, 11, 23, 12, tzinfo=timezone.utc), "by Monday at 12:00"),
        (None, "as soon as we can"),
    ],
)
def test_a_promise_is_said(demo: Business, promised: datetime | None, words: str) -> None:
    assert demo.times(None).by(promised, SATURDAY) == words


def test_a_name_with_brackets_is_said_as_it_is(demo: Business) -> None:
    assert demo.say("agent_joined", agent="{name} Smith").startswith("{name} Smith")


@pytest.mark.parametrize(
    ("state", "allowed"), [("placed", True), ("packing", True), ("shipped", False), ("lost in space", False)]
)
def test_a_policy_knows_until_when_it_holds(demo: Business, state: str, allowed: bool) -> None:
    assert demo.policies["cancel"].allows(state) is allowed


def test_every_policy_has_a_reason_to_quote(demo: Business) -> None:
    assert all(len(policy.why) > 20 and not policy.why.endswith(".") for policy in demo.policies.values())


def test_what_an_owner_adds_can_be_used_in_answers(folder: Path) -> None:
    (folder / "policies.yml").open("a").write(
        "dogs:\n  allowed: well-behaved ones\n  why: some guests are afraid\n"
    )
    (folder / "facts.yml").open("a").write("wifi_password: ask at the counter\n")
    facts = Business.load(folder).facts()
    assert facts["dogs_allowed"] == "well-behaved ones"
    assert facts["wifi_password"] == "ask at the counter"


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        ("business.yml", "email:", "email: hello(at)copperkettle", "is not an e-mail address"),
        ("business.yml", "web:", "web: copperkettle", "is not a web address"),
        ("business.yml", "time_zone:", "time_zone: London", "is not a time zone"),
        ("business.yml", "country:", "country: Britain", "is not a code for a country"),
        ("business.yml", "phone:", "fone: 0117", "Did you mean phone?"),
        ("hours.yml", "  tuesday:", "  tuesday: 18:00-7:30", "before you open"),
        ("hours.yml", "  tuesday:", "  tuesday: 7.30 am", "is not a time of day"),
        ("hours.yml", "  tuesday:", "  tuesday: 7:00-25:00", "is not a time of day"),
        ("hours.yml", "  tuesday:", "  tuesday: 9:00-13:00, 12:00-17:00", "overlap"),
        ("hours.yml", "  tuesday:", "  teusday: 9:00-13:00", "Did you mean tuesday?"),
        ("hours.yml", "  calendar:", "  calendar: England", "There is no calendar"),
        ("hours.yml", "  - from:", "  - from: 24 December", "year-month-day"),
        ("hours.yml", "    until:", "    until: 2026-12-01", "ends before it starts"),
        ("hours.yml", "    who:", "    who: nobody", "Write cafes, support or everyone"),
        ("hours.yml", "    hours:", "    hours: 14:00", "is not a time of day"),
        ("hours.yml", "    hours:", "    ours: 9:00-14:00", "Did you mean hours?"),
        ("hours.yml", "  - from: 2026-12-31", "  - from: 2026-12-31 9:00", "Write it as year-month-day"),
        ("hours.yml", "  open_as_usual:", "  open_as_usual: [Easter]", "Did you mean Easter Monday?"),
        ("routing.yml", "capacity:", "capacity: 0", "Write a number from 1 to 50"),
        ("routing.yml", "capacity:", "capacity: 2.5", "Write a whole number"),
        ("routing.yml", "capacity:", "capicity: 4", "Did you mean capacity?"),
        ("routing.yml", "offer_seconds:", "offer_seconds: soon", "Write a number from 10 to 600"),
        ("routing.yml", "reply_within_hours:", "reply_within_hours: 0", "Write a number from 0.25"),
        ("routing.yml", "language:", "language: English", "Write two small letters"),
        ("routing.yml", "  money:", "  money: charged_twice", "should be a block of lines"),
        ("policies.yml", "  days: 30", "  days: -3", "Write a number from 0"),
        ("policies.yml", "  cost:", "  cost: 3.95", "as customers should read it"),
        ("policies.yml", "  until:", "  until: baked", "Write placed, packing, shipped or delivered"),
        ("policies.yml", "cancel:", "cancle:", "“cancel” is missing"),
        ("facts.yml", "decaf_coffee:", "Decaf coffee: nice", "Use small letters"),
        ("ladder.yml", "sensitivity:", "sensitivity: high", "Write a number from 0.5 to 2"),
        ("ladder.yml", "offer:", "offer: 0.3", "is not above “repair”"),
        ("ladder.yml", "  - legal", "  - leagal", "Did you mean legal?"),
        ("ladder.yml", "never:", "never: [danger]", "both always and never. Delete it here"),
        ("ladder.yml", "never:", "never: [legal]", "Delete it from one of the two"),
        ("ladder.yml", "  - danger", "  - abuse", "“danger” is missing here. Add a line"),
        ("texts.yml", "handoff_wait:", 'handoff_wait: "Wait {time}, please."', "{time}” cannot be filled in"),
        ("texts.yml", "handoff_live_upset:", "handoff_life_upset: Soon", "Did you mean handoff_live_upset?"),
        (
            "texts.yml",
            "handoff_later_full_upset:",
            'handoff_later_full_upset: "Until {occasion}."',
            "{occasion}” cannot be filled in",
        ),
        ("texts.yml", "resolved:", "resolvd: Done", "Did you mean resolved?"),
    ],
)
def test_a_wrong_value_names_its_line(folder: Path, name: str, old: str, new: str, problem: str) -> None:
    line = change(folder, name, old, new)
    business, problems = read(folder, folder.parent.parent)
    assert business is None
    named = [p for p in problems if problem in str(p)]
    assert named, [str(p) for p in problems]
    assert named[0].path == f"data/business/{name}"
    assert named[0].line == line or "missing" in problem
    with pytest.raises(OwnerFileError):
        Business.load(folder)


def test_danger_cannot_be_switched_off(folder: Path) -> None:
    path = folder / "ladder.yml"
    text = path.read_text().replace("  - danger\n", "").replace("never: []", "never:\n  - danger")
    path.write_text(text)
    _, (problem,) = read(folder, folder.parent.parent)
    assert problem.line == text.splitlines().index("never:") + 1
    assert str(problem).endswith("“danger” is under never. Move it to “always”; it cannot be switched off")


def test_what_is_wrong_for_two_is_said_once(folder: Path) -> None:
    change(folder, "hours.yml", "    hours:", "    hours: 14:00-9:00")
    _, problems = read(folder, folder.parent.parent)
    assert [problem.problem for problem in problems] == ["Here you close before you open: 14:00-9:00"]


def test_a_missing_file_is_said(folder: Path) -> None:
    (folder / "ladder.yml").unlink()
    with pytest.raises(OwnerFileError, match=r"ladder\.yml: is missing"):
        Business.load(folder)


def test_words_are_joined_as_in_a_sentence() -> None:
    assert [joined([]), joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"], "or")] == [
        "", "a", "a and b", "a, b or c",
    ]  # fmt: skip
