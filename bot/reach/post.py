"""Delivers what the outbox holds for people and machines outside: `email`, `chat` and `webhook`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.business import Business
from bot.errors import Undeliverable
from bot.following import following
from bot.handoff.model import utc_now
from bot.outbox.courier import Deliver
from bot.reach.chat import Chats
from bot.reach.customers import said
from bot.reach.letter import Letter, Link, Said, Sender, as_message
from bot.reach.mail import MailServer
from bot.reach.rules import CHAT, EMAIL, WEBHOOK, names
from bot.reach.webhook import Webhooks
from bot.settings import Settings
from bot.storage import conversations, messages
from bot.storage.engine import Database

Payload = Mapping[str, Any]


@dataclass(frozen=True)
class Channels:
    """The ways out that the settings name. `mail` is None without a mail server."""

    mail: MailServer | None
    sender: Sender
    chats: Chats
    webhooks: Webhooks

    @classmethod
    def of(cls, settings: Settings, business: Business) -> "Channels":
        server = MailServer(
            settings.smtp_host,
            settings.smtp_port,
            user=settings.smtp_user,
            password=settings.smtp_password,
            tls=settings.smtp_tls,
        )
        return cls(
            mail=server if settings.smtp_host else None,
            sender=following(
                lambda: Sender(business.name, settings.smtp_sender or business.email, business.email)
            ),
            chats=Chats(names(settings.chat)),
            webhooks=Webhooks(names(settings.webhooks), settings.webhook_secret),
        )


class Post:
    """Carries one payload each. Calls block; they raise as `outbox.courier.Courier` wants it."""

    def __init__(
        self,
        channels: Channels,
        business: Business,
        database: Database | None = None,
        *,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._channels, self._business, self._database, self._clock = channels, business, database, clock

    @property
    def deliveries(self) -> dict[str, Deliver]:
        """How each kind of the outbox is delivered."""
        return {EMAIL: self.email, CHAT: self.chat, WEBHOOK: self.webhook}

    def email(self, payload: Payload, key: str) -> None:
        """Send `{to, subject, text}`; a letter may also have `said`, `link`, `closing` and `language`."""
        if "to" not in payload:
            raise Undeliverable("What it said is not kept. Make a new link in its place.")
        self._in_time(payload)
        if self._channels.mail is None:
            raise Undeliverable("There is no mail server: KINDHAND_SMTP_HOST is empty.")
        small, language = payload.get("closing", ""), payload.get("language", "en")
        letter = Letter(payload["subject"], self._blocks(payload), small, language)
        now, sender = self._clock(), self._channels.sender
        self._channels.mail.send(as_message(letter, to=payload["to"], sender=sender, key=key, at=now))

    def chat(self, payload: Payload, key: str) -> None:
        """Say `{target, subject, text, link?}`."""
        self._in_time(payload)
        text = "\n".join((payload["text"], *payload.get("link", ())[1:]))
        self._channels.chats.send(payload["target"], payload["subject"], text)

    def webhook(self, payload: Payload, key: str) -> None:
        """Post `content` to `target`, signed."""
        self._channels.webhooks.send(payload["target"], payload["content"], key)

    def _in_time(self, payload: Payload) -> None:
        until = payload.get("until")
        if until and datetime.fromisoformat(until.replace("Z", "+00:00")) < self._clock():
            raise Undeliverable("It could not be said while it was news.")

    def _blocks(self, payload: Payload) -> tuple[str | Said | Link, ...]:
        paragraphs = [part for part in payload["text"].split("\n\n") if part.strip()]
        links = [Link(*payload["link"])] if "link" in payload else []
        return (*paragraphs, *self._messages(payload), *links)

    def _messages(self, payload: Payload) -> list[Said]:
        """Read the messages that the letter quotes, as they are now; private notes are kept elsewhere."""
        if "said" not in payload or self._database is None:
            return []
        after, upto = payload["said"]["after"], payload["said"]["upto"]
        with self._database.read() as connection:
            conversation = conversations.find(connection, payload["conversation"])
            if conversation is None:
                raise Undeliverable("The conversation is not there any more.")
            found = messages.after(connection, conversation.id, after, upto - after)
        return [said(message, conversation, self._business) for message in found if message.seq <= upto]
