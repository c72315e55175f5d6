"""The owner's `reach.yml`, read and checked: who is told what, how, and when not."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path

from bot.errors import OwnerFileError
from bot.handoff.contact import mail_address
from bot.owner_file import Part, name_of, suggestion
from bot.settings import Settings

FILE = "reach.yml"
# What can be told.
WAITING, DANGER, WAITED = "waiting", "danger", "waited"
NOBODY_ONLINE, DELIVERY_FAILED = "nobody_online", "delivery_failed"
EVENTS = (WAITING, DANGER, WAITED, NOBODY_ONLINE, DELIVERY_FAILED)
# The ways to tell it; also the outbox's kinds.
EMAIL, CHAT, WEBHOOK = "email", "chat", "webhook"
CHANNELS = (EMAIL, CHAT, WEBHOOK)
# What customers may get by e-mail.
TRANSCRIPT, PROMISE = "transcript", "promise"
FOR_CUSTOMERS = (TRANSCRIPT, PROMISE)
NOBODY_FOR = 5  # minutes, if the owner says nothing else
A_DAY = 24 * 60


@dataclass(frozen=True)
class Target:
    """Somebody, or something, that is told: an e-mail address, or a name from the settings."""

    channel: str
    name: str


@dataclass(frozen=True)
class Rule:
    """Which events are told to whom. `after` counts for those that take time."""

    when: frozenset[str]
    targets: tuple[Target, ...]
    after: timedelta
    at_any_time: bool = False


@dataclass(frozen=True)
class Quiet:
    """Hours in which nobody is woken, by the clock of the business; they may pass midnight."""

    begins: time
    ends: time

    def holds(self, at: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


@dataclass(frozen=True)
class Rules:
    """All that the owner says about reaching people."""

    tell: tuple[Rule, ...] = ()
    quiet: Quiet | None = None
    situation: bool = False  # whether messages say what it is about
    customers: frozenset[str] = frozenset()

    @classmethod
    def load(cls, folder: Path, settings: Settings | None = None) -> "Rules":
        """Read the owner's file.

        Raises:
            OwnerFileError: it is missing, cannot be read or says something impossible.
        """
        rules, problems = read(folder, folder.parent.parent, settings)
        if problems:
            raise problems[0]
        return rules

    @property
    def targets(self) -> tuple[Target, ...]:
        """Everybody who is told anything, each once."""
        return tuple(dict.fromkeys(target for rule in self.tell for target in rule.targets))


def read(folder: Path, root: Path, settings: Settings | None = None) -> tuple[Rules, list[OwnerFileError]]:
    """Read `reach.yml` in a folder; with settings, also look whether they have what it names."""
    path = folder / FILE
    part = Part.read(path, name_of(path, root))
    part.only("tell", "quiet_hours", "situation", "customers")
    rules = Rules(
        tell=tuple(rule for entry in part.entries("tell") if (rule := _rule(entry, settings))),
        quiet=_quiet(part),
        situation=_flag(part, "situation"),
        customers=frozenset(_customers(part, settings)),
    )
    return rules, list(dict.fromkeys(part.problems))


def _rule(entry: Part, settings: Settings | None) -> Rule | None:
    if not entry.is_block():
        return None
    entry.only("when", "minutes", "at_any_time", *CHANNELS)
    when = frozenset(_known(entry, "when", EVENTS))
    targets = tuple(target for channel in CHANNELS for target in _targets(entry, channel, settings))
    if not targets:
        entry.note("Nobody is told here", "Add a line with email, chat or webhook")
    return Rule(when, targets, _after(entry, when), _flag(entry, "at_any_time"))


def _after(entry: Part, when: Collection[str]) -> timedelta:
    if not entry.has("minutes"):
        if WAITED in when:
            entry.note("“waited” needs to know how long", "Add a line such as “minutes: 10”", "when")
        return timedelta(minutes=NOBODY_FOR)
    if not {WAITED, NOBODY_ONLINE} & set(when):
        entry.note("“minutes” means nothing here", f"It goes with {WAITED} and {NOBODY_ONLINE}", "minutes")
    return timedelta(minutes=entry.number("minutes", 1, A_DAY, default=NOBODY_FOR))


def _targets(entry: Part, channel: str, settings: Settings | None) -> Iterator[Target]:
    for text, line in _words(entry, channel):
        if channel == EMAIL:
            if mail_address(text) is None:
                entry.note(
                    f"“{text}” is not an e-mail address", "Write it like sam@yourshop.example", line=line
                )
            elif settings and not settings.smtp_host:
                entry.note("There is no mail server for this", "Set KINDHAND_SMTP_HOST", line=line)
        elif settings:
            key = "KINDHAND_CHAT" if channel == CHAT else "KINDHAND_WEBHOOKS"
            known = names(settings.chat if channel == CHAT else settings.webhooks)
            if text not in known:
                mend = suggestion(text, known) if known else f"Set {key}={text}=..."
                entry.note(f"{key} names no “{text}”", mend, line=line)
        yield Target(channel, text)


def _customers(part: Part, settings: Settings | None) -> Iterator[str]:
    found = _known(part, "customers", FOR_CUSTOMERS) if part.has("customers") else ()
    # Without a mail server nothing is offered, which is no mistake: it comes with the server.
    return iter(found if settings is None or settings.smtp_host else ())


def _quiet(part: Part) -> Quiet | None:
    if not part.has("quiet_hours"):
        return None
    text = part.text("quiet_hours")
    found = re.fullmatch(r"(\d{1,2}):(\d\d) ?[-–] ?(\d{1,2}):(\d\d)", text)
    try:
        first, second, third, fourth = (int(digits) for digits in found.groups()) if found else ()
        quiet = Quiet(time(first, second), time(third, fourth))
    except ValueError:
        part.note(f"“{text}” are no hours", "Write them like 21:00-7:00", "quiet_hours")
        return None
    if quiet.begins == quiet.ends:
        part.note("The quiet hours never end", "Write an end that differs from the begin", "quiet_hours")
    return quiet


def _flag(part: Part, key: str) -> bool:
    return bool(part.typed(key, bool, "Write true or false")) if part.has(key) else False


def _known(part: Part, key: str, known: Collection[str]) -> list[str]:
    found = []
    for text, line in _words(part, key):
        if text not in known:
            part.note(f"“{text}” is nothing that can be chosen here", suggestion(text, known), line=line)
        found.append(text)
    return found


def _words(part: Part, key: str) -> list[tuple[str, int]]:
    """Return the word, or the list of words, under `key`, each with its line."""
    if not part.has(key):
        if key == "when":
            part.note("“when” is missing", f"Add a line “when:” with one of {', '.join(EVENTS)}")
        return []
    if isinstance(part.value[key], list):
        return [(" ".join(str(item.value).split()), item.line) for item in part.items(key)]
    return [(part.text(key), part.line_of(key))]


def names(targets: Collection[str]) -> dict[str, str]:
    """Return the addresses of a setting by their names."""
    return {name: address for name, _, address in (target.partition("=") for target in targets)}
