"""Questions as an owner works on them: found, written, warned about, saved, and never lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.studio.conftest import OpenStudio
from tests.desk.console.desk import SAM
from tests.desk.studio.desk import StudioUnderTest

DECAF = "data/faq/decaf.yml"


def state(page: Page, words: str) -> None:
    expect(page.locator(".q-state")).to_contain_text(words)


def add(page: Page, text: str) -> None:
    page.get_by_label("Other ways to ask it").fill(text)
    page.keyboard.press("Enter")


def fewer(desk: StudioUnderTest) -> None:
    """Leave five examples of everything, so that they are soon compared."""
    for path in [*desk.files.glob("data/faq/*.yml"), *desk.files.glob("data/nlu/*.yml")]:
        kept, number = [], 0
        for line in path.read_text().splitlines(keepends=True):
            number = number + 1 if line.startswith("      - ") else 0
            kept += [line] if number <= 5 else []
        path.write_text("".join(kept))


def wording(page: Page, name: str) -> Locator:
    return page.get_by_role("textbox", name=name, exact=True)


def free(desk: StudioUnderTest) -> None:
    """Take out the scene that waits for the answer about decaf, so that it may be deleted."""
    scenes = desk.files / "data/rehearsals/questions.jsonl"
    lines = scenes.read_text().splitlines(keepends=True)
    scenes.write_text("".join(line for line in lines if '"decaf"' not in line))


def opened(studio: OpenStudio, intent: str = "decaf") -> Page:
    page = studio(f"questions/{intent}")
    state(page, "All is saved.")
    return page


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
    page.get_by_label("Search the questions").fill("")
    page.get_by_label("Order").select_option("What needs care first")
    expect(page.locator(".q-card").first).to_contain_text("do you have decaf")
    page.locator(".q-card a").first.click()
    state(page, "All is saved.")
    page.get_by_role("link", name="All questions").click()
    expect(page.get_by_label("Order")).to_have_value("care")


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


def test_saving_says_who_wrote_it_and_leaves_the_rest_alone(
    desk: StudioUnderTest, studio: OpenStudio
) -> None:
    before = desk.text("data/faq/account_password.yml")
    page = opened(studio, "account_password")
    wording(page, "Warm, for the uneasy").fill("We get you in. Write to {support_email}.")
    page.get_by_role("button", name="Save").click()
    state(page, "Saved. Customers hear it once you publish.")
    expect(page.get_by_text("last saved here by Sam Reyes")).to_be_visible()
    now = desk.text("data/faq/account_password.yml")
    gone = {line for line in before.splitlines() if line not in now.splitlines()}
    assert "We get you in. Write to {support_email}." in now
    assert len(gone) == 3 and now.count("names: [access_trouble]") == before.count("names: [access_trouble]")


def test_wordings_for_upset_customers_and_their_buttons(desk: StudioUnderTest, studio: OpenStudio) -> None:
    page = opened(studio)
    careful = page.locator('.q-tone[data-mood="upset"]')
    expect(careful).to_contain_text("upset customers hear the plain one")
    careful.get_by_role("button", name="Add a wording").click()
    expect(wording(page, "Careful, for the upset")).to_be_focused()
    page.keyboard.type("No decaf left, and that is on us.")
    careful.get_by_role("button", name="Add a button").click()
    page.keyboard.type("Ask a person")
    add_second = careful.get_by_role("button", name="Add a button")
    add_second.click()
    page.keyboard.type("Opening hours")
    careful.get_by_label("What happens").last.select_option("/opening_hours")
    page.get_by_role("button", name="Save").click()
    state(page, "Saved.")
    written = desk.text(DECAF)
    assert re.search(r"value: careful\n +text: .*No decaf left, and that is on us\.", written, re.S)
    assert "payload: /speak_to_human" in written and "payload: /opening_hours" in written
    page.reload()
    expect(page.get_by_label("On the button").first).to_have_value("Ask a person")


def test_a_fact_is_chosen_by_its_name(studio: OpenStudio) -> None:
    page = opened(studio)
    box = wording(page, "Plain, for the calm, wording 1 of 2")
    box.fill("It takes ")
    page.get_by_role("button", name="Insert a fact").first.click()
    page.keyboard.type("shipping ti")
    expect(page.get_by_role("option", selected=True)).to_have_text("Shipping time2 to 3 working days")
    page.keyboard.press("Enter")
    expect(box).to_have_value("It takes {shipping_time}")
    expect(page.locator(".q-told").first).to_have_text("Shipping time: 2 to 3 working days")
    box.fill("It takes {shiping_time}")
    expect(page.locator(".q-told").first).to_contain_text("Nothing fills in {shiping_time}")


def test_too_near_to_another_question_is_said_while_typing(desk: StudioUnderTest, studio: OpenStudio) -> None:
    fewer(desk)
    page = opened(studio)
    page.get_by_label("Other ways to ask it").fill("I forgot my password")
    warning = page.locator("#q-add-near")
    expect(warning).to_contain_text("Too near to “I forgot my password”")
    expect(warning.get_by_role("link")).to_have_attribute("href", "#/studio/questions/account_password")
    page.get_by_label("Other ways to ask it").fill("is your coffee available without caffeine")
    expect(warning).to_be_empty()


def test_what_is_not_saved_survives_a_wrong_turn_and_a_reload(studio: OpenStudio) -> None:
    page = opened(studio)
    add(page, "koffeinfrei")
    page.get_by_role("link", name="Publish", exact=True).click()
    dialog = page.get_by_role("dialog", name="Your changes are not saved")
    expect(dialog.get_by_role("button", name="Stay here")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".q-line").first).to_have_value("koffeinfrei")
    page.get_by_role("link", name="All questions").click()
    page.get_by_role("button", name="Leave, keep them for later").click()
    expect(page.locator(".q-card", has_text="Not saved yet")).to_contain_text("do you have decaf")
    page.go_back()
    expect(page.get_by_text("What you typed before and did not save is still here.")).to_be_visible()
    expect(page.locator(".q-line").first).to_have_value("koffeinfrei")
    page.once("dialog", lambda asked: asked.accept())
    page.reload()
    expect(page.locator(".q-line").first).to_have_value("koffeinfrei")
    page.get_by_role("button", name="Throw away", exact=True).click()
    expect(page.locator(".q-line").first).not_to_have_value("koffeinfrei")
    page.get_by_role("button", name="Bring them back").click()
    expect(page.locator(".q-line").first).to_have_value("koffeinfrei")


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


def test_while_the_desk_is_away_nothing_typed_is_lost(studio: OpenStudio) -> None:
    page = opened(studio)
    add(page, "koffeinfrei")
    page.route("**/api/console/studio/questions/decaf", lambda route: route.abort())
    page.keyboard.press("Control+s")
    state(page, "The desk cannot be reached just now. What you typed is kept in this tab")
    page.unroute("**/api/console/studio/questions/decaf")
    page.keyboard.press("Control+s")
    state(page, "Saved.")


def test_what_is_wrong_in_it_is_said_after_saving(studio: OpenStudio) -> None:
    page = opened(studio)
    wording(page, "Plain, for the calm, wording 1 of 2").fill("It is {decaff_coffee}.")
    page.keyboard.press("Control+s")
    state(page, "Saved.")
    expect(page.locator(".q-mend")).to_contain_text("Nothing fills in {decaff_coffee}")
    expect(page.locator(".studio-standing")).to_contain_text("1 to mend before you can publish")


@pytest.mark.parametrize("deleted", [False, True])
def test_two_owners_at_one_question(desk: StudioUnderTest, studio: OpenStudio, deleted: bool) -> None:
    mine = opened(studio)
    theirs = studio("questions/decaf", email=SAM)
    state(theirs, "All is saved.")
    if deleted:
        free(desk)
        theirs.get_by_role("button", name="Delete this question…").click()
        theirs.get_by_role("button", name="Delete it").click()
        expect(theirs.locator(".q-card").first).to_be_visible()
    else:
        add(theirs, "coffee without caffeine for granny")
        wording(theirs, "Plain, for the calm, wording 2 of 2").fill("Theirs.")
        theirs.keyboard.press("Control+s")
        state(theirs, "Saved.")
    add(mine, "koffeinfrei")
    wording(mine, "Plain, for the calm, wording 2 of 2").fill("Mine.")
    mine.keyboard.press("Control+s")
    if deleted:
        expect(mine.get_by_text("What you typed is still here.")).to_be_visible()
        mine.get_by_role("button", name="Save it as a new question").click()
        expect(mine.get_by_role("heading", name="do you have decaf", level=2)).to_be_visible()
        state(mine, "All is saved.")
        (written,) = [path for path in desk.files.glob("data/faq/*.yml") if "koffeinfrei" in path.read_text()]
        assert "Mine." in written.read_text()
        return
    shown = mine.get_by_role("region", name="Sam Reyes changed this question while you wrote")
    expect(shown).to_be_focused()
    expect(shown.locator(".q-side").nth(0)).to_contain_text("Addedkoffeinfrei")
    expect(shown.locator(".q-side").nth(1)).to_contain_text("Addedcoffee without caffeine for granny")
    expect(shown.locator(".q-side").nth(2)).to_contain_text("Mine.")
    expect(shown.locator(".q-side").nth(3)).to_contain_text("Theirs.")
    shown.get_by_label("Take theirs").check()
    shown.get_by_role("button", name="Go on with this").click()
    state(mine, "Put together. Look it over, then save.")
    mine.keyboard.press("Control+s")
    state(mine, "Saved.")
    written = desk.text(DECAF)
    assert "koffeinfrei" in written and "coffee without caffeine for granny" in written
    assert "Theirs." in written and "Mine." not in written
