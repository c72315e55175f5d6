"""Pictures and PDF in the console: looked at, and sent."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.attachments.files import picture
from tests.browser.console.conftest import OpenConsole
from tests.browser.console.desk import FakeDesk
from tests.browser.console.mara import mara
from tests.browser.console.people import SAM, held_by


@pytest.fixture
def page(console: OpenConsole, desk: FakeDesk) -> Page:
    desk.fill(mara(held_by(SAM)))
    opened = console("#/mine/k-mara")
    expect(opened.locator(".line").last).to_be_visible()
    return opened


def png(name: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "image/png", "buffer": picture("PNG")}


def choose(page: Page, *files: dict[str, Any]) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Send a picture or PDF").click()
    chooser.value.set_files(list(files))


def test_pictures_are_sent_in_the_order_of_choosing(page: Page, desk: FakeDesk) -> None:
    choose(page, png("first.png"), png("second.png"), png("third.png"))
    expect(page.get_by_role("img", name="Picture from you: third.png")).to_be_visible()
    names = [message["text"] for message in desk.conversations["k-mara"]["messages"][-3:]]
    assert names == ["first.png", "second.png", "third.png"]


def test_a_picture_is_enlarged_and_closing_it_closes_nothing_else(page: Page) -> None:
    choose(page, png("label.png"))
    page.get_by_role("button", name="Picture from you: label.png").click()
    large = page.get_by_role("dialog", name="label.png")
    expect(large.get_by_role("link", name="Save")).to_have_attribute("download", "label.png")
    page.keyboard.press("Escape")
    expect(large).to_have_count(0)
    expect(page.get_by_role("button", name="Picture from you: label.png")).to_be_focused()


def test_what_is_not_taken_says_why_and_leaves_the_reply_alone(page: Page) -> None:
    page.locator("#reply").fill("Half a sentence")
    choose(page, {**png("page.svg"), "buffer": b"<svg/>"})
    expect(page.locator(".notice")).to_have_text("That kind of file cannot be sent here.")
    expect(page.locator("#reply")).to_have_value("Half a sentence")
    expect(page.locator("[data-kind=unsent]")).to_have_count(0)


def test_what_did_not_leave_can_be_tried_again_or_removed(page: Page, desk: FakeDesk) -> None:
    desk.down = True
    choose(page, png("first.png"), png("second.png"))
    expect(page.locator("[data-state=failed]")).to_have_count(2)
    page.get_by_role("button", name="Remove").last.click()
    expect(page.locator("[data-kind=unsent]")).to_have_count(1)
    desk.down = False
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("img", name="Picture from you: first.png")).to_be_visible()


def test_a_private_note_has_no_file(page: Page) -> None:
    page.get_by_role("button", name="Private note").click()
    expect(page.get_by_role("button", name="Send a picture or PDF")).to_be_hidden()
