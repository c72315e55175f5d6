"""A small desk for the console, and consoles that are signed in to it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.supervisor.ports import free_port
from tests import serving
from tests.browser.console.crowd import crowd
from tests.browser.console.desk import FakeDesk, create_fake
from tests.browser.console.mara import mara
from tests.browser.console.people import SAM

CLEAN = """if (!sessionStorage.getItem("begun")) {
    localStorage.clear();
    localStorage.setItem("kindhand.console.sound", "false");
    sessionStorage.setItem("begun", "yes");
}"""
OpenConsole = Callable[..., Page]


@pytest.fixture(scope="session")
def served() -> Iterator[tuple[FakeDesk, str]]:
    desk, port = FakeDesk(), free_port()
    with serving.served(create_fake(desk), port):
        yield desk, f"http://127.0.0.1:{port}"


@pytest.fixture
def desk(served: tuple[FakeDesk, str]) -> FakeDesk:
    """A desk with Mara on top of a small queue."""
    found, _ = served
    found.down = found.forgetful = False
    found.heard.clear()
    found.replies.clear()
    found.fill(mara(), *crowd(3))
    return found


@pytest.fixture(scope="package")
def context_of(browser: Browser) -> Iterator[Callable[[str | None], BrowserContext]]:
    """One browser for each agent, so that the console's files are fetched once; each page starts clean."""
    contexts: dict[str | None, BrowserContext] = {}

    def find(agent_id: str | None) -> BrowserContext:
        if agent_id not in contexts:
            contexts[agent_id] = browser.new_context(reduced_motion="reduce", locale="en-GB")
            contexts[agent_id].set_default_timeout(15_000)
            contexts[agent_id].add_init_script(CLEAN)
        return contexts[agent_id]

    yield find
    for context in contexts.values():
        context.close()


@pytest.fixture
def console(
    context_of: Callable[[str | None], BrowserContext], served: tuple[FakeDesk, str], desk: FakeDesk
) -> Iterator[OpenConsole]:
    """Open the console at an address, signed in unless `agent` is None."""
    pages: list[Page] = []

    def open_console(at: str = "", *, agent: dict | None = SAM, size: tuple[int, int] = (1280, 800)) -> Page:
        context = context_of(agent and agent["id"])
        context.clear_cookies()
        if agent:
            desk.sessions[f"s-{agent['id']}"] = (agent, "csrf")
            context.add_cookies([{"name": "session", "value": f"s-{agent['id']}", "url": served[1]}])
        pages.append(context.new_page())
        pages[-1].set_viewport_size({"width": size[0], "height": size[1]})
        pages[-1].goto(f"{served[1]}/console{at}")
        if agent:
            expect(pages[-1].locator(".link-words")).to_have_text("Live")
        return pages[-1]

    yield open_console
    for page in pages:
        page.close()
