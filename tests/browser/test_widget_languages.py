"""The widget in six languages: which is chosen, what is loaded, and how it changes while it is in use."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.conftest import bubbles, opened, wait_until, write
from tests.browser.desk_fake import DeskFake

PAGE = "<!doctype html><html {lang}><meta name=viewport content='width=device-width'><title>A page</title>"


@pytest.fixture
def in_language(browser: Browser, desk: DeskFake) -> Iterator[Callable[..., Page]]:
    """Open a page of a language, with the widget set to one, in a browser of one; any may be missing."""
    contexts = []

    def make(page: str = "", setting: str = "", locale: str = "en-GB", width: int = 1280) -> Page:
        lang = f"lang={page}" if page else ""
        script = f"<script src=/widget.js {f'data-language={setting}' if setting else ''}></script>"
        desk.pages["/spoken"] = (PAGE.format(lang=lang) + script, {})
        size = {"width": width, "height": 844}
        context = browser.new_context(
            base_url=desk.address, locale=locale, viewport=size, reduced_motion="reduce"
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        opening = context.new_page()
        opening.goto("/spoken")
        opening.locator(".launcher").wait_for()
        return opening

    yield make
    for context in contexts:
        context.close()


def spoken(chat: Frame) -> tuple[str, str, str]:
    """Return language, direction and one word of the chat."""
    label = chat.locator(".composer button[type=submit]").get_attribute("aria-label")
    lang, dir = chat.evaluate("[document.documentElement.lang, document.documentElement.dir]")
    return lang, dir, label or ""


@pytest.mark.parametrize(
    ("page", "setting", "locale", "found"),
    [
        ("de", "fr", "es-ES", ("fr", "ltr", "Envoyer")),
        ("de-AT", "", "es-ES", ("de-AT", "ltr", "Senden")),
        ("", "", "pt-BR", ("pt-BR", "ltr", "Enviar")),
        ("", "auto", "ar-EG", ("ar-EG", "rtl", "إرسال")),
        ("nl", "", "es-MX", ("es-MX", "ltr", "Enviar")),  # nobody has Dutch words
        ("nl", "", "sv-SE", ("en", "ltr", "Send")),
        ("en", "", "en-GB", ("en-GB", "ltr", "Send")),
    ],
)
def test_the_setting_then_the_page_then_the_browser_chooses(
    in_language: Callable[..., Page],
    desk: DeskFake,
    page: str,
    setting: str,
    locale: str,
    found: tuple[str, str, str],
) -> None:
    chat = opened(in_language(page, setting, locale))
    assert spoken(chat) == found
    assert desk.heard("hello")[-1]["locale"] == found[0]


def test_one_catalogue_is_loaded_and_the_launcher_speaks_before(
    in_language: Callable[..., Page], desk: DeskFake
) -> None:
    page = in_language("ar")
    host = page.locator("kindhand-widget")
    assert page.locator(".launcher").get_attribute("aria-label") == "فتح المحادثة"
    assert (host.get_attribute("lang"), host.get_attribute("dir")) == ("ar", "rtl")
    assert not [path for path in desk.requests if "/words/" in path]
    opened(page)
    assert {path.split("/words/")[1] for path in desk.requests if "/words/" in path} == {"ar.js"}


def test_a_change_keeps_draft_focus_and_place(in_language: Callable[..., Page], desk: DeskFake) -> None:
    page = in_language("en")
    chat = opened(page)
    for n in range(30):
        desk.speak("bot", f"Line {n}", name="Pip")
    expect(chat.locator(".bubble")).to_have_count(30)
    field = chat.locator("textarea")
    field.fill("half a sent")
    chat.evaluate("document.querySelector('.log').scrollTop = 120")
    field.focus()
    field.evaluate("field => field.setSelectionRange(2, 4)")
    page.evaluate("Kindhand.setLocale('ar')")
    expect(chat.get_by_role("textbox", name="رسالتك")).to_be_focused()
    assert spoken(chat)[:2] == ("ar", "rtl")
    assert field.input_value() == "half a sent"
    assert field.evaluate("field => [field.selectionStart, field.selectionEnd]") == [2, 4]
    wait_until(page, lambda: [hello["locale"] for hello in desk.heard("hello")] == ["en-GB", "ar"])
    expect(chat.locator(".bubble")).to_have_count(30)
    assert abs(chat.evaluate("document.querySelector('.log').scrollTop") - 120) <= 2
    assert page.locator(".launcher").get_attribute("aria-label") == "فتح المحادثة"


def test_what_is_written_while_the_language_changes_arrives_once(
    in_language: Callable[..., Page], desk: DeskFake
) -> None:
    page = in_language("en")
    chat = opened(page)
    write(chat, "First")
    page.evaluate("Kindhand.setLocale('de')")
    field = chat.get_by_label("Ihre Nachricht")
    field.fill("Second")
    field.press("Enter")
    expect(chat.locator(".delivery:visible")).to_have_text("Gesendet", use_inner_text=True)
    assert [message["text"] for message in next(iter(desk.messages.values()))] == ["First", "Second"]
    assert bubbles(chat) == ["First", "Second"]


def test_a_change_between_the_hello_and_its_answer_reaches_the_desk_too(
    in_language: Callable[..., Page], desk: DeskFake
) -> None:
    page = in_language("en")
    chat = opened(page)
    for language, field in (("de", "Ihre Nachricht"), ("en", "Your message")):  # both are loaded now
        page.evaluate(f"Kindhand.setLocale('{language}')")
        chat.get_by_label(field).wait_for()
    wait_until(page, lambda: desk.heard("hello")[-1]["locale"] == "en-GB")
    asked, changed = threading.Event(), threading.Event()

    def slowly(_: object) -> bool:
        asked.set()
        changed.wait(10)
        return False

    desk.refuse = slowly
    desk.cut()
    wait_until(page, asked.is_set)
    page.evaluate("Kindhand.setLocale('de')")
    chat.get_by_label("Ihre Nachricht").wait_for()
    changed.set()
    wait_until(page, lambda: desk.heard("hello")[-1]["locale"] == "de")


def test_a_language_without_words_gives_what_the_browser_wants(in_language: Callable[..., Page]) -> None:
    page = in_language("", "", "fr-FR")
    chat = opened(page)
    page.evaluate("Kindhand.setLocale('nl')")
    page.evaluate("Kindhand.setLocale('no such tag!')")
    expect(chat.get_by_label("Votre message")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "days"),
    [("de", ["Gestern", "Heute"]), ("fr", ["Hier", "Aujourd’hui"]), ("ar", ["أمس", "اليوم"])],
)
def test_days_are_named_in_the_language(
    in_language: Callable[..., Page], desk: DeskFake, language: str, days: list[str]
) -> None:
    chat = opened(in_language(language))
    noon = datetime.now(timezone.utc).replace(hour=12, minute=0, second=0)
    for seq, at in enumerate((noon - timedelta(days=1), noon), 1):
        said = {"seq": seq, "speaker": "bot", "name": "Pip", "text": "Hello", "at": at.isoformat()}
        desk.push({"op": "message", **said, "cmid": None, "buttons": []})
    expect(chat.locator(".day")).to_have_text(days)


@pytest.mark.parametrize(
    ("language", "place", "minutes", "words"),
    [
        ("en", 3, 5, "Waiting for a person: 2 before you, about 5 minutes"),
        ("de", 1, 1, "Sie warten auf einen Menschen: Sie sind als Nächstes dran, etwa eine Minute"),
        ("es", 2, None, "Esperando a una persona: 1 persona antes que usted"),
        ("ar", 3, 2, "في انتظار شخص من فريقنا: شخصان قبلك ونحو دقيقتين"),
        ("ar", 12, 45, "في انتظار شخص من فريقنا: 11 شخصًا قبلك ونحو 45 دقيقة"),
    ],
)
def test_the_queue_counts_as_the_language_does(
    in_language: Callable[..., Page],
    desk: DeskFake,
    language: str,
    place: int,
    minutes: int | None,
    words: str,
) -> None:
    chat = opened(in_language(language))
    desk.hand_to("waiting")
    desk.push({"op": "queue", "availability": "wait", "place": place, "minutes": minutes})
    expect(chat.get_by_text(words, exact=True).first).to_be_attached()


@pytest.mark.parametrize("width", [320, 1280])
def test_right_to_left_is_a_mirror(in_language: Callable[..., Page], desk: DeskFake, width: int) -> None:
    desk.greeting = {
        "text": "مرحبًا، أنا Pip.",
        "buttons": [{"id": "g1", "title": "أين طلبي؟", "text": "أين طلبي؟"}],
    }
    page = in_language("ar", width=width)
    chat = opened(page)
    field = chat.get_by_label("رسالتك")
    field.fill("أين طلبي CK-10423؟")
    field.press("Enter")
    desk.speak("bot", "It is on its way.", name="Pip")
    expect(chat.locator(".bubble")).to_have_count(3)
    log = chat.locator(".log").bounding_box()
    own = chat.locator(".said[data-speaker=visitor] .bubble").bounding_box()
    theirs = chat.locator(".said[data-speaker=bot] .bubble").last.bounding_box()
    assert log and own and theirs
    middle = log["x"] + log["width"] / 2
    assert own["x"] < log["x"] + 24 and own["x"] + own["width"] / 2 < middle
    assert theirs["x"] + theirs["width"] > log["x"] + log["width"] - 32
    assert chat.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # Words of another script keep their own direction.
    direction = "node => getComputedStyle(node).direction"
    assert chat.locator(".said[data-speaker=bot] .text").last.evaluate(direction) == "ltr"
    assert chat.locator(".said[data-speaker=visitor] .text").evaluate(direction) == "rtl"
