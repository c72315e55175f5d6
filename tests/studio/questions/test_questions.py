"""Questions are changed in the files that they lie in, all together or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.check import check
from bot.errors import NotFound, OwnerFileError, StudioError, WrittenMeanwhile
from bot.studio.questions.question import Button, Content, Wording
from tests.desk.studio.desk import copied
from tests.studio.shop import DOGS, DOMAIN, NLU, RULES, Shop

AUTHOR = "Sam Reyes"


def content(shop: Shop, intent: str) -> tuple[str, Content]:
    question = shop.questions.find(intent).question
    return question.mark, (list(question.examples), list(question.wordings))


def test_a_question_whose_parts_lie_apart_is_changed_in_all_of_them(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    mark, (examples, wordings) = content(shop, "parking")
    new = [replace(wordings[0], text="At the back."), *wordings[1:]]
    assert shop.questions.save("parking", mark, ([*examples, "car park?"], new), author=AUTHOR) == "parking"
    assert shop.text("data/nlu/all.yml") == NLU.replace("park\n", "park\n    - car park?\n", 1)
    assert shop.text("domain.yml") == DOMAIN.replace("Behind the shop.", "At the back.")
    assert shop.text("data/rules/all.yml") == RULES
    assert shop.questions.hand(shop.questions.find("parking")).author == AUTHOR


def test_nothing_is_written_where_nothing_is_new(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in shop.folder.rglob("*")}
    for intent in ("dogs", "parking"):
        shop.questions.save(intent, *content(shop, intent), author=AUTHOR)
    assert {path: path.stat().st_mtime_ns for path in shop.folder.rglob("*")} == before


def test_marks_of_entities_stay_in_changed_examples(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    mark, (_, wordings) = content(shop, "dogs")
    shop.questions.save("dogs", mark, (["dogs?", "can I bring Rex along"], wordings), author=AUTHOR)
    assert shop.text("data/faq/dogs.yml") == DOGS.replace(
        "may I bring [Rex](dog)", "can I bring [Rex](dog) along"
    )


def test_pasted_tags_and_marks_become_text(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    mark, (examples, _) = content(shop, "dogs")
    pasted = [*examples, "<b>is</b> [here](http://x) ok <script>x</script>", "  ", "- dashed"]
    said = [Wording("plain", "<p>Yes &amp; no</p><p>Both</p>"), Wording("plain", "  ")]
    shop.questions.save("dogs", mark, (pasted, said), author=AUTHOR)
    question = shop.questions.find("dogs").question
    assert question.examples[2:] == ("is here ok", "dashed")
    assert [wording.text for wording in question.wordings] == ["Yes & no\n\nBoth"]


def test_who_is_slower_is_told_who_was_faster(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    mark, (examples, wordings) = content(shop, "dogs")
    other, theirs = content(shop, "parking")
    shop.questions.save("dogs", mark, ([*examples, "cats?"], wordings), author="Noor Haddad")
    with pytest.raises(WrittenMeanwhile) as told:
        shop.questions.save("dogs", mark, (["birds?"], wordings), author=AUTHOR)
    assert told.value.by == "Noor Haddad" and "birds" not in shop.text("data/faq/dogs.yml")
    shop.questions.save("parking", other, theirs, author=AUTHOR)  # another question is not in the way


def test_a_new_name_reaches_every_file(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    before = shop.texts()
    mark, said = content(shop, "dogs")
    assert shop.questions.save("dogs", mark, said, author=AUTHOR, rename="Große Hunde?") == "grosse_hunde"
    after = shop.texts()
    assert after.keys() ^ before.keys() == {"data/faq/dogs.yml", "data/faq/grosse_hunde.yml"}
    assert after["data/faq/grosse_hunde.yml"].startswith("# What people with dogs ask\n")
    assert (
        '/grosse_hunde{"a": "b"}' in after["domain.yml"] and "dogs" not in after["data/business/routing.yml"]
    )
    assert "  - action: utter_grosse_hunde\n" in after["data/rules/all.yml"]
    assert after["data/rehearsals/all.jsonl"].count('"answer":"grosse_hunde"') == 1
    assert shop.questions.find("grosse_hunde").question.examples == tuple(said[0])
    with pytest.raises(NotFound):
        shop.questions.find("dogs")


def test_a_question_that_is_needed_stays_and_all_places_are_named(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    with pytest.raises(StudioError) as told:
        shop.questions.delete("dogs", content(shop, "dogs")[0], author=AUTHOR)
    assert "scene waits for its answer (data/rehearsals/all.jsonl:1)" in str(told.value)
    shop.write("data/rehearsals/all.jsonl", "")
    with pytest.raises(StudioError) as told:
        shop.questions.delete("dogs", content(shop, "dogs")[0], author=AUTHOR)
    for place in ("the story “dogs in cars” (data/rules/all.yml:12)", "(domain.yml:17)", "(domain.yml:12)"):
        assert place in str(told.value)


def test_a_question_is_deleted_with_its_file_and_nothing_else(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.write("data/rules/all.yml", RULES.split("stories:")[0])
    shop.write("data/rehearsals/all.jsonl", "")
    shop.write("domain.yml", DOMAIN.replace("/dogs", "/order").replace("intent: dogs", "intent: order"))
    shop.write("domain.yml", shop.text("domain.yml").replace("[dogs, order]", "[order]"))
    shop.questions.delete("dogs", content(shop, "dogs")[0], author=AUTHOR)
    assert not (shop.folder / "data/faq/dogs.yml").exists()
    assert shop.text("data/business/routing.yml") == "skills:\n  pets: [order]\n"
    assert "  # Questions: what customers ask\n  - parking: {use_entities: []}\n" in shop.text("domain.yml")
    shop.questions.delete("parking", content(shop, "parking")[0], author=AUTHOR)
    assert "  # Questions: what customers ask\n  # Tasks\n  - order  # by its number\n" in shop.text(
        "domain.yml"
    )
    assert "responses" not in shop.text("domain.yml")
    parking = "- intent: parking\n  examples: |\n    - where can I park\n"
    assert shop.text("data/nlu/all.yml") == NLU.replace(parking, "")
    assert shop.text("data/rules/all.yml").startswith('version: "3.1"\nrules:\n- rule: an order\n')


def test_what_the_program_itself_names_keeps_its_name(tmp_path: Path) -> None:
    shop = Shop(tmp_path, {"domain.yml": DOMAIN, "data/faq/dogs.yml": DOGS.replace("dogs", "greet")})
    with pytest.raises(StudioError, match="has to stay"):
        shop.questions.save("greet", *content(shop, "greet"), author=AUTHOR, rename="Hello")
    with pytest.raises(StudioError, match="has to stay"):
        shop.questions.delete("greet", content(shop, "greet")[0], author=AUTHOR)


def test_a_new_question_stands_with_the_others(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    said = [Wording("plain", "Yes."), Wording("careful", "Yes, gladly.", (Button("A person", "/order"),))]
    assert shop.questions.add("Dogs", (["Dogs!", "dogs", "hounds"], said), author=AUTHOR) == "dogs_2"
    assert "  - dogs\n  - dogs_2\n  - parking: {use_entities: []}\n  # Tasks\n" in shop.text("domain.yml")
    assert shop.questions.find("dogs_2").question.examples == ("Dogs", "hounds")


def test_examples_are_added_once(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    assert shop.questions.add_examples("dogs", ["DOGS", "poodles?", "Poodles"], author=AUTHOR) == 1
    assert shop.questions.find("dogs").question.examples[-1] == "poodles?"


def test_where_one_file_is_broken_no_file_is_touched(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.write("domain.yml", "intents: [")
    before = shop.texts()
    with pytest.raises(OwnerFileError, match="domain.yml"):
        shop.questions.add("Cats?", (["cats"], [Wording("plain", "No.")]), author=AUTHOR)
    assert shop.texts() == before


def test_check_finds_no_fault_in_what_is_written(tmp_path: Path) -> None:
    shop = Shop(tmp_path, {})
    copied(shop.folder)
    questions = shop.questions
    for intent in ("greet", "decaf", "bot_challenge", "damaged_item"):
        mark, (examples, wordings) = content(shop, intent)
        new = [
            Wording(tone, f"{tone}: {{business_name}}, – “yes”, 'no' #1")
            for tone in ("plain", "warm", "careful")
        ]
        questions.save(
            intent, mark, ([*examples[1:], f"what about {intent}"], [*wordings[1:], *new]), author=AUTHOR
        )
    mark, said = content(shop, "invoice")
    questions.save("invoice", mark, said, author=AUTHOR, rename="Getting an invoice")
    mark, _ = content(shop, "packaging_recycling")
    questions.delete("packaging_recycling", mark, author=AUTHOR)
    questions.add(
        "Are dogs: allowed?", (["[dogs] {ok}", "- dashes", "#1 dog", "'dogs'", '"dog"'], new), author=AUTHOR
    )
    assert check(shop.folder) == []


def test_a_gap_that_nothing_fills_is_named_by_the_check(tmp_path: Path) -> None:
    shop = Shop(tmp_path, {})
    copied(shop.folder)
    shop.questions.add(
        "Dogs?", (["a dog", "dogs", "hounds", "puppy"], [Wording("plain", "Ask {nobody}.")]), author=AUTHOR
    )
    (problem,) = check(shop.folder)
    assert (problem.path, problem.problem) == ("data/faq/dogs.yml", "Nothing fills in {nobody}")


def test_a_question_may_lose_everything_and_get_it_back(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    for intent in ("dogs", "parking"):
        mark, said = content(shop, intent)
        shop.questions.save(intent, mark, ([], []), author=AUTHOR)
        mark, nothing = content(shop, intent)
        assert nothing == ([], [])
        shop.questions.save(intent, mark, said, author=AUTHOR)
        _, (examples, wordings) = content(shop, intent)
        assert examples == said[0]
        assert [(one.text, one.buttons) for one in wordings] == [(one.text, one.buttons) for one in said[1]]


@pytest.mark.parametrize("rest", ["", "nlu:\nresponses:\n", "responses:\n  utter_other:\n    - text: x\n"])
def test_what_a_rule_lacks_is_written_beside_it(tmp_path: Path, rest: str) -> None:
    rule = "rules:\n- rule: cats\n  steps: [{intent: cats}, {action: utter_cats}]\n"
    shop = Shop(tmp_path, {"domain.yml": "intents: [cats]\n", "data/rules/cats.yml": rest + rule})
    mark, _ = content(shop, "cats")
    said = ["cats?", "a cat"], [Wording("plain", "No."), Wording("warm", "Sorry, no.")]
    shop.questions.save("cats", mark, said, author=AUTHOR)
    question = shop.questions.find("cats").question
    assert question.examples == ("cats?", "a cat")
    assert [(one.tone, one.text) for one in question.wordings] == [("plain", "No."), ("warm", "Sorry, no.")]
    assert rule in shop.text("data/rules/cats.yml")


def test_the_first_question_of_all_is_added(tmp_path: Path) -> None:
    for number, domain in enumerate(
        ("", "intents:\n", "intents: []\n", "intents: [greet]\n", "# mine\nslots: {}\n")
    ):
        shop = Shop(tmp_path / str(number), {"domain.yml": domain})
        shop.questions.add("Cats?", (["a cat"], [Wording("plain", "No.")]), author=AUTHOR)
        assert "cats" in shop.questions.taught().intents and "# mine" in shop.text("domain.yml") + "# mine"
        assert ("greet" in domain) == ("greet" in shop.questions.taught().intents)
