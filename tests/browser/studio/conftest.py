"""The studio in a real browser, over the real desk and a copy of the demo's files."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, Page, expect

from bot.desk import pages, passwords
from bot.desk.embedding import Embedding
from bot.widget import Widget
from tests.browser.console.test_people import sign_in
from tests.databases import fresh
from tests.desk.console.desk import SAM, Server, add_agents
from tests.desk.studio.desk import StudioUnderTest

OpenStudio = Callable[..., Page]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StudioUnderTest]:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=4096, parallelism=1))
    database = fresh(tmp_path / "desk.db")
    add_agents(database)
    with Server().running() as server:
        desk = StudioUnderTest(server, database, tmp_path)
        pages.routes(desk.app, demo=False, embedded=Embedding(Widget(), name="Copper Kettle", origins=()))
        yield desk
        desk.do(desk.service.close())
    database.close()


@pytest.fixture
def studio(browser: Browser, desk: StudioUnderTest) -> Iterator[OpenStudio]:
    """Open the studio at an address such as `questions/decaf`, signed in as an owner (or as `email`)."""
    contexts = []

    def open_studio(at: str = "", *, email: str = SAM, scheme: str = "light", width: int = 1280) -> Page:
        looks = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
        contexts.append(browser.new_context(base_url=desk.address, reduced_motion="reduce", **looks))
        contexts[-1].set_default_timeout(15_000)
        page = sign_in(contexts[-1].new_page(), email, at=f"#/studio/{at}" if at else "#/studio")
        expect(page.locator(".link-words")).to_have_text("Live")
        page.evaluate("at => { location.hash = at }", f"#/studio/{at}" if at else "#/studio")
        return page

    yield open_studio
    for context in contexts:
        context.close()
