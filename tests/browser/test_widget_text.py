"""Text that turns the direction of writing, or hides in no width: kept, shown, and harmless around it."""

from functools import partial

import pytest
from playwright.sync_api import Frame, Locator, expect

from tests.browser.conftest import bubbles, expect_delivery, wait_until, write
from tests.browser.desk_fake import DeskFake

OVERRIDE, EMBED, ISOLATE = "\u202e", "\u202b", "\u2067"
LEFT_TO_RIGHT = """node => {
    const letters = document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
    const at = (index) => {
        const range = document.createRange();
        range.setStart(letters, index);
        range.setEnd(letters, index + 1);
        return range.getBoundingClientRect().left;
    };
    return at(0) < at(3);
}"""


def reads_from_the_left(node: Locator) -> bool:
    """Tell whether the first letters of a line stand left of later ones on the screen."""
    return bool(node.evaluate(LEFT_TO_RIGHT))


@pytest.mark.parametrize("mark", [OVERRIDE, EMBED, ISOLATE], ids=["override", "embedding", "isolate"])
def test_marks_that_turn_text_turn_nothing_around_it(chat: Frame, desk: DeskFake, mark: str) -> None:
    desk.answers = lambda text: [{"speaker": "agent", "name": f"Sam{mark}", "text": f"See {mark}this"}]
    write(chat, f"Hello {mark}dear all")
    expect_delivery(chat, "Sent")
    answer = chat.locator("[data-speaker=agent]")
    expect(answer.locator(".text")).to_have_text(f"See {mark}this")
    assert f"Hello {mark}dear all" in bubbles(chat)
    for node in chat.locator("[data-speaker] time, .delivery:visible").all():
        wait_until(chat, partial(reads_from_the_left, node))


@pytest.mark.parametrize("mark", [OVERRIDE, EMBED, ISOLATE], ids=["override", "embedding", "isolate"])
def test_an_address_reads_as_what_it_leads_to(chat: Frame, mark: str) -> None:
    write(chat, f"Look {mark}https://shop.example/moc.knab{mark} here")
    link = chat.locator("[data-speaker=visitor] a")
    expect(link).to_have_attribute("href", "https://shop.example/moc.knab")
    expect(link).to_have_text("https://shop.example/moc.knab")
    wait_until(chat, lambda: reads_from_the_left(link))


def test_what_has_no_width_is_kept(chat: Frame) -> None:
    text = "zero\u200bwidth \u2060joined \ufeffmarked 👩‍👩‍👧‍👦"
    write(chat, text)
    expect_delivery(chat, "Sent")
    assert chat.locator("[data-speaker=visitor] .text").text_content() == text
