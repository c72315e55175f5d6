"""The page with lines to copy: an owner takes one, puts it on a website, and has a chat."""

import re
from collections.abc import Callable, Sequence

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.console.conftest import OpenConsole

SITES = ["https://www.shop.example"]


@pytest.fixture
def open_page(console: OpenConsole) -> Callable[..., Page]:
    """Open the page at a desk that tells its address, if the owner has named it, and the sites."""

    def make(desk: str | None = "https://chat.shop.example", sites: Sequence[str] = SITES) -> Page:
        page = console()
        page.route("**/api/console/install", lambda route: route.fulfill(json={"desk": desk, "sites": sites}))
        page.get_by_role("button", name="Sam Reyes").click()
        page.get_by_role("menuitem", name="Chat on your website").click()
        page.get_by_role("heading", name="The line for your pages").wait_for()
        return page

    return make


@pytest.fixture
def install(open_page: Callable[..., Page]) -> Page:
    return open_page()


def test_every_line_has_the_desks_real_address(install: Page) -> None:
    install.evaluate(
        "document.querySelectorAll('details').forEach((one) => (one.name = '', one.open = true))"
    )
    shown = install.locator("pre").all_inner_texts()
    assert len(shown) >= 10 and not any("desk.example" in text for text in shown)
    assert shown[0] == '<script async src="https://chat.shop.example/widget.js"></script>'
    assert "https://www.shop.example" in install.locator(".install").inner_text()
    assert [name for name in ("WordPress", "Shopify", "Wix", "React", "PHP", "Node")
            if not install.locator("summary", has_text=name).is_visible()] == []  # fmt: skip


def test_a_line_is_copied_by_one_press(install: Page) -> None:
    install.context.grant_permissions(["clipboard-read", "clipboard-write"])
    install.get_by_role("button", name="Copy: Plain HTML").click()
    expect(install.get_by_role("button", name="Copy: Plain HTML")).to_have_text("Copied")
    taken = install.evaluate("navigator.clipboard.readText()")
    assert taken == '<script async src="https://chat.shop.example/widget.js"></script>'


def test_where_no_site_is_named_the_setting_is_shown(open_page: Callable[..., Page]) -> None:
    page = open_page(desk=None, sites=[])
    expect(page.locator(".install")).to_contain_text("No website is allowed to show the chat yet.")
    expect(page.locator("pre", has_text="KINDHAND_ALLOWED_ORIGINS=")).to_be_visible()
    assert f"{re.match('http://[^/]+', page.url)[0]}/widget.js" in page.locator("pre").first.inner_text()  # type: ignore[index]


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(install: Page, width: int) -> None:
    install.set_viewport_size({"width": width, "height": 800})
    found = Axe().run(install, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}).response
    assert [rule["id"] for rule in found["violations"]] == []
    assert install.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    install.evaluate(
        "document.querySelectorAll('details').forEach((one) => (one.name = '', one.open = true))"
    )
    assert install.locator(".page").evaluate("(page) => page.scrollWidth - page.clientWidth") <= 0
