"""What differs, in words: each kind of change is said by the name that an owner knows it by."""

from pathlib import Path

import pytest

from bot.settings import ROOT, Settings
from bot.studio.publishing.difference import MOST_LINES, changes, count, counted, unpublished
from bot.studio.publishing.live import Live, snapshot

DEMO = snapshot(ROOT)
FAQ = "data/faq/{}.yml"


def said(*edits: tuple[str, str, str]) -> list[str]:
    """Say what differs from the demo's files after some edits of (file, old, new)."""
    after = dict(DEMO)
    for name, old, new in edits:
        text = after[name].decode()
        assert old in text
        after[name] = text.replace(old, new, 1).encode()
    return words(DEMO, after)


def words(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    return [word for change in changes(before, after) for word in change.words]


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (FAQ.format("decaf"), "Yes: {decaf_coffee}", "Of course: {decaf_coffee}", "“decaf”: answer changed"),
        (FAQ.format("decaf"), "- half-caf blend\n", "", "“decaf”: 1 example taken out"),
        (
            FAQ.format("decaf"),
            "- half-caf blend\n",
            "- one more\n      - half caf\n",
            "“decaf”: 2 examples added, 1 taken out",
        ),
        (
            FAQ.format("damaged_item"),
            "It should never have",
            "That should never have",
            "“damaged_item”: wording for upset customers changed",
        ),
        ("domain.yml", "Goodbye, {first_name}", "Bye, {first_name}", "Answer “goodbye”: answer changed"),
        (
            "domain.yml",
            "callback_when, callback_topic",
            "callback_topic, callback_when",
            "Form “callback_form”: changed",
        ),
        ("data/rules/tasks.yml", "- action: action_cancel_order", "- action: utter_x", "Rule “the order to"),
        ("data/stories/offers.yml", "intent: compliment", "intent: thank", "Story “a compliment after a"),
        (
            "data/business/ladder.yml",
            "sensitivity: 1.0",
            "sensitivity: 1.1",
            "“sensitivity”: changed",
        ),
        ("data/business/facts.yml", "roast_days:", "roast_times:", "Facts, “roast_times”: new"),
        (
            "data/business/texts/de.yml",
            "handoff_live:",
            "handoff_lively:",
            "(de), “handoff_lively”: new",
        ),
        ("data/rehearsals/everyday.jsonl", '"id":"paid-twice"', '"id":"x"', "Rehearsal “x”: new"),
        ("config.yml", "pipeline:", "# ours\nlanguages: en\npipeline:", "How the assistant learns: changed"),
        (FAQ.format("decaf"), "nlu:", "# ours\nnlu:", "decaf.yml: only comments, order or spacing"),
        (FAQ.format("decaf"), "nlu:", "nlu: [", "decaf.yml: changed, but cannot be read as it is"),
    ],
)
def test_a_change_is_said_by_its_name(name: str, old: str, new: str, told: str) -> None:
    found = said((name, old, new))
    assert any(told in one for one in found), found
    assert len(found) <= 2


def test_a_new_question_is_one_change_wherever_its_name_stands() -> None:
    oat = DEMO["data/faq/decaf.yml"].replace(b"decaf", b"oat_milk")
    domain = DEMO["domain.yml"].replace(b"  - decaf\n", b"  - decaf\n  - oat_milk\n")
    after = {**DEMO, "data/faq/oat_milk.yml": oat, "domain.yml": domain}
    listed = "File domain.yml: the list of questions follows the other changes"
    assert words(DEMO, after) == ["Question “oat_milk”: new", listed]
    assert words(after, DEMO) == ["Question “oat_milk”: taken out", listed]
    assert not any("Intent" in word or "Answer" in word for word in words(DEMO, after))


def test_what_only_went_to_another_file_is_no_change() -> None:
    after = dict(DEMO)
    after["data/faq/drinks/decaf.yml"] = after.pop("data/faq/decaf.yml")
    assert words(DEMO, after) == [
        "File data/faq/decaf.yml: taken out, what it said stands elsewhere now",
        "File data/faq/drinks/decaf.yml: new, with what stood elsewhere before",
    ]


def test_lines_say_where_they_stand_and_do_not_go_on_for_ever() -> None:
    [change] = changes({"a.yml": b"a: 1\nb: 2\n"}, {"a.yml": b"a: 1\nb: 3\n"})
    assert change.lines == (("@", "1"), (" ", "a: 1"), ("-", "b: 2"), ("+", "b: 3"))
    [long] = changes({}, {"a.yml": b"".join(b"a%d: 1\n" % n for n in range(MOST_LINES + 7))})
    assert (len(long.as_dict()["lines"]), long.as_dict()["more"]) == (MOST_LINES, 8)


@pytest.mark.parametrize(
    "text", [b"\xff\xfe", b"- a\n- b\n", b"nlu: 7\nresponses: []\n", b"nlu:\n - {}\n", b""]
)
def test_whatever_an_owner_writes_is_told_somehow(text: bytes) -> None:
    for name in ("data/faq/decaf.yml", "domain.yml", "data/business/facts.yml", "data/rehearsals/a.jsonl"):
        assert words(DEMO, {**DEMO, name: text}) and words({**DEMO, name: text}, DEMO)


def test_what_is_not_published_is_told_against_the_version(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    (shop / "domain.yml").write_text("slots: {}\nforms: {}\n")
    live = Live(Settings.load({"KINDHAND_VAR": str(tmp_path / "var"), "KINDHAND_FILES": str(shop)}))
    version = live.begin()
    assert unpublished(live.versions, version, snapshot(shop)) == []
    (shop / "domain.yml").write_text("slots: {a: 1}\nforms: {b: 1}\n")
    found = unpublished(live.versions, version, snapshot(shop))
    assert [change.words for change in found] == [("Slot “a”: new", "Form “b”: new")]
    assert count(found) == 2 and counted(found) == "2 changes are" and counted(found[:0]) == "0 changes are"
