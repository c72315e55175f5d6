"""What a website's page can ask of the widget, see of it, and do to it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.desk.embedding import Embedding
from bot.phrase import Phrase
from bot.widget import Pages, Widget
from tests.browser.conftest import bubbles, chat_of, expect_delivery, opened, talking, wait_until, write
from tests.browser.desk_fake import DeskFake
from tests.browser.sites import BODY, HEAD, TAG


@pytest.fixture
def choose(desk: DeskFake, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let the owner have chosen something in widget.yml."""

    def make(**chosen: Any) -> None:
        widget = replace(Widget(), **chosen)
        made = Embedding(widget, name="Copper Kettle Coffee", origins=desk.embedding.origins)
        monkeypatch.setattr(desk, "embedding", made)

    return make


# -- before the chat is opened -----------------------------------------------------------------------------


def test_a_page_with_the_launcher_keeps_and_asks_nothing(
    visit: Callable[..., Page], context: BrowserContext, desk: DeskFake
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = visit()
    page.on("websocket", lambda socket: asked.append(socket.url))
    page.locator(".launcher").wait_for()
    page.evaluate("Kindhand.setUser('signed'); Kindhand.setLocale('de'); Kindhand.setTheme('dark')")
    page.locator(".launcher").hover()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    own = f"http://shop.test:{desk.port}"
    assert {url for url in asked if "favicon" not in url} == {f"{own}/page", f"{desk.address}/widget.js"}
    assert len(page.frames) == 1 and context.cookies() == []
    kept = "[localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
    assert page.evaluate(f"async () => {kept}") == [0, 0, 0]
    assert context.storage_state()["origins"] == []


def test_an_opened_chat_sets_no_cookie_and_asks_nobody_else(
    visit: Callable[..., Page], context: BrowserContext, desk: DeskFake
) -> None:
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = visit()
    write(opened(page), "Hello")
    expect_delivery(talking(page), "Sent")
    assert context.cookies() == []
    assert {url.split("/")[2] for url in asked} == {f"shop.test:{desk.port}", f"127.0.0.1:{desk.port}"}
    assert page.evaluate("[localStorage.length, Object.keys(sessionStorage)]") == [0, ["kindhand.panel"]]


# -- how the script gets there -----------------------------------------------------------------------------

WAYS = {
    "module": "<script type=module src={desk}/widget.js></script>",
    "deferred": "<script defer src={desk}/widget.js></script>",
    "twice": "<script src={desk}/widget.js></script><script async src={desk}/widget.js></script>",
    "with a query": "<script async src='{desk}/widget.js?ver=6.4'></script>",
    "by a script": """<script>
        const tag = document.createElement("script");
        tag.src = "{desk}/widget.js";
        document.head.append(tag);
    </script>""",
    "beside a clobbering image": "<img name=currentScript src=data:,>"
    "<script type=module src={desk}/widget.js></script>",
}


@pytest.mark.parametrize("way", WAYS)
def test_any_way_to_load_the_script_gives_one_launcher(visit: Callable[..., Page], way: str) -> None:
    page = visit(f"{HEAD}{BODY}{WAYS[way]}")
    page.locator(".launcher").wait_for()
    opened(page)
    assert page.locator("kindhand-widget").count() == 1 and page.locator("iframe").count() == 1


def test_a_script_in_the_head_waits_for_the_body(visit: Callable[..., Page]) -> None:
    page = visit(f"{HEAD}<script src={{desk}}/widget.js></script><script>Kindhand.open()</script>{BODY}")
    chat = talking(page)
    expect(chat.get_by_label("Your message")).to_be_focused()


def test_settings_of_the_page_count_more_than_the_owners(
    visit: Callable[..., Page], choose: Callable[..., None]
) -> None:
    choose(side="left", theme="dark", colour="#7a3b69", launcher=Phrase({"en": "Ask us", "de": "Fragen?"}))
    page = visit()
    launcher = page.locator(".launcher")
    assert launcher.bounding_box()["x"] == 16  # type: ignore[index]
    assert launcher.inner_text() == "Ask us" and launcher.get_attribute("aria-label") == "Ask us"
    assert page.locator("kindhand-widget").get_attribute("data-theme") == "dark"
    theirs = "window.KindhandSettings = { theme: 'light', launcher: 'Talk' }"
    tag = "<script async src={desk}/widget.js data-side=right data-theme=dark></script>"
    page = visit(f"{HEAD}<script>{theirs}</script>{BODY}{tag}", path="/other")
    assert page.locator(".launcher").bounding_box()["x"] > 1000  # type: ignore[index]
    assert page.locator(".launcher").inner_text() == "Talk"
    chat = opened(page)
    assert chat.evaluate("document.documentElement.dataset.theme") == "light"


def test_the_launcher_shows_on_the_owners_pages_only(
    visit: Callable[..., Page], choose: Callable[..., None]
) -> None:
    choose(pages=Pages(("/shop/*", "/help"), ("/shop/checkout*",)))
    paths = ("/help", "/help/x", "/shop/tea", "/shop/checkout", "/shop/checkout/pay")
    for path, shown in zip(paths, (True, False, True, False, False), strict=True):
        page = visit(path=path)
        page.wait_for_function("Boolean(window.Kindhand?.open)")
        expect(page.locator(".launcher")).to_be_visible(visible=shown)
    page.evaluate("history.pushState(null, '', '/shop/coffee')")
    expect(page.locator(".launcher")).to_be_visible()
    page.evaluate("history.pushState(null, '', '/elsewhere')")
    expect(page.locator(".launcher")).to_be_hidden()
    page.evaluate("Kindhand.open()")
    assert talking(page).get_by_label("Your message").is_visible()


def test_the_owner_may_want_no_emoji_and_no_sound(
    visit: Callable[..., Page], choose: Callable[..., None]
) -> None:
    names = ("Emoji", "Sound")

    def offered() -> list[bool]:
        chat = opened(visit())
        faces = chat.get_by_role("button", name=names[0]).is_visible()
        chat.get_by_role("button", name="More").click()
        chat.get_by_role("menu").wait_for()
        return [faces, chat.get_by_role("menu").get_by_text(names[1]).is_visible()]

    assert offered() == [True, True]
    choose(switches={"emoji": False, "attachments": True, "sound": False})
    assert offered() == [False, False]


# -- what a page can ask -----------------------------------------------------------------------------------


def test_calls_made_before_the_script_are_made_when_it_comes(
    visit: Callable[..., Page], desk: DeskFake
) -> None:
    early = """<script>
      window.heard = [];
      window.Kindhand = window.Kindhand || [];
      Kindhand.push(["on", "ready", () => heard.push("ready")]);
      Kindhand.push(["on", "open", () => heard.push("open")]);
      Kindhand.push(["setUser", async () => "signed"]);
      Kindhand.push((kindhand) => heard.push(typeof kindhand.open));
      Kindhand.push(["no such call"], ["open"]);
      addEventListener("kindhand:ready", ({ detail }) => heard.push(detail === Kindhand));
    </script>"""
    page = visit(f"{HEAD}{early}{BODY}{TAG}")
    talking(page)
    assert sorted(map(str, page.evaluate("heard"))) == ["True", "function", "open", "ready"]
    assert desk.heard("hello")[0]["identity"] == "signed"
    assert page.evaluate(
        "Kindhand.push(['close'], (kindhand) => heard.push(kindhand === Kindhand)), heard.at(-1)"
    )
    expect(page.locator(".launcher")).to_be_visible()


def test_a_listener_that_throws_keeps_nobody_from_listening(
    visit: Callable[..., Page], desk: DeskFake
) -> None:
    page = visit()
    page.locator(".launcher").wait_for()
    page.evaluate(
        """() => {
          window.heard = [];
          Kindhand.on("message", () => { throw new Error("mine"); });
          Kindhand.on("message", ({ text, speaker }) => heard.push([speaker, text]));
          Kindhand.on("owner", ({ kind, name }) => heard.push([kind, name]));
          Kindhand.on("unread", ({ count }) => heard.push(count));
          Kindhand.on("no such event", () => heard.push("never"));
        }"""
    )
    opened(page)
    page.evaluate("Kindhand.close()")
    desk.hand_to("agent", "Sam Reyes")
    desk.speak("agent", "Hello", name="Sam Reyes")
    expect(page.locator(".count")).to_have_text("1")
    assert page.evaluate("heard") == [["agent", "Sam Reyes"], ["agent", "Hello"], 1]
    page.evaluate("Kindhand.toggle()")
    wait_until(page, lambda: page.evaluate("heard").count(0) == 1)


def test_a_reset_forgets_a_conversation_that_is_not_open(
    visit: Callable[..., Page], context: BrowserContext, desk: DeskFake
) -> None:
    first = visit(site=desk.address)
    write(opened(first), "From before")
    expect_delivery(talking(first), "Sent")
    first.close()
    page = visit(site=desk.address)
    page.locator(".launcher").wait_for()
    page.evaluate("Kindhand.reset()")
    chat = chat_of(page)
    wait_until(page, lambda: chat.evaluate("localStorage.getItem('kindhand.token')") is None)
    assert len(desk.heard("hello")) == 1, "forgetting asks for no new conversation"
    chat = opened(page)
    assert bubbles(chat) == [] and desk.heard("hello")[-1]["token"] is None


def test_language_and_theme_change_while_the_chat_is_open(visit: Callable[..., Page]) -> None:
    page = visit()
    chat = opened(page)
    page.evaluate("Kindhand.setLocale('ar'); Kindhand.setTheme('dark')")
    expect(chat.locator("html")).to_have_attribute("dir", "rtl")
    expect(chat.locator("html")).to_have_attribute("data-theme", "dark")
    page.evaluate("Kindhand.setLocale('de'); Kindhand.close()")
    expect(page.get_by_role("button", name="Chat öffnen")).to_be_visible()
    expect(chat.locator("html")).to_have_attribute("lang", "de")


def test_the_desk_hears_which_page_it_is_and_no_more(visit: Callable[..., Page], desk: DeskFake) -> None:
    page = visit(path="/orders")
    page.goto(f"{page.url}?secret=1#part")
    opened(page)
    assert desk.heard("hello")[0]["page"] == f"http://shop.test:{desk.port}/orders"
    page.evaluate("history.pushState(null, '', '/next?secret=2')")
    page.wait_for_timeout(100)
    desk.cut()
    wait_until(page, lambda: len(desk.heard("hello")) == 2)
    assert desk.heard("hello")[1]["page"] == f"http://shop.test:{desk.port}/next"


# -- policies ----------------------------------------------------------------------------------------------

POLICIES = {
    "as the page for owners says": "default-src 'none'; script-src {desk}; frame-src {desk}",
    "nonce and strict-dynamic": "default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; "
    "frame-src {desk}; base-uri 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'",
}  # fmt: skip


@pytest.mark.parametrize("kind", POLICIES)
def test_a_strict_policy_is_kept(visit: Callable[..., Page], context: BrowserContext, kind: str) -> None:
    told: list[str] = []
    context.on(
        "console", lambda line: told.append(line.text) if "favicon" not in line.location["url"] else None
    )
    page = visit(
        f"{HEAD}{BODY}<script nonce=abc async src={{desk}}/widget.js></script>", policy=POLICIES[kind]
    )
    chat = opened(page)
    write(chat, "Hello")
    expect_delivery(chat, "Sent")
    assert page.locator(".launcher").evaluate("node => getComputedStyle(node).position") == "fixed"
    assert [line for line in told if "policy" in line.lower() or "refused" in line.lower()] == []


def test_a_page_that_isolates_itself_can_hold_the_chat(visit: Callable[..., Page]) -> None:
    page = visit(Cross_Origin_Embedder_Policy="require-corp", Cross_Origin_Opener_Policy="same-origin")
    assert opened(page).get_by_label("Your message").is_visible()


def test_a_site_that_is_not_named_gets_no_chat_and_is_told_why(
    context: BrowserContext, desk: DeskFake
) -> None:
    desk.pages["/page"] = (f"{HEAD}{BODY}{TAG}".replace("{desk}", desk.address), {})
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda line: told.append(line.text))
    page.clock.install()
    page.goto(f"http://strange.test:{desk.port}/page")
    with page.expect_event("console", lambda line: "frame-ancestors" in line.text):
        page.locator(".launcher").click()
    page.wait_for_timeout(500)
    page.clock.run_for(9_000)
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    assert any(f"Is http://strange.test:{desk.port} in KINDHAND_ALLOWED_ORIGINS?" in line for line in told)
    assert desk.heard("hello") == []
    page.get_by_role("button", name="Close chat").click()
    expect(page.locator(".launcher")).to_be_focused()


# -- colours -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("brand", ["#ffff00", "#000", "#fff", "#ff69b4", "#7f7f7f"])
def test_any_brand_can_be_read_on_the_launcher_and_in_the_chat(
    visit: Callable[..., Page], choose: Callable[..., None], brand: str, scheme: str
) -> None:
    choose(colour=brand)
    page = visit()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    chat = opened(page)
    page.evaluate("Kindhand.close()")
    for place, node in ((page, ".launcher"), (chat, ".send")):
        ratio = place.locator(node).first.evaluate(CONTRAST)
        assert ratio >= 4.5 or node == ".send" and place.locator(node).first.get_attribute("aria-disabled")


CONTRAST = """(node) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const part = (value) => value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = canvas.getImageData(0, 0, 1, 1).data;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const { color, backgroundColor } = getComputedStyle(node);
  const [one, other] = [light(color), light(backgroundColor)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}"""
