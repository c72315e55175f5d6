"""Questions as an owner works on them: found, asked in other words, warned about, new, gone."""

import re

from playwright.sync_api import expect

from tests.browser.studio.conftest import OpenStudio
from tests.browser.studio.question_steps import DECAF, add, fewer, free, opened, state, wording
from tests.desk.studio.desk import StudioUnderTest
from tests.studio import asked_past as past


def test_the_list_is_searched_and_sorted(desk: StudioUnderTest, studio: OpenStudio) -> None:
    few = desk.text(DECAF)
    head, rest = few.split("    examples: |\n")
    after = rest[rest.index("\nresponses:") :]
    (desk.files / DECAF).write_text(f"{head}    examples: |\n      - do you have decaf\n{after}")
    page = studio("questions")
    expect(page.locator(".q-summary")).to_have_text(re.compile(r"^\d+ questions, 1 needs care"))
    number = page.locator(".q-card").count()
    page.get_by_label("Search the questions").fill("decaf")
    expect(page.locator(".q-summary")).to_have_text(f"1 of {number} questions")
    expect(page.locator(".q-list").first.get_by_role("link")).to_have_text("do you have decaf")
    expect(page.locator(".q-health").first).to_contain_text("Needs careOnly 1 example: 15 or more are good")
    page.get_by_label("Search the questions").fill("unicorn milk")
    page.get_by_role("link", name="Make “unicorn milk” a new question").click()
    expect(page.get_by_label("The question", exact=True)).to_have_value("unicorn milk")
    page.go_back()
    page.get_by_label("Search the questions").fill("")
    page.get_by_label("Order").select_option("What needs care first")
    expect(page.locator(".q-card").first).to_contain_text("do you have decaf")
    page.locator(".q-card a").first.click()
    state(page, "All is saved.")
    page.get_by_role("link", name="All questions").click()
    expect(page.get_by_label("Order")).to_have_value("care")
    expect(page.get_by_text("You began a new question and did not save it.")).to_be_visible()


def test_examples_are_added_changed_deleted_and_put_back(desk: StudioUnderTest, studio: OpenStudio) -> None:
    page = opened(studio)
    add(page, "something without caffeine pls")
    expect(page.get_by_label("Other ways to ask it")).to_have_value("")
    expect(page.get_by_label("Other ways to ask it")).to_be_focused()
    state(page, "Not saved yet.")
    page.get_by_label("Other ways to ask it").evaluate(
        """field => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", "- hag?\\n2. koffeinfrei\\n\\nhag?\\nI forgot the decaf");
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, cancelable: true }));
        }"""
    )
    lines = page.locator(".q-line:visible")
    shown = lines.evaluate_all("all => all.slice(0, 4).map(one => one.value)")
    assert shown == ["I forgot the decaf", "koffeinfrei", "hag?", "something without caffeine pls"]
    lines.nth(1).fill("kein koffein")
    page.get_by_role("button", name="Delete “hag?”").click()
    expect(page.get_by_role("button", name="Put it back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(lines.nth(2)).to_be_focused()
    expect(lines.nth(2)).to_have_value("hag?")
    page.get_by_role("button", name="Delete “hag?”").click()
    page.keyboard.press("Control+s")
    state(page, "Saved.")
    written = desk.text(DECAF)
    assert "- something without caffeine pls\n      - kein koffein\n      - I forgot the decaf\n" in written
    assert "hag?" not in written


def test_too_near_to_another_question_is_said_while_typing(desk: StudioUnderTest, studio: OpenStudio) -> None:
    fewer(desk)
    page = opened(studio)
    page.get_by_label("Other ways to ask it").fill("I forgot my password")
    warning = page.locator("#q-add-near")
    expect(warning).to_contain_text("Too near to “I forgot my password”")
    expect(warning.get_by_role("link")).to_have_attribute("href", "#/studio/questions/account_password")
    page.get_by_label("Other ways to ask it").fill("is your coffee available without caffeine")
    expect(warning).to_be_empty()


def test_a_new_question_is_a_file_of_its_own(desk: StudioUnderTest, studio: OpenStudio) -> None:
    page = studio("questions")
    page.get_by_role("link", name="New question").click()
    expect(page.get_by_label("The question", exact=True)).to_be_focused()
    page.get_by_role("button", name="Save").click()
    state(page, "Write how customers ask it first.")
    page.get_by_label("The question", exact=True).fill("May I bring my dog?")
    add(page, "dogs allowed <script>alert(1)</script>")
    wording(page, "Plain, for the calm").fill("Yes, on a lead.")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", name="May I bring my dog?", level=2)).to_be_visible()
    expect(page.locator(".q-line")).to_have_value("dogs allowed")
    address = page.evaluate("location.hash")
    intent = address.removeprefix("#/studio/questions/")
    written = desk.text(f"data/faq/{intent}.yml")
    assert "- May I bring my dog?" in written and "Yes, on a lead." in written
    assert f"- {intent}" in desk.text("domain.yml")


def test_a_question_that_is_needed_says_why_it_stays(desk: StudioUnderTest, studio: OpenStudio) -> None:
    page = opened(studio)
    page.get_by_role("button", name="Delete this question…").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("still needed")
    page.get_by_role("button", name="Keep it").click()
    free(desk)
    page.get_by_role("button", name="Delete this question…").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.locator(".q-card").first).to_be_visible()
    expect(page.locator(".q-card", has_text="do you have decaf")).to_have_count(0)
    assert not (desk.files / DECAF).exists()


def test_what_customers_wrote_becomes_examples(desk: StudioUnderTest, studio: OpenStudio) -> None:
    fewer(desk)
    past.add(desk.database, "c1", past.ask("is it swiss water decaf", past.heard("decaf")))
    past.add(desk.database, "c2", past.ask("any decaf pods", past.heard("decaf")))
    page = studio("questions/decaf")
    shown = page.get_by_role("region", name="From real conversations")
    shown.get_by_role("button", name="Add “is it swiss water decaf”").click()
    expect(shown.get_by_role("button")).to_have_count(1)
    expect(shown.get_by_role("button")).to_be_focused()
    page.keyboard.press("Control+s")
    state(page, "Saved.")
    assert "- is it swiss water decaf\n" in desk.text(DECAF) and "pods" not in desk.text(DECAF)


def test_a_new_question_may_begin_with_what_was_asked(studio: OpenStudio) -> None:
    page = studio("questions/add/one")
    page.get_by_label("The question", exact=True).fill("Is there parking?")
    page.get_by_role("link", name="What they asked").click()
    page.get_by_role("button", name="Leave, keep them for later").click()
    expect(page.get_by_role("heading", name="What they asked", level=2)).to_be_visible()
    page.evaluate(
        """() => {
            sessionStorage.setItem("kindhand.studio.new", JSON.stringify({ examples: ["dogs?", "my dog"] }));
            location.hash = "#/studio/questions/add/one/dogs%3F";
        }"""
    )
    expect(page.get_by_label("The question", exact=True)).to_have_value("dogs?")
    expect(page.locator(".q-line")).to_have_value("my dog")
    expect(page.get_by_text("You had begun another new question, “Is there parking?”")).to_be_visible()
    page.get_by_role("button", name="Go back to that one").click()
    expect(page.get_by_label("The question", exact=True)).to_have_value("Is there parking?")
