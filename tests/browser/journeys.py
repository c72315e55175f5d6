"""Visitors and agents of the real product, each on a page of their own."""

import re

from playwright.sync_api import Frame, Locator, Page, expect

from bot.supervisor.product import Product
from tests.browser.conftest import chat_of, write

PATIENCE = 20_000  # milliseconds for what passes through the brain
NOBODY_WAITS = """async () => {
    const { createApi } = await import("/static/console/api.js");
    const api = createApi();
    await api.me();
    const { conversations } = await api.list("all");
    for (const { id, version, owner } of conversations.filter(({ owner }) => owner.kind !== "bot")) {
        const free = owner.kind === "agent" ? (await api.release(id, { version })).summary.version : version;
        await api.resolve(id, { version: free, outcome: "no_reply" });
    }
}"""


def visit(page: Page, product: Product, customer: str) -> Frame:
    """Open the chat of the demo shop as one of its customers; return the chat's frame."""
    page.goto(f"{product.address}/demo")
    page.select_option("#customer", customer)
    page.locator(".launcher").click()
    chat = chat_of(page)
    expect(chat.get_by_label("Your message")).to_be_focused()
    return chat


def sign_in(page: Page, product: Product, email: str) -> Page:
    """Open the console as one of the demo's agents, who wants to be told nothing by sound."""
    page.goto(f"{product.address}/console")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(product.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="No, stay silent").click()
    expect(page.locator(".link-words")).to_have_text("Live")
    return page


def clear_the_desk(owner: Page) -> None:
    """End what is left with people or in the queue, as the owner who is signed in on this page."""
    owner.evaluate(NOBODY_WAITS)


def say(chat: Frame, text: str) -> None:
    """Say something as a visitor."""
    write(chat, text)
    expect(chat.locator("[data-speaker=visitor] .text").last).to_have_text(text)


def shows(chat: Frame, pattern: str) -> None:
    """Wait until a visitor reads this in a bubble."""
    said = chat.locator(".bubble .text").filter(has_text=re.compile(pattern))
    expect(said.last).to_be_visible(timeout=PATIENCE)


def row(console: Page, name: str) -> Locator:
    """Find a customer in the list that an agent looks at."""
    return console.locator(".rows li").filter(has_text=name)


def offer(console: Page) -> Locator:
    """Find the card with what is offered to an agent."""
    return console.get_by_role("region", name="Offered to you")
