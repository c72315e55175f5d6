"""What an owner sees of a question, and how typed examples are cleaned."""

from bot.studio.questions.question import Button, Wording, cleaned, heard, understood, without_doubles

TONE = {"type": "slot", "name": "tone", "value": "careful"}


def test_a_question_shows_what_a_form_can_show() -> None:
    variations = [
        {"text": "Yes.\n", "buttons": [{"title": "A person", "payload": "/person"}]},
        {"text": "Sorry.", "condition": [TONE]},
        {"custom": {"card": 1}},
        {"text": "Sure.", "condition": [{**TONE, "value": "formal"}]},
    ]
    found = understood("dogs", "utter_dogs", ["- in [Leeds](city)\n# why\n- dogs\n"], variations)
    assert found.examples == ("in Leeds", "dogs") and found.title == "in Leeds"
    assert found.wordings == (
        Wording("plain", "Yes.", (Button("A person", "/person"),), 0),
        Wording("careful", "Sorry.", (), 1),
    )
    assert found.extra


def test_only_what_is_hidden_counts_as_extra() -> None:
    plain = {"text": "Yes."}
    assert not understood("x", "utter_x", ["- a\n"], [plain, {"text": "No.", "condition": [TONE]}]).extra
    hidden = ({"metadata": {}}, {"channel": "desk"}, {"condition": [TONE, {"name": "vip"}]})
    assert all(understood("x", "utter_x", [], [plain | more]).extra for more in hidden)


def test_a_mark_changes_with_all_that_is_said() -> None:
    said = [
        (["- a\n"], [{"text": "b"}]),
        (["- a\n# c\n"], [{"text": "b"}]),
        (["- a\n"], [{"text": "b", "metadata": {"names": ["late"]}}]),
        (["- a\n"], [{"text": "c"}]),
    ]
    marks = [understood("x", "utter_x", *one).mark for one in [*said, said[0]]]
    assert len(set(marks)) == 4 and marks[0] == marks[-1]


def test_typed_examples_are_cleaned_and_known_ones_stay() -> None:
    typed = ["- one", "two\nlines", "[here](x) <b>now</b>", " ", "--", "kept  [as](it) is"]
    assert cleaned(typed, known=["kept  [as](it) is"]) == [
        "one",
        "two lines",
        "here now",
        "kept  [as](it) is",
    ]


def test_doubles_differ_only_in_what_nobody_hears() -> None:
    assert heard("In [Leeds](city)?!") == heard("in leeds")
    assert without_doubles(["a", "A", "b?", "B", "c"], 2) == ["a", "A", "b?", "c"]
