"""The studio's frame: its parts, its addresses, and who may open it."""

from playwright.sync_api import expect

from tests.browser.studio.conftest import OpenStudio
from tests.desk.console.desk import NOOR
from tests.desk.studio.desk import StudioUnderTest


def test_what_is_wrong_in_the_files_is_said_on_top(desk: StudioUnderTest, studio: OpenStudio) -> None:
    (desk.files / "data/faq/decaf.yml").write_text("nlu: [\n")
    page = studio()
    expect(page.get_by_role("navigation", name="Studio")).to_be_visible()
    page.get_by_text("to mend before you can publish").click()
    expect(page.locator(".studio-problems code").first).to_have_text("data/faq/decaf.yml:2")


def test_what_an_editor_breaks_is_said_on_the_next_page(desk: StudioUnderTest, studio: OpenStudio) -> None:
    page = studio("questions")
    expect(page.get_by_text("to mend before you can publish")).to_have_count(0)
    (desk.files / "data/faq/decaf.yml").write_text("nlu: [\n")
    page.get_by_role("link", name="Rehearse", exact=True).click()
    expect(page.get_by_text("1 to mend before you can publish")).to_be_visible()


def test_an_agent_is_told_that_it_is_for_the_owner(studio: OpenStudio) -> None:
    page = studio(email=NOOR)
    expect(page.get_by_text("This page is for the owner.")).to_be_visible()
    expect(page.get_by_role("navigation", name="Studio")).to_have_count(0)


def test_on_a_phone_the_part_that_is_open_is_in_sight(studio: OpenStudio) -> None:
    page = studio("publish", width=390)
    link = page.get_by_role("navigation", name="Studio").get_by_role("link", name="Publish")
    expect(link).to_be_in_viewport(ratio=0.9)
