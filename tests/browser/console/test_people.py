"""Invited, joined, a second step, disabled: people at the real desk, in real browsers."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyotp
import pytest
from argon2 import PasswordHasher
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from bot.desk import pages, passwords
from bot.desk.embedding import Embedding
from bot.storage.engine import Database
from bot.storage.tables import agents
from bot.widget import Widget
from tests.browser.console.test_access import TAGS
from tests.desk.console.desk import NOOR, PASSWORD, SAM, ConsoleUnderTest, Server, add_agents

ADA, STRONG = "ada@copperkettle.example", "Kupferkessel Morgen Regen"
HOSTILE = "<img src=x onerror=\"document.title='taken'\">"
NewPage = Callable[..., Page]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ConsoleUnderTest]:
    """The real console with an owner, Sam, and an agent, Noor; its passwords are quick to check."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=4096, parallelism=1))
    database = Database(f"sqlite:///{tmp_path}/desk.db")
    database.migrate()
    add_agents(database)
    with database.write() as connection:
        connection.execute(update(agents).where(agents.c.id == "a-sam").values(role="owner"))
    with Server().running() as server:
        desk = ConsoleUnderTest(server, database)
        pages.routes(desk.app, demo=False, embedded=Embedding(Widget(), name="Copper Kettle", origins=()))
        yield desk
        desk.do(desk.service.close())
    database.close()


@pytest.fixture
def new_page(browser: Browser, desk: ConsoleUnderTest) -> Iterator[NewPage]:
    """Open a page in a browser of somebody's own."""
    contexts = []

    def open_page(scheme: str = "light", width: int = 1280) -> Page:
        looks = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
        contexts.append(browser.new_context(base_url=desk.address, reduced_motion="reduce", **looks))
        contexts[-1].set_default_timeout(15_000)
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page: Page, email: str, password: str = PASSWORD, at: str = "") -> Page:
    page.goto(f"/console{at}")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    return page


def join(page: Page, link: str, name: str = "Ada Bloom") -> None:
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Choose a password", exact=True).fill(STRONG)
    page.get_by_role("button", name="Join").click()
    expect(page.locator(".link-words")).to_have_text("Live")


def invite(owner: Page) -> str:
    """Invite Ada on the page of the team; return the link."""
    owner.get_by_role("button", name="Invite somebody").click()
    owner.get_by_label("E-mail").fill(ADA)
    owner.get_by_role("button", name="Make the link").click()
    link = owner.get_by_label("Link").input_value()
    owner.get_by_role("button", name="Done").click()
    return link


