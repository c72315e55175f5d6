"""Everybody can work on questions: axe in both themes and on a phone, and the keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.console.test_access import TAGS
from tests.browser.studio.conftest import OpenStudio
from tests.browser.studio.question_steps import add, fewer, state, wording
from tests.browser.studio.test_questions_import import PAGE
from tests.desk.studio.desk import StudioUnderTest

WIDE, PHONE = 1280, 390


def check(page: Page, name: str) -> None:
    """Look for violations in both themes, and whether something is cut off at the side."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, f"{name}, {theme}: {found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_every_state_is_accessible(desk: StudioUnderTest, studio: OpenStudio, width: int) -> None:
    fewer(desk)
    page = studio("questions", width=width)
    expect(page.locator(".q-card").first).to_be_visible()
    page.get_by_label("Order").select_option("care")
    check(page, "list")
    page.evaluate("location.hash = '#/studio/questions/decaf'")
    state(page, "All is saved.")
    page.get_by_label("Other ways to ask it").fill("I forgot my password")
    expect(page.locator("#q-add-near")).to_contain_text("Too near to")
    wording(page, "Plain, for the calm, wording 1 of 2").fill("It is {nothing}. ")
    page.get_by_role("button", name="Insert a fact").first.click()
    expect(page.get_by_role("listbox")).to_be_visible()
    check(page, "editor with a warning and the list of facts")
    page.keyboard.press("Escape")
    desk_file = desk.files / "data/faq/decaf.yml"
    desk_file.write_text(desk_file.read_text().replace("- do you have decaf\n", "- any decaf\n"))
    page.keyboard.press("Control+s")
    expect(page.locator(".q-conflict")).to_be_visible()
    check(page, "conflict")
    page.get_by_role("link", name="All questions").click()
    check(page, "asked before leaving")
    page.get_by_role("button", name="Throw them away").click()
    page.evaluate("location.hash = '#/studio/questions/add/many'")
    page.get_by_label("The text of the page").fill(PAGE)
    page.get_by_role("button", name="Look first").click()
    expect(page.locator(".i-result table")).to_be_visible()
    check(page, "import")


def test_the_chat_in_its_frame_is_accessible(studio: OpenStudio) -> None:
    page = studio("questions/decaf")
    frame = page.frame_locator(".q-frame")
    expect(frame.locator(".said[data-speaker=bot]")).to_be_visible()
    found = Axe().run(page.frames[-1], options={"runOnly": {"type": "tag", "values": TAGS}})
    assert found.violations_count == 0, found.generate_report()


def test_the_keyboard_does_it_all(desk: StudioUnderTest, studio: OpenStudio) -> None:
    page = studio("questions")
    expect(page.locator(".q-card").first).to_be_visible()
    press = page.keyboard.press
    page.get_by_label("Search the questions").focus()
    page.keyboard.type("decaf")
    for _ in range(3):
        press("Tab")
    expect(page.get_by_role("link", name="do you have decaf")).to_be_focused()
    press("Enter")
    expect(page.get_by_role("heading", name="do you have decaf", level=2)).to_be_focused()
    press("Tab")
    expect(page.get_by_label("The question", exact=True)).to_be_focused()
    press("Enter")
    page.keyboard.type("koffeinfrei")
    press("Enter")
    press("Tab")
    press("Tab")
    first = page.locator(".q-line").first
    expect(first).to_be_focused()
    press("ArrowDown")
    expect(page.locator(".q-line").nth(1)).to_be_focused()
    press("Tab")
    press("Enter")
    expect(page.get_by_role("button", name="Put it back")).to_be_focused()
    press("Escape")
    wording(page, "Plain, for the calm, wording 1 of 2").focus()
    press("Control+a")
    page.keyboard.type("Yes: {decaf co")
    press("Tab")
    page.keyboard.type(".")
    expect(wording(page, "Plain, for the calm, wording 1 of 2")).to_have_value("Yes: {decaf_coffee}.")
    press("Control+s")
    state(page, "Saved.")
    assert "Yes: {decaf_coffee}." in desk.text("data/faq/decaf.yml")
    page.get_by_role("radio", name="calm").focus()
    press("ArrowRight")
    expect(page.get_by_role("radio", name="uneasy")).to_be_checked()


def test_targets_are_large_enough_for_fingers(studio: OpenStudio) -> None:
    page = studio("questions/account_password", width=PHONE)
    state(page, "All is saved.")
    add(page, "let me in")
    page.context.new_cdp_session(page).send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    small = page.locator(".studio-part :is(button, select, textarea, input)").evaluate_all(
        """all => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 32)
                  .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert small == []
