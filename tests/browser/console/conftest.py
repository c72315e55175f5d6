"""A small desk for the console, and consoles that are signed in to it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.console.desk import DeskServer, FakeDesk
from tests.browser.console.people import SAM, crowd, mara

SIZES = {"wide": (1280, 800), "tablet": (820, 1180), "phone": (390, 844)}
OpenConsole = Callable[..., Page]


@pytest.fixture(scope="session")
def served() -> Iterator[tuple[FakeDesk, str]]:
    desk = FakeDesk()
    server = DeskServer(desk)
    yield desk, server.start()
    server.stop()


@pytest.fixture
def desk(served: tuple[FakeDesk, str]) -> FakeDesk:
    """A desk with Mara on top of a small queue."""
    found, _ = served
    found.down = found.forgetful = False
    found.heard.clear()
    found.replies.clear()
    found.fill(mara(), *crowd(3))
    return found


@pytest.fixture
def console(browser: Browser, served: tuple[FakeDesk, str], desk: FakeDesk) -> Iterator[OpenConsole]:
    """Open the console, signed in, at an address; closes what it opened."""
    contexts: list[BrowserContext] = []

    def open_console(
        at: str = "", *, agent: dict | None = SAM, size: str = "wide", theme: str = "light"
    ) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce"
        )
        context.set_default_timeout(5000)
        contexts.append(context)
        if agent:
            desk.sessions[f"s-{agent['id']}"] = (agent, "csrf")
            context.add_cookies([{"name": "session", "value": f"s-{agent['id']}", "url": served[1]}])
        context.add_init_script("localStorage.setItem('kindhand.console.sound', 'false')")
        page = context.new_page()
        page.goto(f"{served[1]}/console{at}")
        if agent:
            expect(page.locator(".link-words")).to_have_text("Live")
        return page

    yield open_console
    for context in contexts:
        context.close()
