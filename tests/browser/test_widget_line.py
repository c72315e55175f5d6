"""The line to the desk breaks, stalls and refuses; the visitor's words and place are kept."""

from playwright.sync_api import BrowserContext, Frame, Page, expect

from tests.browser.conftest import bubbles, expect_delivery, opened, talking, wait_until, write
from tests.browser.desk_fake import DeskFake


def test_a_silent_desk_is_left_after_two_missed_beats(page: Page, desk: DeskFake) -> None:
    page.clock.install()
    opened(page)
    desk.pongs = False
    for _ in range(3):
        page.clock.run_for(20_000)
    wait_until(page, lambda: len(desk.heard("ping")) == 2)
    page.clock.run_for(1_000)
    wait_until(page, lambda: len(desk.heard("hello")) == 2)


def test_what_takes_too_long_offers_to_try_again(page: Page, desk: DeskFake) -> None:
    page.clock.install()
    chat = opened(page)
    desk.acks = False
    write(chat, "Slow")
    expect_delivery(chat, "Sending")
    page.clock.run_for(12_500)
    expect_delivery(chat, "Not sent Try again")
    desk.acks = True
    chat.get_by_role("button", name="Try again").click()
    expect_delivery(chat, "Sent")
    assert len({frame["cmid"] for frame in desk.heard("say")}) == 1


def test_waits_grow_to_half_a_minute_and_never_hammer(page: Page) -> None:
    waits = page.evaluate(
        """async () => {
          const { waitBefore } = await import("/static/widget/connection.js");
          return Array.from({ length: 12 }, (_, i) => [waitBefore(i, () => 0), waitBefore(i, () => 1)]);
        }"""
    )
    assert {low for low, _ in waits} == {500}
    assert [high for _, high in waits] == [min(30_000, 1_000 * 2**i) for i in range(12)]


def test_offline_is_said_and_so_is_the_way_back(chat: Frame, context: BrowserContext, desk: DeskFake) -> None:
    context.set_offline(True)
    expect(chat.locator(".banner")).to_contain_text("What you write is kept")
    write(chat, "Written in a tunnel")
    context.set_offline(False)
    expect(chat.locator(".banner")).to_have_text("Connected again.")
    expect_delivery(chat, "Sent")
    expect(chat.locator(".banner")).to_be_hidden(timeout=5_000)


def test_a_refused_token_is_forgotten_and_the_words_are_kept(chat: Frame, desk: DeskFake) -> None:
    desk.acks = False
    write(chat, "Do not lose me")
    desk.acks = True
    desk.refuse = lambda hello: hello["token"] == "token-1"
    desk.cut()
    expect_delivery(chat, "Sent")
    assert chat.evaluate("localStorage.getItem('kindhand.token')") == "token-2"
    assert [message["text"] for message in desk.messages["token-2"]] == ["Do not lose me"]


def signed_in_only(desk: DeskFake, *good: str) -> None:
    """Refuse what a desk refuses once somebody signed in: forged or old identities, and none at all."""
    desk.refuse = lambda hello: hello["identity"] not in good


def test_a_signed_in_visitor_finds_the_conversation_after_a_reload(page: Page, desk: DeskFake) -> None:
    page.evaluate("Kindhand.setUser('mara')")
    chat = opened(page)
    write(chat, "Still here")
    expect_delivery(chat, "Sent")
    signed_in_only(desk, "mara")
    page.reload()
    page.locator(".launcher").wait_for(state="attached")
    page.wait_for_timeout(300)  # a page that takes its time to know who is there
    page.evaluate("Kindhand.setUser(async () => 'mara')")
    chat = talking(page)
    expect(chat.locator(".bubble")).to_have_count(1)
    assert bubbles(chat) == ["Still here"]
    assert desk.heard("hello")[-1]["token"] == "token-1" and len(desk.heard("hello")) == 2


def test_a_page_can_renew_an_identity_that_ran_out(page: Page, desk: DeskFake) -> None:
    page.evaluate("Kindhand.setUser('old')")
    page.evaluate("() => { Kindhand.on('identity', () => Kindhand.setUser('new')) }")
    opened(page)
    signed_in_only(desk, "new")
    desk.cut()
    wait_until(page, lambda: len(desk.heard("hello")) == 3)
    said = [(hello["token"], hello["identity"]) for hello in desk.heard("hello")]
    assert said == [(None, "old"), ("token-1", "old"), ("token-1", "new")]


def test_the_next_customer_on_a_shared_computer_starts_anew(page: Page, desk: DeskFake) -> None:
    page.evaluate("Kindhand.setUser(() => 'mara')")
    opened(page)
    desk.refuse = lambda hello: hello["identity"] != "tom" or hello["token"] == "token-1"
    page.evaluate("Kindhand.setUser(() => 'tom')")
    wait_until(page, lambda: "token-2" in desk.messages)
    assert [hello["token"] for hello in desk.heard("hello")] == [None, "token-1", None]


def test_a_refused_message_says_why_and_can_be_tried_again(chat: Frame, desk: DeskFake) -> None:
    desk.errors = [("internal", "That did not work.")]
    write(chat, "Stubborn")
    expect_delivery(chat, "Not sent. That did not work. Try again")
    chat.get_by_role("button", name="Try again").click()
    expect_delivery(chat, "Sent")
    assert len({frame["cmid"] for frame in desk.heard("say")}) == 1
    expect(chat.get_by_label("Your message")).to_be_focused()


def test_a_reused_id_is_sent_again_under_a_new_one(chat: Frame, desk: DeskFake) -> None:
    desk.errors = [("cmid_reused", "That was another message.")]
    write(chat, "Twin")
    chat.get_by_role("button", name="Try again").click()
    expect_delivery(chat, "Sent")
    assert len({frame["cmid"] for frame in desk.heard("say")}) == 2
    assert bubbles(chat) == ["Twin"]


def test_too_fast_a_visitor_waits_a_moment_and_loses_no_order(chat: Frame, desk: DeskFake) -> None:
    desk.errors = [("too_many", "Please wait.")]
    for text in ("one", "two", "three"):
        write(chat, text)
    expect_delivery(chat, "Sent")
    assert (
        [message["text"] for message in desk.messages["token-1"]] == ["one", "two", "three"] == bubbles(chat)
    )
