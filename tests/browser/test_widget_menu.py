"""The menu in the header and its forms: by pointer, by keyboard, and what comes of each."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import bubbles, expect_delivery, opened, talking, wait_until, write
from tests.browser.desk_fake import DeskFake


def said(chat: Frame, text: str = "Hello") -> None:
    write(chat, text)
    expect_delivery(chat, "Sent")


def choose(chat: Frame, entry: str) -> None:
    chat.get_by_role("button", name="More").click()
    chat.get_by_role("menu").get_by_text(entry).click()


def test_the_menu_offers_only_what_can_be_done(chat: Frame, desk: DeskFake) -> None:
    entries = chat.get_by_role("menu").locator("button span:first-child")
    chat.get_by_role("button", name="More").click()
    expect(entries).to_have_text(["Sound", "Language"])
    chat.page.keyboard.press("Escape")
    said(chat)
    chat.get_by_role("button", name="More").click()
    expect(entries).to_have_text(
        ["Sound", "Language", "Download this chat", "End the chat", "Delete my data"]
    )
    desk.offers = {"transcript": True, "continuation": True}
    desk.cut()
    wait_until(chat, lambda: len(desk.heard("hello")) == 2)
    chat.page.keyboard.press("Escape")
    chat.get_by_role("button", name="More").click()
    expect(entries).to_contain_text(["Send a copy by e-mail", "Go on on another device"])


def test_the_menu_by_keyboard(chat: Frame) -> None:
    said(chat)
    more, keys = chat.get_by_role("button", name="More"), chat.page.keyboard
    more.focus()
    keys.press("ArrowDown")
    focused = chat.get_by_role("menu").locator("button:focus span:first-child")
    for key, entry in (
        ("End", "Delete my data"),
        ("ArrowDown", "Sound"),
        ("ArrowUp", "Delete my data"),
        ("Home", "Sound"),
        ("d", "Download this chat"),
        ("d", "Delete my data"),
        ("d", "Download this chat"),
    ):
        keys.press(key)
        expect(focused).to_have_text(entry)
    keys.press("Escape")
    expect(chat.get_by_role("menu")).to_be_hidden()
    expect(more).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "false")
    keys.press("ArrowUp")
    expect(focused).to_have_text("Delete my data")
    keys.press("Tab")
    expect(chat.get_by_role("menu")).to_be_hidden()
    assert chat.locator(".panel").is_visible(), "Escape and Tab concerned the menu, not the chat"


def test_a_form_gives_the_focus_back_and_says_what_is_wrong(chat: Frame, desk: DeskFake) -> None:
    desk.offers = {"transcript": True}
    said(chat)
    desk.cut()
    wait_until(chat, lambda: len(desk.heard("hello")) == 2)
    choose(chat, "Send a copy")
    field = chat.get_by_label("E-mail address")
    expect(field).to_be_focused()
    field.fill("mara")
    field.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        "That is no complete address. It should read like name@example.com."
    )
    desk.errors = [("too_many", "That was a lot of copies. Please wait a little.")]
    field.fill("mara@example.com")
    field.press("Enter")
    expect(chat.get_by_text("That was a lot of copies.")).to_be_focused()
    chat.get_by_role("button", name="Send the copy").click()
    expect(chat.get_by_role("dialog")).to_have_count(0)
    expect(chat.locator(".banner")).to_have_text("It is on its way to mara@example.com.")
    expect(chat.locator("[aria-live] p", has_text="It is on its way")).to_have_count(1)
    expect(chat.get_by_role("button", name="More")).to_be_focused()
    assert [frame["email"] for frame in desk.heard("transcript")] == ["mara@example.com"] * 2


def test_escape_closes_the_form_and_not_the_chat(chat: Frame) -> None:
    said(chat)
    choose(chat, "Delete my data")
    expect(chat.get_by_role("button", name="Keep it")).to_be_focused()
    chat.page.keyboard.press("Escape")
    expect(chat.get_by_role("dialog")).to_have_count(0)
    expect(chat.get_by_role("button", name="More")).to_be_focused()
    expect(chat.locator(".panel")).to_be_visible()


def test_ending_leaves_the_words_and_writing_goes_on(chat: Frame, desk: DeskFake) -> None:
    said(chat)
    choose(chat, "End the chat")
    chat.get_by_role("dialog").get_by_role("button", name="End the chat").click()
    wait_until(chat, lambda: len(desk.heard("end")) == 1)
    expect(chat.get_by_role("dialog")).to_have_count(0)
    assert bubbles(chat) == ["Hello"]
    said(chat, "One more thing")
    assert list(desk.messages) == ["token-1"]


def test_deleting_leaves_nothing_here_nor_there(chat: Frame, desk: DeskFake) -> None:
    said(chat)
    chat.get_by_label("Your message").fill("half a thought")
    choose(chat, "Delete my data")
    chat.get_by_role("button", name="Delete for good").click()
    expect(chat.locator(".banner")).to_have_text("Everything has been deleted.")
    expect(chat.locator(".bubble")).to_have_count(0)
    expect(chat.get_by_label("Your message")).to_have_value("")
    wait_until(chat, lambda: desk.messages == {"token-1": []})
    assert [hello["token"] for hello in desk.heard("hello")] == [None, None], "a new conversation begins"
    assert chat.evaluate("[sessionStorage['kindhand.draft'], sessionStorage['kindhand.outbox']]") == [
        None,
        None,
    ]


def test_the_chat_can_be_taken_along_as_a_file(chat: Frame, desk: DeskFake, tmp_path: Path) -> None:
    said(chat, "Where is it?")
    desk.speak("bot", "On its way.", name="Pip")
    desk.speak("agent", "Tomorrow!", name="Sam Reyes")
    expect(chat.locator(".bubble")).to_have_count(3)
    with chat.page.expect_download() as download:
        choose(chat, "Download this chat")
    assert re.fullmatch(r"Copper Kettle Coffee \d{4}-\d\d-\d\d\.txt", download.value.suggested_filename)
    download.value.save_as(file := tmp_path / "chat.txt")
    lines = file.read_text("utf-8").splitlines()
    assert lines[0] == "Copper Kettle Coffee"
    assert [re.sub(r"^\d\d:\d\d  ", "", line) for line in lines[-3:]] == [
        "You: Where is it?",
        "Pip, automated: On its way.",
        "Sam Reyes, a person: Tomorrow!",
    ]


def test_another_language_is_kept_and_told_to_the_desk(chat: Frame, desk: DeskFake) -> None:
    said(chat)
    choose(chat, "Language")
    chat.get_by_label("Deutsch").check()
    chat.get_by_role("button", name="Use this language").click()
    expect(chat.get_by_role("button", name="Mit einem Menschen sprechen")).to_be_visible()
    wait_until(chat, lambda: desk.heard("hello")[-1].get("locale") == "de")
    chat.page.reload()
    chat = talking(chat.page)
    expect(chat.get_by_label("Ihre Nachricht")).to_be_visible()
    assert chat.evaluate("document.documentElement.lang") == "de"


def test_sound_is_off_until_it_is_turned_on_and_then_kept(chat: Frame, desk: DeskFake) -> None:
    chat.evaluate(
        """() => {
          window.tones = 0;
          const start = OscillatorNode.prototype.start;
          OscillatorNode.prototype.start = function (at) { tones += 1; return start.call(this, at); };
        }"""
    )
    desk.speak("bot", "Quiet", name="Pip")
    expect(chat.locator(".bubble")).to_have_count(1)
    assert chat.evaluate("[tones, localStorage.getItem('kindhand.sound')]") == [0, None]
    chat.get_by_role("button", name="More").click()
    sound = chat.get_by_role("menuitemcheckbox", name="Sound")
    expect(sound).to_have_attribute("aria-checked", "false")
    sound.click()
    wait_until(chat, lambda: chat.evaluate("tones") == 2)
    desk.speak("bot", "Heard", name="Pip")
    wait_until(chat, lambda: chat.evaluate("tones") == 4)
    chat.get_by_role("button", name="More").click()
    expect(sound).to_have_attribute("aria-checked", "true")
    assert chat.evaluate("localStorage.getItem('kindhand.sound')") == "on"


def test_the_forms_fit_on_the_smallest_screen(page_with: Callable[..., Page], desk: DeskFake) -> None:
    desk.offers = {"transcript": True, "continuation": True}
    page = page_with(viewport={"width": 320, "height": 568}, reduced_motion="reduce")
    chat = opened(page)
    said(chat)
    chat.get_by_role("button", name="More").click()
    seen = [chat.get_by_role("menu").bounding_box()]
    chat.page.keyboard.press("Escape")
    for entry in ("Language", "Send a copy", "Go on on another device", "Delete my data"):
        choose(chat, entry)
        form = chat.get_by_role("dialog")
        seen.append(form.bounding_box())
        assert form.evaluate("form => form.scrollWidth - form.clientWidth") == 0
        for button in form.get_by_role("button").all():
            assert button.bounding_box()["height"] >= 44
        chat.page.keyboard.press("Escape")
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 320 and box["y"] >= 0 for box in seen)
