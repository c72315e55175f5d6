"""A page that means harm, or only knows no better: the chat goes on, and keeps its secrets."""

import json
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.conftest import bubbles, expect_delivery, opened, wait_until, write
from tests.browser.desk_fake import DeskFake
from tests.browser.sites import BODY, HEAD, TAG

POLLUTED = """<script>
  window.spied = [];
  for (const name of ["push", "map", "filter", "find", "includes", "some", "join", "forEach", "concat"]) {
    const real = Array.prototype[name];
    Array.prototype[name] = function (...given) {
      spied[spied.length] = [...this, ...given];
      return real.apply(this, given);
    };
  }
  Array.prototype.toJSON = Object.prototype.toJSON = () => "mine";
  Object.prototype.extra = Array.prototype.extra = function () {};
  JSON.stringify = JSON.parse = () => { throw new Error("not your JSON"); };
  window.WebSocket = window.fetch = window.XMLHttpRequest = function () { throw new Error("not your line"); };
  Storage.prototype.getItem = () => "open sesame";
</script>"""
SHOUTING = """<style>
  * { all: unset !important; display: none !important; opacity: 0 !important; font-size: 80px !important;
      position: static !important; color: red !important; background: lime !important; width: 1px !important }
  html, body, main { display: block !important; opacity: 1 !important; background: white !important }
  iframe { height: 3px !important; visibility: hidden !important } button { pointer-events: none !important }
</style>"""


def test_a_page_that_has_broken_its_own_tools_still_gets_a_chat(
    visit: Callable[..., Page], desk: DeskFake
) -> None:
    page = visit(f"{HEAD}{POLLUTED}{BODY}<script src={{desk}}/widget.js></script>")
    page.locator(".launcher").click()
    wait_until(page, lambda: len(desk.heard("hello")) == 1)
    frame = next(frame for frame in page.frames if "/chat" in frame.url)
    write(frame, "My secret order")
    expect_delivery(frame, "Sent")
    spied = page.evaluate("() => spied.map((some) => some.map(String).join(' ')).join(' ')")
    assert "desk" in spied or "open" in spied, "the spies work"
    assert "token-1" not in spied and "My secret" not in spied


def test_a_pages_styles_do_not_reach_the_widget(visit: Callable[..., Page]) -> None:
    plain = visit()
    before = plain.locator(".launcher").bounding_box()
    page = visit(f"{HEAD}{SHOUTING}{BODY}{TAG}", path="/loud")
    assert page.locator(".launcher").bounding_box() == before
    chat = opened(page)
    assert page.locator(".box").bounding_box() == {"x": 884, "y": 84, "width": 380, "height": 620}
    assert chat.get_by_label("Your message").is_visible()
    looks = """(node) => {
      const style = getComputedStyle(node);
      const { color, backgroundColor, fontSize, opacity, display, visibility, width, height } = style;
      return [color, backgroundColor, fontSize, opacity, display, visibility, width, height];
    }"""
    opened(plain)
    for node in (".launcher", ".box", "iframe"):
        inside = f"kindhand-widget {node}"
        assert page.locator(inside).evaluate(looks) == plain.locator(inside).evaluate(looks)


STEALING = """async () => {
  const found = { told: [] };
  const frame = document.querySelector("kindhand-widget").shadowRoot.querySelector("iframe");
  const tries = {
    document: () => frame.contentDocument?.body,
    storage: () => frame.contentWindow.localStorage,
    location: () => frame.contentWindow.location.href,
    inside: () => frame.contentWindow.eval("1"),
  };
  for (const [name, attempt] of Object.entries(tries)) {
    try { found[name] = String(await attempt() ?? "nothing"); } catch { found[name] = "nothing"; }
  }
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => found.told.push(data);
  const target = frame.contentWindow;
  for (const message of ["kindhand", { call: "reset" }, { call: "token" }, { asks: 1 }, null, [], "token"])
    target.postMessage(message, "*");
  target.postMessage("kindhand", "*", [channel.port2]);
  await new Promise((resolve) => setTimeout(resolve, 500));
  return JSON.stringify(found);
}"""


