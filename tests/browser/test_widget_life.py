"""A conversation in two tabs, over a real desk: ended, deleted, gone on with elsewhere, signed out of."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.handoff.entrance import token_hash
from bot.handoff.model import utc_now
from bot.storage import continuations
from tests.browser.conftest import bubbles, wait_until, write
from tests.browser.desk_fake import DeskFake
from tests.gateway.served import ServedDesk, parts, serve_desk

ENDED = "This chat is finished."


@pytest.fixture(scope="module")
def desk_itself(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    with serve_desk(tmp_path_factory.mktemp("life"), parts()) as desk:
        yield desk


@pytest.fixture
def visitor(browser: Browser, desk_itself: ServedDesk) -> Iterator[BrowserContext]:
    """One visitor's browser."""
    context = browser.new_context(base_url=desk_itself.http, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    yield context
    context.close()


def chat_in(context: BrowserContext, path: str = "/chat") -> Page:
    page = context.new_page()
    page.goto(path)
    page.locator(".title", has_text="Copper Kettle Coffee").wait_for()
    return page


def talk(page: Page, text: str) -> None:
    write(page, text)
    expect(page.locator(".bubble .text").last).to_have_text(f"You said: {text}")


def choose(page: Page, entry: str, verb: str) -> None:
    page.get_by_role("button", name="More").click()
    page.get_by_role("menu").get_by_text(entry).click()
    page.get_by_role("dialog").get_by_role("button", name=verb).click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def kept(page: Page) -> str:
    return page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")


def test_two_tabs_end_it_once_and_go_on_together(visitor: BrowserContext) -> None:
    first = chat_in(visitor)
    talk(first, "One")
    second = chat_in(visitor)
    expect(second.locator(".bubble .text").last).to_have_text("You said: One")
    choose(first, "End the chat", "End the chat")
    for page in (first, second):
        expect(page.locator(".rows").get_by_text(ENDED)).to_have_count(1)
        page.get_by_role("button", name="More").click()
        expect(page.get_by_role("menu")).not_to_contain_text("End the chat")
        page.keyboard.press("Escape")
    talk(second, "Two")
    for page in (first, second):
        expect(page.locator(".bubble .text").last).to_have_text("You said: Two")
        said = bubbles(page)
        assert [said.count(text) for text in ("One", "You said: One", "Two", "You said: Two")] == [1, 1, 1, 1]


def test_what_is_deleted_in_one_tab_is_gone_from_all(visitor: BrowserContext) -> None:
    first = chat_in(visitor)
    talk(first, "A secret of mine")
    second = chat_in(visitor)
    expect(second.locator(".bubble .text").last).to_have_text("You said: A secret of mine")
    second.get_by_label("Your message").fill("More of my secret")
    token = first.evaluate("localStorage['kindhand.token']")
    choose(first, "Delete my data", "Delete for good")
    for page in (first, second):
        expect(page.locator(".rows").get_by_text("A secret of mine")).to_have_count(0)
        page.wait_for_function("old => (localStorage['kindhand.token'] ?? old) !== old", arg=token)
        assert "secret" not in kept(page)
    talk(first, "A new beginning")
    expect(second.locator(".bubble .text").last).to_have_text("You said: A new beginning")
    assert bubbles(first)[-2:] == bubbles(second)[-2:] == ["A new beginning", "You said: A new beginning"]


def test_a_tab_that_was_away_begins_anew_when_all_was_deleted(
    visitor: BrowserContext, desk_itself: ServedDesk
) -> None:
    page = chat_in(visitor)
    talk(page, "A secret of mine")
    visitor.set_offline(True)
    id = desk_itself.brain.asked[-1]["conversation"]
    desk_itself.step(desk_itself.app.state.service.erase(id))
    visitor.set_offline(False)
    expect(page.locator(".rows").get_by_text("A secret of mine")).to_have_count(0, timeout=30_000)
    talk(page, "Hello again")


def test_a_link_goes_on_here_and_on_the_other_device(
    visitor: BrowserContext, browser: Browser, desk_itself: ServedDesk
) -> None:
    page = chat_in(visitor)
    talk(page, "On my phone")
    id, code, now = desk_itself.brain.asked[-1]["conversation"], "c" * 43, utc_now()
    with desk_itself.app.state.database.write() as connection:
        continuations.add(connection, token_hash(code), id, now, now + timedelta(days=1))
    laptop = browser.new_context(base_url=desk_itself.http, locale="en-GB")
    other = chat_in(laptop, f"/chat#continue={code}")
    other.get_by_role("button", name="Go on here").click()
    expect(other.locator(".bubble .text").last).to_have_text("You said: On my phone")
    talk(other, "On my laptop")
    expect(page.locator(".bubble .text").last).to_have_text("You said: On my laptop")
    other.reload()
    expect(other.locator(".bubble .text").last).to_have_text("You said: On my laptop")
    laptop.close()


# What only a desk that misbehaves shows.


def test_the_end_waits_for_what_was_written_and_not_for_another_line(chat: Page, desk: DeskFake) -> None:
    write(chat, "One")
    wait_until(chat, lambda: len(desk.heard("say")) == 1)
    desk.acks = False
    write(chat, "Two")
    wait_until(chat, lambda: len(desk.heard("say")) == 2)
    chat.get_by_role("button", name="More").click()
    chat.get_by_role("menu").get_by_text("End the chat").click()
    chat.get_by_role("dialog").get_by_role("button", name="End the chat").click()
    desk.acks = True
    desk.cut()
    wait_until(chat, lambda: len(desk.heard("say")) == 3)
    assert desk.heard("say")[1]["cmid"] == desk.heard("say")[2]["cmid"] and desk.heard("end") == []
    expect(chat.get_by_role("dialog")).to_contain_text("That did not work just now")
    chat.get_by_role("dialog").get_by_role("button", name="End the chat").click()
    wait_until(chat, lambda: len(desk.heard("end")) == 1)
