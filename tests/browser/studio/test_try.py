"""Trying the draft beside what is live, and rehearsing it, as an owner does."""

import json
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.studio.scenes.results import ANSWERS, REHEARSAL, Results
from tests.browser.studio.conftest import OpenStudio
from tests.browser.test_widget_axe import RULES
from tests.desk.studio.desk import StudioUnderTest
from tests.desk.studio.trials import CHANGED, TRAINING, FakeTrial

LOOKS = [("light", 1280), ("dark", 390)]


@pytest.fixture
def trial(desk: StudioUnderTest) -> FakeTrial:
    desk.app.state.trial = FakeTrial()
    return desk.app.state.trial


def speak(page: Page, text: str) -> None:
    page.get_by_label("What a customer says").fill(text)
    page.keyboard.press("Enter")


def clean(page: Page) -> None:
    found = Axe().run(page, options=RULES)
    assert not found.response["violations"], found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off"


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_same_is_said_to_both_and_the_difference_is_told_in_words(
    trial: FakeTrial, studio: OpenStudio, scheme: str, width: int
) -> None:
    page = studio("try", scheme=scheme, width=width)
    expect(page.locator(".try-state").first).to_contain_text("Running")
    speak(page, "how long does delivery take?")
    turn = page.locator(".try-turn")
    expect(turn.locator(".try-differs")).to_contain_text(
        "Understood the same, but less sure: 0.84, live 0.97."
    )
    expect(turn.locator(".try-differs")).to_contain_text("the same answer with other facts in it")
    draft = turn.get_by_role("region", name="Answer: With your changes")
    expect(draft).to_contain_text(CHANGED)
    draft.get_by_text("Why", exact=True).click()
    for words in (
        "Understood as “Shipping time”, fairly sure (0.84).",
        "Nearest example: “How long does delivery take?”",
        "Next best: “Shipping cost” (0.02).",
        "Order number: CK-10423",
        "the customer is upset by now (level 0.55",
        "Say first what went wrong, then answer.",
        "The rule “shipping_time” decided it.",
        "data/faq/shipping_time.yml:",
        "wording 2 of 8",
        "Were not asked.",
    ):
        expect(draft).to_contain_text(words)
    clean(page)
    [(_, sides, said, identity)] = trial.heard
    assert (set(sides), said, identity) == ({"live", "draft"}, "how long does delivery take?", None)


def test_mood_side_and_customer_are_chosen_and_buttons_are_pressed(
    trial: FakeTrial, studio: OpenStudio
) -> None:
    page = studio("try")
    page.get_by_label("The customer is").select_option("annoyed")
    page.get_by_label("Say it to").select_option("your changes")
    page.get_by_label("Who is it?").select_option("Mara Lindqvist")
    speak(page, "where is it?")
    expect(page.get_by_role("region", name="Answer: With your changes")).to_be_visible()
    expect(page.get_by_role("region", name="Answer: As it is live")).to_have_count(0)
    page.get_by_role("button", name="Talk to a person").click()
    expect(page.locator(".try-person")).to_have_text(
        "Here a person would take over. Nobody was called. Start over to go on."
    )
    said = [(sides, text) for _, sides, text, _ in trial.heard]
    assert said[0] == (["draft"], "This is the third time I ask and I'm fed up. where is it?")
    assert said[1] == (["draft"], "Talk to a person") and trial.heard[0][3]
    page.get_by_role("button", name="Start over").click()
    expect(page.locator(".try-turn")).to_have_count(0)
    assert trial.overs


def test_training_shows_how_far_it_is_and_can_be_called_off(trial: FakeTrial, studio: OpenStudio) -> None:
    trial.told["draft"] |= {"state": "preparing", "step": "Training"}
    trial.told["training"] = TRAINING
    page = studio("try")
    card = page.get_by_role("region", name="With your changes")
    expect(card).to_contain_text("Training: reading the examples…")
    clean(page)
    card.get_by_role("button", name="Cancel the training").click()
    expect(card).to_contain_text("It was cancelled. Nothing was changed.")
    assert trial.cancelled == 1


