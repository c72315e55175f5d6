"""What an agent sees and can do, in a real browser against a small desk on a real socket."""

import os
import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.console_desk import DeskServer, FakeDesk
from tests.browser.console_people import BOT, CLOSED, NOOR, PASSWORD, SAM, WAITING, ago, crowd, held_by, mara, plain, summary

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
SIZES = {"wide": (1280, 800), "tablet": (820, 1180), "phone": (390, 844)}
OpenConsole = Callable[..., Page]

pytestmark = pytest.mark.skipif(
    shutil.which(CHROMIUM) is None and not os.environ.get("CI"), reason=f"no browser at {CHROMIUM}"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        yield running
        running.close()


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[FakeDesk, str]]:
    desk = FakeDesk()
    server = DeskServer(desk)
    yield desk, server.start()
    server.stop()


@pytest.fixture
def desk(served: tuple[FakeDesk, str]) -> FakeDesk:
    """A desk with Mara on top of a small queue."""
    found, _ = served
    found.down = found.forgetful = False
    found.heard.clear()
    found.replies.clear()
    found.fill(mara(), *crowd(3))
    return found


@pytest.fixture
def console(browser: Browser, served: tuple[FakeDesk, str], desk: FakeDesk) -> Iterator[OpenConsole]:
    """Open the console, signed in, at an address; closes what it opened."""
    contexts: list[BrowserContext] = []

    def open_console(at: str = "", *, agent: dict | None = SAM, size: str = "wide", theme: str = "light") -> Page:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme, reduced_motion="reduce")
        context.set_default_timeout(5000)
        contexts.append(context)
        if agent:
            desk.sessions[f"s-{agent['id']}"] = (agent, "csrf")
            context.add_cookies([{"name": "session", "value": f"s-{agent['id']}", "url": served[1]}])
        context.add_init_script("localStorage.setItem('kindhand.console.sound', 'false')")
        page = context.new_page()
        page.goto(f"{served[1]}/console{at}")
        if agent:
            expect(page.locator(".link-words")).to_have_text("Live")
        return page

    yield open_console
    for context in contexts:
        context.close()


def names(page: Page) -> list[str]:
    return page.locator(".row-name").all_text_contents()


def test_signing_in_says_what_was_wrong_and_keeps_the_email(console: OpenConsole) -> None:
    page = console(agent=None)
    email, password = page.get_by_label("E-mail"), page.get_by_label("Password")
    assert email.get_attribute("autocomplete") == "username"
    assert password.get_attribute("autocomplete") == "current-password"
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("Please enter your e-mail address.")
    email.fill("many@copperkettle.example")
    password.fill("x")
    password.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Too many tries. Please wait five minutes.")
    email.fill(SAM["email"])
    password.fill("not this one")
    password.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not match")
    page.reload()
    expect(email).to_have_value(SAM["email"])
    password.fill(PASSWORD)
    password.press("Enter")
    expect(page.get_by_role("tab", name="Queue")).to_contain_text("4")


def test_a_desk_that_is_down_is_said_before_and_after_the_door(console: OpenConsole, desk: FakeDesk) -> None:
    page = console(agent=None)
    desk.down = True
    page.reload()
    expect(page.get_by_role("heading", name="The desk cannot be reached")).to_be_visible()
    desk.down = False
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_label("E-mail")).to_be_visible()


def test_the_worst_is_first_and_says_why(console: OpenConsole) -> None:
    page = console()
    assert names(page) == ["Mara Lindqvist", "Inês Carvalho", "Tom Okafor", "George Whitlam"]
    first = page.locator(".row").first
    for words in ("VIP", "six days late", "Urgent", "rising", "Asked for a person", "2 new messages", "Web", "12 min"):
        expect(first).to_contain_text(words)
    expect(page.locator(".queue-order")).to_have_text("Most urgent first")


