"""One conversation: reading it, taking it over, answering, giving it away."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import wait_until
from tests.browser.console.conftest import OpenConsole
from tests.browser.console.desk import FakeDesk
from tests.browser.console.mara import mara
from tests.browser.console.people import NOOR, PASSWORD, SAM, WAITING, held_by
from tests.browser.console.shapes import plain, said, summary
from tests.browser.test_widget_text import reads_from_the_left


def test_speakers_days_and_evidence_are_told_apart_in_words(console: OpenConsole) -> None:
    page = console("#/queue/k-mara")
    expect(page.locator("[data-kind=day]")).to_have_count(2)
    expect(page.locator("[data-speaker=visitor] .who").first).to_contain_text("Mara Lindqvist customer")
    expect(page.locator("[data-speaker=bot] .who").first).to_contain_text("Kit automated assistant")
    expect(page.locator("[data-kind=system]")).to_contain_text("Mara asked for a person")
    assert page.locator("mark").all_text_contents() == [
        "This is the third time I ask",
        "I want to talk to a real person",
    ]


def test_another_conversation_leaves_nothing_of_the_one_before(console: OpenConsole, desk: FakeDesk) -> None:
    other = plain(summary("k-other", "Tom Okafor", WAITING))
    other["messages"] = [
        said(1, "visitor", "Hello", 3, name=None),
        said(2, "system", "Tom asked for a person", 2),
    ]
    desk.fill(mara(), other)
    page = console("#/queue/k-mara")
    expect(page.locator("[data-kind=message]")).to_have_count(8)
    page.get_by_role("link", name="Tom Okafor").click()
    expect(page.locator("[data-kind=message]")).to_have_count(1)
    expect(page.locator("[data-kind=message] .who")).to_contain_text("Tom Okafor customer")
    expect(page.locator("[data-kind=system]")).to_contain_text("Tom asked for a person")


def test_what_was_said_while_it_was_opened_is_fetched(console: OpenConsole, desk: FakeDesk) -> None:
    page = console("#/queue/k-mara")
    expect(page.locator("[data-kind=message]")).to_have_count(8)
    missed = desk.added("k-mara", "visitor", "Said between two looks", "Mara Lindqvist")
    desk.run(
        desk.everyone({"op": "watching", "conversation": "k-mara", "last_seq": missed["seq"]}),
    )
    expect(page.locator("[data-kind=message]").last).to_contain_text("Said between two looks")


@pytest.mark.parametrize("mark", ["\u202e", "\u202b", "\u2067"], ids=["override", "embedding", "isolate"])
def test_marks_that_turn_text_turn_no_address(console: OpenConsole, desk: FakeDesk, mark: str) -> None:
    page = console("#/queue/k-mara")
    expect(page.locator("[data-kind=message]")).to_have_count(8)
    desk.say("k-mara", f"Look {mark}https://shop.example/moc.knab{mark} here")
    link = page.locator("[data-kind=message]").last.locator("a")
    expect(link).to_have_attribute("href", "https://shop.example/moc.knab")
    wait_until(page, lambda: reads_from_the_left(link))  # a row that is being drawn anew has no letters yet


def test_the_brief_appears_as_soon_as_it_is_written(console: OpenConsole, desk: FakeDesk) -> None:
    late = mara()
    brief, late["brief"] = late["brief"], None
    desk.fill(late)
    page = console("#/queue/k-mara")
    expect(page.get_by_role("region", name="Brief")).to_contain_text("The brief is being written")
    late["brief"] = brief
    desk.change("k-mara", situation=brief["situation"])
    expect(page.get_by_role("region", name="Brief")).to_contain_text("a replacement that certainly arrives")
    expect(page.locator("mark")).to_have_count(2)


def test_evidence_and_mood_lead_to_the_message(console: OpenConsole) -> None:
    page = console("#/queue/k-mara")
    page.get_by_role("button", name="This is the third time I ask").first.click()
    expect(page.locator("#message-5")).to_be_focused()
    dot = page.locator(".dot").nth(1)
    dot.focus()
    expect(page.locator(".course-words")).to_contain_text("It's still not here")
    dot.click()
    expect(page.locator("#message-3")).to_be_focused()
    page.get_by_text("The course in words").click()
    expect(page.locator(".course-list li")).to_have_count(5)


def test_the_brief_and_the_card_tell_what_is_needed(console: OpenConsole) -> None:
    page = console("#/queue/k-mara")
    brief, card = page.get_by_role("region", name="Brief"), page.get_by_role("region", name="Customer")
    for words in (
        "wedding gift for Saturday",
        "a replacement that certainly arrives",
        "Asked the same thing three times",
        "Asked the carrier",
        "The carrier is looking for it",
        "still missing",
        "Name the wedding",
        "Blame the carrier",
    ):
        expect(brief).to_contain_text(words)
    for words in (
        "mara@lindqvist.example",
        "CK-10423",
        "shipped, late",
        "€64.00",
        "Prefers e-mail",
        "Parcel two days late",
    ):
        expect(card).to_contain_text(words)
    links = card.get_by_role("link").evaluate_all("links => links.map(link => link.protocol)")
    assert sorted(set(links)) == ["https:", "mailto:"], "an address that runs code is text"


@pytest.mark.parametrize(
    ("identified", "words"),
    [(True, "Customer details unavailable right now"), (False, "We cannot know who this is")],
)
def test_without_a_card_the_agent_knows_why(
    console: OpenConsole, desk: FakeDesk, identified: bool, words: str
) -> None:
    desk.fill(
        plain(
            summary("k-1", "Tom", WAITING, customer={"name": "Tom", "identified": identified, "vip": False})
        )
    )
    page = console("#/queue/k-1")
    expect(page.get_by_role("region", name="Customer")).to_contain_text(words)


def test_take_over_use_the_suggestion_and_talk(console: OpenConsole, desk: FakeDesk) -> None:
    page = console("#/queue/k-mara")
    page.get_by_role("button", name="Take over", exact=True).click()
    expect(page.locator(".head-owner")).to_have_text("You are talking")
    page.get_by_role("button", name="Use this").click()
    expect(page.locator("#reply")).to_have_value(re.compile("wedding is six days late"))
    expect(page.get_by_role("region", name="What to say first")).to_be_hidden()
    page.locator("#reply").press("Enter")
    expect(page.locator("[data-speaker=agent] .sent")).to_have_text("Sent")
    expect(page.locator("#reply")).to_have_value("")
    desk.types("k-mara", True)
    expect(page.locator(".typing")).to_have_text("Mara Lindqvist is typing…")
    desk.say("k-mara", "Thank you, Sam.")
    expect(page.locator(".line").last).to_contain_text("Thank you, Sam.")
    expect(page.locator(".typing")).to_be_empty()
    page.locator("#reply").press_sequentially("On it")
    page.wait_for_timeout(50)
    assert {"op": "typing", "conversation": "k-mara", "on": True} in desk.heard


def test_sending_from_the_queue_takes_over_first(console: OpenConsole, desk: FakeDesk) -> None:
    page = console("#/queue/k-mara")
    page.locator("#reply").fill("I am here, Mara.")
    page.get_by_role("button", name="Take over and send").click()
    expect(page.locator("[data-speaker=agent] .sent")).to_have_text("Sent")
    assert desk.summary("k-mara")["owner"] == held_by(SAM)


def test_sending_while_taking_over_is_still_on_its_way(console: OpenConsole, desk: FakeDesk) -> None:
    page = console("#/queue/k-mara")
    page.locator("#reply").fill("I am here, Mara.")
    page.evaluate(
        "['.head-acts .primary', '.composer .primary'].forEach((one) => document.querySelector(one).click())"
    )
    expect(page.locator("[data-speaker=agent] .sent")).to_have_text("Sent")
    expect(page.locator(".notice")).to_be_hidden()


def test_a_reply_whose_answer_got_lost_is_said_once(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(mara(held_by(SAM)))
    desk.forgetful = True
    page = console("#/mine/k-mara")
    page.locator("#reply").fill("A new box leaves today.")
    page.locator("#reply").press("Enter")
    expect(page.locator(".sent")).to_contain_text("Not sent")
    desk.forgetful = False
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".sent")).to_have_text("Sent")
    assert page.get_by_text("A new box leaves today.").count() == 1
    assert len(desk.replies) == 2 and len(set(desk.replies)) == 1


def test_a_broken_line_is_said_and_mended_by_a_fresh_start(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(mara(held_by(SAM)))
    page = console("#/mine/k-mara")
    expect(page.locator(".line").last).to_be_visible()
    desk.down = True
    desk.cut()
    expect(page.locator(".link-words")).to_contain_text("Offline. What you type is kept")
    page.locator("#reply").fill("Still here.")
    page.locator("#reply").press("Enter")
    expect(page.locator(".sent")).to_contain_text("Not sent")
    desk.added("k-mara", "visitor", "Hello?", "Mara Lindqvist")
    desk.conversations["k-late"] = plain(summary("k-late", "Tom Okafor", WAITING))
    desk.down = False
    page.get_by_role("button", name="Try now").click()
    expect(page.locator(".link-words")).to_have_text("Live")
    expect(page.locator(".sent")).to_have_text("Sent")
    expect(page.locator("[data-speaker=visitor]").last).to_contain_text("Hello?")
    expect(page.get_by_role("tab", name="Queue")).to_have_text("Queue 1")


def test_whoever_loses_the_race_hears_who_has_it_and_keeps_the_words(
    console: OpenConsole, desk: FakeDesk
) -> None:
    page = console("#/queue/k-mara")
    page.locator("#reply").fill("Dear Mara,")
    known = desk.summary("k-mara")
    known.update(owner=held_by(NOOR), version=known["version"] + 1)
    page.get_by_role("button", name="Take over and send").click()
    expect(page.locator(".notice")).to_have_text(
        "Noor Haddad has this conversation now. What you typed is kept."
    )
    expect(page.locator("#reply")).to_have_value("Dear Mara,")
    expect(page.locator(".standing")).to_contain_text("Noor Haddad is talking with Mara Lindqvist")
    assert desk.replies == []


def test_two_agents_see_each_other(console: OpenConsole, desk: FakeDesk) -> None:
    sam, noor = console("#/queue/k-mara"), console("#/queue/k-mara", agent=NOOR)
    sam.get_by_role("button", name="Take over", exact=True).click()
    expect(noor.locator(".standing")).to_have_text(
        "Sam Reyes is talking with Mara Lindqvist. You can read along."
    )
    expect(noor.get_by_label("Private note", exact=True)).to_be_visible()
    expect(noor.get_by_role("button", name="Reply", exact=True)).to_be_hidden()
    desk.looks("k-mara", SAM, NOOR)
    expect(sam.locator(".viewers")).to_have_text("Noor is looking too")
    expect(noor.locator(".viewers")).to_have_text("Sam is looking too")
    expect(noor.get_by_role("button", name="Take over", exact=True)).to_be_hidden()


def test_drafts_survive_switching_and_reloading(console: OpenConsole) -> None:
    page = console("#/queue/k-mara")
    page.locator("#reply").fill("For Mara")
    page.get_by_role("link", name="Tom Okafor").click()
    expect(page.locator("h2", has_text="Tom Okafor")).to_be_visible()
    expect(page.locator("#reply")).to_have_value("")
    page.locator("#reply").fill("For Tom")
    page.reload()
    expect(page.locator("#reply")).to_have_value("For Tom")
    page.get_by_role("link", name="Mara Lindqvist").click()
    expect(page.locator("#reply")).to_have_value("For Mara")


def test_an_ended_session_shows_the_door_and_keeps_the_draft(console: OpenConsole, desk: FakeDesk) -> None:
    page = console("#/queue/k-mara")
    page.locator("#reply").fill("Half a sentence")
    desk.sessions.clear()
    desk.cut()
    expect(page.get_by_text("You were signed out. What you had typed is kept in this tab.")).to_be_visible()
    page.get_by_label("E-mail").fill(SAM["email"])
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password", exact=True).press("Enter")
    expect(page.locator("#reply")).to_have_value("Half a sentence")


def test_hand_back_carries_the_note(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(mara(held_by(SAM)))
    page = console("#/mine/k-mara")
    page.get_by_role("button", name="Hand back").click()
    page.get_by_label("What was agreed").fill("New box by courier today, free")
    page.get_by_role("dialog").get_by_role("button", name="Hand back").click()
    expect(page.locator(".notice")).to_contain_text("The assistant goes on with Mara Lindqvist")
    assert desk.heard[-1]["note"] == "New box by courier today, free"
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_resolve_is_confirmed_and_found_again(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(mara(held_by(SAM)))
    page = console("#/mine/k-mara")
    page.get_by_role("button", name="Resolve").click()
    page.get_by_role("button", name="Cancel").click()
    assert desk.summary("k-mara")["owner"] == held_by(SAM)
    page.get_by_role("button", name="Resolve").click()
    page.get_by_role("dialog").get_by_role("button", name="Resolve").click()
    expect(page.locator(".standing")).to_contain_text("Resolved")
    page.get_by_role("tab", name="Resolved").click()
    expect(page.locator(".row-name")).to_have_text("Mara Lindqvist")


PAYLOADS = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    '"><svg onload=alert(1)>',
    'https://ok.example/"onmouseover=alert(1)',
    "{{7*7}}",
    "<a href='javascript:alert(1)'>x</a>",
    "\u202eevil",
    "data:text/html,<b>x",
)


def test_hostile_words_stay_words(console: OpenConsole, desk: FakeDesk) -> None:
    hostile = [
        plain(summary(f"k-{i}", text, WAITING, situation=text, reasons=[{"code": "c", "label": text}]))
        for i, text in enumerate(PAYLOADS)
    ]
    desk.fill(*hostile)
    alarms: list[str] = []
    page = console()
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: alarms.append(message.text))
    assert sorted(page.locator(".row-name").all_text_contents()) == sorted(PAYLOADS)
    for index, text in enumerate(PAYLOADS):
        page.evaluate(f"location.hash = '#/queue/k-{index}'")
        expect(page.locator(".head h2")).to_have_text(text)
        expect(page.locator("[data-speaker=visitor] .said")).to_have_text(text)
    assert page.locator(".columns :is(img, script, iframe, b)").count() == 0
    assert {link for link in page.locator(".said a").evaluate_all("all => all.map(one => one.protocol)")} <= {
        "https:"
    }
    assert alarms == []