def test_the_token_and_the_words_are_out_of_the_pages_reach(
    visit: Callable[..., Page], desk: DeskFake
) -> None:
    spy = """<script>
      window.seen = [];
      addEventListener("message", ({ data }) => seen.push(data));
      const send = MessagePort.prototype.postMessage;
      MessagePort.prototype.postMessage = function (data, ...more) {
        seen.push(data);
        return send.call(this, data, ...more);
      };
      const describe = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage");
      Object.defineProperty(MessagePort.prototype, "onmessage", { set(hear) {
        describe.set.call(this, (event) => { seen.push(event.data); hear(event); });
      } });
    </script>"""
    page = visit(f"{HEAD}{spy}{BODY}<script src={{desk}}/widget.js></script>")
    chat = opened(page)
    write(chat, "My secret order")
    expect_delivery(chat, "Sent")
    found = json.loads(page.evaluate(STEALING))
    assert found == {name: "nothing" for name in ("document", "storage", "location", "inside")} | {"told": []}
    desk.speak("bot", "An answer that the page may hear")
    wait_until(page, lambda: "An answer" in page.evaluate("JSON.stringify(seen)"))
    heard = page.evaluate("JSON.stringify(seen)")
    assert "token-1" not in heard and "My secret order" not in heard
    assert "token-1" not in page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    )
    assert bubbles(chat)[0] == "My secret order"


NONSENSE = """() => {
  const calls = [
    null, 7, "open", [], {}, { call: "token" }, { call: "constructor" }, { call: "__proto__" },
    { call: "open" }, { call: "open", focus: "yes" }, { call: "setUser", kind: "string", token: {} },
    { call: "setLocale", wishes: "de" }, { call: "theme", theme: "<b>" }, { call: "page", address: 9 },
    { call: "answer", asks: 99, token: "x" }, { call: "shape", full: 1 },
  ];
  for (const call of calls) ports[0].postMessage(call);
}"""


def test_what_a_page_says_out_of_turn_is_not_heard(visit: Callable[..., Page], desk: DeskFake) -> None:
    keep = """<script>
      window.ports = [];
      const Kept = MessageChannel;
      window.MessageChannel = class {
        constructor() {
          const made = new Kept();
          ports.push(made.port1);
          return made;
        }
      };
    </script>"""
    page = visit(f"{HEAD}{keep}{BODY}<script src={{desk}}/widget.js></script>")
    chat = opened(page)
    write(chat, "Still here")
    expect_delivery(chat, "Sent")
    page.evaluate(NONSENSE)
    page.wait_for_timeout(200)
    assert bubbles(chat) == ["Still here"] and len(desk.heard("hello")) == 1
    assert chat.evaluate("[document.documentElement.dataset.theme, document.documentElement.lang]") == [
        "auto",
        "en-GB",
    ]


def test_another_frame_on_the_page_is_not_heard_by_either_side(
    visit: Callable[..., Page], desk: DeskFake
) -> None:
    page = visit(f"{HEAD}{BODY}{TAG}<iframe name=advert src={{desk}}/advert></iframe>")
    desk.pages["/advert"] = (
        """<script>
          const calls = ["kindhand", { event: "close", detail: {} }];
          calls.push({ event: "unread", detail: { count: 99 } });
          setInterval(() => {
            for (const target of [parent, ...Array.from({ length: parent.length }, (_, i) => parent[i])])
              for (const call of calls) target.postMessage(call, "*", [new MessageChannel().port2]);
          }, 20);
        </script>""",
        {},
    )
    page.frame("advert").goto(f"http://other.test:{desk.port}/advert")  # type: ignore[union-attr]
    chat = opened(page)
    write(chat, "Hello")
    expect_delivery(chat, "Sent")
    assert chat.get_by_label("Your message").is_visible()
    assert page.locator(".count").is_hidden()
