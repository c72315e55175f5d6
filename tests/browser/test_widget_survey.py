"""The survey: one question at first, by keyboard and by ear, kept answer by answer, left with one key."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import opened, wait_until, write
from tests.browser.desk_fake import DeskFake
from tests.browser.test_widget_axe import violations

ASKED = {"op": "survey", "id": "s-1", "cause": "resolved", "recommend": True, "answers": {}}
OVER = {"op": "survey", "id": None, "cause": None}


def asked(chat: Frame, desk: DeskFake, **fields: object) -> None:
    write(chat, "Where is my order?")
    expect(chat.locator(".bubble")).to_have_count(1)
    desk.push({**ASKED, **fields})
    expect(chat.locator(".survey")).to_be_visible()


def answers(chat: Frame, desk: DeskFake, count: int) -> list[dict]:
    """Return the answers that came, each in its own frame, once there are so many."""
    wait_until(chat, lambda: len(desk.heard("survey")) >= count)
    told = [{k: v for k, v in frame.items() if k not in ("op", "cmid")} for frame in desk.heard("survey")]
    return told[-count:]


def test_it_takes_no_focus_and_is_said_once(chat: Frame, desk: DeskFake) -> None:
    write(chat, "Hello")
    desk.push(ASKED)
    expect(chat.get_by_role("region", name="How was this chat?")).to_be_visible()
    assert chat.evaluate("document.activeElement.id") == "kh-input"
    expect(chat.get_by_text("Below the conversation is a short survey")).to_have_count(1)
    expect(chat.get_by_role("group", name="How satisfied are you?")).to_be_hidden()


def test_answers_are_kept_one_by_one_with_the_keyboard_alone(chat: Frame, desk: DeskFake) -> None:
    asked(chat, desk)
    keys = chat.page.keyboard
    chat.get_by_role("button", name="Skip").focus()
    keys.press("Tab")
    keys.press("Space")
    assert answers(chat, desk, 1) == [{"id": "s-1", "understood": "yes", "done": False, "skipped": False}]
    keys.press("ArrowRight")
    keys.press("Tab")
    keys.press("ArrowRight")
    satisfied = chat.get_by_role("group", name="How satisfied are you?")
    expect(satisfied.get_by_role("radio", name="2")).to_be_focused()
    keys.press("Tab")
    keys.press("Space")
    expect(chat.get_by_role("radio", name="1, Very little")).to_be_checked()
    keys.press("Tab")
    keys.press("ArrowLeft")
    expect(chat.get_by_role("radio", name="10, Very likely")).to_be_checked()
    keys.press("Tab")
    keys.type("It took a while")
    keys.press("Tab")
    keys.press("Enter")
    expect(chat.locator(".thanks", has_text="If something is still open")).to_be_visible()
    expect(chat.locator(".survey")).to_have_count(0)
    wait_until(chat, lambda: bool(desk.heard("survey")[-1]["done"]))
    (told,) = answers(chat, desk, 1)
    kept = {"understood": "partly", "satisfaction": 2, "effort": 1, "recommend": 10}
    assert told == {"id": "s-1", **kept, "comment": "It took a while", "done": True, "skipped": False}
    assert chat.evaluate("document.activeElement.id") == "kh-input"
    write(chat, "One more thing")
    expect(chat.locator(".afterwards")).to_be_hidden()


def test_one_key_skips_it_and_leaves_the_chat_open(chat: Frame, desk: DeskFake) -> None:
    asked(chat, desk, answers={"understood": "yes"})
    expect(chat.get_by_role("radio", name="Yes")).to_be_checked()
    chat.get_by_role("radio", name="Yes").focus()
    chat.page.keyboard.press("Escape")
    expect(chat.locator(".afterwards")).to_be_hidden()
    expect(chat.get_by_label("Your message")).to_be_focused()
    (told,) = answers(chat, desk, 1)
    assert told == {"id": "s-1", "understood": "yes", "done": False, "skipped": True}


def test_it_goes_when_it_is_over_elsewhere(chat: Frame, desk: DeskFake) -> None:
    asked(chat, desk)
    desk.push(OVER)
    expect(chat.locator(".afterwards")).to_be_hidden()


def test_a_broken_line_keeps_the_form_and_sends_what_was_chosen(chat: Frame, desk: DeskFake) -> None:
    asked(chat, desk, recommend=False)
    chat.get_by_role("radio", name="No").click()
    expect(chat.get_by_role("group", name="How likely are you")).to_have_count(0)
    chat.get_by_label("What would you like to tell us?").fill("Half a sent")
    chat.page.context.set_offline(True)
    desk.cut()
    chat.get_by_role("group", name="How satisfied are you?").get_by_role("radio", name="3").click()
    chat.page.context.set_offline(False)
    wait_until(chat, lambda: any(frame.get("satisfaction") == 3 for frame in desk.heard("survey")))
    expect(chat.get_by_label("What would you like to tell us?")).to_have_value("Half a sent")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_everybody_can_read_and_press_it(
    page_with: Callable[..., Page], desk: DeskFake, scheme: str, width: int
) -> None:
    page = page_with(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    chat = opened(page)
    asked(chat, desk, answers={"understood": "partly", "satisfaction": 4})
    assert violations(chat) == []
    sizes = chat.locator(".grade").evaluate_all("all => all.map((it) => it.getBoundingClientRect().toJSON())")
    assert min(min(box["width"], box["height"]) for box in sizes) >= 24
    assert chat.evaluate("document.documentElement.scrollWidth <= innerWidth")
