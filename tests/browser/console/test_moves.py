"""Giving a conversation on: transfer, snooze, back to the queue, outcome, reopening, and judging."""

from datetime import datetime, timedelta, timezone

from playwright.sync_api import Page, expect

from tests.browser.console.conftest import OpenConsole
from tests.browser.console.crowd import crowd
from tests.browser.console.desk import FakeDesk
from tests.browser.console.mara import mara
from tests.browser.console.people import CLOSED, NOOR, SAM, held_by
from tests.browser.console.shapes import ago, plain, summary


def mine(console: OpenConsole, desk: FakeDesk) -> Page:
    desk.fill(mara(held_by(SAM)), *crowd(2))
    page = console("#/mine/k-mara")
    expect(page.locator(".line").last).to_be_visible()
    return page


def more(page: Page, name: str) -> None:
    page.get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name=name).click()


def test_a_transfer_shows_load_and_carries_a_note(console: OpenConsole, desk: FakeDesk) -> None:
    page = mine(console, desk)
    more(page, "Transfer")
    dialog = page.get_by_role("dialog", name="Transfer")
    expect(dialog.locator(".choice").first).to_contain_text("Noor HaddadOnline · has 1.5 of 4")
    expect(dialog).to_contain_text("Not online")
    dialog.get_by_label("Note for them").fill("Refund agreed")
    dialog.get_by_role("button", name="Transfer").click()
    expect(page.locator(".notice")).to_have_text("Offered to Noor Haddad. Your note is with it.")
    expect(page.locator(".head-owner")).to_contain_text("Offered to Noor")
    assert (desk.heard[-1]["agent"], desk.heard[-1]["note"]) == (NOOR["id"], "Refund agreed")


def test_a_transfer_to_a_skill(console: OpenConsole, desk: FakeDesk) -> None:
    page = mine(console, desk)
    page.keyboard.press("x")
    page.get_by_label("Anybody who knows repairs").check()
    page.get_by_role("dialog").get_by_role("button", name="Transfer").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert desk.heard[-1]["skill"] == "repairs"


def test_back_to_the_queue(console: OpenConsole, desk: FakeDesk) -> None:
    page = mine(console, desk)
    more(page, "Back to the queue")
    expect(page.locator(".head-owner")).to_contain_text("Waiting")
    expect(page.get_by_role("tab", name="Queue")).to_have_text("Queue 3")


def test_snoozing_for_an_hour_and_until_a_time(console: OpenConsole, desk: FakeDesk) -> None:
    page = mine(console, desk)
    page.keyboard.press("z")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".head-owner")).to_contain_text("Snoozed until")
    hour = datetime.fromisoformat(desk.heard[-1]["until"].replace("Z", "+00:00"))
    assert abs(hour - datetime.now(timezone.utc) - timedelta(hours=1)) < timedelta(minutes=2)
    page.keyboard.press("z")
    page.get_by_label("Day and time").fill("2020-01-01T09:00")
    expect(page.get_by_label("At a time I choose")).to_be_checked()
    page.get_by_role("dialog").get_by_role("button", name="Snooze").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("That time has passed")
    page.get_by_label("Day and time").fill("2099-01-01T09:00")
    page.get_by_role("dialog").get_by_role("button", name="Snooze").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert desk.heard[-1]["until"].startswith(("2098-12-31", "2099-01-01"))


def test_resolving_names_the_outcome_and_reopening_is_mine(console: OpenConsole, desk: FakeDesk) -> None:
    page = mine(console, desk)
    page.keyboard.press("e")
    page.get_by_label("No reply from the customer").check()
    page.get_by_role("dialog").get_by_role("button", name="Resolve").click()
    expect(page.locator(".standing")).to_contain_text("no reply from the customer")
    assert desk.heard[-1]["outcome"] == "no_reply"
    page.get_by_role("button", name="Reopen").click()
    expect(page.locator(".head-owner")).to_have_text("You are talking")
    assert desk.summary("k-mara")["owner"] == held_by(SAM)


