"""Every place that names a question is found, with its line."""

from bot import yaml_tree
from bot.studio.files.spans import Spans, line_at
from bot.studio.questions.mentions import mentions, renamed_scenes, scenes
from tests.studio.shop import DOGS, DOMAIN, FILES, NLU, ROUTING, RULES, SCENES


def places(text: str, name: str) -> list[tuple[str, str, int]]:
    tree = yaml_tree.parse(text, "f.yml")
    return [(one.where, one.within, line_at(tree, one.path)) for one in mentions(tree) if one.name == name]


def test_all_that_names_an_intent_is_found() -> None:
    assert places(DOMAIN, "dogs") == [
        ("domain", "", 4),
        ("button", "utter_parking", 17),
        ("slot", "choice", 12),
        ("slot", "choice", 12),
    ]
    assert places(DOMAIN, "parking") == [("domain", "", 5)]
    assert places(DOGS, "dogs") == [("examples", "", 4), ("title", "dogs", 12), ("rule", "dogs", 14)]
    assert places(NLU, "order") == [("examples", "", 6)]
    assert places(RULES, "dogs") == [("story", "dogs in cars", 12)]
    assert places(ROUTING, "order") == [("skill", "pets", 2)]


def test_all_that_names_an_answer_is_found() -> None:
    assert places(DOMAIN, "utter_parking") == [("wordings", "utter_parking", 15)]
    assert places(RULES, "utter_dogs") == [("story", "dogs in cars", 13)]


def test_a_new_name_is_written_in_every_style() -> None:
    for text in FILES.values():
        if not text.startswith("{"):
            spans = Spans(text, "f.yml")
            for one in mentions(spans.tree):
                if one.name == "dogs":
                    one.rename(spans, "hounds")
            assert spans.text.replace("hounds", "dogs") == text
            assert not places(spans.text, "dogs")


def test_scenes_wait_for_answers() -> None:
    assert list(scenes(SCENES + "no json\n[]\n")) == [(1, "dogs"), (2, "parking")]
    assert renamed_scenes(SCENES, "dogs", "hounds") == SCENES.replace('"answer":"dogs"', '"answer":"hounds"')
