"""The door, the lists, and what calls the agent back."""

from playwright.sync_api import Page, expect

from tests.browser.console.conftest import OpenConsole
from tests.browser.console.crowd import crowd
from tests.browser.console.desk import FakeDesk
from tests.browser.console.mara import mara
from tests.browser.console.people import BOT, CLOSED, NOOR, PASSWORD, SAM, WAITING, held_by
from tests.browser.console.shapes import ago, plain, summary


def names(page: Page) -> list[str]:
    return page.locator(".row-name").all_text_contents()


def test_signing_in_says_what_was_wrong_and_keeps_the_email(console: OpenConsole) -> None:
    page = console(agent=None)
    email, password = page.get_by_label("E-mail"), page.get_by_label("Password", exact=True)
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
    for words in (
        "VIP",
        "six days late",
        "Urgent",
        "rising",
        "Asked for a person",
        "2 new messages",
        "Web",
        "12 min",
    ):
        expect(first).to_contain_text(words)
    expect(page.locator(".queue-order")).to_have_text("Most urgent first")


def test_waiting_times_tick(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(plain(summary("k-new", "Tom Okafor", WAITING, waiting_since=ago(0.3))))
    page = console()
    before = page.locator(".waits").text_content()
    expect(page.locator(".waits")).not_to_have_text(before or "", timeout=3000)


def test_the_lists_show_what_belongs_in_them(console: OpenConsole, desk: FakeDesk) -> None:
    closed = plain(summary("k-done", "Omar Haddad", CLOSED, resolved_at=ago(9)))
    desk.fill(
        *crowd(2), *crowd(1, held_by(SAM), "s"), *crowd(1, held_by(NOOR), "n"), *crowd(2, BOT, "b"), closed
    )
    page = console()
    for title, count in (("Queue", 2), ("Mine", 1), ("All", 6), ("Resolved", 1)):
        page.get_by_role("tab", name=title).click()
        expect(page.get_by_role("tab", name=title)).to_have_text(f"{title} {count}")
        expect(page.locator(".row")).to_have_count(count)
    expect(page.locator(".row-name")).to_have_text("Omar Haddad")


def test_empty_lists_teach(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill()
    page = console()
    for title, words in (
        ("Queue", "Nobody is waiting"),
        ("Mine", "You have no"),
        ("All", "No conversations"),
        ("Resolved", "Nothing resolved"),
    ):
        page.get_by_role("tab", name=title).click()
        expect(page.locator(".empty h2")).to_contain_text(words)


def test_news_reach_title_icon_and_one_announcer(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(mara(held_by(SAM)))
    page = console("#/mine/k-mara")
    expect(page.locator(".line").last).to_be_visible()
    live = page.locator("[aria-live=polite], [aria-live=assertive], [role=status], [role=alert]")
    expect(live).to_have_count(1)
    expect(live).to_be_empty()
    assert page.title() == "Kindhand console"
    page.evaluate(
        "window.said = [];"
        "new MutationObserver(() => said.push(announcer.textContent)).observe(announcer, {childList: true})"
    )
    desk.say("k-mara", "Are you there?")
    expect(live).to_have_text("Mara Lindqvist: Are you there?")
    desk.arrive(crowd(1)[0])
    expect(live).to_have_text("New hand-over: Tom Okafor, upset. Report of damage, not solved.")
    assert page.evaluate("said.length") == 2
    assert page.title() == "(1) Kindhand console"
    expect(page.locator("link[rel=icon]")).to_have_attribute("href", "/static/console/icon-unread.svg")


def test_two_hundred_conversations_feel_light(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(*crowd(200))
    page = console()
    expect(page.locator(".row")).to_have_count(200)
    page.evaluate("""() => {
        window.touched = new Set();
        const rowOf = (node) => (node.closest ? node : node.parentElement).closest(".row");
        const note = (changes) => changes.forEach(({target}) => touched.add(rowOf(target)?.dataset.id));
        const all = {subtree: true, childList: true, characterData: true};
        new MutationObserver(note).observe(document.querySelector(".rows"), all);
    }""")
    page.locator(".row a").nth(5).focus()
    held = page.evaluate("document.activeElement.parentElement.dataset.id")
    desk.change("k-150", urgency=0.99, situation="Now the most urgent")
    expect(page.locator(".row").first).to_contain_text("Now the most urgent")
    assert page.evaluate("document.activeElement.parentElement.dataset.id") == held, (
        "the focus stays where it was"
    )
    changed = set(page.evaluate("[...touched].filter(Boolean)"))
    ticking = {one["id"] for one in desk.open_ones() if one["waiting_since"]}
    assert "k-150" in changed and len(changed) < 30 < len(ticking)


def test_how_to_be_told_is_asked_once(console: OpenConsole) -> None:
    page = console()
    page.evaluate("localStorage.removeItem('kindhand.console.sound')")
    page.reload()
    asked = page.get_by_role("group", name="Sound and notifications")
    expect(page.get_by_role("button", name="Sound off")).to_have_count(0)
    page.get_by_role("button", name="No, stay silent").click()
    page.reload()
    expect(page.get_by_role("button", name="Sound off")).to_be_visible()
    expect(asked).to_be_hidden()
    page.get_by_role("button", name="Sound off").click()
    expect(page.get_by_role("button", name="Sound on")).to_be_visible()
    page.get_by_role("button", name="Sam Reyes").click()
    page.get_by_role("menuitem", name="How you are told").click()
    expect(asked).to_be_visible()
