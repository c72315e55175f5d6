"""What the widget costs the page it is on, but for time: bytes, requests before it is opened, shifts."""

import gzip
import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import opened
from tests.browser.desk_fake import DeskFake

BUDGET = 40_000  # bytes, gzipped, of all that an opened chat in one language loads
SHIFTS = """() => new Promise((resolve) => new PerformanceObserver((list) => resolve(
  list.getEntries().map(({ value }) => value))).observe({ type: "layout-shift", buffered: true })
  || setTimeout(() => resolve([]), 300))"""
KEPT = "() => [localStorage.length, sessionStorage.length, document.cookie, frames.length]"


def packed(desk: DeskFake, language: str) -> dict[str, int]:
    """Return how many bytes each of the widget's files takes that was asked for."""
    own = f"/static/{desk.embedding.version}/"
    contents = {"/widget.js": desk.embedding.script, "/chat": desk.embedding.page([language])}
    asked = [path for path in desk.requests if path in contents or path.startswith(own)]
    found = {path: contents.get(path) or desk.embedding.files[path.removeprefix(own)] for path in asked}
    return {path: len(gzip.compress(content, 9)) for path, content in found.items()}


def test_nothing_is_asked_for_or_kept_before_it_is_opened(page: Page, desk: DeskFake) -> None:
    page.wait_for_timeout(300)
    assert set(desk.requests) <= {"/blank", "/widget.js", "/favicon.ico"}
    assert page.evaluate(KEPT) == [0, 0, "", 0]
    assert desk.frames == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_an_opened_chat_stays_within_its_bytes(
    page_with: Callable[..., Page], desk: DeskFake, language: str
) -> None:
    page = page_with()
    page.evaluate("(language) => Kindhand.setLocale(language)", language)
    page.locator(".launcher").click()
    page.frame_locator("kindhand-widget iframe").locator("#kh-input").wait_for()
    page.wait_for_timeout(300)
    files = packed(desk, language)
    assert f"/static/{desk.embedding.version}/widget/words/{language}.js" in files
    assert sum(files.values()) < BUDGET, json.dumps(files, indent=1)


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
def test_the_page_does_not_move(
    page_with: Callable[..., Page], desk: DeskFake, size: tuple[int, int]
) -> None:
    page = page_with(viewport={"width": size[0], "height": size[1]})
    opened(page)
    page.wait_for_timeout(300)
    assert page.evaluate(SHIFTS) == []
