"""What `./kindhand reach` shows and tries: who is told what, and whether each way works."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.business import Business, joined
from bot.errors import ChannelUnavailable, Undeliverable
from bot.handoff.model import utc_now
from bot.reach.post import Channels, Post
from bot.reach.rules import (
    CHAT,
    DANGER,
    DELIVERY_FAILED,
    EMAIL,
    NOBODY_ONLINE,
    PROMISE,
    TRANSCRIPT,
    WAITED,
    WAITING,
    WEBHOOK,
    Rule,
    Rules,
    Target,
)
from bot.reach.wording import Wording
from bot.settings import Settings

EVENTS = {
    WAITING: "a customer waits for a person",
    WAITED: "a customer has waited for {} minutes",
    DANGER: "somebody may be in danger",
    NOBODY_ONLINE: "you are open, and nobody is online for {} minutes",
    DELIVERY_FAILED: "something could not be delivered",
}
CUSTOMERS = {TRANSCRIPT: "a copy of the conversation on request", PROMISE: "a note of the promised time"}


@dataclass(frozen=True)
class Outcome:
    """What came of a test message; no problem means it was taken."""

    target: Target
    problem: str = ""


def summary(rules: Rules, settings: Settings) -> Iterator[str]:
    """Say in lines who is told what."""
    for rule in rules.tell:
        told = joined([f"{target.channel} {target.name}" for target in rule.targets])
        for event in EVENTS:
            if event in rule.when:
                yield f"{_event(event, rule):<52} {told}{' (at any time)' if rule.at_any_time else ''}"
    if not rules.tell:
        yield "Nobody is told anything outside the console. Change that in data/business/reach.yml."
    elif rules.quiet:
        hours = f"{rules.quiet.begins:%H:%M} to {rules.quiet.ends:%H:%M}"
        yield f"Quiet from {hours}; danger and webhooks are told all the same."
    if not settings.smtp_host:
        yield "Customers get no e-mail: there is no mail server (KINDHAND_SMTP_HOST)."
    else:
        given = [words for name, words in CUSTOMERS.items() if name in rules.customers]
        yield f"Customers get by e-mail: {joined(given) or 'nothing'}."
    if settings.webhooks:
        kept = settings.var / "webhook_secret"
        where = f", kept in {kept}" if kept.exists() else ""
        yield f"Webhooks are signed with KINDHAND_WEBHOOK_SECRET{where}."


def ways(rules: Rules, channels: Channels) -> list[Target]:
    """Return every target that the rules or the settings name, each once."""
    named = [Target(CHAT, name) for name in channels.chats.names]
    named += [Target(WEBHOOK, name) for name in channels.webhooks.names]
    return list(dict.fromkeys((*rules.targets, *named)))


def attempts(
    targets: list[Target], settings: Settings, business: Business, channels: Channels
) -> Iterator[Outcome]:
    """Send each target a test message, at once and not through the outbox."""
    wording = Wording(settings.console_url, business.name, situation=False)
    deliveries = Post(channels, business).deliveries
    for target in targets:
        now = utc_now()
        payload = wording.trial(target.channel, target.name, now)
        try:
            deliveries[target.channel](payload, f"reach:test:{now.isoformat()}:{target.name}")
        except (ChannelUnavailable, Undeliverable) as problem:
            yield Outcome(target, str(problem))
        else:
            yield Outcome(target)


def _event(event: str, rule: Rule) -> str:
    return EVENTS[event].format(f"{rule.after.total_seconds() / 60:g}")


def by_mail(address: str) -> Target:
    """Return the target that an e-mail address is."""
    return Target(EMAIL, address)
