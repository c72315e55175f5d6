"""Publishing in a real browser: changes in words, the way back, and nothing typed is lost."""

import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from bot.studio.jobs import Jobs
from bot.studio.publishing.live import Live, snapshot
from bot.studio.publishing.versions import Version
from tests.browser.studio.conftest import OpenStudio
from tests.desk.studio.desk import StudioUnderTest

DECAF = "data/faq/decaf.yml"


@pytest.fixture(autouse=True)
def first(desk: StudioUnderTest) -> Version:
    live = Live(desk.settings)
    version = live.begin()
    live.settle(version)
    return version


def change(desk: StudioUnderTest, new: str = "Of course: {decaf") -> None:
    path = desk.files / DECAF
    path.write_text(path.read_text(encoding="utf-8").replace("Yes: {decaf", new), encoding="utf-8")


def publish(desk: StudioUnderTest, note: str) -> None:
    live = Live(desk.settings)
    version = live.versions.draft(snapshot(desk.files), "Noor Haddad", note)
    live.unpack(version)
    live.versions.publish(version)


@pytest.fixture
def jobs(desk: StudioUnderTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A job that only says what stands in this file, and runs until it has a last word."""
    said = tmp_path / "said"
    said.write_text('{"step": "Checking every file"}\n{"step": "Learning", "done": 1, "of": 4}\n')
    script = (
        "import sys, time\n"
        "while True:\n"
        "    text = open(sys.argv[1]).read()\n"
        "    if 'result' in text or 'failed' in text: print(text, flush=True); break\n"
        "    print(text, flush=True); time.sleep(0.1)\n"
    )
    start = Jobs.start

    def started(self: Jobs, name: str, argv: tuple[str, ...], author: str, **options: object):
        return start(self, name, (argv[0], "-c", script, str(said)), author, **options)

    monkeypatch.setattr(Jobs, "start", started)
    return said


def clean(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_what_is_not_published_stands_on_top_and_in_words(desk: StudioUnderTest, studio: OpenStudio) -> None:
    change(desk)
    page = studio("settings")
    expect(page.get_by_text("1 change is not published. Customers get version 1.")).to_be_visible()
    page.get_by_role("link", name="Look at it").click()
    page.get_by_text("Question “decaf”: answer changed").click()
    expect(page.locator("ins", has_text="Of course: {decaf")).to_be_visible()
    expect(page.locator("del", has_text="Yes: {decaf")).to_be_visible()
    clean(page)


def test_publishing_shows_its_steps_survives_a_reload_and_ends(
    desk: StudioUnderTest, studio: OpenStudio, jobs: Path
) -> None:
    change(desk)
    page = studio("publish")
    page.get_by_label("What is it about?").fill("Decaf, friendlier")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Publishing, begun by Sam Reyes")).to_be_visible()
    page.reload()
    expect(page.locator(".pub-steps [aria-current]")).to_contain_text("Learning")
    expect(page.get_by_label("What is it about?")).to_have_value("Decaf, friendlier")
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    clean(page)
    publish(desk, "Decaf, friendlier")
    told = {"version": {"number": 2}, "served": True, "kept": None}
    jobs.write_text(jobs.read_text() + json.dumps({"result": told}))
    expect(page.get_by_role("heading", name="Version 2 is live")).to_be_visible()
    expect(page.get_by_text("Customers get what is in your files: version 2")).to_be_visible()
    expect(page.locator(".pub-version").first).to_contain_text("Decaf, friendlier")
    expect(page.locator(".pub-version .pub-badge")).to_have_text(["live"])
    clean(page)


def test_what_did_not_work_is_said_and_the_note_is_still_there(
    desk: StudioUnderTest, studio: OpenStudio, jobs: Path
) -> None:
    change(desk)
    page = studio("publish")
    page.get_by_label("What is it about?").fill("Decaf, friendlier")
    jobs.write_text('{"step": "Learning"}\n{"failed": "The disk is full."}')
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("heading", name="It was not published")).to_be_visible()
    expect(page.get_by_text("The disk is full.")).to_be_visible()
    expect(page.get_by_label("What is it about?")).to_have_value("Decaf, friendlier")
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_enabled()


def test_one_click_goes_back_and_what_is_not_published_is_not_lost(
    desk: StudioUnderTest, studio: OpenStudio, jobs: Path
) -> None:
    change(desk)
    publish(desk, "Friendlier")
    page = studio("publish")
    page.get_by_role("button", name="Go back to this: Version 1").click()
    expect(page.get_by_text("Going back to version 1, begun by Sam Reyes")).to_be_visible()
    page.get_by_role("button", name="Call it off").click()
    expect(page.get_by_role("heading", name="It was called off")).to_be_visible()
    change(desk, "Never")
    (desk.files / DECAF).write_text("nlu: []\n")
    page.reload()
    page.get_by_role("button", name="Go back to this: Version 1").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("put aside first")
    clean(page)
    dialog.get_by_role("button", name="Cancel").click()


def test_changes_are_given_up_and_brought_back(desk: StudioUnderTest, studio: OpenStudio) -> None:
    before = desk.text(DECAF)
    change(desk)
    after = desk.text(DECAF)
    page = studio("publish")
    page.get_by_role("button", name="Give up all changes").click()
    page.get_by_role("dialog").get_by_role("button", name="Give them up").click()
    expect(page.get_by_text("Customers get what is in your files")).to_be_visible()
    assert desk.text(DECAF) == before
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_text("1 change since then is in your files only.")).to_be_visible()
    assert desk.text(DECAF) == after


def test_files_with_something_to_mend_cannot_be_published(desk: StudioUnderTest, studio: OpenStudio) -> None:
    (desk.files / DECAF).write_text("nlu: [\n")
    page = studio("publish")
    expect(page.get_by_text("to mend first: it stands on top of this page.")).to_be_visible()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    expect(page.locator(".studio-problems")).to_be_visible()
