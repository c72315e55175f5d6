"""What tests of questions do again and again."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.studio.conftest import OpenStudio
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
