"""Questions are found wherever their parts lie."""

from pathlib import Path

from bot.studio.questions.taught import Place
from tests.studio.shop import DOGS, FILES, Shop


def test_a_question_is_known_by_its_rule(tmp_path: Path) -> None:
    taught = Shop(tmp_path).questions.taught()
    assert list(taught.questions) == ["dogs", "parking"]
    dogs, parking = taught.questions.values()
    assert dogs.question.examples == ("dogs?", "may I bring Rex") and dogs.question.extra
    assert dogs.files == ["data/faq/dogs.yml"]
    assert parking.file == "data/nlu/all.yml"
    assert parking.responses == Place("domain.yml", ("responses", "utter_parking"))
    assert [wording.text for wording in parking.question.wordings] == [
        "Behind the shop.",
        "There are two places.",
    ]
    assert taught.intents == ["dogs", "parking", "order"]
    assert taught.examples["order"] == ["where is my order"]


def test_its_topic_is_its_folder_or_the_comment_in_the_domain(tmp_path: Path) -> None:
    shop = Shop(tmp_path, {**FILES, "data/faq/dogs.yml": "", "data/faq/our_animals/dogs.yml": DOGS})
    topics = {intent: found.topic for intent, found in shop.questions.taught().questions.items()}
    assert topics == {"dogs": "Our animals", "parking": "Questions"}


def test_what_an_editor_changes_is_read_at_once(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    before = shop.questions.taught()
    assert shop.questions.taught() is before
    shop.write("data/faq/dogs.yml", DOGS.replace("- dogs?\n", "- dogs?\n      - cats?\n"))
    assert shop.questions.find("dogs").question.examples[1] == "cats?"


def test_a_broken_file_hides_no_other(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.write("data/faq/dogs.yml", "nlu: [")
    shop.write(
        "data/faq/odd.yml", "nlu: 5\nrules: [1, {rule: x, steps: 3}, {steps: [{}, 4]}]\nresponses: [1]\n"
    )
    assert list(shop.questions.taught().questions) == ["parking"]


def test_examples_in_several_places_are_one_question(tmp_path: Path) -> None:
    more = "nlu:\n- intent: dogs\n  examples: |\n    - puppies?\n"
    shop = Shop(tmp_path, {**FILES, "data/nlu/more.yml": more})
    assert shop.questions.find("dogs").question.examples == ("dogs?", "may I bring Rex", "puppies?")
