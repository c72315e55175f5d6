"""The line to the desk breaks, stalls and refuses; the visitor's words and place are kept."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import bubbles, expect_delivery, opened, wait_until, write
from tests.browser.desk_fake import DeskFake


def test_a_silent_desk_is_left_after_two_missed_beats(page: Page, desk: DeskFake) -> None:
    page.clock.install()
    opened(page)
    desk.pongs = False
    for _ in range(3):
        page.clock.run_for(20_000)
    assert len(desk.heard("ping")) == 2
    page.clock.run_for(1_000)
    wait_until(page, lambda: len(desk.heard("hello")) == 2)


def test_what_takes_too_long_offers_to_try_again(page: Page, desk: DeskFake) -> None:
    page.clock.install()
    opened(page)
    desk.acks = False
    write(page, "Slow")
    expect_delivery(page, "Sending")
    page.clock.run_for(12_500)
    expect_delivery(page, "Not sent Try again")
    desk.acks = True
    page.get_by_role("button", name="Try again").click()
    expect_delivery(page, "Sent")
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


def test_offline_is_said_and_so_is_the_way_back(chat: Page, context: BrowserContext, desk: DeskFake) -> None:
    context.set_offline(True)
    expect(chat.locator(".banner")).to_contain_text("What you write is kept")
    write(chat, "Written in a tunnel")
    context.set_offline(False)
    expect(chat.locator(".banner")).to_have_text("Connected again.")
    expect_delivery(chat, "Sent")
    expect(chat.locator(".banner")).to_be_hidden(timeout=5_000)


def test_a_refused_token_is_forgotten_and_the_words_are_kept(chat: Page, desk: DeskFake) -> None:
    desk.acks = False
    write(chat, "Do not lose me")
    desk.acks = True
    desk.refuse = lambda hello: hello["token"] == "token-1"
    desk.cut()
    expect_delivery(chat, "Sent")
    assert chat.evaluate("localStorage.getItem('kindhand.token')") == "token-2"
    assert [message["text"] for message in desk.messages["token-2"]] == ["Do not lose me"]


def test_an_expired_identity_does_not_cost_the_conversation(chat: Page, desk: DeskFake) -> None:
    write(chat, "Still here")
    desk.refuse = lambda hello: hello["identity"] == "expired"
    chat.evaluate("Kindhand.identify('expired')")
    wait_until(chat, lambda: len(desk.heard("hello")) == 3)
    assert [(h["token"], h["identity"]) for h in desk.heard("hello")[1:]] == [
        ("token-1", "expired"),
        ("token-1", None),
    ]
    assert bubbles(chat) == ["Still here"]


def test_a_refused_message_says_why_and_can_be_tried_again(chat: Page, desk: DeskFake) -> None:
    desk.errors = [("internal", "That did not work.")]
    write(chat, "Stubborn")
    expect_delivery(chat, "Not sent. That did not work. Try again")
    chat.get_by_role("button", name="Try again").click()
    expect_delivery(chat, "Sent")
    assert len({frame["cmid"] for frame in desk.heard("say")}) == 1
    expect(chat.get_by_label("Your message")).to_be_focused()


def test_a_reused_id_is_sent_again_under_a_new_one(chat: Page, desk: DeskFake) -> None:
    desk.errors = [("cmid_reused", "That was another message.")]
    write(chat, "Twin")
    chat.get_by_role("button", name="Try again").click()
    expect_delivery(chat, "Sent")
    assert len({frame["cmid"] for frame in desk.heard("say")}) == 2
    assert bubbles(chat) == ["Twin"]


def test_too_fast_a_visitor_waits_a_moment_and_loses_no_order(chat: Page, desk: DeskFake) -> None:
    desk.errors = [("too_many", "Please wait.")]
    for text in ("one", "two", "three"):
        write(chat, text)
    expect_delivery(chat, "Sent")
    assert (
        [message["text"] for message in desk.messages["token-1"]] == ["one", "two", "three"] == bubbles(chat)
    )
