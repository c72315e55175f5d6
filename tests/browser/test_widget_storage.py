"""In a browser as people have it, a chat on another site is the same on its next page, and there only.

Playwright's own way of starting Chromium switches off that frames of other sites have storage of their own.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from bot.demo.screenshots import CHROMIUM, FLAGS
from tests.browser.conftest import chat_of, expect_delivery, opened, write
from tests.browser.desk_fake import DeskFake
from tests.browser.sites import BODY, HEAD, TAG

LISTENS = re.compile(r"DevTools listening on (ws://\S+)")


@pytest.fixture
def everyday_browser(browser: Browser, tmp_path: Path) -> Iterator[BrowserContext]:
    """A window of a Chromium that was started like anybody's."""
    asked = ("--remote-debugging-port=0", f"--user-data-dir={tmp_path}")
    named = "--host-resolver-rules=MAP *.test 127.0.0.1"
    with subprocess.Popen(
        [str(CHROMIUM), *FLAGS, *asked, named], stderr=subprocess.PIPE, text=True, errors="replace"
    ) as chromium:
        address = next(found[1] for line in chromium.stderr if (found := LISTENS.search(line)))
        everyday = browser.browser_type.connect_over_cdp(address)
        yield everyday.contexts[0]
        everyday.close()
        chromium.terminate()


def test_a_chat_on_another_site_goes_on_over_its_pages_and_stays_there(
    everyday_browser: BrowserContext, desk: DeskFake
) -> None:
    for path in ("/one", "/two"):
        desk.pages[path] = (f"{HEAD}{BODY}{TAG}".replace("{desk}", desk.address), {})
    page = everyday_browser.new_page()
    page.goto(f"http://shop.test:{desk.port}/one")
    chat = opened(page)
    write(chat, "Where is my parcel?")
    expect_delivery(chat, "Sent")
    page.goto(f"http://shop.test:{desk.port}/two")
    expect(chat_of(page).locator(".said[data-speaker=visitor]")).to_contain_text("Where is my parcel?")
    elsewhere = everyday_browser.new_page()
    elsewhere.goto(f"http://other.test:{desk.port}/one")
    expect(opened(elsewhere).locator(".bubble")).to_have_count(0)
    assert [hello["token"] is None for hello in desk.heard("hello")] == [True, False, True]
