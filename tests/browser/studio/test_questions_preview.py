"""How an answer looks: in the chat itself, for each mood, beside the form or over it on a phone."""

from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.studio.conftest import OpenStudio


def chat(page: Page) -> FrameLocator:
    return page.frame_locator(".q-frame")


def mood(page: Page, words: str) -> None:
    page.locator(".q-moods label", has_text=words).click()


def test_the_real_chat_shows_what_is_typed_with_its_facts(studio: OpenStudio) -> None:
    page = studio("questions/decaf")
    expect(chat(page).locator("#kh-title")).to_have_text("Copper Kettle Coffee")
    said = chat(page).locator(".said[data-speaker=bot] .text")
    expect(said).to_contain_text("Yes: Quiet Kettle, a Colombian")
    expect(chat(page).locator(".said[data-speaker=visitor] .text")).to_have_text("do you have decaf")
    box = page.get_by_role("textbox", name="Plain, for the calm, wording 2 of 2")
    box.fill("In {shipping_time}. <b>Bold?</b> https://copperkettle.example")
    expect(said).to_have_text("In 2 to 3 working days. <b>Bold?</b> https://copperkettle.example")
    expect(said.get_by_role("link")).to_have_attribute("href", "https://copperkettle.example/")
    page.get_by_role("button", name="Wording before").click()
    expect(said).to_contain_text("Yes: Quiet Kettle")
    page.get_by_label("The question", exact=True).fill("Any decaf?")
    expect(chat(page).locator(".said[data-speaker=visitor] .text")).to_have_text("Any decaf?")


def test_each_mood_has_its_wording_or_is_said_to_have_none(studio: OpenStudio) -> None:
    page = studio("questions/account_password")
    said = chat(page).locator(".said[data-speaker=bot] .text")
    expect(said).to_contain_text("Here you can set a new one")
    mood(page, "upset")
    expect(said).to_contain_text("You need your account and it won't let you in.")
    expect(
        chat(page).get_by_role("button", name="Let a colleague do it", include_hidden=True)
    ).to_be_visible()
    expect(page.locator(".q-steps")).to_contain_text("Wording 1 of 3")
    page.get_by_role("button", name="Next wording").click()
    expect(said).to_contain_text("It's your account")
    page.get_by_role("textbox", name="Warm, for the uneasy").focus()
    expect(page.get_by_role("radio", name="uneasy")).to_be_checked()
    expect(said).to_contain_text("Let's get you in.")
    page.get_by_role("button", name="Delete wording 1: Warm, for the uneasy").click()
    expect(page.locator(".q-steps")).to_contain_text("No wording for uneasy customers yet")
    expect(said).to_contain_text("Here you can set a new one")


def test_it_is_there_to_be_looked_at(studio: OpenStudio) -> None:
    page = studio("questions/decaf")
    expect(chat(page).locator(".said[data-speaker=bot]")).to_be_visible()
    parts = chat(page).locator(".header, .bottom, .choices")
    assert parts.evaluate_all("all => all.map((one) => one.inert)") == [True, True, True]


def test_on_a_phone_it_stands_over_the_form(studio: OpenStudio) -> None:
    page = studio("questions/decaf", width=390)
    expect(page.locator(".q-frame")).to_have_count(0)
    page.get_by_role("textbox", name="Plain, for the calm, wording 1 of 2").fill("Yes, we do.")
    page.get_by_role("button", name="In the chat").click()
    expect(chat(page).locator(".said[data-speaker=bot] .text")).to_have_text("Yes, we do.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(page.locator(".q-frame")).to_have_count(0)
    expect(page.get_by_role("button", name="In the chat")).to_be_focused()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(chat(page).locator(".said[data-speaker=bot] .text")).to_have_text("Yes, we do.")


def test_without_the_business_the_form_still_works(studio: OpenStudio) -> None:
    page = studio("questions")
    page.route("**/api/console/studio/preview", lambda route: route.abort())
    page.evaluate("location.hash = '#/studio/questions/decaf'")
    expect(page.get_by_text("The preview comes when the desk can be reached again.")).to_be_visible()
    page.get_by_role("textbox", name="Plain, for the calm, wording 1 of 2").fill("Yes.")
    page.keyboard.press("Control+s")
    expect(page.locator(".q-state")).to_contain_text("Saved.")
