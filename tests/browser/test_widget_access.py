"""The widget can be used by everybody: what axe cannot see, by keyboard, by ear, on small screens."""

from collections.abc import Callable

from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import opened, talking, wait_until
from tests.browser.desk_fake import DeskFake

GREETING = {
    "text": "Hello.",
    "buttons": [{"id": "a", "title": "Opening hours", "text": "When are you open?"}],
}
CHOICES = [{"id": "1", "title": "Yes, please"}, {"id": "2", "title": "No, thanks"}]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "reduced_motion": "reduce",
}
# Two focus stops before the launcher are the page's own.
TO_LAUNCHER = ["Tab", "Tab"]


def test_the_keyboard_reaches_everything_and_comes_back(page: Page, desk: DeskFake) -> None:
    desk.greeting = GREETING
    for key in TO_LAUNCHER:
        page.keyboard.press(key)
    assert focused(page) == "Open chat"
    page.keyboard.press("Enter")
    chat = talking(page)
    expect(chat.get_by_role("button", name="Opening hours")).to_be_visible()
    assert focused(page) == "kh-input"
    stops = []
    for _ in range(6):
        page.keyboard.press("Shift+Tab")
        stops.append(focused(page))
    assert stops == ["Opening hours", "Conversation", "Talk to a person", "Close chat", "More", "A link"]
    chat.get_by_label("Your message").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".launcher")).to_be_focused()
    assert focused(page) == "Open chat"


def test_a_whole_visit_by_keyboard_alone(page: Page, desk: DeskFake) -> None:
    """Nothing is clicked: answer the questions, choose, write, ask for a copy, wait, leave a number, end."""
    desk.greeting = GREETING
    name = {"key": "name", "label": "Your name", "kind": "text", "required": True}
    desk.offers = {"prechat": {"questions": [name], "consent": {"text": "I agree.", "link": None}}}
    keys = page.keyboard

    def press(*pressed: str) -> None:
        for key in pressed:
            keys.press(key)

    press(*TO_LAUNCHER, "Enter")
    chat = talking(page)
    expect(chat.get_by_label("Your name")).to_be_focused()
    keys.type("Mara")
    press("Tab", "Space", "Tab", "Enter")
    expect(chat.get_by_label("Your message")).to_be_focused()
    press("Shift+Tab", "Enter")
    expect(chat.locator(".said[data-speaker=visitor]")).to_have_count(1)
    expect(chat.get_by_label("Your message")).to_be_focused()
    desk.offers = {"transcript": True}
    desk.cut()
    wait_until(chat, lambda: len(desk.heard("hello")) == 2)
    keys.type("And on Sundays?")
    press("Enter")
    expect(chat.locator(".said[data-speaker=visitor]")).to_have_count(2)
    chat.get_by_role("button", name="More").focus()
    press("Enter", "s", "Enter")
    expect(chat.get_by_label("E-mail address")).to_be_focused()
    keys.type("mara@example.com")
    press("Enter")
    expect(chat.locator(".banner")).to_be_visible()
    press("Tab", "Tab", "Enter")
    wait_until(chat, lambda: len(desk.heard("person")) == 1)
    desk.hand_to("waiting")
    expect(chat.get_by_role("button", name="Leave an e-mail")).to_be_visible()
    press("Tab", "Enter")
    expect(chat.get_by_label("By e-mail")).to_be_focused()
    press("ArrowDown", "Tab")
    keys.type("+44 7700 900245")
    press("Enter")
    wait_until(chat, lambda: len(desk.heard("callback")) == 1)
    expect(chat.get_by_role("button", name="Leave an e-mail")).to_be_focused()
    press("Shift+Tab", "Shift+Tab", "Shift+Tab", "Enter", "e", "Enter")
    expect(chat.get_by_role("dialog").get_by_role("button", name="End the chat")).to_be_focused()
    press("Enter")
    wait_until(chat, lambda: len(desk.heard("end")) == 1)
    expect(chat.get_by_role("dialog")).to_have_count(0)
    press("Escape")
    expect(page.locator(".launcher")).to_be_focused()
    told = [desk.heard("prechat")[0]["answers"], desk.heard("transcript")[0]["email"]]
    assert told == [{"name": "Mara"}, "mara@example.com"]
    assert desk.heard("callback")[0]["phone"] == "+44 7700 900245"


def test_new_messages_take_no_focus_and_are_announced_once(chat: Frame, desk: DeskFake) -> None:
    desk.speak("bot", "An old one")
    chat.page.reload()
    chat = talking(chat.page)
    expect(chat.locator(".bubble")).to_have_count(1)
    assert chat.locator("[aria-live] p, [role=alert] p").count() == 0
    chat.get_by_role("button", name="Close chat").focus()
    desk.speak("agent", "Hello", name="Sam Reyes", buttons=CHOICES)
    expect(chat.locator("[aria-live] p")).to_have_text(["Sam Reyes, a person: Hello"])
    assert chat.locator("[role=log], [role=alert] p").count() == 0
    assert focused(chat.page) == "Close chat"