def test_waiting_times_tick(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(plain(summary("k-new", "Tom Okafor", WAITING, waiting_since=ago(0.3))))
    page = console()
    before = page.locator(".waits").text_content()
    expect(page.locator(".waits")).not_to_have_text(before or "", timeout=3000)


def test_the_lists_show_what_belongs_in_them(console: OpenConsole, desk: FakeDesk) -> None:
    closed = plain(summary("k-done", "Omar Haddad", CLOSED, resolved_at=ago(9)))
    desk.fill(*crowd(2), *crowd(1, held_by(SAM), "s"), *crowd(1, held_by(NOOR), "n"), *crowd(2, BOT, "b"), closed)
    page = console()
    for title, count in (("Queue", 2), ("Mine", 1), ("All", 6), ("Resolved", 1)):
        page.get_by_role("tab", name=title).click()
        expect(page.get_by_role("tab", name=title)).to_have_text(f"{title} {count}")
        expect(page.locator(".row")).to_have_count(count)
    expect(page.locator(".row-name")).to_have_text("Omar Haddad")


def test_empty_lists_teach(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill()
    page = console()
    for title, words in (("Queue", "Nobody is waiting"), ("Mine", "You have no"), ("All", "No conversations"), ("Resolved", "Nothing resolved")):
        page.get_by_role("tab", name=title).click()
        expect(page.locator(".empty h2")).to_contain_text(words)


def test_speakers_days_and_evidence_are_told_apart_in_words(console: OpenConsole) -> None:
    page = console("#/queue/k-mara")
    expect(page.locator("[data-kind=day]")).to_have_count(2)
    expect(page.locator("[data-speaker=visitor] .who").first).to_contain_text("Mara Lindqvist customer")
    expect(page.locator("[data-speaker=bot] .who").first).to_contain_text("Kit automated assistant")
    expect(page.locator("[data-kind=system]")).to_contain_text("Mara asked for a person")
    assert page.locator("mark").all_text_contents() == ["This is the third time I ask", "I want to talk to a real person"]


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
    for words in ("wedding gift for Saturday", "a replacement that certainly arrives", "Asked the same thing three times",
                  "Asked the carrier", "The carrier is looking for it", "still missing", "Name the wedding", "Blame the carrier"):
        expect(brief).to_contain_text(words)
    for words in ("mara@lindqvist.example", "CK-10423", "shipped, late", "€64.00", "Prefers e-mail", "Parcel two days late"):
        expect(card).to_contain_text(words)
    links = card.get_by_role("link").evaluate_all("links => links.map(link => link.protocol)")
    assert sorted(set(links)) == ["https:", "mailto:"], "an address that runs code is text"


@pytest.mark.parametrize(
    ("identified", "words"), [(True, "Customer details unavailable right now"), (False, "We cannot know who this is")]
)
def test_without_a_card_the_agent_knows_why(console: OpenConsole, desk: FakeDesk, identified: bool, words: str) -> None:
    desk.fill(plain(summary("k-1", "Tom", WAITING, customer={"name": "Tom", "identified": identified, "vip": False})))
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


def test_whoever_loses_the_race_hears_who_has_it_and_keeps_the_words(console: OpenConsole, desk: FakeDesk) -> None:
    page = console("#/queue/k-mara")
    page.locator("#reply").fill("Dear Mara,")
    known = desk.summary("k-mara")
    known.update(owner=held_by(NOOR), version=known["version"] + 1)
    page.get_by_role("button", name="Take over and send").click()
    expect(page.locator(".notice")).to_have_text("Noor Haddad has this conversation now. What you typed is kept.")
    expect(page.locator("#reply")).to_have_value("Dear Mara,")
    expect(page.locator(".standing")).to_contain_text("Noor Haddad is talking with Mara Lindqvist")
    assert desk.replies == []


def test_two_agents_see_each_other(console: OpenConsole, desk: FakeDesk) -> None:
    sam, noor = console("#/queue/k-mara"), console("#/queue/k-mara", agent=NOOR)
    sam.get_by_role("button", name="Take over", exact=True).click()
    expect(noor.locator(".standing")).to_have_text("Sam Reyes is talking with Mara Lindqvist. You can read along.")
    expect(noor.locator("#reply")).to_be_hidden()
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
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
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


def test_keys_do_everything(console: OpenConsole, desk: FakeDesk) -> None:
    page = console()
    press = page.keyboard.press
    press("j")
    expect(page.locator(".row a").nth(0)).to_be_focused()
    press("j")
    press("k")
    press("Enter")
    expect(page.locator(".head h2")).to_have_text("Mara Lindqvist")
    expect(page.locator(".head h2")).to_be_focused()
    press("t")
    expect(page.locator(".head-owner")).to_have_text("You are talking")
    press("r")
    expect(page.locator("#reply")).to_be_focused()
    page.keyboard.type("the")
    expect(page.locator("#reply")).to_have_value("the")
    press("Escape")
    for key, title in (("h", "Hand back to the assistant"), ("e", "Resolve this conversation?"), ("?", "Keys")):
        press(key)
        expect(page.get_by_role("dialog", name=title)).to_be_visible()
        press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    press("/")
    page.keyboard.type("okafor")
    expect(page.locator(".row-name")).to_have_text("Tom Okafor")
    press("Escape")
    expect(page.locator(".row")).to_have_count(3)
    press("n")
    expect(page.locator(".head h2")).to_have_text("Inês Carvalho")


def test_single_keys_can_be_switched_off(console: OpenConsole) -> None:
    page = console("#/queue/k-mara")
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys work").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("t")
    page.wait_for_timeout(100)
    expect(page.locator(".head-owner")).to_contain_text("Waiting for a person")


def test_news_reach_title_icon_and_one_announcer(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(mara(held_by(SAM)))
    page = console("#/mine/k-mara")
    expect(page.locator(".line").last).to_be_visible()
    live = page.locator("[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]")
    expect(live).to_have_count(1)
    expect(live).to_be_empty()
    assert page.title() == "Kindhand console"
    page.evaluate("window.said = []; new MutationObserver(() => said.push(announcer.textContent)).observe(announcer, {childList: true})")
    desk.say("k-mara", "Are you there?")
    expect(live).to_have_text("Mara Lindqvist: Are you there?")
    desk.arrive(crowd(1)[0])
    expect(live).to_have_text("New hand-over: Tom Okafor, upset. Report of damage, not solved.")
    assert page.evaluate("said.length") == 2
    assert page.title() == "(1) Kindhand console"
    expect(page.locator("link[rel=icon]")).to_have_attribute("href", "/static/console/icon-unread.svg")


PAYLOADS = (
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "javascript:alert(1)", "\"><svg onload=alert(1)>",
    "https://ok.example/\"onmouseover=alert(1)", "{{7*7}}", "<a href='javascript:alert(1)'>x</a>", "\u202eevil", "data:text/html,<b>x",
)


def test_hostile_words_stay_words(console: OpenConsole, desk: FakeDesk) -> None:
    hostile = [plain(summary(f"k-{i}", text, WAITING, situation=text, reasons=[{"code": "c", "label": text}])) for i, text in enumerate(PAYLOADS)]
    desk.fill(*hostile)
    alarms: list[str] = []
    page = console()
    page.on("dialog", lambda dialog: (alarms.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: alarms.append(message.text))
    assert sorted(names(page)) == sorted(PAYLOADS)
    for index, text in enumerate(PAYLOADS):
        page.evaluate(f"location.hash = '#/queue/k-{index}'")
        expect(page.locator(".head h2")).to_have_text(text)
        expect(page.locator("[data-speaker=visitor] .said")).to_have_text(text)
    assert page.locator(".columns :is(img, script, iframe, b)").count() == 0
    assert {link for link in page.locator(".said a").evaluate_all("all => all.map(one => one.protocol)")} <= {"https:"}
    assert alarms == []


def test_two_hundred_conversations_feel_light(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(*crowd(200))
    page = console()
    expect(page.locator(".row")).to_have_count(200)
    page.evaluate("""() => {
        window.touched = new Set();
        new MutationObserver((all) => all.forEach(({target}) => touched.add((target.closest?.('.row') ?? target.parentElement.closest('.row'))?.dataset.id)))
            .observe(document.querySelector('.rows'), {subtree: true, childList: true, characterData: true});
    }""")
    page.locator(".row a").nth(5).focus()
    held = page.evaluate("document.activeElement.parentElement.dataset.id")
    desk.change("k-150", urgency=0.99, situation="Now the most urgent")
    expect(page.locator(".row").first).to_contain_text("Now the most urgent")
    assert page.evaluate("document.activeElement.parentElement.dataset.id") == held, "the focus stays where it was"
    changed = set(page.evaluate("[...touched].filter(Boolean)"))
    ticking = {one["id"] for one in desk.open_ones() if one["waiting_since"]}
    assert "k-150" in changed and len(changed) < 30 < len(ticking)


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_shows_one_column_without_sideways_scrolling(console: OpenConsole, width: int) -> None:
    page = console(size="phone")
    page.set_viewport_size({"width": width, "height": 700})
    expect(page.locator(".talk")).to_be_hidden()
    page.get_by_role("link", name="Mara Lindqvist").click()
    expect(page.locator(".queue")).to_be_hidden()
    expect(page.locator(".strip")).to_contain_text("wedding gift")
    page.get_by_role("button", name="Brief and customer").click()
    expect(page.get_by_role("region", name="Brief")).to_contain_text("Why a person")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Conversation").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="List").click()
    expect(page.locator(".rows")).to_be_visible()


def check_access(page: Page, state: str) -> None:
    """Look for violations; between the themes only colours differ, so the dark look is checked for those."""
    for theme, kind, names in (("light", "tag", TAGS), ("dark", "rule", COLOUR_RULES)):
        page.emulate_media(color_scheme=theme)
        found = Axe().run(page, options={"runOnly": {"type": kind, "values": names}, "resultTypes": ["violations"]})
        assert found.violations_count == 0, f"{state}, {theme}: {found.generate_report()}"


def test_the_door_and_an_empty_desk_are_accessible(console: OpenConsole, desk: FakeDesk) -> None:
    check_access(console(agent=None), "sign-in")
    desk.fill()
    check_access(console(), "empty queue")


def test_a_busy_desk_is_accessible(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(mara(held_by(SAM)), *crowd(30), plain(summary("k-done", "Omar Haddad", CLOSED, resolved_at=ago(9))))
    page = console()
    check_access(page, "queue with 30")
    page.evaluate("location.hash = '#/mine/k-mara'")
    expect(page.locator(".dot").first).to_be_visible()
    check_access(page, "conversation with brief")
    for key, state in (("h", "hand-back dialog"), ("?", "cheat sheet")):
        page.keyboard.press(key)
        expect(page.get_by_role("dialog")).to_be_visible()
        check_access(page, state)
        page.keyboard.press("Escape")
    page.evaluate("location.hash = '#/resolved/k-done'")
    expect(page.locator(".standing")).to_contain_text("Resolved")
    check_access(page, "resolved view")
