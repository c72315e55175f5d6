"""A value is replaced, a list gains and loses entries, and no other letter of the file changes."""

from datetime import date

import pytest

from bot.errors import OwnerFileError, StudioError
from bot.settings import ROOT
from bot.studio.files.patch import Patch

HOURS = (ROOT / "data/business/hours.yml").read_text(encoding="utf-8")
LADDER = (ROOT / "data/business/ladder.yml").read_text(encoding="utf-8")
TEXTS = (ROOT / "data/business/texts.yml").read_text(encoding="utf-8")


def difference(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = before.split("\n"), after.split("\n")
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return old, new


def test_a_number_changes_and_its_comment_stays() -> None:
    patch = Patch(LADDER, "ladder.yml")
    patch.set(("offer",), 0.56)
    line = "offer: 0.62             # asks whether a person should take over"
    assert difference(LADDER, patch.text) == ([line], [line.replace("0.62", "0.56")])


def test_what_is_the_same_changes_nothing() -> None:
    patch = Patch(LADDER, "ladder.yml")
    patch.set(("sensitivity",), 1.0)
    patch.arrange(("always",), [0, 1, 2, 3, 4])
    assert patch.text == LADDER


def test_a_list_loses_its_last_entry_but_not_the_comment_below_it() -> None:
    patch = Patch(HOURS, "hours.yml")
    patch.arrange(("closures",), [0])
    gone = ["  - from: 2027-01-18", "    who: cafes", "    reason: our yearly stocktake"]
    assert difference(HOURS, patch.text) == (gone, [])


def test_a_list_gains_an_entry_above_the_comment_below_it() -> None:
    patch = Patch(HOURS, "hours.yml")
    entry = {"from": date(2027, 5, 3), "who": "everyone", "reason": "It's a holiday: yes"}
    patch.arrange(("closures",), [0, 1, entry])
    new = ["  - from: 2027-05-03", "    who: everyone", '    reason: "It\'s a holiday: yes"']
    assert difference(HOURS, patch.text) == ([], new)
    assert patch.tree["closures"][2] == entry


def test_an_empty_list_is_filled_and_emptied_again() -> None:
    patch = Patch(HOURS, "hours.yml")
    patch.arrange(("public_holidays", "open_as_usual"), ["Good Friday", "Christmas Day"])
    assert patch.tree["public_holidays"]["open_as_usual"] == ["Good Friday", "Christmas Day"]
    patch.arrange(("public_holidays", "open_as_usual"), [])
    assert patch.text == HOURS


def test_a_list_in_one_line_stays_in_one_line() -> None:
    patch = Patch("never: [leaving, review]  # mine\nalways: []\n", "ladder.yml")
    patch.arrange(("never",), [1, "repeat, again"])
    assert patch.text == 'never: [review, "repeat, again"]  # mine\nalways: []\n'


def test_a_list_that_is_not_there_is_added() -> None:
    patch = Patch("offer: 0.5\n# end", "ladder.yml")
    patch.arrange(("never",), ["leaving"])
    assert patch.text == "offer: 0.5\n# end\n\nnever:\n  - leaving\n"


def test_a_long_sentence_stays_in_one_line() -> None:
    patch = Patch(TEXTS, "texts.yml")
    said = 'We say: "{promised}"  ' + "and more " * 40
    patch.set(("handoff_live",), said)
    assert patch.tree["handoff_live"] == said
    old, new = difference(TEXTS, patch.text)
    assert (len(old), len(new)) == (1, 1)


def test_a_block_of_text_is_replaced_and_what_follows_stays() -> None:
    before = "a: >-\n  one\n  two\n\n# about b\nb: x\n"
    patch = Patch(before, "x.yml")
    patch.set(("a",), "three")
    assert patch.text == "a: three\n\n# about b\nb: x\n"


def test_a_key_is_added_behind_another_and_deleted() -> None:
    patch = Patch(TEXTS, "texts.yml")
    patch.set(("handoff_failed_upset",), "Sorry.", after="handoff_failed")
    assert difference(TEXTS, patch.text) == ([], ['handoff_failed_upset: "Sorry."'])
    patch.delete(("handoff_failed_upset",))
    assert patch.text == TEXTS


def test_line_ends_of_another_system_stay() -> None:
    patch = Patch("\ufeffa: 1\r\nb: 2\r\n", "x.yml")
    patch.set(("a",), 3)
    assert patch.text == "\ufeffa: 3\r\nb: 2\r\n"


@pytest.mark.parametrize("text", ["a: [", "- one\n"])
def test_what_cannot_be_read_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(OwnerFileError):
        Patch(text, "x.yml")


def test_what_an_anchor_would_change_elsewhere_is_refused() -> None:
    patch = Patch("a: &same 1\nb: *same\nc: {d: 1}\n", "x.yml")
    with pytest.raises(StudioError):
        patch.set(("c", "e"), 2)


def test_what_an_alias_says_elsewhere_too_is_refused() -> None:
    patch = Patch("a: &same {x: 1}\nb: *same\n", "x.yml")
    with pytest.raises(StudioError, match=r"x\.yml"):
        patch.set(("a", "x"), 2)


def test_comments_between_entries_that_go_stay() -> None:
    patch = Patch("a:\n  - |\n    text\n  # two\n  - b: 1\n    # below\nc: 1\n", "x.yml")
    patch.arrange(("a",), [])
    assert patch.text == "a: []\n  # two\n    # below\nc: 1\n"
