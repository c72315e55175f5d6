"""What visitors said afterwards: in the row, beside the conversation, and as a way to find them."""

from playwright.sync_api import expect

from tests.browser.console.conftest import OpenConsole
from tests.browser.console.desk import FakeDesk
from tests.browser.console.mara import mara
from tests.browser.console.people import CLOSED
from tests.browser.console.shapes import ago, plain, summary

SURVEY = {
    "id": "s-1",
    "cause": "resolved",
    "asked_at": ago(9),
    "answered_at": None,
    "skipped_at": None,
    "understood": "no",
    "satisfaction": None,
    "effort": None,
    "recommend": None,
    "comment": None,
}


def ended(name: str, minutes: int, said: dict | None) -> dict:
    fields = {"resolved_at": ago(minutes), "opened_at": ago(20), "outcome": "solved", "survey": said}
    return plain(summary(f"e-{name}", name, CLOSED, **fields))


def test_the_row_says_how_it_was_found_and_the_filter_finds_it(console: OpenConsole, desk: FakeDesk) -> None:
    unhappy = ended("Una", 1, {"understood": "no", "satisfaction": 4})
    happy = ended("Hal", 2, {"understood": "yes", "satisfaction": None})
    desk.fill(unhappy, happy, ended("Sal", 3, None))
    page = console("#/resolved")
    expect(page.locator(".row-why")).to_have_text(
        ["Solved · Not happy afterwards", "Solved · Happy afterwards", "Solved"]
    )
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("combobox", name="Said afterwards").select_option("Not happy")
    expect(page.locator(".row-name")).to_have_text(["Una"])
    assert desk.asked[-1] == {"view": "resolved", "survey": "unhappy"}


def test_answers_stand_beside_the_conversation_and_come_as_they_are_given(
    console: OpenConsole, desk: FakeDesk
) -> None:
    page = console("#/queue/k-mara")
    said = page.get_by_role("region", name="What they said afterwards")
    expect(page.get_by_role("region", name="Mood")).to_be_visible()
    expect(said).to_be_hidden()
    told = {"op": "survey", "conversation": "k-mara"}
    desk.run(desk.everyone({**told, "survey": SURVEY}))
    expect(said).to_contain_text("Did not feel understood")
    more = {
        **SURVEY,
        "satisfaction": 2,
        "effort": 5,
        "comment": "Nobody <b>told</b> me",
        "answered_at": ago(8),
    }
    desk.run(desk.everyone({**told, "survey": more}))
    expect(said).to_contain_text("Nobody <b>told</b> me")
    expect(said.locator("dd")).to_have_text(["2 of 5", "5 of 5, a lot"])
    expect(said.locator(".lead")).to_have_count(1)


def test_who_skipped_is_said_to_have_skipped(console: OpenConsole, desk: FakeDesk) -> None:
    skipped = {**SURVEY, "understood": None, "skipped_at": ago(8)}
    desk.fill({**mara(), "surveys": [skipped]})
    page = console("#/queue/k-mara")
    expect(page.get_by_role("region", name="What they said afterwards")).to_contain_text(
        "Skipped the questions."
    )
