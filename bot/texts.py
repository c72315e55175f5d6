"""The desk's own sentences, in the owner's language and in others: `texts.yml`, `texts/de.yml` and so on."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.owner_file import Part, suggestion
from bot.times import PATTERNS, EnglishTimes, Times, is_language

PLACEHOLDER = re.compile(r"{([^\n{}]+?)}")
# Each sentence that the desk says, with the words in curly brackets that it may use besides `COMMON`.
COMMON = ("name", "assistant", "email", "phone", "support_hours", "bot_language")
SENTENCES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **dict.fromkeys(("handoff_live", "handoff_failed", "still_waiting", "person_requested"), ()),
        **dict.fromkeys(("resolved", "card_masked", "brain_slow", "brain_trouble", "too_many"), ()),
        **dict.fromkeys(("button_person", "button_retry"), ()),
        **dict.fromkeys(("language_unknown", "language_unknown_again"), ("their_language",)),
        **dict.fromkeys(("left_queue", "transferred"), ()),
        **dict.fromkeys(("agent_joined", "agent_left", "agent_released", "agent_reopened"), ("agent",)),
        **dict.fromkeys(("transcript_off", "transcript_empty", "transcript_bad_address"), ()),
        "transcript_sent": ("address",),
        **dict.fromkeys(("mail_transcript_subject", "mail_transcript", "mail_transcript_closing"), ()),
        "mail_you": (),
        "mail_bot": ("bot",),
        **dict.fromkeys(("mail_promise_subject", "mail_promise_closing"), ()),
        "mail_promise": ("promised",),
        "handoff_wait": ("wait",),
        "handoff_wait_unknown": (),
        **dict.fromkeys(("handoff_later_full", "handoff_later_nobody"), ("promised",)),
        **dict.fromkeys(("handoff_later_closed", "details_saved"), ("next_opening", "promised")),
        **dict.fromkeys(
            ("handoff_later_holiday", "handoff_later_closure"), ("next_opening", "promised", "occasion")
        ),
        **dict.fromkeys(("ended", "callback_bad_number", "callback_bad_time", "callback_not_now"), ()),
        "callback_email": ("address", "promised"),
        "callback_phone": ("number", "promised"),
        "callback_phone_at": ("number", "when"),
        **dict.fromkeys(("continue_off", "link_over", "prechat_needed"), ()),
        **dict.fromkeys(("continue_sent", "continue_sent_customer"), ("address",)),
        **dict.fromkeys((f"mail_continue{part}" for part in ("_subject", "", "_link", "_closing")), ()),
        **dict.fromkeys(("mail_continue_customer", "mail_continue_website"), ()),
        "attachment_too_big": ("megabytes",),
        **dict.fromkeys((f"attachment_{why}" for why in ("kept", "empty", "unknown_kind", "heic")), ()),
        **dict.fromkeys((f"attachment_{why}" for why in ("broken", "too_large", "protected", "active")), ()),
        **dict.fromkeys((f"attachment_{why}" for why in ("too_many_files", "no_room", "failed")), ()),
    }
)
# Sentences that may have another wording for somebody who is upset, under their name with this ending.
UPSET = "_upset"
FELT = tuple(key for key in SENTENCES if key.startswith("handoff_") and key != "handoff_failed")


@dataclass(frozen=True)
class Quick:
    """A button under the greeting; `ask` is what it sends."""

    title: str
    ask: str


@dataclass(frozen=True)
class Wording:
    """What the desk says in one language, with the words in curly brackets still open.

    `questions`: how the titles of the owner's own questions read here.
    """

    times: Times
    sentences: Mapping[str, str]
    greeting: str = ""
    known_greeting: str = ""
    questions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def language(self) -> str:
        return self.times.language

    def find(self, sentence: str, *, upset: bool) -> str | None:
        careful = self.sentences.get(f"{sentence}{UPSET}") if upset else None
        return careful or self.sentences.get(sentence)


@dataclass(frozen=True)
class Texts:
    """The desk's sentences: the owner's `own`, which lack nothing, and `others` by their language."""

    own: Wording
    questions: tuple[Quick, ...]
    others: Mapping[str, Wording] = field(default_factory=lambda: MappingProxyType({}))

    def language_for(self, written: str | None, locale: str | None) -> str:
        """Choose the language for somebody who writes in one and whose widget is in another, if known.

        Whoever writes in the owner's language is answered in that of their widget all the same: it is
        what the bot reads, and need not be what they read best.
        """
        for tag in (written, locale):
            code = (tag or "").partition("-")[0].lower()
            if code in self.others:
                return code
        return self.own.language

    def find(self, sentence: str, language: str | None, *, upset: bool = False) -> tuple[str, Wording]:
        """Return a sentence in a language, else in the owner's own, and the wording that it is from."""
        wording = self.others.get(language or "", self.own)
        text = wording.find(sentence, upset=upset)
        return (text, wording) if text else (self.own.find(sentence, upset=upset) or "", self.own)

    def find_greeting(self, language: str | None, *, known: bool) -> tuple[str, Wording]:
        """Return the greeting in a language, else in the owner's own, and the wording that it is from."""
        wording = self.others.get(language or "", self.own)
        for one in (wording, self.own):
            if text := one.known_greeting if known else one.greeting:
                return text, one
        return "", self.own

    def questions_in(self, language: str | None) -> tuple[Quick, ...]:
        """Return the buttons under the greeting; what is translated also sends its title."""
        titles = self.others[language].questions if language in self.others else {}
        return tuple(
            Quick(titles[q.title], titles[q.title]) if q.title in titles else q for q in self.questions
        )

    def meant(self, text: str) -> str | None:
        """Return what the bot is asked by the title of a question in another language; else None."""
        for wording in self.others.values():
            for question in self.questions:
                if wording.questions.get(question.title) == text:
                    return question.ask
        return None