def test_every_bubble_says_who_speaks(chat: Frame, desk: DeskFake) -> None:
    chat.get_by_label("Your message").fill("Hi")
    chat.page.keyboard.press("Enter")
    expect(chat.locator(".delivery:visible")).to_contain_text("Sent")
    desk.speak("bot", "Hello", name="Pip")
    desk.speak("bot", "Again", name="Pip")
    desk.speak("agent", "Me too", name="Sam Reyes")
    expect(chat.locator(".bubble")).to_have_count(4)
    said = [text.split(",")[0:2] for text in chat.locator(".bubble .unseen").all_text_contents()]
    assert [who[0] for who in said] == ["You", "Pip", "Pip", "Sam Reyes"]
    assert [who[1].strip() for who in said[1:]] == ["automated", "automated", "a person"]
    assert chat.locator(".head:visible .name").all_inner_texts() == ["You", "Pip · automated", "Sam Reyes"]


def test_everything_fits_and_can_be_hit(desk: DeskFake, page_with: Callable[..., Page]) -> None:
    desk.greeting = GREETING
    chat = opened(page := page_with(reduced_motion="reduce"))
    long = {"id": "1", "title": "A very long way of saying yes" * 3}
    desk.speak("bot", "Supercalifragilistic" * 20, buttons=[long])
    expect(chat.get_by_role("button", name="A very long way")).to_be_visible()
    for width, height in [(320, 568), (390, 844), (640, 400), (768, 600), (1280, 800)]:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(100)
        box = page.locator(".box").bounding_box()
        assert min(box["x"], box["y"]) >= 0
        assert box["x"] + box["width"] <= width and box["y"] + box["height"] <= height
        assert chat.locator(".log").evaluate("log => log.scrollWidth - log.clientWidth") == 0
        for button in chat.locator(".panel button:visible").all():
            box = button.bounding_box()
            narrow = 36 if button.locator("xpath=ancestor::*[@class='tools']").count() else 44
            assert box["height"] >= 44 and box["width"] >= narrow, (width, button.inner_text())


def test_enlarged_four_times_the_whole_can_be_scrolled(
    page_with: Callable[..., Page], desk: DeskFake
) -> None:
    chat = opened(page_with(viewport={"width": 320, "height": 256}))
    desk.hand_to("waiting")
    expect(chat.get_by_role("button", name="Go on with the assistant")).to_be_visible()
    assert chat.locator(".log").bounding_box()["height"] >= 120
    for part in (".title", ".waiting", ".log", ".field"):
        chat.locator(part).first.scroll_into_view_if_needed()
        expect(chat.locator(part).first).to_be_in_viewport(ratio=0.9)


def test_a_phone_gives_the_keyboard_its_room_and_keeps_the_focus(
    desk: DeskFake, page_with: Callable[..., Page]
) -> None:
    chat = opened(page := page_with(**PHONE))
    assert page.locator(".box").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    page.set_viewport_size({"width": 390, "height": 450})  # what a keyboard leaves
    expect(chat.locator(".composer")).to_be_in_viewport(ratio=1)
    expect(chat.get_by_role("button", name="Talk to a person")).to_be_in_viewport(ratio=1)
    assert page.locator(".box").bounding_box()["height"] == 450
    assert page.locator(".box").get_attribute("aria-modal") == "true"
    stops = []
    for _ in range(6):
        page.keyboard.press("Tab")
        stops.append(focused(page))
    assert stops == ["Send", "More", "Close chat", "Talk to a person", "Conversation", "kh-input"]


def test_the_field_grows_to_five_lines(chat: Frame) -> None:
    field = chat.get_by_label("Your message")
    heights = []
    for lines in (1, 3, 5, 9):
        field.fill("\n".join("x" * lines))
        heights.append(field.bounding_box()["height"])
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_less_motion_is_none(page_with: Callable[..., Page]) -> None:
    page = page_with(reduced_motion="reduce")
    opened(page)
    assert page.locator(".box").evaluate("box => getComputedStyle(box).animationDuration") == "0s"


def test_text_spacing_and_right_to_left_hold(chat: Frame, desk: DeskFake) -> None:
    desk.speak("bot", "שלום, איך אפשר לעזור?", name="Pip")
    expect(chat.locator(".bubble")).to_have_count(1)
    assert chat.locator(".bubble .text").evaluate("text => getComputedStyle(text).direction") == "rtl"
    chat.locator(".panel").evaluate(
        "panel => Object.assign(panel.style, {lineHeight: 1.5, letterSpacing: '.12em', wordSpacing: '.16em'})"
    )
    for name in (".title", ".subtitle", ".person span", ".label label"):
        assert chat.locator(name).evaluate(
            "node => node.scrollWidth <= node.clientWidth || !node.clientWidth"
        )


def focused(page: Page) -> str:
    """Name what has the focus, looking into the widget and its frame."""
    return page.evaluate(
        """() => {
          let node = document.activeElement;
          const within = () => node.shadowRoot?.activeElement ?? node.contentDocument?.activeElement;
          while (within()) node = within();
          return node.getAttribute("aria-label") ?? (node.id || node.innerText);
        }"""
    )
