"""What the chat offers beside talking: faces, an order's card, a call back, questions first, one voice."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import bubbles, expect_delivery, opened, talking, wait_until, write
from tests.browser.desk_fake import DeskFake
from tests.browser.test_widget_axe import ASKED, CARD


def said(chat: Frame, text: str = "Hello") -> None:
    write(chat, text)
    expect_delivery(chat, "Sent")


# -- beside the words --------------------------------------------------------------------------------------


def test_a_face_is_put_where_the_cursor_is(chat: Frame) -> None:
    field, keys = chat.get_by_label("Your message"), chat.page.keyboard
    field.fill("Thank you!")
    field.press("Home")
    for _ in range(9):
        field.press("ArrowRight")
    chat.get_by_role("button", name="Emoji").click()
    faces = chat.get_by_role("dialog", name="Emoji")
    expect(faces).to_be_visible()
    for key in ("ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"):
        keys.press(key)
    keys.press("Enter")
    expect(field).to_have_value("Thank you😄!")
    expect(field).to_be_focused()
    chat.get_by_role("button", name="Emoji").click()
    expect(faces).to_be_visible()
    keys.press("Escape")
    expect(faces).to_have_count(0)
    expect(chat.get_by_role("button", name="Emoji")).to_be_focused()
    expect(chat.locator(".panel")).to_be_visible()


def test_an_order_is_drawn_in_the_readers_own_way(chat: Frame, desk: DeskFake) -> None:
    desk.speak("bot", "It is on its way.", name="Pip", card=CARD)
    card = chat.get_by_role("group", name="Order CK-10423")
    for words in ("On its way", "2 ×", "Guji Natural", "Thu 12 Nov", "RM 7730 4512 9GB", "£31.50"):
        expect(card).to_contain_text(words)
    assert card.locator("[data-done]").count() == 3
    assert bubbles(chat) == ["It is on its way."], "the words are there for whoever sees no card"
    chat.page.evaluate("Kindhand.setLocale('de')")
    expect(chat.get_by_role("group", name="Bestellung CK-10423")).to_contain_text("31,50 £")


@pytest.mark.parametrize(
    "card",
    [
        {"kind": "spell"},
        {"kind": "order", "number": "CK-1", "status": "cancelled", "expected_at": "2026-11-19T12:00:00Z"},
        {"kind": "order", "number": "<b>CK-1</b>", "status": "<i>"},
    ],
)
def test_a_card_shows_what_is_known_and_nothing_else(chat: Frame, desk: DeskFake, card: dict) -> None:
    desk.speak("bot", "So it stands.", name="Pip", card=card)
    expect(chat.locator(".bubble")).to_have_count(1)
    drawn = chat.locator(".card")
    assert drawn.count() == (card["kind"] == "order")
    assert drawn.locator("b, i, dl").count() == 0
    for number in drawn.locator(".number").all_inner_texts():
        assert number == f"Order {card['number']}"


# -- waiting, and before the first word --------------------------------------------------------------------


@pytest.fixture
def waiting(chat: Frame, desk: DeskFake) -> Frame:
    said(chat)
    desk.hand_to("waiting")
    chat.get_by_role("button", name="Leave an e-mail or a time for a call").click()
    expect(chat.get_by_role("dialog")).to_be_visible()
    return chat


def test_who_waits_may_leave_an_address(waiting: Frame, desk: DeskFake) -> None:
    waiting.get_by_label("E-mail address").fill("mara@example.com")
    waiting.get_by_role("button", name="Leave it with us").click()
    expect(waiting.get_by_role("dialog")).to_have_count(0)
    (left,) = desk.heard("callback")
    assert (left["email"], left["phone"], left["at"]) == ("mara@example.com", None, None)


def test_who_waits_may_name_a_time_for_a_call_that_is_still_to_come(waiting: Frame, desk: DeskFake) -> None:
    waiting.get_by_label("By phone").check()
    expect(waiting.get_by_label("E-mail address")).to_be_hidden()
    waiting.get_by_label("Phone number").fill("+44 7700 900245")
    day, leave = waiting.get_by_label("Day"), waiting.get_by_role("button", name="Leave it with us")
    day.fill("2020-01-31")
    leave.click()
    expect(day).to_have_accessible_description("Please choose a moment that is still to come.")
    tomorrow = date.today() + timedelta(days=2)
    day.fill(tomorrow.isoformat())
    waiting.get_by_label("Time").fill("15:30")
    leave.click()
    wait_until(waiting, lambda: len(desk.heard("callback")) == 1)
    (left,) = desk.heard("callback")
    zoned = waiting.evaluate("at => new Date(at).toString()", left["at"])
    assert left["phone"] == "+44 7700 900245" and "15:30" in zoned
    assert left["at"].endswith("Z")


def test_what_is_asked_before_the_first_message_waits_for_consent(page: Page, desk: DeskFake) -> None:
    desk.offers = {"prechat": ASKED}
    chat = opened(page)
    expect(chat.get_by_label("Your name")).to_be_focused()
    expect(chat.get_by_label("Your message")).to_be_hidden()
    expect(chat.get_by_role("button", name="Talk to a person")).to_be_visible()
    chat.get_by_role("button", name="Start the chat").click()
    expect(chat.get_by_label("About")).to_be_focused()
    chat.get_by_label("About").select_option("Coffee")
    chat.get_by_role("button", name="Start the chat").click()
    expect(chat.get_by_label("I agree")).to_be_focused()
    assert desk.heard("prechat") == []
    chat.get_by_label("I agree").check()
    chat.get_by_role("button", name="Start the chat").click()
    expect(chat.get_by_label("Your message")).to_be_focused()
    (told,) = desk.heard("prechat")
    assert (told["answers"], told["consent"]) == ({"topic": "Coffee"}, True)
    said(chat)


def test_the_questions_fit_on_the_smallest_screen(page_with: Callable[..., Page], desk: DeskFake) -> None:
    consent = {"text": f"I agree to {'long' * 30}.", "link": f"https://copperkettle.example/{'privacy' * 9}"}
    desk.offers = {"prechat": {**ASKED, "consent": consent}}
    chat = opened(page_with(viewport={"width": 320, "height": 568}))
    form = chat.locator(".questions form")
    expect(form.get_by_role("link", name="Read more")).to_have_attribute("href", consent["link"])
    assert form.evaluate("form => form.scrollWidth - form.clientWidth") == 0


def test_questions_that_nobody_has_to_answer_can_be_skipped(page: Page, desk: DeskFake) -> None:
    free = [{"key": "name", "label": "Your name", "kind": "text", "required": False}]
    desk.offers = {"prechat": {"questions": free, "consent": None}}
    chat = opened(page)
    chat.get_by_role("button", name="Skip").click()
    expect(chat.get_by_label("Your message")).to_be_focused()
    assert [told["answers"] for told in desk.heard("prechat")] == [{}]


def test_who_has_spoken_before_is_not_asked(chat: Frame, desk: DeskFake) -> None:
    said(chat)
    desk.offers = {"prechat": ASKED}
    chat.page.reload()
    chat = talking(chat.page)
    expect(chat.locator(".bubble")).to_have_count(1)
    expect(chat.get_by_label("Your message")).to_be_visible()
    expect(chat.get_by_label("Your name")).to_have_count(0)


# -- by the link of a letter -------------------------------------------------------------------------------


def test_a_letters_link_opens_the_conversation_by_a_button_and_once(chat: Frame, desk: DeskFake) -> None:
    said(chat, "On my phone")
    desk.links = {"abc": "token-1"}
    laptop = chat.page.context.browser.new_page(base_url=desk.address, locale="en-GB")
    laptop.goto("/chat#continue=abc")
    button = laptop.get_by_role("button", name="Go on here")
    expect(button).to_be_focused()
    assert len(desk.heard("hello")) == 1 and desk.links, "opening the page alone uses nothing up"
    button.click()
    expect(laptop.locator(".bubble .text")).to_have_text(["On my phone"])
    assert "abc" not in laptop.url
    laptop.goto("/shop")
    laptop.goto("/chat#continue=abc")
    button.click()
    expect(laptop.get_by_text("Over.")).to_be_focused()
    laptop.get_by_role("button", name="Not now").click()
    expect(laptop.locator(".bubble .text")).to_have_text(["On my phone"])
    expect(laptop.get_by_role("button", name="Close chat")).to_have_count(0)
    laptop.context.close()


# -- one voice ---------------------------------------------------------------------------------------------


def test_there_is_one_voice_and_it_says_who_came(chat: Frame, desk: DeskFake) -> None:
    voice = chat.locator("[aria-live], [role=status], [role=alert], [role=log]")
    expect(voice).to_have_count(1)
    heard = voice.locator("p")
    desk.push({"op": "typing", "speaker": "agent", "name": "Sam Reyes", "on": True})
    desk.hand_to("agent", "Sam Reyes")
    expect(heard).to_have_text(["Sam Reyes is writing", "Sam Reyes has joined"])
    desk.speak("agent", "Hello", name="Sam Reyes")
    desk.speak("system", "Sam Reyes has left the chat.")
    expect(heard).to_have_text(
        [re.compile(".*")] * 2 + ["Sam Reyes, a person: Hello", "Sam Reyes has left the chat."]
    )


def test_the_field_says_who_is_written_to(chat: Frame, desk: DeskFake) -> None:
    field = chat.get_by_label("Your message")
    expect(field).to_have_accessible_description(re.compile("an automated assistant, a bot"))
    desk.hand_to("agent", "Sam Reyes")
    expect(field).to_have_accessible_description("You are talking to a person")