def read_texts(folder: Path, shown: str, zone: ZoneInfo) -> tuple[Texts, list[Part]]:
    """Read `texts.yml` of a folder and its translations; return them with the files, which hold the problems.

    `shown` is how the owner knows the folder.
    """
    part = Part.read(folder / "texts.yml", f"{shown}/texts.yml")
    own, questions = _own(part, zone)
    parts, others = [part], {}
    for path in sorted((folder / "texts").glob("*.yml")):
        parts.append(Part.read(path, f"{shown}/texts/{path.name}"))
        if not is_language(path.stem):
            mend = "Name the file by two small letters, such as de.yml for German"
            parts[-1].note(f"“{path.stem}” is not a language that is known", mend)
        elif path.stem != own.language:  # for the owner's language there are the owner's own words
            others[path.stem] = _other(parts[-1], path.stem, zone)
    return Texts(own, questions, MappingProxyType(others)), parts


def _own(part: Part, zone: ZoneInfo) -> tuple[Wording, tuple[Quick, ...]]:
    part.only("language", "greeting", "times", *_names())
    language = part.text("language", default="en")
    if not is_language(language):
        part.note(f"“{language}” is not a code for a language", "Write two small letters like en", "language")
        language = "en"
    in_english = language == "en" and not part.has("times")
    hello = part.part("greeting")
    hello.only("text", "known", "questions")
    own = Wording(
        times=EnglishTimes(zone) if in_english else _times(part, language, zone),
        sentences=MappingProxyType({key: _sentence(part, key, extra) for key, extra in _said(part)}),
        greeting=_sentence(hello, "text", ()),
        known_greeting=_sentence(hello, "known", ("customer",)),
    )
    return own, tuple(Quick(q.text("title"), q.text("ask")) for q in hello.items("questions"))


def _other(part: Part, language: str, zone: ZoneInfo) -> Wording:
    """Read a translation, which may lack what it likes but how times are said."""
    part.only("greeting", "times", *_names())
    hello = part.optional("greeting")
    hello.only("text", "known", "questions")
    asked = hello.optional("questions")
    return Wording(
        times=_times(part, language, zone),
        sentences=MappingProxyType(
            {key: _sentence(part, key, extra) for key, extra in _said(part) if part.has(key)}
        ),
        greeting=_sentence(hello, "text", ()) if hello.has("text") else "",
        known_greeting=_sentence(hello, "known", ("customer",)) if hello.has("known") else "",
        questions=MappingProxyType({title: asked.text(title) for title in asked.names()}),
    )


def _names() -> list[str]:
    return [*SENTENCES, *(f"{key}{UPSET}" for key in FELT)]


def _said(part: Part) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Go through the sentences, and those of their careful wordings that are there."""
    yield from SENTENCES.items()
    for key in FELT:
        if part.has(f"{key}{UPSET}"):
            yield f"{key}{UPSET}", SENTENCES[key]


def _times(part: Part, language: str, zone: ZoneInfo) -> Times:
    within = part.part("times")
    within.only(*PATTERNS)
    return Times(language, zone, {key: _pattern(within, key, words) for key, words in PATTERNS.items()})


def _pattern(part: Part, key: str, words: tuple[str, ...]) -> str:
    return _checked(part, key, words) if part.is_block() else ""


def _sentence(part: Part, key: str, extra: tuple[str, ...]) -> str:
    return _checked(part, key, (*COMMON, *extra))


def _checked(part: Part, key: str, words: tuple[str, ...]) -> str:
    text = part.text(key)
    for word in PLACEHOLDER.findall(text):
        if word not in words:
            part.note(f"“{{{word}}}” cannot be filled in here", suggestion(word, words), key)
    return text
