"""What they asked, in a browser: added to a question, begun as a new one, put away, undone."""

import re

import pytest
from playwright.sync_api import expect

from bot.desk.studio import asked
from tests.browser.studio.conftest import OpenStudio
from tests.browser.test_widget_axe import violations
from tests.desk.studio.desk import StudioUnderTest
from tests.desk.studio.test_asked import ENCODER
from tests.studio import asked_past as past
from tests.studio.asked_past import ask, heard, say

UNKNOWN = heard("nlu_fallback", 0.9, "location", 0.1)
DOGS = ["can I bring my dog into the cafe?", "is your place dog friendly?", "do you let dogs in"]
LOCATION = "data/faq/location.yml"


@pytest.fixture
def desk(desk: StudioUnderTest, monkeypatch: pytest.MonkeyPatch) -> StudioUnderTest:
    monkeypatch.setattr(asked, "_encoder", lambda: ENCODER)
    taught = desk.app.state.studio.questions.taught().examples.values()
    ENCODER.encode([text for texts in taught for text in texts])  # so that no page waits for it
    database = desk.database
    for number, text in enumerate(DOGS):
        line = ask(text, UNKNOWN, level=0.2 * number)
        past.add(database, f"dogs-{number}", line, say(failed=True), days=2 + number)
    past.add(database, "kettle", ask("how do i descale my kettle", UNKNOWN, level=0.6), days=1)
    late = heard("check_order_status")
    again = ask("You said that yesterday!", late, level=0.6)
    past.add(database, "late", ask("Where is my parcel?", late), say("On its way."), again)
    outside = ask("Where can I sit outside?", heard("location"))
    past.add(database, "strict", outside, say("Here."), ask("That is no answer", level=0.4))
    past.judge(database, "late", "too_late", "too_low", agent="a-noor")
    return desk


def test_a_group_is_added_to_a_question_and_taken_back(desk: StudioUnderTest, studio: OpenStudio) -> None:
    before = desk.text(LOCATION)
    page = studio("asked")
    dogs = page.get_by_role("article").filter(has=page.get_by_role("heading", name=DOGS[2]))
    expect(dogs).to_contain_text("Asked 3 times")
    dogs.get_by_text("See the 3 messages").click()
    dogs.get_by_label(DOGS[1]).uncheck()
    dogs.get_by_role("button", name="Add to another question").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Find a question").fill("location")
    dialog.get_by_role("radio").first.check()
    dialog.get_by_role("button", name="Add").click()
    expect(page.locator(".asked-done")).to_contain_text("2 examples added to")
    assert f"- {DOGS[0]}\n" in desk.text(LOCATION) and DOGS[1] not in desk.text(LOCATION)
    expect(dogs.locator(".asked-messages li:visible")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(dogs.locator(".asked-messages li:visible")).to_have_count(3)
    assert desk.text(LOCATION) == before


def test_a_new_question_begins_with_what_was_asked(studio: OpenStudio) -> None:
    page = studio("asked")
    dogs = page.get_by_role("article").filter(has=page.get_by_role("heading", name=DOGS[2]))
    dogs.get_by_role("button", name="New question").click()
    page.wait_for_url(re.compile("#/studio/questions/"))
    written = "() => [...document.querySelectorAll('textarea, input')].map((field) => field.value)"
    page.wait_for_function(f"asked => asked.every((text) => ({written})().includes(text))", arg=DOGS)


def test_what_is_put_away_comes_back_at_once_or_later_by_keyboard(studio: OpenStudio) -> None:
    page = studio("asked")
    kettle = page.get_by_role("article").filter(has_text="descale my kettle")
    kettle.get_by_role("button", name="Put away").focus()
    page.keyboard.press("Enter")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(kettle).to_be_visible()
    kettle.get_by_role("button", name="Put away").click()
    expect(undo).to_be_focused()
    page.reload()
    expect(page.get_by_role("article").first).to_be_visible()
    expect(kettle).to_have_count(0)
    page.get_by_role("link", name="See what you put away").click()
    kettle.get_by_role("button", name="Bring back").click()
    expect(undo).to_be_visible()
    page.get_by_role("link", name="Back to what is open").click()
    expect(kettle).to_be_visible()


def test_what_went_badly_and_what_agents_said(studio: OpenStudio) -> None:
    page = studio("asked/badly")
    late = page.get_by_role("article").filter(has_text="Where is my parcel?")
    expect(late).to_contain_text("Calm")
    expect(late).to_contain_text("Upset")
    answer = page.get_by_role("link", name="Look at the answer")
    expect(answer).to_have_attribute("href", "#/studio/questions/location")
    page.get_by_role("link", name="Agents said 1").click()
    opinion = page.get_by_role("article").filter(has_text="Noor Haddad")
    expect(opinion).to_contain_text("A person was called too late. The mood was read too low")
    expect(opinion).to_contain_text("Noor Haddad")
    expect(opinion.get_by_role("link", name="Conversation")).to_have_attribute("href", "#/all/late")
    opinion.get_by_role("button", name="Put away").click()
    expect(page.get_by_role("link", name="Agents said 0")).to_be_visible()


def test_a_wait_shows_how_far_it_is_and_good_news_is_glad(studio: OpenStudio) -> None:
    nothing = {"groups": [], "more_groups": 0, "badly": [], "opinions": [], "titles": {}, "put_away": 0}
    answers = [{"reading": {"done": 300, "of": 1200}}, {**nothing, "asked": 41}, {**nothing, "asked": 0}]
    page = studio("questions")
    page.route("**/studio/asked?*", lambda route: route.fulfill(json=answers[0]))
    page.get_by_role("link", name="What they asked").click()
    expect(page.get_by_role("progressbar", name="Reading what people wrote")).to_have_attribute(
        "value", "300"
    )
    answers.pop(0)
    expect(page.get_by_role("heading", name="Everything was understood")).to_be_visible()
    answers.pop(0)
    page.get_by_label("In the").select_option("last 90 days")
    expect(page.get_by_role("heading", name="Nobody has asked anything yet")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_in_the_way_of_anybody(studio: OpenStudio, scheme: str) -> None:
    page = studio("asked", scheme=scheme)
    page.get_by_text("See the 3 messages").click()
    assert violations(page) == []
    page.get_by_role("button", name="Add to another question").first.click()
    expect(page.get_by_role("radio").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    for name, text in {"Went badly": "more upset", "Agents said": "at worst"}.items():
        page.get_by_role("link", name=name).click()
        expect(page.get_by_role("article").first).to_contain_text(text)
        assert violations(page) == []
