"""A visitor's phone: Chromium slowed down by its own DevTools, and what it noted of a page."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

from bot.demo.screenshots import CHROMIUM, FLAGS
from bot.errors import StartError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CPU = 4  # times slower than this machine
# The network that Chromium's DevTools and Lighthouse call slow 4G.
LATENCY = 562.5  # milliseconds added to each request
DOWN, UP = 1_474_560 / 8, 675_000 / 8  # bytes a second
SCREEN = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
SETTLED = 1_500  # milliseconds after which nothing more is expected
RUNNING = ("EvaluateScript", "FunctionCall", "v8.compile")
TRACED = ["devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"]
LAUNCHER_SEEN, PRESSED, WRITABLE = "kh-launcher", "kh-pressed", "kh-writable"

Trace = Sequence[Mapping[str, Any]]  # events of DevTools, times in microseconds

# Runs in every page and frame before anything else. What is seen counts once it is painted.
NOTING = f"""(() => {{
  window.shifts = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((it) => (window.shifts += it.value)))
    .observe({{ type: "layout-shift", buffered: true }});
  const note = (name) => requestAnimationFrame(() => setTimeout(() => performance.mark(name)));
  const wait = (name, find) => {{
    const look = () => (find()?.checkVisibility() ? note(name) : requestAnimationFrame(look));
    look();
  }};
  if (location.pathname === "/chat") return wait("{WRITABLE}", () => document.querySelector("textarea"));
  const ours = () => document.querySelector("kindhand-widget")?.shadowRoot;
  wait("{LAUNCHER_SEEN}", () => ours()?.querySelector("button"));
  addEventListener("click", () => performance.mark("{PRESSED}"), true);
}})()"""


@dataclass(frozen=True)
class Visit:
    """What one visit to a page with the widget came to. Times in milliseconds, sizes in bytes."""

    launcher: float
    writable: float  # from the press
    shift: float
    loading_bytes: int
    opened_bytes: int
    loading_tasks: tuple[float, ...]  # of the main thread, each with its processor time
    opening_tasks: tuple[float, ...]
    script: float  # of the launcher's script until the press, processor time


@dataclass(frozen=True)
class BareVisit:
    """The same of the page without."""

    loaded: float
    shift: float
    tasks: tuple[float, ...]


@contextmanager
def browser() -> Iterator["Browser"]:
    """Run a Chromium.

    Raises:
        StartError: there is none.
    """
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        raise StartError(f"There is no browser at {CHROMIUM}. Install Chromium, or name one in CHROMIUM.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


def visit(browser: "Browser", address: str, desk: str) -> Visit:
    """Come with an empty cache, press the launcher, and wait until the chat can be written in."""
    with _page(browser) as page:
        received = _Received(page, desk)
        browser.start_tracing(page=page, categories=TRACED)
        page.goto(address, wait_until="load")
        launcher = _mark(page, LAUNCHER_SEEN)
        page.wait_for_timeout(SETTLED)
        loading = received.total
        page.locator("kindhand-widget button").first.tap()
        frame = page.locator("kindhand-widget iframe").element_handle().content_frame()
        assert frame is not None
        frame.wait_for_url(f"{desk}/chat**")
        frame.wait_for_function(_MARKED, arg=WRITABLE, timeout=60_000)
        page.wait_for_timeout(SETTLED)
        writable = frame.evaluate(_MOMENT, WRITABLE) - page.evaluate(_MOMENT, PRESSED)
        shift = page.evaluate("window.shifts")
        trace = json.loads(browser.stop_tracing())["traceEvents"]
        before, after = _tasks(trace, address)
        script = _script(trace, f"{desk}/widget.js")
        return Visit(launcher, writable, shift, loading, received.total, before, after, script)


def bare_visit(browser: "Browser", address: str) -> BareVisit:
    """Come to the page without the widget, with an empty cache."""
    with _page(browser) as page:
        browser.start_tracing(page=page, categories=TRACED)
        page.goto(address, wait_until="load")
        page.wait_for_timeout(SETTLED)
        loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
        shift = page.evaluate("window.shifts")
        trace = json.loads(browser.stop_tracing())["traceEvents"]
        return BareVisit(loaded, shift, _tasks(trace, address)[0])


_MARKED = "(name) => performance.getEntriesByName(name).length > 0"
_MOMENT = "(name) => performance.timeOrigin + performance.getEntriesByName(name)[0].startTime"


def _mark(page: "Page", name: str) -> float:
    page.wait_for_function(_MARKED, arg=name, timeout=60_000)
    return float(page.evaluate("(name) => performance.getEntriesByName(name)[0].startTime", name))


@contextmanager
def _page(browser: "Browser") -> Iterator["Page"]:
    context = browser.new_context(**SCREEN)  # type: ignore[arg-type]
    page = context.new_page()
    page.add_init_script(NOTING)
    tools = context.new_cdp_session(page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    network = {"offline": False, "latency": LATENCY, "downloadThroughput": DOWN, "uploadThroughput": UP}
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", network)
    yield page
    context.close()


class _Received:
    """Counts the bytes of bodies that come from the desk, as they come over the line."""

    def __init__(self, page: "Page", desk: str) -> None:
        self.total = 0
        self._desk = desk
        self._heads: dict[str, int] = {}
        tools = page.context.new_cdp_session(page)
        tools.on("Network.responseReceived", self._answered)
        tools.on("Network.loadingFinished", self._finished)
        tools.send("Network.enable")

    def _answered(self, told: Mapping[str, Any]) -> None:
        if told["response"]["url"].startswith(f"{self._desk}/"):
            self._heads[told["requestId"]] = told["response"]["encodedDataLength"]

    def _finished(self, told: Mapping[str, Any]) -> None:
        head = self._heads.pop(told["requestId"], None)
        if head is not None:
            self.total += int(told["encodedDataLength"]) - head


def _tasks(trace: Trace, address: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return what the main thread's tasks took, before the press and after it, in milliseconds.

    It is their processor time, of which what else runs on this machine takes none, but for what the scripts
    of the measurement took, which have no address.
    """
    parsing = _first(trace, "ParseHTML", address)
    thread, pressed = (parsing["pid"], parsing["tid"]), _pressed(trace)
    mine = [event for event in trace if (event.get("pid"), event.get("tid")) == thread and "dur" in event]
    noting = _outermost([event for event in mine if event["name"] in RUNNING and not _data(event).get("url")])
    before, after = [], []
    for event in mine:
        ends = event["ts"] + event["dur"]
        if event["name"] == "RunTask" and ends >= parsing["ts"]:
            within = (one for one in noting if event["ts"] <= one["ts"] < ends)
            took = event.get("tdur", 0) - sum(one.get("tdur", 0) for one in within)
            (before if ends < pressed else after).append(took / 1000)
    return tuple(before), tuple(after)


def _script(trace: Trace, address: str) -> float:
    """Return what a script took on the main thread before the press, in milliseconds of processor time."""
    pressed = _pressed(trace)
    runs = [event for event in trace if event["name"] in RUNNING and _data(event).get("url") == address]
    return sum(event.get("tdur", 0) for event in _outermost(runs) if event["ts"] < pressed) / 1000


def _outermost(events: Trace) -> list[Mapping[str, Any]]:
    """Leave out what began within another: its time is part of that one's."""
    found: list[Mapping[str, Any]] = []
    for event in sorted(events, key=lambda event: event["ts"]):
        if not found or event["ts"] >= found[-1]["ts"] + found[-1].get("dur", 0):
            found.append(event)
    return found


def _pressed(trace: Trace) -> float:
    return min((event["ts"] for event in trace if event["name"] == PRESSED), default=inf)


def _first(trace: Trace, name: str, address: str) -> Mapping[str, Any]:
    parses = (event for event in trace if event["name"] == name)
    return next(event for event in parses if event["args"].get("beginData", {}).get("url") == address)


def _data(event: Mapping[str, Any]) -> Mapping[str, Any]:
    data = event.get("args", {}).get("data")
    return data if isinstance(data, dict) else {}