def test_verdicts_are_one_click_and_can_be_changed(console: OpenConsole, desk: FakeDesk) -> None:
    page = mine(console, desk)
    escalation = page.get_by_role("group", name="Was it right to call a person?")
    escalation.get_by_role("button", name="Too late").click()
    expect(escalation).to_contain_text("Thank you")
    expect(escalation.get_by_role("button", name="Too late")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("group", name="Was the mood read right?").get_by_role("button", name="too high").click()
    escalation.get_by_role("button", name="Right", exact=True).click()
    expect(escalation.get_by_role("button", name="Right", exact=True)).to_be_focused()
    verdict = desk.conversations["k-mara"]["handoff"]["verdict"]
    assert verdict == {"escalation": "right", "mood": "too_high"}


def test_earlier_conversations_and_the_age_of_the_card(console: OpenConsole, desk: FakeDesk) -> None:
    old = mara(held_by(SAM))
    old["card"] = {**old["card"], "fetched_at": ago(12), "stale": True}
    desk.fill(old, plain(summary("k-may", "Mara Lindqvist", CLOSED, resolved_at=ago(900), outcome="solved")))
    page = console("#/mine/k-mara")
    card = page.get_by_role("region", name="Customer")
    expect(card).to_contain_text("As of 12 min ago. The customer records do not answer just now")
    page.get_by_role("link", name="Parcel two days late").click()
    expect(page.locator(".head-owner")).to_have_text("Resolved: solved")


def test_a_promised_answer_is_in_sight(console: OpenConsole, desk: FakeDesk) -> None:
    late, promised = mara(held_by(SAM)), "2099-01-01T09:00:00+00:00"
    late["handoff"].update(promised_at=promised, contact={"email": "mara@lindqvist.example"})
    desk.fill(late)
    page = console("#/mine/k-mara")
    expect(page.locator(".standing")).to_contain_text("Mara Lindqvist was promised an answer by")
    expect(page.get_by_role("region", name="Brief")).to_contain_text("to mara@lindqvist.example")


def test_the_transcript_goes_to_the_address_on_the_card(console: OpenConsole, desk: FakeDesk) -> None:
    page = mine(console, desk)
    more(page, "Send the transcript")
    expect(page.get_by_label("E-mail address")).to_have_value("mara@lindqvist.example")
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.locator(".notice")).to_have_text("The transcript goes to mara@lindqvist.example.")
    assert desk.heard[-1] == {"op": "transcript", "email": "mara@lindqvist.example"}


def test_what_was_given_up_is_seen_and_tried_again(console: OpenConsole, desk: FakeDesk) -> None:
    mail = {
        "id": 7,
        "kind": "email",
        "conversation": "k-mara",
        "attempts": 9,
        "error": "The mailbox is full.",
    }
    desk.undelivered = [{**mail, "created_at": ago(90), "failed_at": ago(5)}]
    page = console("#/undelivered")
    expect(page.locator(".undelivered")).to_contain_text("E-mailConversationThe mailbox is full.9 tries")
    page.get_by_role("button", name="Try again: E-mail").click()
    expect(page.locator(".undelivered")).to_contain_text("Everything was delivered")


def test_a_customer_who_is_erased_leaves_nothing_on_screen(console: OpenConsole, desk: FakeDesk) -> None:
    page = mine(console, desk)
    page.locator("#reply").fill("Dear Mara,")
    desk.run(desk.everyone({"op": "erased", "conversation": "k-mara"}))
    expect(page.get_by_role("heading", name="This conversation was erased")).to_be_visible()
    expect(page.get_by_text("Mara Lindqvist")).to_have_count(0)
    assert "Dear Mara" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_an_agent_hears_that_the_customer_has_ended_the_chat(console: OpenConsole, desk: FakeDesk) -> None:
    page = mine(console, desk)
    ended = {"kind": "closed", "agent_id": None, "name": None}
    desk.change("k-mara", owner=ended, state="ended", outcome="no_reply")
    expect(page.locator(".notice")).to_have_text("Mara Lindqvist has ended the chat.")
    expect(page.locator(".head-owner")).to_contain_text("Ended by the customer")


def test_what_was_answered_before_the_chat_stands_with_the_customer(
    console: OpenConsole, desk: FakeDesk
) -> None:
    answers = [{"label": "What is it about?", "text": "<b>An order</b>"}]
    desk.fill(mara() | {"prechat": {"answers": answers, "consent_at": ago(20)}})
    page = console("#/queue/k-mara")
    card = page.get_by_role("region", name="Customer")
    expect(card).to_contain_text("What is it about?<b>An order</b>")
    expect(card).to_contain_text("As they wrote it; not checked. Agreed")
