"""Search and filters: what is here at once, what the desk knows besides, page by page."""

from playwright.sync_api import expect

from tests.browser.console.conftest import OpenConsole
from tests.browser.console.crowd import crowd
from tests.browser.console.desk import FakeDesk
from tests.browser.console.mara import mara
from tests.browser.console.people import CLOSED, NOOR, SAM, held_by
from tests.browser.console.shapes import ago, plain, summary


def past(count: int) -> list[dict]:
    def one(index: int) -> dict:
        ended = {"resolved_at": ago(10 + index), "opened_at": ago(20 + index), "outcome": "solved"}
        return plain(summary(f"d-{index}", f"Past {index}", CLOSED, **ended))

    return [one(index) for index in range(count)]


def test_words_in_messages_are_found_by_the_desk(console: OpenConsole, desk: FakeDesk) -> None:
    page = console()
    page.get_by_label("Search this list").fill("wedding is on saturday")
    expect(page.locator(".row-name")).to_have_text(["Mara Lindqvist"])
    expect(page.locator(".queue-order")).to_have_text("1 found, most urgent first")
    assert desk.asked[-1] == {"view": "queue", "q": "wedding is on saturday"}
    page.get_by_label("Search this list").fill("nothing like it")
    expect(page.locator(".empty h2")).to_have_text("No match")
    page.get_by_label("Search this list").press("Escape")
    expect(page.locator(".row")).to_have_count(4)


def test_mood_reason_and_agent_narrow_a_list(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(*crowd(6), *crowd(2, held_by(NOOR), "n"), *crowd(1, held_by(SAM), "s"))
    page = console("#/all")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("combobox", name="Agent").select_option("Noor Haddad")
    expect(page.locator(".row")).to_have_count(2)
    page.get_by_role("combobox", name="Mood").select_option("Urgent")
    expect(page.locator(".row")).to_have_count(1)
    assert desk.asked[-1] == {"view": "all", "agent": NOOR["id"], "mood": "urgent"}
    expect(page.get_by_role("button", name="Filter, 2 in use")).to_be_visible()
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator(".row")).to_have_count(9)


def test_the_past_comes_page_by_page(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(*past(120))
    page = console("#/resolved")
    expect(page.locator(".row")).to_have_count(50)
    expect(page.locator(".row-name").first).to_have_text("Past 0")
    page.get_by_role("button", name="Show earlier ones").click()
    expect(page.locator(".row")).to_have_count(100)
    page.get_by_role("button", name="Show earlier ones").click()
    expect(page.locator(".row")).to_have_count(120)
    expect(page.get_by_role("button", name="Show earlier ones")).to_be_hidden()
    page.get_by_label("Search this list").fill("past 119")
    expect(page.locator(".row-name")).to_have_text(["Past 119"])


def test_what_changes_meanwhile_changes_what_was_found(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(mara(), *crowd(2))
    page = console()
    page.get_by_label("Search this list").fill("real person")
    expect(page.locator(".row-name")).to_have_text(["Mara Lindqvist"])
    desk.change("k-mara", situation="The courier is on the way")
    expect(page.locator(".row-situation")).to_have_text("The courier is on the way")
    desk.change("k-mara", owner=held_by(NOOR), state="accepted", waiting_since=None)
    expect(page.locator(".row")).to_have_count(0)


def test_a_search_that_fails_is_said_and_tried_again(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(*past(2))
    page = console()
    desk.down = True
    page.get_by_role("tab", name="Resolved").click()
    expect(page.locator(".empty h2")).to_have_text("The desk did not answer")
    desk.down = False
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".row")).to_have_count(2)
