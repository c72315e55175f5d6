"""The widget keeps its promises to a visitor: a real browser, a real socket, a small desk."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Frame, Page, expect

from tests.browser.conftest import bubbles, expect_delivery, opened, talking, wait_until, write
from tests.browser.desk_fake import DeskFake
from tests.browser.desk_fake import Frame as Message

HOSTILE = [
    "<img src=x onerror='window.pwned=1'>",
    "<script>window.pwned=1</script>",
    "<a href='javascript:window.pwned=1'>click</a>",
    "javascript:window.pwned=1",
    "data:text/html,<script>window.pwned=1</script>",
    "https://good.example/'onmouseover='window.pwned=1",
    "</span></li></ol><svg onload='window.pwned=1'>",
    "'; DROP TABLE messages; --",
    "{{7*7}} ${7*7} \u202egnp.exe",
]

LINKS = [
    ("See https://a.example/x?y=1&z=2.", ["https://a.example/x?y=1&z=2"]),
    (
        "(http://a.example/one) and (https://b.example/(two))",
        ["http://a.example/one", "https://b.example/(two)"],
    ),
    ("Write to mailto:hello@a.example!", ["mailto:hello@a.example"]),
    ("HTTPS://A.example/Loud", ["https://a.example/Loud"]),
    ("ftp://a.example file:///etc/passwd javascript:alert(1) vbscript:x", []),
    ("https:// is no address, nor is http://", []),
]


def reply(text: str, **more: object) -> Callable[[str], list[Message]]:
    return lambda said: [{"speaker": "bot", "name": "Pip", "text": text, **more}]


# -- before it is opened -----------------------------------------------------------------------------------


def test_nothing_is_stored_or_asked_before_opening(page: Page, desk: DeskFake) -> None:
    page.wait_for_load_state("networkidle")
    kept = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert page.evaluate(kept) == [0, 0, ""]
    assert page.locator("kindhand-widget iframe").count() == 0
    assert {path for path in desk.requests if "favicon" not in path} == {"/blank", "/widget.js"}
    opened(page)
    assert page.evaluate("Object.keys(sessionStorage)") == ["kindhand.panel"]
    assert page.evaluate("document.cookie") == ""


def test_runs_on_a_strangers_page_under_a_strict_policy(context: BrowserContext, desk: DeskFake) -> None:
    page = context.new_page()
    refused: list[str] = []
    page.on(
        "console",
        lambda line: (
            line.type == "error" and "favicon" not in line.location["url"] and refused.append(line.text)
        ),
    )
    page.goto(f"http://shop.test:{desk.port}/stranger")
    chat = opened(page)
    write(chat, "Hello from elsewhere")
    expect_delivery(chat, "Sent")
    assert page.locator(".box").bounding_box()["x"] == 16
    assert refused == []


# -- exactly once ------------------------------------------------------------------------------------------


def test_what_is_sent_shows_once_and_says_so(chat: Frame, desk: DeskFake) -> None:
    desk.answers = reply("It is on its way.")
    write(chat, "Where is it?")
    expect_delivery(chat, "Sent")
    expect(chat.locator(".bubble")).to_have_count(2)
    assert bubbles(chat) == ["Where is it?", "It is on its way."]
    assert chat.evaluate("sessionStorage.getItem('kindhand.outbox')") is None


def test_a_broken_line_sends_again_under_the_same_id(chat: Frame, desk: DeskFake) -> None:
    desk.acks = False
    write(chat, "Is anybody there?")
    expect_delivery(chat, "Sending")
    desk.acks = True
    desk.cut()
    expect_delivery(chat, "Sent")
    assert len(desk.heard("say")) == 2 and len({frame["cmid"] for frame in desk.heard("say")}) == 1
    assert bubbles(chat) == ["Is anybody there?"]


def test_what_was_missed_comes_once_and_in_order(chat: Frame, desk: DeskFake) -> None:
    write(chat, "one")
    expect_delivery(chat, "Sent")
    desk.cut()
    for text in ("two", "three"):
        desk.speak("bot", text)
    expect(chat.locator(".bubble")).to_have_count(3)
    assert bubbles(chat) == ["one", "two", "three"]
    assert [frame["last_seq"] for frame in desk.heard("hello")] == [0, 1]


def test_reload_keeps_conversation_draft_and_what_was_not_sent(chat: Frame, desk: DeskFake) -> None:
    desk.answers = reply("Hello.")
    write(chat, "First")
    expect(chat.locator(".bubble")).to_have_count(2)
    desk.acks = False
    write(chat, "Second")
    chat.get_by_label("Your message").fill("half a thou")
    desk.acks, desk.answers = True, reply("Got it.")
    chat.page.reload()
    chat = talking(chat.page)
    expect_delivery(chat, "Sent")
    assert bubbles(chat)[:3] == ["First", "Hello.", "Second"]
    expect(chat.get_by_label("Your message")).to_have_value("half a thou")
    assert len(desk.messages) == 1 and desk.heard("hello")[-1]["token"] == "token-1"


def test_a_second_tab_is_the_same_conversation(chat: Frame, context: BrowserContext, desk: DeskFake) -> None:
    write(chat, "From one")
    second = context.new_page()
    second.goto("/blank")
    other = opened(second)
    write(other, "From two")
    for tab in (chat, other):
        expect(tab.locator(".bubble")).to_have_count(2)
        assert bubbles(tab) == ["From one", "From two"]
        expect_delivery(tab, "Sent")  # under the newest, whichever tab it was written in
    assert len(desk.messages) == 1


def test_tabs_opened_at_once_agree_on_one_conversation(context: BrowserContext, desk: DeskFake) -> None:
    tabs = [context.new_page() for _ in range(2)]
    for tab in tabs:
        tab.goto("/blank")
        tab.locator(".launcher").wait_for()
    for tab in tabs:
        tab.evaluate("Kindhand.open()")
    chats = [talking(tab) for tab in tabs]
    tabs[0].wait_for_timeout(200)
    write(chats[0], "Both see this")
    for chat in chats:
        expect(chat.locator(".bubble")).to_have_text([re.compile("Both see this")])


def test_two_words_in_a_row_keep_their_order(chat: Frame, desk: DeskFake) -> None:
    said = [f"line {i}" for i in range(20)]
    for text in said:
        write(chat, text)
    expect_delivery(chat, "Sent")
    assert bubbles(chat) == said
    assert [message["text"] for message in desk.messages["token-1"]] == said


# -- text is text ------------------------------------------------------------------------------------------


def test_hostile_words_stay_words(chat: Frame, desk: DeskFake) -> None:
    for text in HOSTILE:
        write(chat, text)
    expect(chat.locator(".bubble")).to_have_count(len(HOSTILE))
    for text in HOSTILE:
        desk.speak("agent", text, name=text)
        desk.speak("system", text)
        desk.speak("bot", text, buttons=[{"id": "1", "title": text}])
    desk.hand_to("agent", HOSTILE[0])
    expect(chat.locator(".subtitle")).to_have_text(HOSTILE[0])
    assert bubbles(chat)[: len(HOSTILE)] == HOSTILE
    assert chat.evaluate("window.pwned") is None
    assert chat.locator(".log img, .log script, .log svg, .log [onerror], .header img").count() == 0
    for link in chat.locator(".log a").all():
        assert re.match("https?:", link.get_attribute("href"))


def test_only_web_and_mail_addresses_become_links(chat: Frame, desk: DeskFake) -> None:
    for text, _ in LINKS:
        desk.speak("bot", text)
    expect(chat.locator(".bubble")).to_have_count(len(LINKS))
    for bubble, (text, links) in zip(chat.locator(".bubble").all(), LINKS, strict=True):
        anchors = bubble.locator("a").all()
        assert [anchor.get_attribute("href") for anchor in anchors] == links, text
        assert all(anchor.get_attribute("rel") == "noopener noreferrer" for anchor in anchors)


def test_the_limit_is_named_before_it_is_hit(chat: Frame, desk: DeskFake) -> None:
    field, room = chat.get_by_label("Your message"), chat.locator(".room")
    field.fill("é" * 1500)
    expect(room).to_have_text("")
    field.fill("é" * 2000)
    expect(room).to_have_text("Room for about 48 more characters")
    field.fill("é" * 2049)
    expect(room).to_have_text(re.compile("Too long by about 1 character"))
    field.press("Enter")
    field.fill("é" * 2048)
    field.press("Enter")
    expect_delivery(chat, "Sent")
    assert [len(frame["text"].encode()) for frame in desk.heard("say")] == [4096]


# -- choices, persons, the page ----------------------------------------------------------------------------


def test_a_greeting_button_is_said_and_a_message_button_is_chosen(page: Page, desk: DeskFake) -> None:
    desk.greeting = {
        "text": "Hello.",
        "buttons": [{"id": "hours", "title": "Hours", "text": "When are you open?"}],
    }
    chat = opened(page)
    desk.answers = reply("Which café?", buttons=[{"id": "b1", "title": "Tinsmith Lane"}])
    chat.get_by_role("button", name="Hours").click()
    expect(chat.get_by_role("button", name="Tinsmith Lane")).to_be_visible()
    desk.answers = reply("From 7:30.")
    chat.get_by_role("button", name="Tinsmith Lane").click()
    expect(chat.locator(".bubble")).to_have_count(5)
    assert bubbles(chat) == ["Hello.", "When are you open?", "Which café?", "Tinsmith Lane", "From 7:30."]
    assert [(f["seq"], f["button"]) for f in desk.heard("choose")] == [(2, "b1")]
    expect(chat.locator(".choices")).to_be_hidden()


def test_a_person_is_asked_for_once_and_joins_visibly(chat: Frame, desk: DeskFake) -> None:
    person = chat.locator(".person")
    person.click()
    person.click(force=True)
    expect(person).to_have_text("Asking for a person")
    desk.speak("system", "You asked to talk to a person.")
    desk.hand_to("waiting")
    expect(chat.locator(".subtitle")).to_have_text("Waiting for a person")
    desk.hand_to("agent", "Sam Reyes")
    expect(chat.locator(".subtitle")).to_have_text("Sam Reyes")
    expect(chat.locator(".divider").last).to_have_text("Sam Reyes has joined")
    desk.speak("agent", "Hello, Sam here.", name="Sam Reyes")
    desk.hand_to("bot")
    desk.speak("bot", "Back to me.", name="Pip")
    lines = ["You asked to talk to a person.", "Sam Reyes has joined", "The automated assistant is back"]
    expect(chat.locator(".divider")).to_have_text(lines)
    assert len(desk.heard("person")) == 1


def test_who_waits_sees_where_they_stand_and_may_go_on_with_the_bot(chat: Frame, desk: DeskFake) -> None:
    subtitle, standing = chat.locator(".subtitle"), chat.locator(".person")
    leave = chat.get_by_role("button", name="Go on with the assistant")
    expect(leave).to_be_hidden()
    desk.hand_to("waiting")
    for known, words in (
        ({"availability": "wait", "place": 3, "minutes": 5}, "2 before you, about 5 minutes"),
        ({"availability": "live", "place": 1, "minutes": None}, "You are next"),
        ({"availability": "wait", "place": None, "minutes": None}, "A person has been asked"),
    ):
        desk.push({"op": "queue", "promised_at": None, **known})
        expect(standing).to_have_text(words)
        expect(subtitle).to_have_text("Waiting for a person")
    heard = chat.locator("[aria-live] p", has_text="Waiting for a person")
    expect(heard).to_have_text(
        [f"Waiting for a person: {said}" for said in ("2 before you, about 5 minutes", "you are next")]
    )
    desk.push({"op": "queue", "promised_at": None, "availability": "later", "place": None, "minutes": None})
    expect(subtitle).to_have_text("A person gets back to you")
    leave.click()
    wait_until(chat, lambda: len({frame["cmid"] for frame in desk.heard("leave_queue")}) == 1)
    desk.hand_to("bot")
    expect(leave).to_be_hidden()
    expect(subtitle).to_have_text("Automated assistant")


def test_reading_is_told_and_shown(chat: Frame, desk: DeskFake) -> None:
    write(chat, "Hello")
    expect_delivery(chat, "Sent")
    desk.speak("agent", "Hello, Sam here.", name="Sam Reyes")
    wait_until(chat, lambda: [frame["seq"] for frame in desk.heard("seen")][-1:] == [2])
    desk.push({"op": "read", "seq": 1})
    expect_delivery(chat, "Read")
    chat.get_by_role("button", name="Close chat").click()
    desk.speak("agent", "Are you there?", name="Sam Reyes")
    chat.page.locator(".launcher").click()
    wait_until(chat, lambda: [frame["seq"] for frame in desk.heard("seen")] == [1, 2, 3])


def test_what_the_desk_says_about_a_join_is_not_said_twice(chat: Frame, desk: DeskFake) -> None:
    write(chat, "Hello?")
    desk.hand_to("agent", "Sam Reyes")
    desk.speak("system", "Sam Reyes has joined the chat.")
    desk.speak("agent", "Hello, Sam here.", name="Sam Reyes")
    desk.speak("system", "Sam Reyes has left the chat. Pip, the bot, is here again.")
    desk.hand_to("bot")
    desk.speak("bot", "Back to me.", name="Pip")
    expect(chat.locator(".bubble")).to_have_count(3)
    assert [line.split(" the chat")[0] for line in chat.locator(".divider, .note").all_inner_texts()] == [
        "Sam Reyes has joined",
        "Sam Reyes has left",
    ]


def test_a_finished_conversation_goes_on_when_the_visitor_writes(chat: Frame, desk: DeskFake) -> None:
    desk.hand_to("closed")
    write(chat, "One more thing")
    expect_delivery(chat, "Sent")
    assert list(desk.messages) == ["token-1"]


def test_typing_goes_both_ways_and_moves_nothing(chat: Frame, desk: DeskFake) -> None:
    before = chat.locator(".log").bounding_box()
    desk.push({"op": "typing", "speaker": "bot", "name": "Pip", "on": True})
    expect(chat.locator(".typing")).to_have_text("Pip is writing")
    assert chat.locator(".log").bounding_box() == before
    desk.speak("bot", "Done.", name="Pip")
    expect(chat.locator(".typing")).to_have_text("")
    chat.get_by_label("Your message").press_sequentially("hello")
    chat.page.keyboard.press("Enter")
    expect_delivery(chat, "Sent")
    told = [frame["on"] for frame in desk.heard("typing")]
    assert told[0] is True and told.count(False) == 1 and told[-1] is False


def test_messages_behind_the_launcher_are_counted(chat: Frame, desk: DeskFake) -> None:
    chat.get_by_role("button", name="Close chat").click()
    desk.speak("bot", "One")
    desk.speak("bot", "Two")
    expect(chat.page.get_by_role("button", name="Open chat, 2 new messages")).to_be_visible()
    opened(chat.page)
    expect(chat.page.locator(".launcher")).to_have_attribute("aria-label", "Open chat")


def test_the_page_can_open_listen_say_who_it_is_and_reset(page: Page, desk: DeskFake) -> None:
    page.evaluate(
        """async () => {
          const kindhand = await Kindhand.ready;
          window.heard = [];
          for (const name of ["open", "close", "message", "reset"]) kindhand.on(name, () => heard.push(name));
          kindhand.on("open", () => heard.push("never"))();
          kindhand.setUser("signed");
          kindhand.toggle();
        }"""
    )
    wait_until(page, lambda: len(desk.heard("hello")) == 1)
    assert desk.heard("hello")[0]["identity"] == "signed"
    chat = talking(page)
    desk.speak("bot", "Hi")
    expect(chat.locator(".bubble")).to_have_count(1)
    page.evaluate("Kindhand.reset()")
    expect(chat.locator(".bubble")).to_have_count(0)
    wait_until(page, lambda: len(desk.heard("hello")) == 2)
    assert desk.heard("hello")[1] == {**desk.heard("hello")[0], "identity": None}
    page.evaluate("Kindhand.toggle()")
    assert page.evaluate("heard") == ["open", "message", "reset", "close"]
