"""Pages of other sites, with what a test puts in them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.desk_fake import DeskFake

HEAD = "<!doctype html><html lang=en><meta name=viewport content='width=device-width'><title>A shop</title>"
BODY = "<main><h1>A shop</h1><p>Words.</p></main>"
TAG = "<script async src={desk}/widget.js></script>"


@pytest.fixture
def visit(context: BrowserContext, desk: DeskFake) -> Callable[..., Page]:
    """Open a page of another site, or of the one named, with what a test puts in it."""

    def make(
        body: str = f"{HEAD}{BODY}{TAG}", *, path: str = "/page", site: str = "", **headers: str
    ) -> Page:
        named = {
            name.replace("_", "-"): text.replace("{desk}", desk.address) for name, text in headers.items()
        }
        desk.pages[path] = (body.replace("{desk}", desk.address), named)
        page = context.new_page()
        page.goto(f"{site or f'http://shop.test:{desk.port}'}{path}")
        return page

    return make
