"""The owner's settings in a real browser: read as sentences, moved by keys, saved, and never overwritten."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.empathy.repeats import likeness
from bot.handoff.model import utc_now
from bot.studio.settings import past
from bot.studio.settings.readings import readings_of
from tests.browser.console.test_access import TAGS
from tests.browser.studio.conftest import OpenStudio
from tests.desk.console.desk import SAM
from tests.desk.studio.desk import StudioUnderTest
from tests.studio.talks import HearsCapitals, remember

LADDER, HOURS, TEXTS = (f"data/business/{name}.yml" for name in ("ladder", "hours", "texts"))
SUMS = "1 of 2 would have gone to a person"
ANSWERED = ("IT IS LATE NOW", "It comes.", "IT HAS NOT COME", "Soon.", "IT STILL IS NOT HERE AT ALL")


@pytest.fixture
def read(desk: StudioUnderTest) -> StudioUnderTest:
    """A desk with past conversations, which are read."""
    ago = utc_now() - timedelta(days=4)
    with desk.database.write() as connection:
        remember(connection, "worse", ago, *ANSWERED, handed=5, judged=("too_late",), customer_name="Mara")
        remember(connection, "calm", ago, "hello", "Hi.")
    readings = readings_of(desk.settings)
    with desk.database.read() as connection:
        found, _ = past.stretches(connection, utc_now())
    readings.learn(found, HearsCapitals, likeness)
    readings.keep()
    return desk


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".settings-unsaved")).to_have_text("Saved. It is live once you publish it.")


def test_a_choice_and_a_topic_are_saved(desk: StudioUnderTest, studio: OpenStudio) -> None:
    page = studio("settings")
    page.get_by_label("It calls a person without asking").select_option("when somebody is beside themselves")
    never = page.get_by_role("group", name="These never do on their own")
    never.get_by_label("A lawyer, a court").check()
    always = page.get_by_role("group", name="These always go to a person")
    expect(always.get_by_label("A lawyer, a court")).not_to_be_checked()
    expect(always.get_by_label("Danger to life or health")).to_be_disabled()
    save(page)
    text = desk.text(LADDER)
    assert "hand_over: 0.75 " in text and "never:\n  - legal\n" in text and "  - legal" in text
    assert text.count("- legal") == 1


def test_the_slider_is_moved_by_keys_and_says_what_it_would_have_meant(
    read: StudioUnderTest, studio: OpenStudio
) -> None:
    page = studio("settings")
    slider = page.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", f"1.0, as delivered: {SUMS}")
    slider.focus()
    for _ in range(16):
        page.keyboard.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", f"1.8, much sooner than delivered: {SUMS}")
    expect(page.get_by_text("Too late: 1. 1 would have come sooner.")).to_be_visible()
    expect(page.get_by_text("too few for figures to say much")).to_be_visible()
    changed = page.locator(".replay-changes li")
    expect(changed).to_contain_text("Really: a person at message 5")
    page.get_by_role("link", name="Mara").click()
    expect(page.get_by_text("IT STILL IS NOT HERE AT ALL").first).to_be_visible()


def test_somebody_else_was_faster(desk: StudioUnderTest, studio: OpenStudio) -> None:
    page = studio("settings")
    page.get_by_label("Good customers reach a person").select_option("clearly sooner")
    with closing(desk.client(SAM)) as client:
        told = desk.call(client, "GET", "settings/escalation")
        desk.call(client, "PUT", "settings/escalation",
                  json={**told["values"], "offer": 0.5, "mark": told["mark"]})  # fmt: skip
    page.get_by_role("button", name="Save", exact=True).click()
    conflict = page.get_by_role("alert").filter(has_text="saved this while you were at it")
    expect(conflict.get_by_role("row")).to_have_count(2)
    expect(conflict.get_by_role("row", name="Good customers")).to_contain_text("clearly sooner")
    assert "vip_bonus: 0.10" in desk.text(LADDER)
    conflict.get_by_role("button", name="Keep what I changed").click()
    expect(page.locator(".settings-unsaved")).to_have_text("Saved. It is live once you publish it.")
    assert "vip_bonus: 0.2\n" in desk.text(LADDER) and "offer: 0.5 " in desk.text(LADDER)


def test_what_is_not_saved_is_still_there_when_one_comes_back(studio: OpenStudio) -> None:
    page = studio("settings")
    expect(page.get_by_text("There are no conversations so far.")).to_be_visible()
    page.get_by_label("Good customers reach a person").select_option("clearly sooner")
    page.get_by_role("link", name="Opening hours").click()
    expect(page.get_by_role("heading", name="Every week", exact=True)).to_be_visible()
    page.get_by_role("link", name="When a person comes").click()
    chosen = page.get_by_label("Good customers reach a person").locator("option:checked")
    expect(chosen).to_have_text("clearly sooner")
    page.reload()
    expect(page.get_by_text("Not saved yet: this is what you had changed before.")).to_be_visible()
    expect(chosen).to_have_text("clearly sooner")
    page.get_by_role("button", name="Undo changes").click()
    expect(chosen).to_have_text("a little sooner (as delivered)")


def test_a_week_a_holiday_and_a_closure_are_heard_and_saved(
    desk: StudioUnderTest, studio: OpenStudio
) -> None:
    page = studio("settings/hours")
    page.get_by_label("Monday, people: closes").fill("12")
    page.get_by_role("button", name="Monday, people: add hours").click()
    page.get_by_label("Monday, people: closes").nth(1).fill("8 pm")
    page.get_by_label("Monday, people: closes").nth(1).blur()
    page.locator(".holidays li").filter(has_text="Good Friday").get_by_role("combobox").select_option(
        "open as on any other day"
    )
    page.get_by_role("button", name="Closed 2: take away").click()
    heard, opens = page.get_by_role("complementary"), page.get_by_label("Sunday, shops: opens")
    opens.fill("noonish")
    opens.blur()
    expect(heard).to_contain_text("“noonish-16:00” is not a time of day")
    opens.fill("10")
    opens.blur()
    expect(heard).not_to_contain_text("is not a time of day")
    expect(heard).not_to_contain_text("Good Friday")
    expect(heard).not_to_contain_text("stocktake")
    save(page)
    text = desk.text(HOURS)
    assert "  monday: 8:00-12:00, 13:00-20:00\n" in text and "  sunday: 10:00-16:00\n" in text
    assert "    - Good Friday\n" in text
    assert "stocktake" not in text and "# Days with hours of their own" in text


def test_a_sentence_is_saved_and_a_wrong_word_is_named_beside_it(
    desk: StudioUnderTest, studio: OpenStudio
) -> None:
    page = studio("settings/sentences")
    page.get_by_label("Find a sentence").fill("how long it takes is known")
    text = page.get_by_label("To everybody", exact=True)
    text.fill("<img src=x onerror=\"document.title='taken'\"> {wait}")
    expect(page.locator(".tone-bubble").first).to_contain_text("<img src=x")
    text.fill("Somebody comes, usually {wait}.")
    expect(page.locator(".tone-bubble").first).to_have_text("Somebody comes, usually about 5 minutes.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. It is live once you publish it.").first).to_be_visible()
    assert page.title() != "taken"
    assert 'handoff_wait: "Somebody comes, usually {wait}."' in desk.text(TEXTS)
    text.fill("In {minuts}.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".sentence .studio-wrong")).to_contain_text("cannot be filled in here")


def test_a_translation_is_saved_beside_its_own_sentence(desk: StudioUnderTest, studio: OpenStudio) -> None:
    page = studio("settings/sentences")
    page.get_by_label("Language").select_option("de")
    page.get_by_label("Find a sentence").fill("The visitor has ended the chat")
    expect(page.get_by_text("English: This chat is finished.")).to_be_visible()
    page.get_by_label("Text", exact=True).fill("Fertig.")
    name = "data/business/texts/de.yml"
    (desk.files / name).write_text(desk.text(name).replace("ended:", "ended: Schluss. #"))
    page.get_by_role("button", name="Save", exact=True).click()
    conflict = page.get_by_role("alert").filter(has_text="Somebody, in an editor, saved this sentence")
    expect(conflict.locator(".tone-bubble")).to_have_text("Schluss.")
    expect(page.get_by_label("Text", exact=True)).to_have_value("Fertig.")
    conflict.get_by_role("button", name="Save mine over it").click()
    expect(page.get_by_text("Saved. It is live once you publish it.").first).to_be_visible()
    assert "ended: Fertig." in desk.text(name) and "Schluss" not in desk.text(name)


def test_a_broken_file_is_named_and_the_other_panes_open(desk: StudioUnderTest, studio: OpenStudio) -> None:
    (desk.files / LADDER).write_text("offer: [\n")
    page = studio("settings")
    expect(page.locator(".settings-pane")).to_contain_text("has to be mended in an editor")
    page.get_by_role("link", name="Opening hours").click()
    expect(page.get_by_role("heading", name="Every week", exact=True)).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_everybody_can_use_them(read: StudioUnderTest, studio: OpenStudio, scheme: str, width: int) -> None:
    ready: dict[str, Callable[[Page], None]] = {
        "person": lambda page: expect(page.locator(".replay-table")).to_be_visible(),
        "hours": lambda page: expect(page.locator(".heard .tone-bubble").first).to_be_visible(),
        "sentences": lambda page: page.locator("summary", has_text="A person takes over").click(),
        "tones": lambda page: expect(page.locator(".tones h3")).to_have_text(["Plain", "Warm", "Careful"]),
    }
    page = studio("settings", scheme=scheme, width=width)
    for pane, wait in ready.items():
        page.evaluate("at => { location.hash = at }", f"#/studio/settings/{pane}")
        wait(page)
        found = Axe().run(page, options={"runOnly": TAGS})
        assert found.violations_count == 0, f"{pane}: {found.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), pane
