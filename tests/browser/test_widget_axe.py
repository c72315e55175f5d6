"""axe finds nothing: WCAG 2.2 AA in every state of the chat, light and dark, on a desk and on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import opened, write
from tests.browser.desk_fake import DeskFake

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": WCAG}}
GREETING = {
    "text": "Hello.",
    "buttons": [{"id": "a", "title": "Opening hours", "text": "When are you open?"}],
}
ASKED = {
    "questions": [
        {"key": "name", "label": "Your name", "kind": "text", "required": False},
        {"key": "topic", "label": "About", "kind": "choice", "required": True, "options": ["Coffee", "Tea"]},
    ],
    "consent": {"text": "I agree.", "link": "https://copperkettle.example/privacy"},
}
CARD = {
    "kind": "order",
    "number": "CK-10423",
    "status": "shipped",
    "placed_at": "2026-11-12T09:30:00Z",
    "expected_at": "2026-11-19T12:00:00Z",
    "items": [{"name": "Guji Natural", "quantity": 2}],
    "total": 31.5,
    "currency": "GBP",
    "tracking": "RM 7730 4512 9GB",
}
CHOICES = [{"id": "1", "title": "Yes, please"}, {"id": "2", "title": "No, thanks"}]
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
FINISHED = """Promise.all(document.getAnimations()
  .filter((moving) => moving.effect.getTiming().iterations === 1).map((moving) => moving.finished))"""
LOOKS: dict[str, dict[str, Any]] = {
    "light": {**DESKTOP, "color_scheme": "light"},
    "dark": {**DESKTOP, "color_scheme": "dark"},
    "phone-light": {**PHONE, "color_scheme": "light"},
    "phone-dark": {**PHONE, "color_scheme": "dark"},
    "forced-colours": {
        **DESKTOP,
        "color_scheme": "dark",
        "forced_colors": "active",
        "contrast": "more",
    },
}


def violations(*places: Page | Frame) -> list[str]:
    """Wait until nothing moves, then run axe in the page, through the shadow root, and in the chat."""
    found = []
    for place in places:
        place.evaluate(FINISHED)
        found += Axe().run(place, options=RULES).response["violations"]
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes']]}" for rule in found]


def questions(chat: Frame, desk: DeskFake) -> None:
    chat.get_by_role("button", name="Start the chat").click()
    expect(chat.locator(".wrong:visible")).to_have_count(2)


def empty(chat: Frame, desk: DeskFake) -> None:
    chat.get_by_label("About").select_option("Tea")
    chat.get_by_label("I agree").check()
    chat.get_by_role("button", name="Start the chat").click()
    expect(chat.get_by_label("Your message")).to_be_focused()


def talk(chat: Frame, desk: DeskFake) -> None:
    write(chat, "Where is my order CK-10423?")
    desk.speak("bot", "On its way: https://track.example/1", name="Pip", card=CARD, buttons=CHOICES)
    expect(chat.get_by_role("button", name="Yes, please")).to_be_visible()


def typing(chat: Frame, desk: DeskFake) -> None:
    desk.push({"op": "typing", "speaker": "bot", "name": "Pip", "on": True})
    expect(chat.locator(".typing")).not_to_be_empty()


def menu(chat: Frame, desk: DeskFake) -> None:
    chat.get_by_role("button", name="More").click()
    expect(chat.get_by_role("menu")).to_be_visible()


def _form(chat: Frame, entry: str) -> None:
    if not chat.get_by_role("menu").is_visible():
        chat.get_by_role("button", name="More").click()
    chat.get_by_role("menuitem", name=entry).click()
    expect(chat.get_by_role("dialog")).to_be_visible()


def copy(chat: Frame, desk: DeskFake) -> None:
    _form(chat, "Send a copy")
    chat.get_by_role("button", name="Send the copy").click()
    expect(chat.locator(".wrong:visible")).to_have_text("Please fill this in.")


def language(chat: Frame, desk: DeskFake) -> None:
    chat.get_by_role("button", name="Cancel").click()
    _form(chat, "Language")


def erase(chat: Frame, desk: DeskFake) -> None:
    chat.get_by_role("button", name="Cancel").click()
    _form(chat, "Delete my data")


def told(chat: Frame, desk: DeskFake) -> None:
    chat.get_by_role("button", name="Keep it").click()
    _form(chat, "Go on on another device")
    chat.get_by_label("E-mail address").fill("mara@example.com")
    chat.get_by_role("button", name="Send the link").click()
    expect(chat.locator(".banner")).to_have_text("It is on its way to mara@example.com.")


def emoji(chat: Frame, desk: DeskFake) -> None:
    if chat.get_by_role("button", name="Emoji").is_visible():
        chat.get_by_role("button", name="Emoji").click()
        expect(chat.get_by_role("dialog")).to_be_visible()


def waiting(chat: Frame, desk: DeskFake) -> None:
    desk.hand_to("waiting")
    desk.speak("system", "You asked to talk to a person.")
    desk.push({"op": "queue", "availability": "wait", "place": 3, "minutes": 5, "promised_at": None})
    expect(chat.get_by_text("2 before you, about 5 minutes", exact=True)).to_be_visible()


def callback(chat: Frame, desk: DeskFake) -> None:
    chat.get_by_role("button", name="Leave an e-mail").click()
    chat.get_by_label("By phone").check()
    expect(chat.get_by_label("Day")).to_be_visible()


def agent(chat: Frame, desk: DeskFake) -> None:
    chat.get_by_role("button", name="Cancel").click()
    desk.hand_to("agent", "Sam Reyes")
    desk.speak("system", "I'm passing you to a colleague, along with everything you've told me, in a moment.")
    desk.speak("agent", "Hello, Sam here.", name="Sam Reyes")
    expect(chat.locator(".said[data-speaker=agent]")).to_be_visible()


def offline(chat: Frame, desk: DeskFake) -> None:
    desk.errors = [("internal", "That did not work.")]
    write(chat, "Lost?")
    expect(chat.get_by_role("button", name="Try again")).to_be_visible()
    chat.page.context.set_offline(True)
    expect(chat.locator(".banner")).to_contain_text("No connection")


def closed(chat: Frame, desk: DeskFake) -> None:
    chat.page.context.set_offline(False)
    chat.get_by_role("button", name="Close chat").click()
    desk.speak("bot", "Are you there?", name="Pip")
    expect(chat.page.locator(".count")).to_be_visible()


STATES = (
    questions,
    empty,
    talk,
    typing,
    menu,
    copy,
    language,
    erase,
    told,
    emoji,
    waiting,
    callback,
    agent,
    offline,
)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_any_state(desk: DeskFake, page_with: Callable[..., Page], look: str) -> None:
    desk.greeting = GREETING
    desk.offers = {"prechat": ASKED, "transcript": True, "continuation": True}
    page = page_with(reduced_motion="reduce", **LOOKS[look])
    found = {"untouched": violations(page)}
    chat = opened(page)
    expect(chat.get_by_role("button", name="Start the chat")).to_be_visible()
    found["opened"] = violations(page, chat)
    for state in STATES:
        state(chat, desk)
        found[state.__name__] = violations(chat)
    closed(chat, desk)
    found["closed"] = violations(page)
    assert found == {state: [] for state in found}
