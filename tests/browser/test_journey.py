"""One visitor, one bot, one person: the whole product in a real browser, from question to hand-back."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.demo.seed import DEMO_AGENT
from bot.supervisor.product import Product

pytestmark = [pytest.mark.stack, pytest.mark.browser]
QUESTIONS = [
    ("what time do you open on sunday?", r"9[:.]30|Sunday"),
    ("how much does postage cost", r"£3\.95"),
    ("do you take amex", r"American Express"),
]


@pytest.fixture
def shop(browser: Browser, product: Product) -> Page:
    page = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800}).new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{product.address}/demo")
    page.select_option("#customer", "c-mara")
    page.locator(".launcher").click()
    expect(page.get_by_label("Your message")).to_be_focused()
    return page


@pytest.fixture
def console(browser: Browser, product: Product) -> Page:
    page = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800}).new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{product.address}/console")
    page.get_by_label("E-mail").fill(DEMO_AGENT)
    page.get_by_label("Password", exact=True).fill(product.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("tab", name=re.compile("Queue"))).to_be_visible()
    return page


def say(page: Page, text: str) -> None:
    page.get_by_label("Your message").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator("[data-speaker=visitor] .text").last).to_have_text(text)


def shows(page: Page, pattern: str) -> None:
    said = page.locator(".bubble .text").filter(has_text=re.compile(pattern))
    expect(said.last).to_be_visible(timeout=15_000)


def test_from_a_routine_question_to_a_person_and_back(shop: Page, console: Page) -> None:
    for question, answer in QUESTIONS:
        say(shop, question)
        shows(shop, answer)
    say(shop, "where is my order CK-10423?")
    shows(shop, "CK-10423")

    say(shop, "this is ridiculous, it is the third time I have to chase you and still no parcel")
    say(shop, "I want to speak to a real person")
    row = console.locator(".rows li").filter(has_text="Mara Lindqvist")
    expect(row).to_be_visible(timeout=15_000)
    row.locator("a").click()
    context = console.get_by_role("complementary")
    expect(context).to_contain_text("CK-10423")
    expect(context).to_contain_text(re.compile("person", re.I))

    console.get_by_role("button", name="Take over", exact=True).click()
    expect(shop.locator("body")).to_contain_text("Sam Reyes")
    console.locator("#reply").fill("Hello Mara, Sam here. I have your parcel on screen.")
    console.locator("#reply").press("Enter")
    shows(shop, "Sam here")
    say(shop, "thank you, can it come on monday")
    expect(console.get_by_role("main")).to_contain_text("can it come on monday")

    console.get_by_role("button", name="Hand back").click()
    console.get_by_role("dialog").get_by_role("textbox").fill("A new bag goes out on Monday by express.")
    console.get_by_role("dialog").get_by_role("button", name=re.compile("Hand back")).click()
    shows(shop, "Monday by express")
    say(shop, "great. do you sell gift cards?")
    shows(shop, r"£10")

    before = shop.locator(".bubble .text").all_inner_texts()
    shop.reload()
    expect(shop.get_by_label("Your message")).to_be_visible()
    expect(shop.locator(".bubble .text")).to_have_count(len(before), timeout=15_000)
    assert shop.locator(".bubble .text").all_inner_texts() == before