def expect_accessible(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    assert not found, [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


def test_from_the_invitation_to_being_disabled(new_page: NewPage) -> None:
    owner, ada = sign_in(new_page(), SAM, at="#/team"), new_page()
    link = invite(owner)
    expect(owner.get_by_text(ADA)).to_be_visible()
    join(ada, link)
    assert urlsplit(ada.url).fragment == "/queue", "the link is not left behind in the address"
    again = new_page()
    again.goto(link)
    expect(again.get_by_role("heading", name="This link is not good any more")).to_be_visible()

    ada.goto("/console#/account")
    ada.get_by_role("button", name="Set up").click()
    ada.get_by_label("Your password", exact=True).fill(STRONG)
    ada.get_by_role("button", name="Go on").click()
    picture = ada.get_by_alt_text("QR code for your authenticator app")
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 100
    ada.get_by_text("No camera?").click()
    app = pyotp.TOTP(ada.get_by_label("Secret").input_value())
    ada.get_by_label("Code", exact=True).fill("000000")
    ada.get_by_role("button", name="Switch on").click()
    expect(ada.get_by_role("alert").filter(has_text="does not fit")).to_be_visible()
    ada.get_by_label("Code", exact=True).fill(app.now())
    ada.get_by_role("button", name="Switch on").click()
    expect(ada.locator(".paper li")).to_have_count(10)
    codes = ada.locator(".paper li").all_inner_texts()
    ada.get_by_role("button", name="I have kept them").click()
    expect(ada.get_by_text("You have 10 recovery codes left")).to_be_visible()

    phone = sign_in(again, ADA, STRONG)
    phone.get_by_label("Code").fill(codes[0])
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.locator(".link-words")).to_have_text("Live")

    owner.reload()
    owner.get_by_role("button", name="Change Ada Bloom").click()
    owner.get_by_role("menuitem", name="Disable").click()
    owner.get_by_role("button", name="Disable", exact=True).click()
    for page in (ada, phone):
        expect(page.get_by_role("heading", name="Agent console")).to_be_visible()
    sign_in(phone, ADA, STRONG)
    expect(phone.get_by_role("alert")).to_contain_text("do not match")
    owner.goto("/console#/audit")
    for told in ("joined the team", "switched their second step on", "changed Ada Bloom: disabled"):
        expect(owner.locator(".audit-rows li").filter(has_text=told)).to_have_count(1)


def test_a_weak_password_is_refused_in_place(new_page: NewPage) -> None:
    owner, ada = sign_in(new_page(), SAM, at="#/team"), new_page()
    ada.goto(invite(owner))
    ada.get_by_label("Your name").fill("Ada Bloom")
    ada.get_by_label("Choose a password", exact=True).fill("password1234")
    ada.get_by_role("button", name="Join").click()
    expect(ada.get_by_role("alert")).to_contain_text("common")
    expect(ada.get_by_label("Choose a password", exact=True)).to_be_focused()


def test_ones_own_sessions_and_password(new_page: NewPage) -> None:
    noor, elsewhere = sign_in(new_page(), NOOR, at="#/account"), sign_in(new_page(), NOOR)
    expect(elsewhere.locator(".link-words")).to_have_text("Live")
    noor.reload()
    noor.get_by_label("Present password", exact=True).fill("wrong")
    noor.get_by_label("New password", exact=True).fill(STRONG)
    noor.get_by_role("button", name="Change password").click()
    expect(noor.get_by_text("That is not your present password.")).to_be_visible()
    noor.get_by_label("Present password", exact=True).fill(PASSWORD)
    noor.get_by_role("button", name="Change password").click()
    expect(elsewhere.get_by_role("heading", name="Agent console")).to_be_visible()
    expect(noor.get_by_label("New password", exact=True)).to_have_value("")
    expect(noor.locator(".link-words")).to_have_text("Live")
    sign_in(elsewhere, NOOR, STRONG)
    expect(elsewhere.locator(".link-words")).to_have_text("Live")
    noor.reload()
    noor.get_by_role("button", name="Sign out everywhere else").click()
    expect(elsewhere.get_by_role("heading", name="Agent console")).to_be_visible()


def test_an_agent_sees_colleagues_but_changes_nobody(new_page: NewPage) -> None:
    noor = sign_in(new_page(), NOOR, at="#/team")
    expect(noor.locator(".people-top strong").filter(has_text="Sam Reyes")).to_be_visible()
    expect(noor.get_by_role("button", name="Invite somebody")).to_have_count(0)
    expect(noor.get_by_role("button", name="Change Sam Reyes")).to_have_count(0)
    expect(noor.get_by_text(SAM)).to_have_count(0)
    noor.goto("/console#/audit")
    expect(noor.get_by_text("This page is for the owner.")).to_be_visible()


def test_names_are_only_ever_text(new_page: NewPage, desk: ConsoleUnderTest) -> None:
    desk.change(agents, agents.c.id == "a-noor", name=HOSTILE, skills=[HOSTILE], languages=[HOSTILE])
    owner, ada = sign_in(new_page(), SAM, at="#/team"), new_page()
    expect(owner.locator(".people-top strong").filter(has_text=HOSTILE)).to_be_visible()
    join(ada, invite(owner), name=HOSTILE)
    owner.goto("/console#/audit")
    expect(owner.locator(".audit-rows li").filter(has_text="joined the team")).to_have_count(1)
    for page in (owner, ada):
        assert "taken" not in page.title() and page.locator("img[src=x]").count() == 0


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_everybody_can_use_these_pages(new_page: NewPage, scheme: str, width: int) -> None:
    owner = new_page(scheme, width)
    link = invite(sign_in(owner, SAM, at="#/team"))
    expect(owner.get_by_text(ADA)).to_be_visible()
    expect_accessible(owner)
    owner.get_by_role("button", name="Invite somebody").click()
    expect_accessible(owner)
    owner.keyboard.press("Escape")
    for at, seen in (("#/audit", "invited somebody"), ("#/account", "This browser, now")):
        owner.goto(f"/console{at}")
        expect(owner.get_by_text(seen).first).to_be_visible()
        expect_accessible(owner)
        assert owner.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is cut off"
    guest = new_page(scheme, width)
    guest.goto(link)
    expect(guest.get_by_role("heading", name="Welcome to the team")).to_be_visible()
    expect_accessible(guest)
