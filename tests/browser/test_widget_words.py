"""The catalogues of the widget's words: the same keys in all languages, none missing, none left over."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from bot.settings import ROOT

WIDGET = ROOT / "bot/desk/web/widget"
LANGUAGES = ("en", "de", "es", "fr", "pt", "ar")
LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
# The plural forms that a number up to 200 can need.
FORMS = """language => {
  const rules = new Intl.PluralRules(language);
  return [...new Set(Array.from({ length: 201 }, (_, count) => rules.select(count)))].sort();
}"""
# Each word as its kind and how it reads: functions with example names, numbers with all that change a form.
READ = """async language => {
  const { default: words } = await import(`/words/${language}.js`);
  const read = (word) => {
    if (word?.forms)
      return { kind: "number", forms: Object.keys(word.forms), reads: [0, 1, 2, 7, 11, 100].map(word) };
    if (typeof word === "function")
      return { kind: `of ${word.length}`, reads: [word(...Array(word.length).fill("Sam"))] };
    if (typeof word === "string") return { kind: "text", reads: [word] };
    return Object.fromEntries(Object.entries(word).map(([key, within]) => [key, read(within)]));
  };
  return read(words);
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page that can import the widget's modules."""
    page = browser.new_page()
    page.route("http://words.test/**", _serve)
    page.goto("http://words.test/")
    yield page
    page.close()


def _serve(route: Route) -> None:
    path = WIDGET / route.request.url.removeprefix("http://words.test/")
    if path.suffix == ".js":
        route.fulfill(body=path.read_bytes(), content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html>", content_type="text/html")


def _kinds(word: Any) -> Any:
    if "reads" in word:
        return word["kind"]
    return {key: _kinds(within) for key, within in word.items()}


def _leaves(words: dict[str, Any], before: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for key, word in words.items():
        if "reads" in word:
            yield before + key, word
        else:
            yield from _leaves(word, f"{before}{key}.")


@LANGUAGE
def test_every_language_has_the_same_words(page: Page, language: str) -> None:
    assert _kinds(page.evaluate(READ, language)) == _kinds(page.evaluate(READ, "en"))


@LANGUAGE
def test_every_word_says_something_and_every_number_has_its_forms(page: Page, language: str) -> None:
    forms = set(page.evaluate(FORMS, language))
    for key, word in _leaves(page.evaluate(READ, language)):
        assert all(text.strip() and "undefined" not in text and "#" not in text for text in word["reads"]), (
            key
        )
        if word["kind"] == "number":
            assert forms <= set(word["forms"]), f"{key} lacks {forms - set(word['forms'])}"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_sentence_was_left_in_english(page: Page, language: str) -> None:
    english = dict(_leaves(page.evaluate(READ, "en")))
    for key, word in _leaves(page.evaluate(READ, language)):
        assert word["reads"] != english[key]["reads"] or " " not in word["reads"][0], key


def test_every_word_is_used_and_every_used_word_is_there(page: Page) -> None:
    modules = [path for path in WIDGET.rglob("*.js") if path.parent.name != "words"]
    used = {key for path in modules for key in re.findall(r"\bWORDS\.(\w+)", path.read_text("utf-8"))}
    assert used == set(page.evaluate(READ, "en"))


def test_the_launcher_says_the_same_in_all_languages(page: Page) -> None:
    launcher = json.loads((WIDGET / "words/launcher.json").read_text("utf-8"))
    assert set(launcher) == set(LANGUAGES)
    for language, words in launcher.items():
        assert words.keys() == launcher["en"].keys()
        assert set(page.evaluate(FORMS, language)) <= set(words["unread"])


@pytest.mark.parametrize(
    ("wishes", "language", "locale"),
    [
        ([None, "", "de-AT"], "de", "de-AT"),
        (["fr", "en", "de"], "fr", "fr"),
        (["pt", "en-US", "pt-BR"], "pt", "pt-BR"),
        (["pt_BR"], "pt", "pt-BR"),
        (["nl-NL", "sv", "es-MX"], "es", "es-MX"),
        (["nl", "no such tag!", "x"], "en", "en"),
        ([], "en", "en"),
        (["AR-eg"], "ar", "ar-EG"),
        (["zh-Hant-TW", "en-GB"], "en", "en-GB"),
    ],
)
def test_the_first_wish_that_there_are_words_for_is_taken(
    page: Page, wishes: list[str | None], language: str, locale: str
) -> None:
    chosen = page.evaluate("async wishes => (await import('/words.js')).languageFor(wishes)", wishes)
    assert chosen == {"language": language, "locale": locale}


def test_words_follow_the_language_on_what_is_shown(page: Page) -> None:
    seen = page.evaluate(
        """async () => {
          const { speak, WORDS: before } = await import("/words.js");
          const words = await import("/words.js");
          const { el } = await import("/dom.js");
          const root = document.documentElement;
          const read = () => [button.textContent, button.title, root.lang, root.dir];
          await speak(["de"], root);
          const button = el("button", { title: () => words.WORDS.send }, () => words.WORDS.leave);
          const first = read();
          await Promise.all([speak(["fr"], root), speak(["ar"], root)]);
          return [first, read()];
        }"""
    )
    assert seen == [
        ["Lieber mit dem Assistenten weitermachen", "Senden", "de", "ltr"],
        ["المتابعة مع المساعد الآلي", "إرسال", "ar", "rtl"],
    ]
