"""Files in the chat, from the paperclip to the desk's disk and back."""

import io
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.attachments.files import paper, picture
from tests.browser.conftest import wait_until
from tests.gateway.served import ServedDesk, parts, serve_desk

ENDPOINT = "**/api/visitor/attachments?*"
KETTLE = {"name": "kettle.jpg", "mimeType": "image/jpeg", "buffer": picture("JPEG", (600, 400))}
INVOICE = {"name": "invoice.pdf", "mimeType": "application/pdf", "buffer": paper()}
PUT = """([event, files]) => {
  const carried = new DataTransfer();
  for (const [name, type] of files) carried.items.add(new File([new Uint8Array([1])], name, { type }));
  const on = document.querySelector(".composer textarea");
  const about = { bubbles: true, cancelable: true };
  const made = event === "paste"
    ? new ClipboardEvent(event, { ...about, clipboardData: carried })
    : new DragEvent(event, { ...about, dataTransfer: carried });
  on.dispatchEvent(made);
  return made.defaultPrevented;
}"""

DRAWN = """address => new Promise((tell) => {
  const picture = new Image();
  picture.onload = () => tell(true);
  picture.onerror = () => tell(false);
  picture.src = address;
})"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    with serve_desk(tmp_path_factory.mktemp("files"), parts()) as desk:
        yield desk


@pytest.fixture
def chat(browser: Browser, desk: ServedDesk) -> Iterator[Page]:
    """The chat as a page of its own, connected."""
    context = browser.new_context(
        locale="en-GB", reduced_motion="reduce", viewport={"width": 390, "height": 800}
    )
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{desk.origin}/chat")
    clip(page).wait_for()
    yield page
    context.close()


def clip(page: Page) -> Locator:
    return page.get_by_role("button", name="Send a picture or PDF")


def choose(page: Page, *files: dict[str, Any]) -> None:
    with page.expect_file_chooser() as chooser:
        clip(page).click()
    chooser.value.set_files(list(files))


def shown(page: Page, name: str = "kettle.jpg") -> Locator:
    return page.get_by_role("img", name=f"Picture from you: {name}")


def delivered(page: Page) -> None:
    expect(page.locator(".delivery:visible")).to_have_text(["Sent"], use_inner_text=True)


def stored(desk: ServedDesk, page: Page) -> list[str]:
    """Return the names of the files that the desk keeps of this conversation."""
    token = page.evaluate("localStorage.getItem('kindhand.token')")
    found = desk.step(desk.app.state.gateway.entrance.find(token, None))
    seen = desk.step(desk.app.state.gateway.entrance.look(found.id, 0))
    return [message.text for message in seen.messages if message.attachment]


def test_a_picture_and_a_document_arrive_in_the_order_of_choosing(desk: ServedDesk, chat: Page) -> None:
    choose(chat, KETTLE, INVOICE)
    expect(shown(chat)).to_be_visible()
    expect(chat.locator(".text", has_text="cannot see what is in it")).to_be_visible()
    expect(chat.get_by_role("button", name="invoice.pdf")).to_be_enabled()
    assert stored(desk, chat) == ["kettle.jpg", "invoice.pdf"]
    chat.reload()
    expect(shown(chat)).to_have_js_property("naturalWidth", 600)
    with chat.expect_download() as saved:
        chat.get_by_role("button", name="invoice.pdf").click()
    assert saved.value.suggested_filename == "invoice.pdf"


def test_the_newest_stays_in_view_when_a_picture_comes(chat: Page) -> None:
    for n in range(3):
        choose(chat, {**KETTLE, "name": f"{n}.jpg"})
    delivered(chat)
    expect(shown(chat, "2.jpg")).to_have_js_property("complete", True)
    expect(chat.locator(".delivery:visible")).to_be_in_viewport()
    chat.reload()
    expect(shown(chat, "2.jpg")).to_have_js_property("naturalWidth", 600)
    expect(shown(chat, "2.jpg")).to_be_in_viewport(ratio=0.9)


def test_a_picture_is_enlarged_and_put_back_by_keyboard(chat: Page) -> None:
    choose(chat, KETTLE)
    delivered(chat)
    opener = chat.get_by_role("button", name="Picture from you: kettle.jpg")
    opener.focus()
    chat.keyboard.press("Enter")
    large = chat.get_by_role("dialog", name="kettle.jpg")
    expect(large.get_by_role("img")).to_be_visible()
    expect(large.get_by_role("button", name="Close")).to_be_focused()
    chat.keyboard.press("Escape")
    expect(large).to_have_count(0)
    expect(opener).to_be_focused()


@pytest.mark.parametrize(
    ("name", "kind", "content", "words"),
    [
        ("page.svg", "image/svg+xml", b"<svg/>", "only pictures"),
        ("tool.exe", "application/x-msdownload", b"MZ", "only pictures"),
        ("photo.HEIC", "image/heic", b"x", "HEIC"),
        ("empty.pdf", "application/pdf", b"", "nothing in that file"),
        ("book.pdf", "application/pdf", b"x" * (5 << 20) + b"x", "Up to 5 MB"),
    ],
    ids=["svg", "program", "heic", "empty", "big"],
)
def test_what_can_be_known_is_said_before_anything_is_sent(
    chat: Page, name: str, kind: str, content: bytes, words: str
) -> None:
    asked: list[str] = []
    chat.on("request", lambda request: asked.append(request.url))
    choose(chat, {"name": name, "mimeType": kind, "buffer": content})
    expect(chat.locator(".banner")).to_contain_text(words)
    assert not [url for url in asked if "attachments?" in url]


def test_what_the_desk_finds_is_said_with_the_file(chat: Page) -> None:
    choose(chat, {**KETTLE, "buffer": b"\xff\xd8\xff and no more"})
    expect(chat.locator(".delivery:visible")).to_contain_text("could not be opened")
    chat.get_by_role("button", name="Remove").click()
    expect(chat.locator(".said[data-speaker=visitor]")).to_have_count(0)


@pytest.mark.parametrize("event", ["paste", "drop"])
def test_a_file_is_pasted_or_dropped(chat: Page, event: str) -> None:
    with chat.expect_request(ENDPOINT) as sent:
        assert chat.evaluate(PUT, [event, [["pasted.png", "image/png"]]])
    assert "name=pasted.png" in sent.value.url


def test_a_file_that_is_dragged_over_has_a_place(chat: Page) -> None:
    chat.evaluate(PUT, ["dragenter", [["pasted.png", "image/png"]]])
    expect(chat.get_by_text("Drop it here to send it")).to_be_visible()
    chat.evaluate(PUT, ["dragleave", [["pasted.png", "image/png"]]])
    expect(chat.get_by_text("Drop it here to send it")).to_be_hidden()


def test_one_on_its_way_can_be_stopped(desk: ServedDesk, chat: Page) -> None:
    held: list[Route] = []
    chat.route(ENDPOINT, lambda route: held.append(route))
    choose(chat, KETTLE)
    expect(chat.get_by_role("progressbar", name="Sending")).to_be_visible()
    chat.get_by_role("button", name="Cancel").click()
    expect(shown(chat)).to_have_count(0)
    chat.unroute(ENDPOINT)
    choose(chat, INVOICE)
    delivered(chat)
    assert stored(desk, chat) == ["invoice.pdf"]


def test_one_that_is_stopped_while_it_is_made_smaller_disturbs_no_other(desk: ServedDesk, chat: Page) -> None:
    held: list[Route] = []
    chat.route(ENDPOINT, lambda route: held.append(route))
    chat.evaluate(
        "() => { window.createImageBitmap = () => new Promise((_, fail) => { window.fail = fail; }); }"
    )
    choose(chat, {**KETTLE, "buffer": picture("JPEG", (600, 400)) + bytes(2 << 20)})
    wait_until(chat, lambda: chat.evaluate("Boolean(window.fail)"))
    chat.get_by_role("button", name="Cancel").click()
    choose(chat, INVOICE)
    chat.evaluate("window.fail()")
    wait_until(chat, lambda: bool(held))
    for route in held:
        route.continue_()
    delivered(chat)
    assert len(held) == 1 and stored(desk, chat) == ["invoice.pdf"]


def test_nothing_is_left_of_a_picture_when_the_chat_is_deleted(desk: ServedDesk, chat: Page) -> None:
    choose(chat, KETTLE)
    delivered(chat)
    addresses = [shown(chat).get_attribute("src")]
    chat.get_by_role("button", name="Picture from you: kettle.jpg").click()
    large = chat.get_by_role("dialog", name="kettle.jpg")
    addresses.append(large.get_by_role("img").get_attribute("src"))
    assert [chat.evaluate(DRAWN, address) for address in addresses] == [True, True]
    entrance, token = desk.app.state.gateway.entrance, chat.evaluate("localStorage['kindhand.token']")
    desk.step(desk.app.state.service.erase(desk.step(entrance.find(token, None)).id))
    expect(shown(chat)).to_have_count(0)
    expect(large).to_have_count(0)
    assert [chat.evaluate(DRAWN, address) for address in addresses] == [False, False]


def test_a_lost_answer_and_another_try_give_one(desk: ServedDesk, chat: Page) -> None:
    def lose(route: Route) -> None:
        route.fetch()  # it arrives, and the answer does not
        route.abort()

    chat.route(ENDPOINT, lose, times=1)
    choose(chat, KETTLE)
    delivered(chat)  # the socket tells what the call could not
    assert stored(desk, chat) == ["kettle.jpg"]


def test_a_broken_line_and_another_try(desk: ServedDesk, chat: Page) -> None:
    chat.route(ENDPOINT, lambda route: route.abort(), times=1)
    choose(chat, KETTLE)
    expect(chat.locator(".delivery:visible")).to_contain_text("Not sent")
    chat.get_by_role("button", name="Try again").click()
    delivered(chat)
    assert stored(desk, chat) == ["kettle.jpg"]


def test_it_goes_by_itself_when_the_line_is_back(desk: ServedDesk, chat: Page) -> None:
    chat.context.set_offline(True)
    choose(chat, KETTLE)
    expect(chat.locator(".delivery:visible")).to_contain_text("Not sent")
    chat.context.set_offline(False)
    delivered(chat)
    assert stored(desk, chat) == ["kettle.jpg"]


def test_a_big_photo_is_made_smaller_on_the_way(chat: Page) -> None:
    written = io.BytesIO()
    noise = Image.frombytes("RGB", (500, 400), os.urandom(600_000)).resize(
        (4000, 3200), Image.Resampling.BICUBIC
    )
    noise.save(written, "JPEG", quality=92)
    sizes: list[int] = []
    chat.on("request", lambda r: "attachments?" in r.url and sizes.append(len(r.post_data_buffer or b"")))
    choose(chat, {**KETTLE, "buffer": written.getvalue()})
    expect(shown(chat)).to_be_visible()
    delivered(chat)
    assert len(written.getvalue()) > 1.5 * 2**20 and sizes[0] < len(written.getvalue())
    chat.reload()
    expect(shown(chat)).to_have_attribute("width", "3000")


def test_every_state_is_accessible(page_states: Callable[[], Iterator[Page]]) -> None:
    for state in page_states():
        found = Axe().run(state, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        assert not found.response["violations"], found.generate_report()


@pytest.fixture
def page_states(chat: Page) -> Callable[[], Iterator[Page]]:
    def states() -> Iterator[Page]:
        for theme in ("light", "dark"):
            chat.emulate_media(color_scheme=theme)
            choose(chat, KETTLE, INVOICE)
            expect(chat.get_by_role("button", name="invoice.pdf").last).to_be_enabled()
            yield chat
            choose(chat, {**KETTLE, "buffer": b"\xff\xd8\xff and no more"})
            expect(chat.locator(".delivery:visible").last).to_contain_text("could not be opened")
            yield chat
            chat.get_by_role("button", name="Remove").click()
            chat.get_by_role("button", name="Picture from you: kettle.jpg").last.click()
            chat.get_by_role("dialog", name="kettle.jpg").wait_for()
            yield chat
            chat.keyboard.press("Escape")

    return states
