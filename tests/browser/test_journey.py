"""One visitor, one bot, one person: the whole product in a real browser, from question to hand-back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page, expect

from bot.demo.seed import DEMO_AGENT
from bot.supervisor.product import Product
from tests.browser.conftest import chat_of
from tests.browser.journeys import row, say, shows, sign_in, visit

pytestmark = pytest.mark.slow
QUESTIONS = [
    ("what time do you open on sunday?", r"9[:.]30|Sunday"),
    ("how much does postage cost", r"£3\.95"),
    ("do you take amex", r"American Express"),
]


@pytest.fixture
def shop(own_page: Callable[[], Page], product: Product) -> Frame:
    return visit(own_page(), product, "c-mara")


@pytest.fixture
def console(own_page: Callable[[], Page], product: Product) -> Page:
    return sign_in(own_page(), product, DEMO_AGENT)


def test_from_a_routine_question_to_a_person_and_back(shop: Frame, console: Page) -> None:
    for question, answer in QUESTIONS:
        say(shop, question)
        shows(shop, answer)
    say(shop, "where is my order CK-10423?")
    shows(shop, "CK-10423")

    say(shop, "this is ridiculous, it is the third time I have to chase you and still no parcel")
    say(shop, "I want to speak to a real person")
    waiting = row(console, "Mara Lindqvist")
    expect(waiting).to_be_visible(timeout=15_000)
    waiting.locator("a").click()
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
    shop.page.reload()
    shop = chat_of(shop.page)
    expect(shop.get_by_label("Your message")).to_be_visible()
    expect(shop.locator(".bubble .text")).to_have_count(len(before), timeout=15_000)
    assert shop.locator(".bubble .text").all_inner_texts() == before
