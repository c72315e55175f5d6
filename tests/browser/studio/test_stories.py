"""Stories as an owner works on them: read as a chat, changed by keys, divided, told from a conversation."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.studio.conftest import OpenStudio
from tests.browser.test_widget_axe import violations
from tests.desk.console.desk import SAM
from tests.desk.studio.desk import StudioUnderTest
from tests.studio.asked_past import add, ask, heard, say

STORY = "a compliment after a task"
OFFERS, OWN = "data/stories/offers.yml", "data/stories/own.yml"


def state(page: Page, words: str) -> None:
    expect(page.locator(".s-state")).to_contain_text(words)


def opened(studio: OpenStudio, id: str = f"story:{STORY}", **how: object) -> Page:
    page = studio(f"stories/{id}", **how)
    state(page, "All is saved.")
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def order(page: Page) -> list[str]:
    return [text.split("\n")[0] for text in page.locator(".s-step .s-seen").all_inner_texts()]


def test_the_list_tells_each_in_a_sentence(studio: OpenStudio) -> None:
    page = studio("stories")
    expect(page.locator(".s-card").first).to_contain_text(
        "When a customer says “Where is my order?”, Kindhand"
    )
    expect(page.get_by_text("29 questions have a rule of their own")).to_be_visible()
    page.get_by_label("Search the stories and rules").fill("decaf")
    expect(page.get_by_role("link", name="decaf", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Open the question")).to_have_attribute(
        "href", "#/studio/questions/decaf"
    )
    page.get_by_label("Search the stories and rules").fill("compliment after")
    page.get_by_role("link", name=STORY).click()
    expect(page.get_by_role("heading", name=STORY)).to_be_focused()


def test_steps_are_moved_changed_added_and_deleted_by_keys(desk: StudioUnderTest, studio: OpenStudio) -> None:
    before = desk.text(OFFERS)
    page = opened(studio)
    page.get_by_role("button", name="Move down: the customer says “Where is my order?”").focus()
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("button", name="Move down: the customer says “Where is my order?”")
    ).to_be_focused()
    assert order(page)[:2] == ["Kindhand says how an order stands", "Where is my order?"]
    page.get_by_role("button", name="Move up: the customer says “Where is my order?”").press("Enter")
    state(page, "All is saved.")
    page.get_by_role("button", name="Add a step").press("ArrowDown")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("The customer says", exact=True)).to_be_focused()
    page.keyboard.type("thanks")
    page.get_by_role("button", name="Add a step").press("Enter")
    page.get_by_role("menuitem", name="Kindhand answers").press("Enter")
    page.get_by_label("The answer", exact=True).select_option("utter_thank")
    page.keyboard.press("Control+s")
    state(page, "Saved. Customers notice it once you publish.")
    assert desk.text(OFFERS) == before + "      - intent: thank\n      - action: utter_thank\n"
    last = page.locator(".s-step").last
    last.get_by_role("button", name="Delete").press("Enter")
    expect(page.get_by_role("button", name="Put it back")).to_be_focused()
    page.keyboard.press("Enter")
    state(page, "All is saved.")


def test_a_choice_and_what_contradicts_a_rule_are_shown_at_the_step(studio: OpenStudio) -> None:
    page = opened(studio)
    step = page.locator(".s-step").nth(2)
    step.get_by_role("button", name="Change: ").click()
    step.get_by_role("button", name="Or something else").click()
    step.get_by_label("Or", exact=True).select_option("goodbye")
    save(page)
    state(page, "Something has to be mended")
    wrong = page.locator(".s-step").nth(3).locator(".s-wrong")
    expect(wrong).to_contain_text("When a customer says “bye”, the story “a compliment after a task”")
    expect(page.get_by_text("1 to mend before you can publish")).to_be_visible()
    page.evaluate("location.hash = '#/studio/stories/rule:goodbye'")
    page.get_by_role("link", name="Open the other one").click()
    expect(page.get_by_role("heading", name=STORY)).to_be_visible()


def test_a_new_story_that_nobody_wrote_in_is_left_without_a_word(studio: OpenStudio) -> None:
    page = studio("stories/new/story")
    expect(page.locator(".s-state")).to_have_text("Nothing is saved yet.")
    page.get_by_role("link", name="All stories and rules").click()
    expect(page.get_by_role("heading", name="Stories and rules")).to_be_visible()
    page.get_by_role("link", name="New story").click()
    expect(page.locator(".s-state")).to_have_text("Nothing is saved yet.")
    expect(page.get_by_text("is still here")).to_have_count(0)


def test_a_new_story_is_written_copied_divided_and_deleted(desk: StudioUnderTest, studio: OpenStudio) -> None:
    page = studio("stories/new/story")
    page.get_by_label("The customer says", exact=True).select_option("greet")
    save(page)
    state(page, "Give it a name first.")
    page.get_by_label("Name, for you").fill("<b>mine</b>")
    save(page)
    state(page, "A step is not filled in yet.")
    page.get_by_role("button", name="Change: Kindhand answers").click()
    page.get_by_label("The answer", exact=True).select_option("utter_greet")
    save(page)
    expect(page.get_by_role("heading", name="<b>mine</b>")).to_be_visible()
    assert "intent: greet" in desk.text(OWN)
    page.locator(".s-step").nth(1).get_by_role("button", name="Divide").click()
    page.get_by_label("Name of the second part").fill("rest")
    page.get_by_role("button", name="Divide", exact=True).last.click()
    expect(page.get_by_role("heading", name="rest")).to_be_visible()
    expect(page.locator(".s-line").first).to_have_text("Comes from the meeting point “rest”")
    page.get_by_role("button", name="Duplicate…").click()
    page.get_by_role("button", name="Duplicate", exact=True).click()
    expect(page.get_by_role("heading", name="rest (2)")).to_be_visible()
    page.get_by_role("button", name="Delete this story…").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("heading", name="Stories and rules")).to_be_visible()
    assert desk.text(OWN).count("checkpoint: rest") == 2


def test_a_rule_has_a_condition(desk: StudioUnderTest, studio: OpenStudio) -> None:
    page = opened(studio, "rule:thank")
    page.get_by_role("button", name="Only while something is asked for").click()
    page.get_by_label("Which asking").select_option("callback_form")
    page.get_by_label("Only as the first thing in a conversation").check()
    save(page)
    state(page, "Saved.")
    assert "conversation_start: true" in desk.text("data/rules/social.yml")
    assert "active_loop: callback_form" in desk.text("data/rules/social.yml")


def test_two_owners_see_both_and_keep_one(desk: StudioUnderTest, studio: OpenStudio) -> None:
    mine, theirs = opened(studio), opened(studio)
    theirs.get_by_label("Name, for you").fill("theirs")
    mine.locator(".s-step").nth(3).get_by_role("button", name="Delete").click()
    (desk.files / OFFERS).write_text(desk.text(OFFERS).replace("intent: compliment", "intent: thank"))
    save(mine)
    expect(
        mine.get_by_role("heading", name="Somebody with an editor changed it while you did")
    ).to_be_visible()
    expect(mine.locator(".s-side").last).to_contain_text("The customer says “thanks”")
    mine.get_by_role("button", name="Go on with mine").click()
    save(mine)
    state(mine, "Saved.")
    assert "thank" not in desk.text(OFFERS)
    save(theirs)
    theirs.get_by_role("button", name="Take theirs").click()
    state(theirs, "All is saved.")
    expect(theirs.locator(".s-step")).to_have_count(3)


def test_what_was_not_saved_is_still_there_after_a_reload(studio: OpenStudio) -> None:
    page = opened(studio)
    page.get_by_label("Name, for you").fill("better")
    state(page, "Not saved yet.")
    page.get_by_role("link", name="All stories and rules").click()
    page.get_by_role("button", name="Leave, keep them for later").click()
    page.get_by_role("link", name=STORY).click()
    expect(page.get_by_label("Name, for you")).to_have_value("better")
    page.get_by_role("button", name="Throw it away").click()
    state(page, "All is saved.")


def test_a_story_begins_with_a_real_conversation(desk: StudioUnderTest, studio: OpenStudio) -> None:
    told = heard("check_order_status", answered=["action_order_status"])
    unsure = heard("compliment", 0.3, answered=["utter_compliment"])
    add(desk.database, "c-real", ask("where is my parcel", told), say(), ask("you are <i>great</i>", unsure))
    page = studio("stories")
    page.get_by_role("button", name="From a conversation").click()
    page.get_by_label("It begins with").fill("PARCEL")
    page.get_by_role("button", name="where is my parcel").click()
    expect(page.locator(".s-step")).to_have_count(4, timeout=60_000)
    expect(page.locator(".s-bubble").first).to_contain_text("Understood like “Where is my order?”")
    expect(page.locator(".s-meant").last).to_contain_text("please look whether that is right")
    page.get_by_label("Name, for you").fill("a real one")
    save(page)
    expect(page.get_by_role("heading", name="a real one")).to_be_visible()
    assert desk.text(OWN).count("- intent:") == 2


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing(studio: OpenStudio, width: int, scheme: str) -> None:
    page = studio("stories", email=SAM, width=width, scheme=scheme)
    expect(page.locator(".s-card").first).to_be_visible()
    page.get_by_text("29 questions have a rule of their own").click()
    assert violations(page) == []
    page.evaluate("location.hash = '#/studio/stories/rule:the%20new%20address%20is%20known'")
    expect(page.locator(".s-when")).to_be_visible()
    page.locator(".s-step").first.get_by_role("button", name="Change: ").click()
    assert violations(page) == []
    page.evaluate(f"location.hash = '#/studio/stories/story:{STORY.replace(' ', '%20')}'")
    page.get_by_text("To somebody who is uneasy or upset").click()
    page.get_by_role("button", name="Add a step").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
