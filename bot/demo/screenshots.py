"""The README's pictures, taken from a real run of the demo in headless Chromium."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.demo.seed import DEMO_AGENT
from bot.errors import StartError
from bot.supervisor.product import Product
from bot.supervisor.steps import Steps

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
CUSTOMER = "c-mara"
SAID = (
    "what time do you open on saturday?",
    "where is my order",
    "it should have been here days ago and this is the second time. I'm really fed up",
)
ASKS = "I want to talk to a real person please"
NOTE = "The depot has the parcel. If it is not out for delivery by noon, a new one leaves today."
SCHEMES = ("light", "dark")


def take(folder: Path, steps: Steps) -> list[Path]:
    """Run the demo in a folder of its own, play one conversation and return the pictures.

    Raises:
        StartError: there is no Chromium.
    """
    if not CHROMIUM.exists():
        raise StartError(f"There is no browser at {CHROMIUM}. Install Chromium, or name one in CHROMIUM.")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as var:
        product = Product(Path(var))
        with steps.step("Starting the demo", "The demo runs"):
            product.start()
        try:
            with steps.step("Taking pictures of a conversation", "Pictures taken"), _browser() as browser:
                return _pictures(browser, product, folder)
        finally:
            product.stop()


@contextmanager
def _browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


def _pictures(browser: "Browser", product: Product, folder: Path) -> list[Path]:
    console, shop = (browser.new_context(viewport=DESKTOP, locale="en-GB").new_page() for _ in range(2))
    _sign_in(console, product)  # somebody is there, so the visitor hears of a colleague now
    _open_chat(shop, product)
    for text in SAID:
        _say(shop, text)
    pictures = [shot for scheme in SCHEMES for shot in _visitor_shots(shop, scheme, folder)]
    _say(shop, ASKS)
    return pictures + list(_agent_shots(console, folder))


def _agent_shots(console: "Page", folder: Path) -> Iterator[Path]:
    """Take what is offered, and write."""
    take = console.get_by_role("button", name="Take it")
    take.wait_for()
    yield _shot(console, "light", folder / "agents-offer.png")
    take.click()
    console.get_by_role("region", name="What to say first").wait_for()
    for scheme in SCHEMES:
        yield _shot(console, scheme, folder / f"console-{scheme}.png")
    console.get_by_role("button", name="Private note").click()
    console.locator("#reply").fill(NOTE)
    console.get_by_role("button", name="Save note").click()
    console.get_by_text("Private note by you").wait_for()
    yield _shot(console, "light", folder / "agents-note.png")
    console.get_by_role("button", name="Reply", exact=True).click()
    console.locator("#reply").press_sequentially("/la")
    console.get_by_role("listbox").wait_for()
    yield _shot(console, "light", folder / "agents-writing.png")


def _visitor_shots(shop: "Page", scheme: str, folder: Path) -> Iterator[Path]:
    yield _shot(shop, scheme, folder / f"widget-{scheme}.png")
    shop.set_viewport_size(PHONE)
    yield _shot(shop, scheme, folder / f"phone-{scheme}.png")
    shop.set_viewport_size(DESKTOP)


def _open_chat(shop: "Page", product: Product) -> None:
    shop.goto(f"{product.address}/demo")
    shop.select_option("#customer", CUSTOMER)
    shop.locator(".launcher").click()
    _chat(shop).get_by_label("Your message").wait_for()


def _chat(shop: "Page") -> "FrameLocator":
    return shop.frame_locator("kindhand-widget iframe")


def _say(shop: "Page", text: str) -> None:
    rows, field = _chat(shop).locator(".rows > li"), _chat(shop).get_by_label("Your message")
    before = rows.count()
    field.fill(text)
    field.press("Enter")
    rows.nth(before + 1).wait_for()  # the visitor's own line and the first answer
    shop.wait_for_timeout(1500)  # an acknowledgement and an answer come one after the other


def _sign_in(console: "Page", product: Product) -> None:
    console.goto(f"{product.address}/console")
    console.get_by_label("E-mail").fill(DEMO_AGENT)
    console.get_by_label("Password", exact=True).fill(product.password)
    console.get_by_role("button", name="Sign in").click()
    console.get_by_role("button", name="No, stay silent").click()


def _shot(page: "Page", scheme: str, path: Path) -> Path:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.wait_for_timeout(400)  # the colours have settled
    page.screenshot(path=str(path))
    return path
