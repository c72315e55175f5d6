"""Nothing typed is lost: by a wrong turn, a reload, a desk that is away, another owner."""

import pytest
from playwright.sync_api import expect

from tests.browser.studio.conftest import OpenStudio
from tests.browser.studio.question_steps import DECAF, add, free, opened, state, wording
from tests.desk.console.desk import SAM
from tests.desk.studio.desk import StudioUnderTest


def test_what_is_not_saved_survives_a_wrong_turn_and_a_reload(studio: OpenStudio) -> None:
    page = opened(studio)
    add(page, "koffeinfrei")
    page.get_by_role("link", name="Publish", exact=True).click()
    dialog = page.get_by_role("dialog", name="Your changes are not saved")
    expect(dialog.get_by_role("button", name="Stay here")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".q-line").first).to_have_value("koffeinfrei")
    page.get_by_role("link", name="All questions").click()
    page.get_by_role("button", name="Leave, keep them for later").click()
    expect(page.locator(".q-card", has_text="Not saved yet")).to_contain_text("do you have decaf")
    page.go_back()
    expect(page.get_by_text("What you typed before and did not save is still here.")).to_be_visible()
    expect(page.locator(".q-line").first).to_have_value("koffeinfrei")
    page.once("dialog", lambda asked: asked.accept())
    page.reload()
    expect(page.locator(".q-line").first).to_have_value("koffeinfrei")
    page.get_by_role("button", name="Throw away", exact=True).click()
    expect(page.locator(".q-line").first).not_to_have_value("koffeinfrei")
    page.get_by_role("button", name="Bring them back").click()
    expect(page.locator(".q-line").first).to_have_value("koffeinfrei")


def test_while_the_desk_is_away_nothing_typed_is_lost(studio: OpenStudio) -> None:
    page = opened(studio)
    add(page, "koffeinfrei")
    page.route("**/api/console/studio/questions/decaf", lambda route: route.abort())
    page.keyboard.press("Control+s")
    state(page, "The desk cannot be reached just now. What you typed is kept in this tab")
    page.unroute("**/api/console/studio/questions/decaf")
    page.keyboard.press("Control+s")
    state(page, "Saved.")


@pytest.mark.parametrize("deleted", [False, True])
def test_two_owners_at_one_question(desk: StudioUnderTest, studio: OpenStudio, deleted: bool) -> None:
    mine = opened(studio)
    theirs = studio("questions/decaf", email=SAM)
    state(theirs, "All is saved.")
    if deleted:
        free(desk)
        theirs.get_by_role("button", name="Delete this question…").click()
        theirs.get_by_role("button", name="Delete it").click()
        expect(theirs.locator(".q-card").first).to_be_visible()
    else:
        add(theirs, "coffee without caffeine for granny")
        wording(theirs, "Plain, for the calm, wording 2 of 2").fill("Theirs.")
        theirs.keyboard.press("Control+s")
        state(theirs, "Saved.")
    add(mine, "koffeinfrei")
    wording(mine, "Plain, for the calm, wording 2 of 2").fill("Mine.")
    mine.keyboard.press("Control+s")
    if deleted:
        expect(mine.get_by_text("What you typed is still here.")).to_be_visible()
        mine.get_by_role("button", name="Save it as a new question").click()
        expect(mine.get_by_role("heading", name="do you have decaf", level=2)).to_be_visible()
        state(mine, "All is saved.")
        (written,) = [path for path in desk.files.glob("data/faq/*.yml") if "koffeinfrei" in path.read_text()]
        assert "Mine." in written.read_text()
        return
    shown = mine.get_by_role("region", name="Sam Reyes changed this question while you wrote")
    expect(shown).to_be_focused()
    expect(shown.locator(".q-side").nth(0)).to_contain_text("Addedkoffeinfrei")
    expect(shown.locator(".q-side").nth(1)).to_contain_text("Addedcoffee without caffeine for granny")
    expect(shown.locator(".q-side").nth(2)).to_contain_text("Mine.")
    expect(shown.locator(".q-side").nth(3)).to_contain_text("Theirs.")
    shown.get_by_label("Take theirs").check()
    mine.locator('.q-tone[data-mood="upset"]').get_by_role("button", name="Add a wording").click()
    mine.keyboard.type("Written meanwhile.")
    shown.get_by_role("button", name="Go on with this").click()
    state(mine, "Put together. Look it over, then save.")
    mine.keyboard.press("Control+s")
    state(mine, "Saved.")
    written = desk.text(DECAF)
    assert "koffeinfrei" in written and "coffee without caffeine for granny" in written
    assert "Theirs." in written and "Written meanwhile." in written and "Mine." not in written
