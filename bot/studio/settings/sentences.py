"""The chat's own sentences, in groups and in every language there is: read, and written one at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.units import format_unit

from bot.business import Business
from bot.errors import StudioError
from bot.studio.files.patch import Key, Patch
from bot.studio.files.workspace import digest
from bot.studio.settings.sentence_words import GROUPS, MEANINGS
from bot.texts import COMMON, FELT, SENTENCES, UPSET
from bot.times import PATTERNS, Times, name_of_language

OWN = "data/business/texts.yml"
OTHERS = "data/business/texts/"
LONGEST = 2000  # characters of a sentence
QUESTIONS = "Buttons under the greeting"
EXTRA: Mapping[str, tuple[str, ...]] = {"greeting.text": (), "greeting.known": ("customer",)}


@dataclass(frozen=True)
class Said:
    """How one sentence reads in one language; `upset` is its wording for somebody who is, if there is one."""

    text: str
    upset: str = ""

    @property
    def mark(self) -> str:
        return digest(repr(self))


@dataclass(frozen=True)
class Language:
    """A file of sentences: the owner's `own`, or a translation."""

    code: str
    file: str
    own: bool
    tree: Mapping[str, Any]

    @classmethod
    def read(cls, name: str, text: str) -> "Language":
        """Read the text of a file.

        Raises:
            OwnerFileError: it is no YAML that an owner may write.
        """
        tree, own = Patch(text, name).tree, name == OWN
        code = str(tree.get("language", "en")) if own else name.removeprefix(OTHERS).removesuffix(".yml")
        return cls(code, name, own, tree)

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "file": self.file, "own": self.own, "name": name_of_language(self.code)}

    def said(self, key: str, titles: list[str]) -> Said:
        """Return a sentence; `titles` are those of the owner's own questions."""
        path = self.path(key, titles)
        upset = self._at((*path[:-1], f"{path[-1]}{UPSET}")) if key in FELT else ""
        return Said(self._at(path), upset)

    def path(self, key: str, titles: list[str]) -> tuple[Key, ...]:
        """Return where a sentence stands in this file."""
        if not key.startswith("question."):
            return tuple(key.split("."))
        _, number, part = key.split(".")
        if self.own:
            return ("greeting", "questions", int(number), part)
        return ("greeting", "questions", titles[int(number)])

    def titles(self) -> list[str]:
        """Return the titles of the questions under the greeting, of the owner's own file."""
        questions = (self.tree.get("greeting") or {}).get("questions") or []
        return [str(q.get("title", "")) for q in questions if isinstance(q, dict)] if self.own else []

    def _at(self, path: tuple[Key, ...]) -> str:
        value: Any = self.tree
        for key in path:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return ""
        return "" if value is None or isinstance(value, (dict, list)) else str(value)


def groups(languages: list[Language]) -> list[dict[str, Any]]:
    """Return all sentences as the screen shows them, by group; the owner's own language comes first."""
    titles = languages[0].titles()
    shown = [{"title": title, "sentences": _shown(said, languages, titles)} for title, said in GROUPS.items()]
    asked = {f"question.{n}.title": f"Button {n + 1}: its words" for n in range(len(titles))}
    sent = {f"question.{n}.ask": f"Button {n + 1}: what it asks" for n in range(len(titles))}
    both = {key: value for pair in zip(asked.items(), sent.items(), strict=True) for key, value in pair}
    shown.insert(1, {"title": QUESTIONS, "sentences": _shown(both, languages, titles)})
    return [group for group in shown if group["sentences"]]


def _shown(said: Mapping[str, str], languages: list[Language], titles: list[str]) -> list[dict[str, Any]]:
    found = []
    for key, when in said.items():
        texts = {
            one.code: {**vars(words), "mark": words.mark}
            for one in languages
            if _has(one, key)
            for words in [one.said(key, titles)]
        }
        if texts:
            more = {"placeholders": placeholders(key), "felt": key in FELT}
            found.append({"key": key, "when": when, "texts": texts, **more})
    return found


def _has(language: Language, key: str) -> bool:
    """Tell whether a language says such a thing; a translated button asks what it says."""
    if key.startswith("times."):
        return "times" in language.tree
    return language.own or not key.endswith(".ask")


