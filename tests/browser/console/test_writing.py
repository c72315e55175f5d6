"""Private notes, canned replies, what is missing in them, and who has seen what."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.console.conftest import OpenConsole
from tests.browser.console.desk import FakeDesk
from tests.browser.console.mara import mara
from tests.browser.console.people import NOOR, SAM, held_by
from tests.browser.console.shapes import ago


@pytest.fixture
def page(console: OpenConsole, desk: FakeDesk) -> Page:
    desk.fill(mara(held_by(SAM)))
    opened = console("#/mine/k-mara")
    expect(opened.locator(".line").last).to_be_visible()
    return opened


def test_a_private_note_is_told_apart_and_never_sent(page: Page, desk: FakeDesk) -> None:
    page.get_by_role("button", name="Private note").click()
    box = page.get_by_label("Private note", exact=True)
    expect(box).to_be_focused()
    box.fill("Promised a call at 9.")
    expect(page.get_by_text("The customer never sees a private note")).to_be_visible()
    page.get_by_role("button", name="Save note").click()
    note = page.locator("[data-kind=note]")
    expect(note).to_contain_text("Private note by you")
    expect(note).to_contain_text("Promised a call at 9.")
    assert note.locator("svg").count() == 1
    ground = "getComputedStyle(document.querySelector('{}')).backgroundColor"
    assert page.evaluate(ground.format("[data-kind=note] .said")) != page.evaluate(
        ground.format("[data-speaker=bot] .said")
    )
    assert desk.replies == [] and len(desk.conversations["k-mara"]["messages"]) == 9


def test_note_and_reply_are_drafts_of_their_own(page: Page) -> None:
    page.locator("#reply").fill("For Mara")
    page.get_by_role("button", name="Private note").click()
    page.locator("#reply").fill("For Noor")
    page.reload()
    expect(page.locator("#reply")).to_have_value("For Mara")
    page.get_by_role("button", name="Private note").click()
    expect(page.locator("#reply")).to_have_value("For Noor")


def test_a_colleague_who_reads_along_may_leave_a_note(
    page: Page, console: OpenConsole, desk: FakeDesk
) -> None:
    noor = console("#/all/k-mara", agent=NOOR)
    noor.get_by_label("Private note", exact=True).fill("I know this carrier.")
    noor.keyboard.press("Enter")
    expect(page.locator("[data-kind=note]")).to_contain_text("by Noor Haddad")
    assert desk.replies == []


def test_canned_replies_open_by_slash_and_are_filled_from_the_card(page: Page, desk: FakeDesk) -> None:
    box = page.locator("#reply")
    box.press_sequentially("/")
    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    expect(options.first).to_contain_text("Hello Mara, Sam here.")
    box.press_sequentially("ho")
    expect(options).to_have_count(1)
    page.keyboard.press("Enter")
    expect(box).to_have_value("We are open every day from 8 to 18.")
    expect(options).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator("[data-speaker=agent] .said")).to_have_text("We are open every day from 8 to 18.")


def test_what_is_missing_is_marked_and_blocks_sending(page: Page, desk: FakeDesk) -> None:
    box = page.locator("#reply")
    box.press_sequentially("Hi. /track")
    page.keyboard.press("Tab")
    expect(box).to_have_value("Hi. Mara, CK-10423 is on its way. {carrier} says it arrives {day}.")
    expect(page.locator(".mirror mark")).to_have_text(["{carrier}", "{day}"])
    page.get_by_role("button", name="Send", exact=True).click(force=True)
    assert desk.replies == []
    chosen = "reply.value.slice(reply.selectionStart, reply.selectionEnd)"
    assert page.evaluate(chosen) == "{carrier}"
    page.keyboard.insert_text("PostNord")
    page.get_by_role("button", name="{day}").click()
    page.keyboard.insert_text("on Friday")
    expect(page.locator(".gaps")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator("[data-speaker=agent] .said")).to_have_text(
        "Hi. Mara, CK-10423 is on its way. PostNord says it arrives on Friday."
    )


def test_escape_closes_the_list_and_stays_in_the_text(page: Page) -> None:
    box = page.locator("#reply")
    box.press_sequentially("and/or 1/2 /")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_be_focused()
    expect(box).to_have_value("and/or 1/2 /")


def test_canned_replies_are_written_changed_and_deleted(console: OpenConsole, desk: FakeDesk) -> None:
    page = console("#/canned")
    expect(page.locator(".canned-row")).to_have_count(3)
    page.get_by_role("button", name="New canned reply").click()
    page.get_by_label("Short code").fill("hello")
    page.get_by_label("Title").fill("Refund <b>now</b>")
    page.get_by_label("Text").fill("{name}, the money is on its way.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("/hello exists already")
    page.get_by_label("Short code").fill("refund")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".canned-row")).to_have_count(4)
    expect(page.get_by_text("Refund <b>now</b>")).to_be_visible()
    page.get_by_role("button", name="Delete /track").click()
    page.get_by_role("button", name="Delete", exact=True).click()
    expect(page.locator(".canned-row")).to_have_count(3)
    assert [one["code"] for one in desk.canned] == ["hello", "hours", "refund"]
    page.get_by_role("link", name="Back to the conversations").click()
    expect(page.locator(".queue")).to_be_visible()


def test_seen_is_told_under_the_last_reply(page: Page, desk: FakeDesk) -> None:
    page.locator("#reply").fill("I am on it.")
    page.keyboard.press("Enter")
    expect(page.locator(".sent")).to_have_text("Sent")
    desk.saw("k-mara", 10)
    expect(page.locator(".sent")).to_have_text("Seen")
    page.reload()
    expect(page.locator(".sent")).to_have_text("Seen")


HOSTILE = "<img src=x onerror=alert(1)>"


def test_hostile_notes_replies_and_records_stay_words(console: OpenConsole, desk: FakeDesk) -> None:
    evil = mara(held_by(SAM))
    evil["notes"] = [{"id": "n", "author": HOSTILE, "text": HOSTILE, "at": ago(5), "cmid": "1"}]
    evil["earlier"] = [{**evil["earlier"][0], "id": "../../x", "situation": HOSTILE, "agent": HOSTILE}]
    evil["handoff"]["assignment"] = HOSTILE
    evil["card"]["customer"].update(name=HOSTILE, email="x@y.example?subject=a&body=b", tags=[HOSTILE])
    desk.fill(evil)
    desk.canned = [{**desk.canned[0], "title": HOSTILE, "text": HOSTILE + " {name}"}]
    desk.team[1].update(name=HOSTILE, skills=[HOSTILE])
    page = console("#/mine/k-mara")
    alarms: list[str] = []
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    page.locator("#reply").press_sequentially("/")
    expect(page.get_by_role("option")).to_contain_text(HOSTILE)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    desk.looks("k-mara", {"id": "x", "name": HOSTILE})
    page.keyboard.press("x")
    expect(page.get_by_role("dialog")).to_contain_text(HOSTILE)
    assert page.locator(".desk :is(img, script, iframe)").count() == 0
    assert page.locator(".earlier a").get_attribute("href") == "#/resolved/..%2F..%2Fx"
    assert alarms == []
