"""The demo pages: the start page leads on, the shop tells the widget who is browsing."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import expect_delivery, opened, talking, write
from tests.browser.desk_fake import DeskFake
from tests.browser.test_widget_axe import RULES


@pytest.fixture
def shop(context: BrowserContext) -> Page:
    """The shop, with a sign-in that signs like this: the customer's id and "signed"."""

    def sign(route: Route) -> None:
        route.fulfill(json={"identity": f"{json.loads(route.request.post_data)['customer']}.signed"})

    page = context.new_page()
    page.route("**/demo/identity", sign)
    page.goto("/shop")
    page.locator(".launcher").wait_for()
    return page


def test_switching_the_customer_starts_over_as_them(shop: Page, desk: DeskFake) -> None:
    chat = opened(shop)
    write(chat, "From a guest")
    expect(chat.locator(".bubble")).to_have_count(1)
    shop.get_by_label("Demo: you are browsing as").select_option("Mara Lindqvist")
    expect(shop.locator("#about")).to_have_text("Subscriber, order late")
    expect(chat.locator(".bubble")).to_have_count(0)
    write(chat, "From Mara")
    expect_delivery(chat, "Sent")
    last = desk.heard("hello")[-1]
    assert last["identity"] == "c-mara.signed"
    assert "From a guest" not in [message["text"] for message in desk.messages[list(desk.messages)[-1]]]


def test_the_shop_remembers_who_is_browsing(shop: Page, desk: DeskFake) -> None:
    shop.get_by_label("Demo: you are browsing as").select_option("Tom Okafor")
    expect(shop.locator("#about")).to_have_text("First order")
    shop.reload()
    expect(shop.locator("#about")).to_have_text("First order")
    shop.get_by_role("button", name="Ask us about an order").click()
    chat = talking(shop)
    expect(chat.get_by_label("Your message")).to_be_focused()
    chat.wait_for_function("localStorage.length > 0")
    assert desk.heard("hello")[-1]["identity"] == "c-tom.signed"


def test_a_desk_without_demo_customers_shows_no_switch(context: BrowserContext, desk: DeskFake) -> None:
    page = context.new_page()
    page.route("**/demo/customers", lambda route: route.fulfill(status=404))
    page.goto("/shop")
    page.locator(".launcher").wait_for()
    expect(page.locator("#demo")).to_be_hidden()


def test_the_start_page_leads_to_the_three_places(context: BrowserContext, desk: DeskFake) -> None:
    page = context.new_page()
    page.goto("/")
    assert [a.get_attribute("href") for a in page.locator("main a").all()] == ["/shop", "/console", "/docs"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/shop"])
def test_axe_finds_nothing_on_the_demo_pages(
    context: BrowserContext, desk: DeskFake, path: str, scheme: str
) -> None:
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda line: line.type == "error" and refused.append(line.text))
    page.emulate_media(color_scheme=scheme)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path, wait_until="networkidle")
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert refused == [], "the strict policy holds"