def placeholders(key: str) -> list[str]:
    """Return the words that a sentence may use in curly brackets, its own first."""
    if key.startswith("times."):
        return list(PATTERNS[key.removeprefix("times.")])
    if key.startswith("question."):
        return []
    return [*(EXTRA[key] if key in EXTRA else SENTENCES[key]), *COMMON]


def written(
    text: str, language: Language, key: str, said: Said, mark: str, titles: list[str]
) -> tuple[str, bool]:
    """Return the text of the file with this sentence, and whether it still was as `mark` says.

    In a translation, an empty sentence is taken away: then the owner's own is said.

    Raises:
        StudioError: there is no such sentence, or it cannot be empty.
    """
    if key not in known_keys(titles) or not _has(language, key):
        raise StudioError(f"There is no sentence “{key}” in {language.file}.")
    if max(len(said.text), len(said.upset)) > LONGEST:
        raise StudioError(f"A sentence can have {LONGEST} characters at most.")
    if not said.text.strip() and (language.own or key.startswith("times.")):
        raise StudioError("This sentence cannot be empty, or nothing would be said at all.")
    before, patch, path = language.said(key, titles), Patch(text, language.file), language.path(key, titles)
    _put(patch, path, before.text, said.text.strip(), None)
    if key in FELT:
        last = str(path[-1])
        _put(patch, (*path[:-1], f"{last}{UPSET}"), before.upset, said.upset.strip(), last)
    return patch.text, before.mark == mark


def _put(patch: Patch, path: tuple[Key, ...], before: str, wanted: str, after: str | None) -> None:
    if wanted and wanted != before:
        patch.set(path, wanted, after=after)
    elif before and not wanted:
        patch.delete(path)


def renamed(text: str, language: Language, old: str, new: str) -> str:
    """Return a translation's text in which a question's title, by which it is found, has its new words."""
    questions = (language.tree.get("greeting") or {}).get("questions") or {}
    if language.own or old not in questions or new in questions:
        return text
    patch, said = Patch(text, language.file), str(questions[old])
    patch.set(("greeting", "questions", new), said, after=old)
    patch.delete(("greeting", "questions", old))
    return patch.text


def known_keys(titles: list[str]) -> set[str]:
    """Return all sentences that there can be."""
    asked = {f"question.{number}.{part}" for number in range(len(titles)) for part in ("title", "ask")}
    return {key for said in GROUPS.values() for key in said} | asked


def key_at(path: tuple[Key, ...], language: Language, titles: list[str]) -> str:
    """Return the sentence that stands at a place of a file."""
    if path[:2] == ("greeting", "questions") and len(path) > 2:
        place = path[2] if language.own else titles.index(str(path[2])) if path[2] in titles else 0
        return f"question.{place}.{path[3] if language.own and len(path) > 3 else 'title'}"
    return ".".join(map(str, path)).removesuffix(UPSET)


def examples(business: Business, now: datetime) -> dict[str, dict[str, str]]:
    """Return what each word in curly brackets may read like, by language."""
    languages = [business.texts.own.language, *business.texts.others]
    return {code: dict(_examples(business, code, now)) for code in languages}


def _examples(business: Business, code: str, now: datetime) -> Iterator[tuple[str, str]]:
    times, locale = business.times(code), Locale.parse(code)
    yield from {
        "name": business.name,
        "assistant": business.assistant_name,
        "bot": business.assistant_name,
        "email": business.email,
        "phone": business.phone,
        "customer": "Mara",
        "agent": "Sam",
        "address": "mara@example.com",
        "number": "0117 496 0000",
        "megabytes": "5",
        "occasion": "New Year's Day",
        "their_language": times.name_of("pl"),
        "bot_language": times.name_of(business.texts.own.language),
        "support_hours": times.week(business.support_hours),
    }.items()
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time(9), business.zone)
    yield from _moments(times, locale, tomorrow, now).items()


def _moments(times: Times, locale: Locale, moment: datetime, now: datetime) -> dict[str, str]:
    day: date = moment.date()
    return {
        "next_opening": times.at(moment, now),
        "when": times.at(moment, now),
        "promised": times.by(moment, now),
        "wait": times.about(5),
        "day": format_date(day, "EEEE", locale=locale),
        "date": format_skeleton("MMMMd", moment, locale=locale),
        "time": format_time(moment.time(), "short", locale=locale),
        "duration": format_unit(5, "duration-minute", "long", locale=locale),
    }


def meanings() -> dict[str, str]:
    """Return what each word in curly brackets stands for."""
    return dict(MEANINGS)
