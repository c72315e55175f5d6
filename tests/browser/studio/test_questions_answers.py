"""What is answered: wordings for each mood, their facts and buttons, and what is wrong in them."""

import re

from playwright.sync_api import expect

from tests.browser.studio.conftest import OpenStudio
from tests.browser.studio.question_steps import DECAF, opened, state, wording
from tests.desk.studio.desk import StudioUnderTest


def test_wordings_for_upset_customers_and_their_buttons(desk: StudioUnderTest, studio: OpenStudio) -> None:
    page = opened(studio)
    careful = page.locator('.q-tone[data-mood="upset"]')
    expect(careful).to_contain_text("upset customers hear the plain one")
    careful.get_by_role("button", name="Add a wording").click()
    expect(wording(page, "Careful, for the upset")).to_be_focused()
    page.keyboard.type("No decaf left, and that is on us.")
    careful.get_by_role("button", name="Add a button").click()
    page.keyboard.type("Ask a person")
    careful.get_by_role("button", name="Add a button").click()
    page.keyboard.type("Opening hours")
    act = careful.get_by_label("What happens").last
    act.focus()
    expect(act.locator("option[value='/opening_hours']")).to_have_count(1)
    act.select_option("/opening_hours")
    page.get_by_role("button", name="Save").click()
    state(page, "Saved.")
    written = desk.text(DECAF)
    assert re.search(r"value: careful\n +text: .*No decaf left, and that is on us\.", written, re.S)
    assert "payload: /speak_to_human" in written and "payload: /opening_hours" in written
    page.reload()
    expect(page.get_by_label("On the button").first).to_have_value("Ask a person")
    expect(page.get_by_label("What happens").last.locator(":checked")).to_have_text(
        "Answers “When are you open?”"
    )


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


def test_a_fact_that_is_not_chosen_leaves_no_brace_behind(studio: OpenStudio) -> None:
    page = opened(studio)
    box = wording(page, "Plain, for the calm, wording 1 of 2")
    box.fill("It takes ")
    insert = page.get_by_role("button", name="Insert a fact").first
    insert.click()
    page.keyboard.type("shi")
    page.keyboard.press("Escape")
    expect(box).to_have_value("It takes ")
    insert.click()
    page.get_by_role("textbox", name="The question").click()
    expect(box).to_have_value("It takes ")


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


def test_what_is_wrong_in_it_is_said_after_saving(studio: OpenStudio) -> None:
    page = opened(studio)
    wording(page, "Plain, for the calm, wording 1 of 2").fill("It is {decaff_coffee}.")
    page.keyboard.press("Control+s")
    state(page, "Saved.")
    expect(page.locator(".q-mend")).to_contain_text("Nothing fills in {decaff_coffee}")
    expect(page.locator(".studio-standing")).to_contain_text("1 to mend before you can publish")
