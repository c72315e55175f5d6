"""Sends e-mail through a mail server, within a time, and tells what a refusal means."""

import asyncio
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage

import aiosmtplib

from bot.errors import ChannelUnavailable, Undeliverable

SECONDS = 45.0  # for everything: below the outbox's lease, so that nothing is sent by two at once
STARTTLS, TLS, NONE = "starttls", "tls", "none"
GOODBYE = 2.0  # seconds
NOT_ENCRYPTED = "The mail server's certificate or encryption does not hold."
SHOWN = 120  # characters of what a server says
_ADDRESS = re.compile(r"\S+@\S+")


@dataclass(frozen=True)
class MailServer:
    """Where our e-mail goes first. With `starttls` or `tls` it never travels unencrypted."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: str = STARTTLS
    seconds: float = SECONDS
    trust: ssl.SSLContext | None = None  # whose certificates count; None: those that the system trusts

    def send(self, message: EmailMessage) -> None:
        """Hand a message over for its one recipient. Blocks.

        Raises:
            Undeliverable: the server refuses it for good (5xx).
            ChannelUnavailable: not now: not reached, not in time, not encrypted, refused for now (4xx).
        """
        try:
            asyncio.run(asyncio.wait_for(self._send(message), self.seconds))
        except (asyncio.TimeoutError, aiosmtplib.SMTPTimeoutError):
            raise ChannelUnavailable(f"The mail server took longer than {self.seconds:g} seconds.") from None
        except aiosmtplib.SMTPAuthenticationError as problem:
            raise ChannelUnavailable(
                f"The mail server does not take our user and password{_said(problem)}."
            ) from None
        except aiosmtplib.SMTPRecipientsRefused as problem:
            raise _refusal("the recipient", problem.recipients[0]) from None
        except aiosmtplib.SMTPSenderRefused as problem:
            raise _refusal("the sender", problem) from None
        except aiosmtplib.SMTPResponseException as problem:
            raise _refusal("the message", problem) from None
        except ssl.SSLError:
            raise ChannelUnavailable(NOT_ENCRYPTED) from None
        except (OSError, aiosmtplib.SMTPConnectError, aiosmtplib.SMTPServerDisconnected) as problem:
            if isinstance(problem.__cause__, ssl.SSLError):
                raise ChannelUnavailable(NOT_ENCRYPTED) from None
            raise ChannelUnavailable("The mail server is not reached, or breaks off.") from None
        except aiosmtplib.SMTPException as problem:
            raise ChannelUnavailable(f"The mail server fails with {type(problem).__name__}.") from None

    async def _send(self, message: EmailMessage) -> None:
        client = aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.tls == TLS,
            start_tls=False,
            timeout=self.seconds,
            tls_context=self.trust or ssl.create_default_context(),
        )
        try:
            await client.connect()
            if self.tls == STARTTLS:
                await self._encrypt(client)
            if self.user:
                await client.login(self.user, self.password)
            await client.send_message(message)
            # It has the message; a goodbye that goes wrong must not make us send it again.
            with suppress(asyncio.TimeoutError, OSError, aiosmtplib.SMTPException):
                await asyncio.wait_for(client.quit(), GOODBYE)
        finally:
            client.close()

    async def _encrypt(self, client: aiosmtplib.SMTP) -> None:
        await client.ehlo()
        if not client.supports_extension("starttls"):
            raise ChannelUnavailable(
                "The mail server offers no encryption (STARTTLS). Is KINDHAND_SMTP_PORT right?"
                " Set KINDHAND_SMTP_TLS to tls if it begins with encryption."
            )
        await client.starttls()


def _refusal(what: str, problem: aiosmtplib.SMTPResponseException) -> ChannelUnavailable | Undeliverable:
    for_good = 500 <= problem.code < 600
    kind = Undeliverable if for_good else ChannelUnavailable
    return kind(f"The mail server refuses {what}{'' if for_good else ' for now'}{_said(problem)}.")


def _said(problem: aiosmtplib.SMTPResponseException) -> str:
    """Quote what a server says in its first line, without anybody's address."""
    first = next(iter(str(problem.message).splitlines()), "")
    words = "".join(c for c in _ADDRESS.sub("…", first) if c.isprintable())[:SHOWN].strip(" .")
    return f" ({problem.code} {words})" if words else f" ({problem.code})"
