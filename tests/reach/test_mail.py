import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timezone
from email.message import EmailMessage

import pytest

from bot.errors import ChannelUnavailable, Undeliverable
from bot.reach.letter import Letter, Sender, as_message
from bot.reach.mail import NONE, STARTTLS, TLS, MailServer
from tests.reach.post_office import post_office

AT = datetime(2026, 11, 3, 11, tzinfo=timezone.utc)


def message(to: str = "mara@shop.example") -> EmailMessage:
    sender = Sender("Copper Kettle", "hello@copperkettle.example")
    return as_message(Letter("Somebody waits", ("Mara waits. ☕",)), to=to, sender=sender, key="k", at=AT)


@pytest.mark.parametrize("tls", [NONE, STARTTLS, TLS])
def test_a_message_arrives_over_every_kind_of_line(tls: str) -> None:
    with post_office(tls) as office:
        office.server.send(message())
    (letter,), (envelope,) = office.letters, office.envelopes
    assert letter["Subject"] == "Somebody waits"
    assert letter.get_body(("plain",)).get_content().strip() == "Mara waits. ☕"
    assert envelope.rcpt_tos == ["mara@shop.example"]
    assert envelope.mail_from == "hello@copperkettle.example"


def test_it_says_who_it_is_where_it_is_asked() -> None:
    with post_office(STARTTLS, asks_who=True) as office:
        office.server.send(message())
        with pytest.raises(ChannelUnavailable, match="user and password .535"):
            replace(office.server, password="wrong").send(message())
    assert len(office.letters) == 1


def test_without_encryption_nothing_is_said() -> None:
    with post_office(NONE) as office:
        server = replace(office.server, tls=STARTTLS, user="kettle", password="hush")
        with pytest.raises(ChannelUnavailable, match="offers no encryption"):
            server.send(message())
    assert office.letters == []


@pytest.mark.parametrize("tls", [STARTTLS, TLS])
def test_a_certificate_of_nobody_we_trust_is_refused(tls: str) -> None:
    with post_office(tls) as office:
        stranger = replace(office.server, trust=ssl.create_default_context())
        with pytest.raises(ChannelUnavailable, match="certificate"):
            stranger.send(message())
    assert office.letters == []


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "problem"), [("451 Try later", ChannelUnavailable), ("550 No such user", Undeliverable)]
)
def test_a_refusal_is_for_now_or_for_good(command: str, answer: str, problem: type[Exception]) -> None:
    with post_office() as office:
        office.answers[command] = [answer]
        with pytest.raises(problem, match=answer[:10]):
            office.server.send(message())
        assert office.letters == []
        office.server.send(message())  # the next try
    assert len(office.letters) == 1


def test_a_refusal_is_quoted_without_anybodys_address() -> None:
    with post_office() as office:
        office.answers["RCPT"] = ["550 5.1.1 <mara@shop.example> is unknown to us"]
        with pytest.raises(Undeliverable) as refusal:
            office.server.send(message())
    assert "is unknown to us" in str(refusal.value) and "mara" not in str(refusal.value)


def test_a_goodbye_that_goes_wrong_is_no_failure() -> None:
    with post_office() as office:
        office.answers["QUIT"] = ["421 Trouble here"]
        office.server.send(message())
    assert len(office.letters) == 1


def test_a_server_that_is_not_there_is_tried_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(ChannelUnavailable, match="not reached"):
        MailServer("127.0.0.1", port, tls=NONE).send(message())


def test_a_slow_server_is_given_up_in_time() -> None:
    with post_office() as office:
        office.pause = 60
        with pytest.raises(ChannelUnavailable, match="longer than 0.3 seconds"):
            replace(office.server, seconds=0.3).send(message())


def test_a_server_that_drips_is_given_up_in_time() -> None:
    with dripping() as port, pytest.raises(ChannelUnavailable, match="longer than 0.3 seconds"):
        MailServer("127.0.0.1", port, tls=NONE, seconds=0.3).send(message())


@contextmanager
def dripping() -> Iterator[int]:
    """A server whose greeting never ends, though there is always a little more of it."""
    over = threading.Event()

    def drip(listening: socket.socket) -> None:
        with suppress(OSError):
            line, _ = listening.accept()
            while not over.wait(0.05):
                line.sendall(b"220-still here\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=drip, args=(listening,), daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        over.set()
        thread.join(5)
