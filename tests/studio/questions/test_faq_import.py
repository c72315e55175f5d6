"""Rows from elsewhere: what each becomes, and that nothing of the owner's is lost by it."""

from pathlib import Path

import pytest

from bot.check import check
from bot.errors import OwnerFileError
from bot.studio.questions import faq_csv
from bot.studio.questions.faq_import import Outcome, Row
from bot.studio.questions.question import Wording
from tests.desk.studio.desk import copied
from tests.studio.shop import FILES, Shop

AUTHOR = "Sam Reyes"


def taken(shop: Shop, *rows: Row, replacing: bool = False, dry_run: bool = False) -> list[Outcome]:
    return shop.questions.take(rows, replacing=replacing, author=AUTHOR, dry_run=dry_run)


def row(question: str, *examples: str, plain: str = "", intent: str = "", line: int = 2, **tones: str) -> Row:
    said = {tone: (text,) for tone, text in {"plain": plain, **tones}.items() if text}
    return Row(line, question, examples, said, intent)


@pytest.mark.parametrize(
    ("found", "what", "why"),
    [
        (row("Cats?", plain="No."), "added", ""),
        (row("DOGS?", plain="Bring them."), "same", ""),
        (row("Dogs", plain="Never."), "same", "Your own answer stays."),
        (
            row("hounds", plain="No.", intent="dogs"),
            "added",
            "1 more example of “dogs?”. Your own answer stays.",
        ),
        (row("dogs?", careful="Gladly."), "added", ""),
        (row("", plain="x"), "refused", "no question"),
        (row("Cats?"), "refused", "no answer"),
        (row("Where is my order?", plain="x"), "refused", "“where is my order” (order)"),
        (row("Cats?", plain="x", intent="order"), "refused", "name of something else"),
        (row("?!", plain="x"), "refused", "needs words"),
        (row("Cats?", "dogs?", plain="x"), "added", "“dogs?” is left out: it is an example of dogs."),
    ],
)
def test_what_becomes_of_a_row(tmp_path: Path, found: Row, what: str, why: str) -> None:
    shop = Shop(tmp_path)
    before = shop.texts()
    (outcome,) = taken(shop, found, dry_run=True)
    assert outcome.what == what and why in outcome.why and (why or not outcome.why)
    assert shop.texts() == before
    assert taken(shop, found) == [outcome]
    assert (shop.texts() == before) == (what in ("same", "refused"))


def test_the_same_question_twice_is_taken_once(tmp_path: Path) -> None:
    rows = [row("Cats?", plain="No.", line=2), row("cats", plain="Yes.", line=3)]
    first, second = taken(Shop(tmp_path), *rows)
    assert (first.what, second.what, second.why) == (
        "added",
        "refused",
        "It is the same question as in line 2.",
    )


def test_answers_are_replaced_and_buttons_stay(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    (outcome,) = taken(shop, row("where can I park", plain="Nowhere.", warm="Sadly nowhere."), replacing=True)
    assert outcome.what == "replaced"
    question = shop.questions.find("parking").question
    assert [(wording.tone, wording.text) for wording in question.wordings] == [
        ("plain", "Nowhere."),
        ("warm", "Sadly nowhere."),
    ]
    assert question.wordings[0].buttons[0].title == "And dogs?"


def test_examples_are_replaced_where_the_row_has_some(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    taken(shop, row("Hounds", plain="Yes.", intent="dogs"), replacing=True)
    assert shop.questions.find("dogs").question.examples == ("dogs?", "may I bring Rex", "Hounds")
    taken(shop, row("Hounds", "may I bring Rex", intent="dogs"), replacing=True)
    assert shop.questions.find("dogs").question.examples == ("Hounds", "may I bring Rex")
    assert shop.questions.find("dogs").question.wordings == (Wording("plain", "Yes.", (), 0),)
    assert "may I bring [Rex](dog)" in shop.text("data/faq/dogs.yml")


@pytest.mark.parametrize("replacing", [True, False])
def test_what_was_written_out_is_the_same_when_it_comes_back(tmp_path: Path, replacing: bool) -> None:
    shop = Shop(tmp_path, {})
    copied(shop.folder)
    table = faq_csv.write((one.question, one.topic) for one in shop.questions.taught().questions.values())
    outcomes = taken(shop, *faq_csv.read(table), replacing=replacing)
    assert {(outcome.what, outcome.why) for outcome in outcomes} == {("same", "")}


def test_many_rows_are_one_change_without_a_fault(tmp_path: Path) -> None:
    shop = Shop(tmp_path, {})
    copied(shop.folder)
    rows = [
        row(f"What does item {n}: weigh?", f"weight of {n}", plain=f"It weighs {n} g.", line=n)
        for n in range(40)
    ]
    assert {outcome.what for outcome in taken(shop, *rows)} == {"added"}
    assert check(shop.folder) == []
    shop.write("domain.yml", "intents: [")
    before = shop.texts()
    with pytest.raises(OwnerFileError, match="domain.yml"):
        taken(shop, row("Cats?", plain="No."))
    assert shop.texts() == before


def test_names_in_a_row_may_be_written_freely(tmp_path: Path) -> None:
    shop = Shop(tmp_path, FILES)
    (outcome,) = taken(shop, row("Hounds?", intent="Dogs"))
    assert outcome.intent == "dogs"
    (outcome,) = taken(shop, row("Cats?", plain="No.", intent="Our cats"))
    assert outcome.intent == "our_cats"


def test_a_topic_is_a_folder_that_is_there_already_or_new(tmp_path: Path) -> None:
    shop = Shop(tmp_path, FILES)
    rows = [
        Row(n, f"Cat {n}?", (), {"plain": ("No.",)}, topic=topic)
        for n, topic in enumerate(("Questions", "Our pets"))
    ]
    taken(shop, *rows)
    topics = {
        intent: (found.topic, found.file) for intent, found in shop.questions.taught().questions.items()
    }
    assert topics["cat_0"] == ("Questions", "data/faq/cat_0.yml")
    assert topics["cat_1"] == ("Our pets", "data/faq/our_pets/cat_1.yml")
    mark = shop.questions.find("cat_1").question.mark
    content = ["Cat 1?"], [Wording("plain", "Yes.")]
    shop.questions.save("cat_1", mark, content, author=AUTHOR, rename="Tom cats")
    assert shop.questions.find("tom_cats").file == "data/faq/our_pets/tom_cats.yml"
