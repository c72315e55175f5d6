"""Keys, small screens, and everybody who sees or steers differently."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.console.conftest import OpenConsole
from tests.browser.console.crowd import crowd
from tests.browser.console.desk import WEB, FakeDesk
from tests.browser.console.mara import mara
from tests.browser.console.people import CLOSED, SAM, held_by
from tests.browser.console.shapes import ago, offered, plain, summary

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AGENTS_PAGE = (WEB.parents[2] / "docs" / "agents.md").read_text()
COLOUR_RULES = ["color-contrast", "link-in-text-block"]


def test_keys_do_everything(console: OpenConsole, desk: FakeDesk) -> None:
    page = console()
    press = page.keyboard.press
    press("j")
    expect(page.locator(".row a").nth(0)).to_be_focused()
    press("j")
    press("k")
    press("Enter")
    expect(page.locator(".head h2")).to_have_text("Mara Lindqvist")
    expect(page.locator(".head h2")).to_be_focused()
    press("t")
    expect(page.locator(".head-owner")).to_have_text("You are talking")
    press("r")
    expect(page.locator("#reply")).to_be_focused()
    page.keyboard.type("the")
    expect(page.locator("#reply")).to_have_value("the")
    press("Escape")
    press("m")
    expect(page.get_by_label("Private note", exact=True)).to_be_focused()
    press("Escape")
    for key, title in (
        ("h", "Hand back to the assistant"),
        ("e", "Resolve this conversation?"),
        ("x", "Transfer"),
        ("z", "Snooze"),
        ("?", "Keys"),
    ):
        press(key)
        expect(page.get_by_role("dialog", name=title)).to_be_visible()
        press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    press("/")
    page.keyboard.type("okafor")
    expect(page.locator(".row-name")).to_have_text("Tom Okafor")
    press("Escape")
    expect(page.locator(".row")).to_have_count(3)
    press("n")
    expect(page.locator(".head h2")).to_have_text("Inês Carvalho")
    press("2")
    expect(page.get_by_role("tab", name="Mine")).to_have_attribute("aria-selected", "true")
    press("b")
    expect(page.get_by_role("menu", name="Take a breather")).to_be_visible()


def test_the_sheet_and_the_agents_page_name_the_same_keys(console: OpenConsole) -> None:
    page = console()
    page.keyboard.press("?")
    shown = [row.locator("kbd").all_text_contents() for row in page.locator(".keys dt").all()]
    told = [re.findall(r"`([^`]+)`", line) for line in re.findall(r"(?m)^\| (`.*?) \|", AGENTS_PAGE)]
    assert sorted(shown) == sorted(told)


def test_single_keys_can_be_switched_off(console: OpenConsole) -> None:
    page = console("#/queue/k-mara")
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys work").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("t")
    page.wait_for_timeout(100)
    expect(page.locator(".head-owner")).to_contain_text("Waiting for")


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_one_column_without_sideways_scrolling(console: OpenConsole, width: int) -> None:
    page = console(size=(width, 700))
    expect(page.locator(".talk")).to_be_hidden()
    page.get_by_role("link", name="Mara Lindqvist").click()
    expect(page.locator(".queue")).to_be_hidden()
    expect(page.locator(".strip")).to_contain_text("wedding gift")
    page.get_by_role("button", name="Brief and customer").click()
    expect(page.get_by_role("region", name="Brief")).to_contain_text("Why a person")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Conversation").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="List").click()
    expect(page.locator(".rows")).to_be_visible()


def test_the_bar_has_room_for_its_question_at_every_width(console: OpenConsole) -> None:
    page = console()
    page.evaluate("localStorage.removeItem('kindhand.console.sound')")
    page.reload()
    expect(page.get_by_role("button", name="No, stay silent")).to_be_visible()
    expect(page.locator(".carried")).to_be_visible()
    for width in (1280, 1200, 1081, 1080, 820, 721, 720, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        edges = page.locator(".bar *:visible").evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().right)"
        )
        assert max(edges) <= width, width


def check_access(page: Page, state: str) -> None:
    """Look for violations; between the themes only colours differ, so the dark look is checked for those."""
    for theme, kind, names in (("light", "tag", TAGS), ("dark", "rule", COLOUR_RULES)):
        page.emulate_media(color_scheme=theme)
        found = Axe().run(
            page, options={"runOnly": {"type": kind, "values": names}, "resultTypes": ["violations"]}
        )
        assert found.violations_count == 0, f"{state}, {theme}: {found.generate_report()}"


def test_the_door_and_an_empty_desk_are_accessible(console: OpenConsole, desk: FakeDesk) -> None:
    check_access(console(agent=None), "sign-in")
    desk.fill()
    check_access(console(), "empty queue")


def test_a_busy_desk_is_accessible(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(
        mara(held_by(SAM)), *crowd(30), plain(summary("k-done", "Omar Haddad", CLOSED, resolved_at=ago(9)))
    )
    page = console()
    check_access(page, "queue with 30")
    page.evaluate("location.hash = '#/mine/k-mara'")
    expect(page.locator(".dot").first).to_be_visible()
    check_access(page, "conversation with brief")
    page.keyboard.press("m")
    check_access(page, "private note")
    page.locator("#reply").press("Escape")
    page.keyboard.press("r")
    page.keyboard.type("/")
    expect(page.get_by_role("listbox")).to_be_visible()
    check_access(page, "canned replies")
    page.locator("#reply").fill("")
    page.locator("#reply").press("Escape")
    for key, state in (
        ("h", "hand-back dialog"),
        ("x", "transfer dialog"),
        ("z", "snooze dialog"),
        ("?", "cheat sheet"),
    ):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        check_access(page, state)
        page.keyboard.press("Escape")
    page.evaluate("location.hash = '#/resolved/k-done'")
    expect(page.locator(".standing")).to_contain_text("Resolved")
    check_access(page, "resolved view")


def test_an_offer_a_menu_and_a_page_are_accessible(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(offered(mara(), SAM, 600, "Sam: spoke with Mara on 3 May, free (2 of 4)"), *crowd(2))
    page = console()
    expect(page.get_by_role("region", name="Offered to you")).to_be_visible()
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("button", name="Sam Reyes").click()
    check_access(page, "offer, filters and menu")
    page.evaluate("location.hash = '#/canned'")
    expect(page.locator(".canned-row")).to_have_count(3)
    check_access(page, "canned replies page")
