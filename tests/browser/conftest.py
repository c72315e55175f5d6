"""A headless Chromium, a small desk, and pages with an opened widget."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, expect, sync_playwright

from bot.demo.screenshots import CHROMIUM, FLAGS
from tests.browser.desk_fake import DeskFake
from tests.browser.sites import visit as visit  # a fixture for all tests here

expect.set_options(timeout=10_000)  # waiting costs nothing when all is well
ARGS = [*FLAGS, "--disable-component-update", "--host-resolver-rules=MAP *.test 127.0.0.1"]


# While Playwright runs, no other event loop can run in this thread, so it ends with this folder.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip(f"no browser at {CHROMIUM}; name one in CHROMIUM")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield chromium
        chromium.close()


@pytest.fixture
def own_page(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Open a page in a browser of its own, as another person would."""
    contexts: list[BrowserContext] = []

    def make() -> Page:
        contexts.append(browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800}))
        contexts[-1].set_default_timeout(15_000)
        return contexts[-1].new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def running_desk() -> Iterator[DeskFake]:
    desk = DeskFake().started()
    yield desk
    desk.stop()


@pytest.fixture
def desk(running_desk: DeskFake) -> DeskFake:
    running_desk.forget()
    return running_desk


@pytest.fixture
def context(browser: Browser, desk: DeskFake) -> Iterator[BrowserContext]:
    """One visitor's browser. An error on any of its pages fails the test."""
    context = browser.new_context(base_url=desk.address, locale="en-GB", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert errors == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page of some website that includes the widget."""
    page = context.new_page()
    page.goto("/blank")
    page.locator(".launcher").wait_for()
    return page


@pytest.fixture
def chat(page: Page) -> Frame:
    """The frame of the chat, opened on that page and greeted by the desk."""
    return opened(page)


@pytest.fixture
def page_with(browser: Browser, desk: DeskFake) -> Iterator[Callable[..., Page]]:
    """Open the empty page in a browser with other properties."""
    contexts: list[BrowserContext] = []

    def make(**properties: Any) -> Page:
        contexts.append(browser.new_context(base_url=desk.address, locale="en-GB", **properties))
        contexts[-1].set_default_timeout(15_000)
        page = contexts[-1].new_page()
        page.goto("/blank")
        page.locator(".launcher").wait_for()
        return page

    yield make
    for context in contexts:
        context.close()


def opened(page: Page) -> Frame:
    """Open the chat and return its frame, once the desk has greeted."""
    page.locator(".launcher").click()
    return talking(page)


def talking(page: Page) -> Frame:
    """Return the frame of a chat that is open, once the desk has greeted."""
    chat = chat_of(page)
    chat.locator(".title", has_text="Copper Kettle Coffee").wait_for()
    return chat


def chat_of(page: Page) -> Frame:
    """Return the frame of the chat, seen or not, once it is there."""
    frame = page.locator("kindhand-widget iframe").element_handle().content_frame()
    assert frame is not None
    frame.wait_for_url("**/chat?*")
    frame.locator(".panel").wait_for(state="attached")
    return frame


def bubbles(chat: Frame) -> list[str]:
    return chat.locator(".bubble .text").all_inner_texts()


def write(chat: Frame, text: str) -> None:
    field = chat.get_by_label("Your message")
    field.fill(text)
    field.press("Enter")


def expect_delivery(chat: Frame, words: str) -> None:
    expect(chat.locator(".delivery:visible")).to_have_text([words], use_inner_text=True)


def wait_until(page: Page | Frame, true: Callable[[], bool]) -> None:
    """Wait up to 5 s while the page goes on."""
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("waited 5 s in vain")