def test_changed_files_are_taken_up_and_words_that_failed_stay(trial: FakeTrial, studio: OpenStudio) -> None:
    trial.told["draft"] |= {"stale": True}
    trial.refuses = "This private copy is not running any more. Start it again."
    page = studio("try")
    expect(page.locator(".try-state").nth(1)).to_contain_text("Running")
    speak(page, "where is it?")
    expect(page.get_by_role("alert").filter(has_text="Start it again")).to_be_visible()
    expect(page.get_by_label("What a customer says")).to_have_value("where is it?")
    assert trial.begun == [("draft", "Sam Reyes")]


def results(desk: StudioUnderTest) -> None:
    """Keep a rehearsal in which one scene goes otherwise, and a message that is answered otherwise."""
    kept = Results(desk.settings.var / "studio" / "results")
    about = {"fingerprint": "of other files", "live": "x", "author": "Sam Reyes"}
    about["at"] = "2026-11-20T09:00:00+00:00"

    def score(right: int, verdict: str) -> dict[str, Any]:
        file, messages = "data/rehearsals/questions.jsonl", [{"text": "is your decaf made without chemicals"}]
        scene = {"id": "decaf-how", "file": file, "messages": messages, "verdict": verdict}
        return {"scenes": [scene], "kinds": {"key questions": {"played": 1, "right": right, "wrong": {}}}}

    kept.write(REHEARSAL, {**about, "draft": score(0, "other answer"), "before": score(1, "right")})
    side = {"intent": "decaf", "title": "Decaf", "confidence": 0.9, "answer": "Yes, we do."}
    row = {"conversation": desk.visitor("do you have decaf"), "seq": 1, "differs": "answer"}
    rows = [{**row, "live": side, "draft": {**side, "answer": "Yes."}}]
    kept.write(ANSWERS, {**about, "messages": 1, "differing": 1, "rows": rows})


@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_scenes_and_their_results_are_read(
    desk: StudioUnderTest, studio: OpenStudio, scheme: str, width: int
) -> None:
    results(desk)
    page = studio("rehearse", scheme=scheme, width=width)
    expect(page.get_by_text("Of earlier files: they have changed since").first).to_be_visible()
    page.get_by_text("1 to look at").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("other answer")
    page.get_by_text("Show the messages").click()
    expect(page.locator(".rh-messages")).to_contain_text("do you have decaf")
    expect(page.get_by_text("Nobody takes over; it is answered by “do you have decaf”.")).to_be_visible()
    clean(page)


def test_a_scene_is_written_changed_and_deleted(desk: StudioUnderTest, studio: OpenStudio) -> None:
    page = studio("rehearse")
    page.get_by_role("link", name="New scene").click()
    page.get_by_label("Message 1").fill("do you ship to France?")
    page.get_by_label("Answered by").select_option("international_shipping")
    clean(page)
    page.get_by_role("button", name="Save the scene").click()
    page.get_by_role("link", name="do you ship to France?").click()
    own = desk.files / "data/rehearsals/studio.jsonl"
    assert json.loads(own.read_text())["answer"] == "international_shipping"
    page.get_by_role("button", name="Add a message").click()
    page.get_by_label("Message 2").fill("Nobody answers, this is a disgrace!")
    page.get_by_label("A person", exact=True).select_option("A person should take over")
    page.get_by_label("Angry", exact=True).check()
    page.get_by_role("button", name="Save the scene").click()
    expect(page.get_by_text("A person takes over at message 2; message 1 is answered by")).to_be_visible()
    page.get_by_role("button", name="Delete the scene “Nobody answers, this is a disgrace!”").click()
    expect(page.get_by_role("link", name="Nobody answers")).to_have_count(0)
    assert not own.exists()


def test_a_real_conversation_makes_a_scene(desk: StudioUnderTest, studio: OpenStudio) -> None:
    conversation = desk.visitor("Hi", "my bag arrived torn", reason="anger")
    page = studio(f"rehearse/from/{conversation}")
    expect(page.get_by_label("Message 2")).to_have_value("my bag arrived torn")
    expect(page.get_by_label("A person", exact=True)).to_have_value("yes")
    page.get_by_label("A person", exact=True).select_option("A person should be offered")
    clean(page)
    page.get_by_role("button", name="Save the scene").click()
    expect(page.get_by_role("link", name="my bag arrived torn")).to_be_visible()
    [line] = Path(desk.files / "data/rehearsals/studio.jsonl").read_text().splitlines()
    assert json.loads(line)["handoff"] == {"expect": "offer", "turn": 2}
