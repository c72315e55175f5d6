"""What is offered to an agent, and how the agent is called."""

from playwright.sync_api import expect

from tests.browser.console.conftest import OpenConsole
from tests.browser.console.crowd import crowd
from tests.browser.console.desk import FakeDesk
from tests.browser.console.mara import mara
from tests.browser.console.people import NOOR, SAM, WAITING, held_by
from tests.browser.console.shapes import offered, plain, summary

WHY = "Sam: spoke with Tom on 3 Nov, free (2 of 4)"


def test_an_offer_says_who_why_and_how_long_and_is_taken(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(mara(), offered(crowd(1)[0], SAM, 600, WHY))
    page = console("#/queue/k-mara")
    card = page.get_by_role("region", name="Offered to you")
    for words in ("Tom Okafor", "Upset", "two broken bags", WHY, "min to decide"):
        expect(card).to_contain_text(words)
    page.get_by_role("button", name="Take it").click()
    expect(page.locator(".head h2")).to_have_text("Tom Okafor")
    expect(page.locator(".head-owner")).to_have_text("You are talking")
    expect(card).to_be_hidden()
    assert page.url.endswith("#/mine/k-0")


def test_an_offer_can_be_left_by_key_and_is_put_away_at_once(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(mara(), offered(crowd(1)[0], SAM, 600, WHY))
    page = console()
    expect(page.get_by_role("region", name="Offered to you")).to_be_visible()
    page.keyboard.press("p")
    expect(page.get_by_role("region", name="Offered to you")).to_be_hidden()
    expect(page.locator(".row")).to_have_count(2)
    assert desk.heard[-1] == {"op": "pass", "conversation": "k-0"}


def test_an_offer_that_ran_out_goes_by_itself(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(*crowd(1))
    page = console()
    card = page.get_by_role("region", name="Offered to you")
    until = offered(crowd(1)[0], SAM, 5)["summary"]["offered_until"]
    desk.run(desk.everyone({"op": "offer", "conversation": "k-0", "until": until, "assignment": WHY}))
    expect(card).to_be_visible()
    expect(card).to_be_hidden(timeout=15_000)


def test_an_offer_to_a_colleague_is_only_told(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(offered(crowd(1)[0], NOOR, 600, WHY))
    page = console()
    expect(page.locator(".row-why")).to_have_text("Offered to Noor")
    expect(page.get_by_role("region", name="Offered to you")).to_be_hidden()


def test_an_offer_by_frame_is_shown_before_its_summary(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(*crowd(1))
    page = console()
    until = offered(crowd(1)[0], SAM, 600)["summary"]["offered_until"]
    desk.run(desk.everyone({"op": "offer", "conversation": "k-0", "until": until, "assignment": WHY}))
    expect(page.get_by_role("region", name="Offered to you")).to_contain_text(WHY)


NOTIFIED = """window.told = [];
window.AudioContext = class { constructor() { throw new Error("no sound here"); } };
window.Notification = class {
    static permission = "default";
    static requestPermission() {
        window.asked = (window.asked || 0) + 1;
        Notification.permission = "granted";
    }
    constructor(title, options) { window.told.push([title, options.body]); }
    addEventListener() {}
};
Object.defineProperty(document, "visibilityState", { get: () => window.away ? "hidden" : "visible" });"""


def test_notifications_come_only_when_nobody_looks(console: OpenConsole, desk: FakeDesk) -> None:
    desk.fill(mara(held_by(SAM)))
    page = console(agent=None)
    page.add_init_script(NOTIFIED.replace('constructor() { throw new Error("no sound here"); }', ""))
    page.add_init_script("""window.AudioContext = class {
        get destination() { return {}; }
        createOscillator() { return {frequency: {}, connect: (next) => next, start() {}, stop() {}}; }
        createGain() {
            const gain = {setValueAtTime() {}, exponentialRampToValueAtTime() {}};
            return {gain, connect() {}};
        }
    };
    localStorage.removeItem("kindhand.console.sound");""")
    desk.sessions["s-a-sam"] = (SAM, "csrf")
    page.context.add_cookies([{"name": "session", "value": "s-a-sam", "url": page.url.split("/console")[0]}])
    page.reload()
    page.get_by_role("button", name="Sound and notifications").click()
    expect(page.get_by_role("button", name="Sound on")).to_be_visible()
    assert page.evaluate("asked") == 1
    desk.arrive(plain(summary("k-seen", "Li Wei", WAITING)))
    expect(page.get_by_role("link", name="Li Wei")).to_be_visible()
    assert page.evaluate("told") == []
    page.evaluate("window.away = true")
    desk.arrive(offered(plain(summary("k-new", "Tom Okafor", WAITING)), SAM, 600, WHY))
    expect(page.get_by_role("region", name="Offered to you")).to_be_visible()
    assert page.evaluate("told") == [["For you: Tom Okafor", "Asked when the café opens on Sunday"]]


def test_a_breather_is_one_click_and_is_seen(console: OpenConsole) -> None:
    page = console()
    expect(page.locator(".load")).to_have_text("You have 2 of 4")
    page.get_by_role("button", name="Take a breather").click()
    page.get_by_role("menuitem", name="10 minutes").click()
    resting = page.get_by_role("button", name="Breather until")
    expect(resting).to_be_visible()
    resting.click()
    page.get_by_role("menuitem", name="I am back").click()
    expect(page.get_by_role("button", name="Take a breather")).to_be_visible()
