"""Two agents and three visitors: the whole product in five browsers, from the queue to the end."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Frame, Page, Route, expect

from bot.demo.seed import AGENTS
from bot.supervisor.product import Product
from tests.browser.conftest import expect_delivery, wait_until
from tests.browser.journeys import PATIENCE, clear_the_desk, offer, row, say, shows, sign_in, visit

pytestmark = pytest.mark.slow
MARA, HANA, LUCA, TOM = "Mara Lindqvist", "Hana Nováková", "Luca Moretti", "Tom Okafor"
UPSET = (
    "that is what you told me last week as well, and it is late again",
    "this is the third time I have to chase you. nobody does anything, I am absolutely furious",
)
DRAFT = "Hello Mara, Noor here, I will look at it at once."
NOTE = "Regular since 2023: no vouchers, she wants the parcel."
KEPT = "Hello Luca, Noor here, I have it on screen."
PASSED_ON = "New bag agreed, the address is still to be checked."
AGREED = "A new bag goes out on Monday by express."


@pytest.fixture
def sam(own_page: Callable[[], Page], product: Product) -> Iterator[Page]:
    """The owner, who leaves a desk where nobody waits."""
    page = sign_in(own_page(), product, AGENTS[0]["email"])
    yield page
    clear_the_desk(page)


@pytest.fixture
def noor(own_page: Callable[[], Page], product: Product) -> Page:
    return sign_in(own_page(), product, AGENTS[1]["email"])


def test_each_visitor_finds_the_right_one_and_two_agents_never_collide(
    sam: Page, noor: Page, own_page: Callable[[], Page], product: Product
) -> None:
    told: list[str] = []
    mara = visit(heard(own_page(), told), product, "c-mara")
    hana, aiko = visit(own_page(), product, "c-hana"), visit(own_page(), product, "c-aiko")
    say(aiko, "do you take amex")
    say(hana, "where is my order CK-10418?")
    shows(aiko, "American Express")
    shows(hana, "CK-10418")
    answered(hana, UPSET[0])

    mara.get_by_role("button", name="Talk to a person").first.click()
    expect(mara.locator(".subtitle")).to_contain_text("Waiting for a person", timeout=PATIENCE)
    expect(offer(sam)).to_contain_text(MARA, timeout=PATIENCE)
    expect(offer(sam)).to_contain_text("Sam: spoke with Mara on")
    say(hana, UPSET[1])
    expect(hana.locator(".subtitle")).to_contain_text("Waiting for a person", timeout=PATIENCE)
    for console in (sam, noor):
        expect(row(console, MARA)).to_be_visible()
        expect(row(console, HANA)).to_be_visible()
    expect(row(noor, MARA)).to_contain_text("Offered to Sam")
    expect(offer(noor)).to_contain_text(HANA, timeout=PATIENCE)
    expect(offer(noor)).to_contain_text("Noor: ")

    both_reach_for_mara(sam, noor)
    they_talk(sam, mara)
    sam.get_by_role("button", name="Private note").click()
    sam.locator("#reply").fill(NOTE)
    sam.get_by_role("button", name="Save note").click()
    expect(noor.locator(".log")).to_contain_text(NOTE)

    offer(noor).get_by_role("button", name="Take it").click()
    expect(hana.locator("body")).to_contain_text("Noor Haddad has joined the chat.")
    noor.locator("#reply").fill("Hana, Noor here. Your parcel comes today, I have the driver on the phone.")
    noor.locator("#reply").press("Enter")
    shows(hana, "Noor here")
    it_ends_and_goes_on(noor, hana)

    say(aiko, "how much does postage cost")
    shows(aiko, r"£3\.95")
    expect(aiko.locator(".subtitle")).to_have_text("Automated assistant")
    expect(aiko.locator("[data-speaker=agent]")).to_have_count(0)
    assert any("Sam here" in frame for frame in told)
    assert not any(NOTE in frame for frame in told)


def both_reach_for_mara(sam: Page, noor: Page) -> None:
    """Noor is first to press, Sam is first to arrive."""
    row(noor, MARA).locator("a").click()
    noor.locator("#reply").fill(DRAFT)
    held: list[Route] = []
    noor.route("**/claim", lambda route: held.append(route))
    noor.get_by_role("button", name="Take over and send").click()
    wait_until(noor, lambda: bool(held))
    offer(sam).get_by_role("button", name="Take it").click()
    expect(sam.locator(".head-owner")).to_have_text("You are talking")
    held[0].continue_()
    noor.unroute("**/claim")
    answer = "Sam Reyes has this conversation now. What you typed is kept."
    expect(noor.locator(".notice")).to_have_text(answer)
    expect(noor.locator("#reply")).to_have_value(DRAFT)
    expect(sam.locator(".viewers")).to_have_text("Noor is looking too")


def they_talk(sam: Page, mara: Frame) -> None:
    """Words, typing and what was seen go both ways."""
    expect(mara.locator("body")).to_contain_text("Sam Reyes has joined the chat.")
    sam.locator("#reply").press_sequentially("Mara, Sam here. I have your parcel on screen.")
    expect(mara.locator(".typing")).to_have_text("Sam Reyes is writing")
    sam.locator("#reply").press("Enter")
    shows(mara, "Sam here")
    expect(sam.locator(".sent")).to_have_text("Seen")
    mara.get_by_label("Your message").press_sequentially("thank you, can it come on monday")
    expect(sam.locator(".typing")).to_have_text(f"{MARA} is typing…")
    mara.page.keyboard.press("Enter")
    expect(sam.locator(".log")).to_contain_text("can it come on monday")
    expect_delivery(mara, "Read")


def it_ends_and_goes_on(noor: Page, hana: Frame) -> None:
    """Resolved with how it ended, judged in one click each, and opened again."""
    noor.get_by_role("button", name="Resolve").click()
    noor.get_by_label("Will be answered later").check()
    noor.get_by_role("dialog").get_by_role("button", name="Resolve").click()
    expect(noor.locator(".standing")).to_contain_text("will be answered later")
    shows_line(hana, "This conversation is finished")
    for question, answer in (
        ("Was it right to call a person?", "Too late"),
        ("Was the mood read right?", "Right"),
    ):
        asked = noor.get_by_role("group", name=question)
        asked.get_by_role("button", name=answer, exact=True).click()
        expect(asked.get_by_role("button", name=answer, exact=True)).to_have_attribute("aria-pressed", "true")
    noor.get_by_role("button", name="Reopen").click()
    expect(noor.locator(".head-owner")).to_have_text("You are talking")
    shows_line(hana, "Noor Haddad has opened this conversation again")


def test_a_customer_goes_from_hand_to_hand_and_nothing_gets_lost(
    sam: Page, noor: Page, own_page: Callable[[], Page], product: Product
) -> None:
    told: list[str] = []
    luca, tom = visit(heard(own_page(), told), product, "c-luca"), visit(own_page(), product, "c-tom")
    say(luca, "I want to speak to a real person")
    row(sam, LUCA).locator("a").click(timeout=PATIENCE)
    sam.get_by_role("button", name="Take over", exact=True).click()
    shows_line(luca, "Sam Reyes has joined the chat")

    sam.get_by_role("button", name="More").click()
    sam.get_by_role("menuitem", name="Transfer").click()
    sam.get_by_role("dialog").get_by_role("radio", name=re.compile("^Noor Haddad")).check()
    sam.get_by_role("dialog").get_by_label("Note for them").fill(PASSED_ON)
    sam.get_by_role("dialog").get_by_role("button", name="Transfer").click()
    shows_line(luca, "You are being passed to a colleague")
    expect(offer(noor)).to_contain_text("From Sam Reyes")
    offer(noor).get_by_role("button", name="Take it").click()
    shows_line(luca, "Noor Haddad has joined the chat")
    expect(noor.locator(".log")).to_contain_text(PASSED_ON)

    noor.locator("#reply").fill(KEPT)
    noor.reload()
    expect(noor.locator("#reply")).to_have_value(KEPT)
    noor.locator("#reply").press("Enter")
    shows(luca, re.escape(KEPT))

    noor.get_by_role("button", name="Hand back").click()
    noor.get_by_role("dialog").get_by_role("textbox").fill(AGREED)
    noor.get_by_role("dialog").get_by_role("button", name="Hand back").click()
    shows(luca, re.escape(AGREED))
    say(luca, "great. do you sell gift cards?")
    shows(luca, "£10")
    assert not any(PASSED_ON in frame for frame in told)

    tom.get_by_role("button", name="Talk to a person").first.click()
    for console in (sam, noor):
        console.get_by_role("tab", name="Queue").click()
        expect(row(console, TOM)).to_be_visible(timeout=PATIENCE)
    tom.get_by_role("button", name="Go on with the assistant").click()
    shows_line(tom, "You have left the queue")
    for console in (sam, noor):
        expect(row(console, TOM)).to_have_count(0)
        expect(offer(console)).to_be_hidden()
    say(tom, "what time do you open on sunday?")
    shows(tom, "9[:.]30|Sunday")


def heard(page: Page, frames: list[str]) -> Page:
    """Keep every frame that the page is sent."""
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    return page


def answered(page: Frame, text: str) -> None:
    """Say something as a visitor and wait for the bot's answer to it."""
    before = page.locator("[data-speaker=bot]").count()
    say(page, text)
    expect(page.locator("[data-speaker=bot]").nth(before)).to_be_visible(timeout=PATIENCE)


def shows_line(page: Frame, words: str) -> None:
    """Wait until a visitor reads this between the bubbles."""
    expect(page.locator(".rows").get_by_text(words).last).to_be_visible(timeout=PATIENCE)
