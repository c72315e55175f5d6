"""A real mail server on this machine, whose moods a test can set."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from bot.reach.mail import NONE, STARTTLS, TLS, MailServer
from bot.supervisor.ports import free_port

USER, PASSWORD = "kettle", "on-the-stove"


class PostOffice:
    """Takes e-mail. `answers` holds what it says instead, by the command, once each."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.answers: dict[str, list[str]] = {}
        self.pause = 0.0  # seconds before it takes a recipient
        self.server: MailServer

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        await asyncio.sleep(self.pause)
        if said := self._instead("RCPT"):
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if said := self._instead("MAIL"):
            return said
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if said := self._instead("DATA"):
            return said
        self.envelopes.append(envelope)
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self._instead("QUIT") or "221 Bye"

    def _instead(self, command: str) -> str | None:
        return (self.answers.get(command) or [None]).pop(0)


@contextmanager
def post_office(tls: str = NONE, *, asks_who: bool = False, **options: Any) -> Iterator[PostOffice]:
    """Open a post office with that encryption."""
    office, port = PostOffice(), free_port()
    authority = trustme.CA()
    theirs, ours = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("localhost").configure_cert(theirs)
    authority.configure_trust(ours)
    ways: dict[str, Any] = {STARTTLS: {"tls_context": theirs}, TLS: {"ssl_context": theirs}}

    def admit(server: SMTP, session: Session, envelope: Envelope, how: str, data: Any) -> AuthResult:
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    who = {"authenticator": admit, "auth_required": True, "auth_require_tls": tls == STARTTLS}
    controller = Controller(
        office, hostname="localhost", port=port, **ways.get(tls, {}), **(who if asks_who else {})
    )
    controller.start()
    known = {"user": USER, "password": PASSWORD} if asks_who else {}
    office.server = MailServer("localhost", port, tls=tls, trust=ours, seconds=5.0, **{**known, **options})
    try:
        yield office
    finally:
        controller.stop()
