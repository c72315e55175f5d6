"""Many questions at once: looked at first, then taken in; and given out as a table."""

import csv
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.studio.conftest import OpenStudio
from tests.desk.studio.desk import StudioUnderTest

PAGE = """Questions

May I bring my dog?
Dogs are welcome, on a lead.

Do you cater for weddings?
Yes, from 30 guests, for < 5 days.

Is there parking?
"""


def look_first(page: Page) -> None:
    page.get_by_role("button", name="Look first").click()


def row(page: Page, words: str) -> list[str]:
    return page.locator(".i-result tbody tr", has_text=words).locator("td").all_inner_texts()


def test_a_page_is_looked_at_and_then_taken_in(desk: StudioUnderTest, studio: OpenStudio) -> None:
    before = sorted(path.name for path in desk.files.glob("data/faq/*"))
    page = studio("questions")
    page.get_by_role("link", name="Import").click()
    look_first(page)
    expect(page.locator(".i-state")).to_have_text("There is nothing to import yet.")
    page.get_by_label("The text of the page").fill(PAGE)
    look_first(page)
    expect(page.get_by_role("heading", name="This would happen")).to_be_focused()
    expect(page.locator(".i-result > p")).to_have_text("2 to be added, 1 left out.")
    assert row(page, "dog")[0] == "3" and row(page, "dog")[2] == "Added"
    assert row(page, "parking")[2].split("\n\n") == ["Left out", "It has no answer."]
    assert sorted(path.name for path in desk.files.glob("data/faq/*")) == before
    page.get_by_role("button", name="Import 2 questions").click()
    expect(page.get_by_role("heading", name="2 questions imported")).to_be_focused()
    added = {path.name for path in desk.files.glob("data/faq/*")} - set(before)
    assert len(added) == 2
    page.get_by_role("link", name="May I bring my dog?").click()
    expect(page.get_by_role("textbox", name="Plain, for the calm")).to_have_value(
        "Dogs are welcome, on a lead."
    )


def test_a_change_of_the_text_takes_the_look_back(studio: OpenStudio) -> None:
    page = studio("questions/add/many")
    page.get_by_label("The text of the page").fill(PAGE)
    look_first(page)
    expect(page.get_by_role("button", name="Import 2 questions")).to_be_visible()
    page.get_by_label("The text of the page").press("x")
    expect(page.get_by_role("button", name="Import 2 questions")).to_have_count(0)


def test_a_table_is_read_from_a_file_and_said_row_by_row(
    desk: StudioUnderTest, studio: OpenStudio, tmp_path: Path
) -> None:
    page = studio("questions")
    with page.expect_download() as download:
        page.get_by_role("link", name="Export").click()
    exported = Path(download.value.path())
    rows = list(csv.DictReader(exported.read_text("utf-8-sig").splitlines(keepends=True)))
    assert any(row["question"] == "do you have decaf" for row in rows)
    page.get_by_role("link", name="Import").click()
    page.get_by_label("A table").check()
    page.get_by_label("The file").set_input_files(exported)
    expect(page.locator(".i-state")).to_contain_text("is read. Now look at what it would do.")
    look_first(page)
    expect(page.get_by_role("heading", name="Nothing would change")).to_be_visible()
    expect(page.locator(".i-result > p")).to_have_text(f"{len(rows)} there already.")
    table = tmp_path / "new.csv"
    table.write_text("question;answer\ndo you have decaf;“Yes, and café crème too”\n", encoding="cp1252")
    page.get_by_label("The file").set_input_files(table)
    page.get_by_label("Replace it").check()
    look_first(page)
    page.get_by_role("button", name="Import 1 question").click()
    expect(page.get_by_role("heading", name="1 question imported")).to_be_visible()
    assert "“Yes, and café crème too”" in desk.text("data/faq/decaf.yml")
    page.get_by_label("Or paste the rows").fill("a,b\n1,2\n")
    look_first(page)
    expect(page.locator(".i-state")).to_contain_text("The first row has to name the columns")


def test_while_the_desk_is_away_the_text_stays(studio: OpenStudio) -> None:
    page = studio("questions/add/many")
    page.get_by_label("The text of the page").fill(PAGE)
    page.route("**/questions/import", lambda route: route.abort())
    look_first(page)
    expect(page.locator(".i-state")).to_contain_text("Your text is still here")
    expect(page.get_by_label("The text of the page")).to_have_value(PAGE)
