"""The real widget with a real desk: killed in mid-message, and visited by two who are not the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from bot.desk.visitor.identity import sign
from bot.storage import messages
from bot.storage.engine import Database
from bot.storage.tables import conversations
from tests.browser.conftest import bubbles, expect_delivery, opened, write
from tests.gateway.mortal import DEAD, MortalDesk, mortal_desk

HOST = "<!doctype html><html lang=en><title>A page</title><h1>A page</h1><script src=/widget.js></script>"


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[MortalDesk]:
    with mortal_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def visiting(context: BrowserContext, mortal: MortalDesk) -> BrowserContext:
    """A browser in which `/blank` of that desk is a page with the widget."""
    context.route(f"{mortal.origin}/blank", _give_host)
    return context


def _give_host(route: Route) -> None:
    route.fulfill(body=HOST, content_type="text/html")


def open_page(context: BrowserContext, desk: MortalDesk) -> Page:
    page = context.new_page()
    page.goto(f"{desk.origin}/blank")
    page.locator(".launcher").wait_for()
    return page


@pytest.mark.parametrize("point", ["receive", "committed", "acknowledged"])
def test_a_message_that_the_desk_died_over_is_there_once(
    visiting: BrowserContext, mortal: MortalDesk, point: str
) -> None:
    mortal.start(point)
    page = open_page(visiting, mortal)
    chat = opened(page)
    write(chat, "Is anybody there?")
    assert mortal.bury() == DEAD
    mortal.start()
    expect(chat.locator("[data-speaker=bot] .text").last).to_have_text("You said: Is anybody there?")
    expect_delivery(chat, "Sent")
    assert bubbles(chat)[1:] == ["Is anybody there?", "You said: Is anybody there?"]  # after the greeting
    assert stored(mortal) == [["Is anybody there?", "You said: Is anybody there?"]]


def test_a_message_without_acknowledgement_has_failed_and_is_sent_again_once(
    visiting: BrowserContext, mortal: MortalDesk
) -> None:
    mortal.start("committed")  # stored, and the visitor cannot know
    page = open_page(visiting, mortal)
    page.clock.install()
    chat = opened(page)
    write(chat, "Did you get this?")
    assert mortal.bury() == DEAD
    page.clock.run_for(12_500)
    expect_delivery(chat, "Not sent Try again")
    mortal.start()
    chat.get_by_role("button", name="Try again").click()
    expect_delivery(chat, "Sent")
    assert stored(mortal)[0].count("Did you get this?") == 1 == bubbles(chat).count("Did you get this?")


def test_two_tabs_of_which_one_is_signed_in_leave_each_other_alone(
    visiting: BrowserContext, mortal: MortalDesk
) -> None:
    mortal.start()
    before = open_page(visiting, mortal)
    stranger = opened(before)
    write(stranger, "Hello")
    expect_delivery(stranger, "Sent")
    after = open_page(visiting, mortal)
    identity = sign("c-mara", "Mara Lindqvist", mortal.settings.identity_secret, seconds=3600)
    after.evaluate("identity => Kindhand.setUser(identity)", identity)
    mara = opened(after)
    expect(mara.locator("[data-speaker=visitor] .text")).to_have_text(["Hello"])
    expect(stranger.locator("[data-speaker=visitor]")).to_have_count(0)
    write(mara, "My new address is 1 Privet Lane")
    write(stranger, "Hello again")
    for chat in (mara, stranger):
        expect_delivery(chat, "Sent")
    before.wait_for_timeout(2_000)  # would they follow each other, they would do so again and again
    expect(mara.locator("[data-speaker=visitor] .text")).to_have_text(
        ["Hello", "My new address is 1 Privet Lane"]
    )
    expect(stranger.locator("[data-speaker=visitor] .text")).to_have_text(["Hello again"])
    assert len(stored(mortal)) == 2


def stored(desk: MortalDesk) -> list[list[str]]:
    """Return what visitors and the bot said in each conversation."""
    database = Database(desk.settings.database_url)
    with database.read() as connection:
        ids = connection.execute(conversations.select()).scalars().all()
        said = [messages.after(connection, id) for id in ids]
    database.close()
    return [[one.text for one in some if one.speaker in ("visitor", "bot")] for some in said]
