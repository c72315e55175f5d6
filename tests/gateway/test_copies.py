"""A visitor asks for a copy of the conversation by e-mail, over real sockets and a real mail server."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.desk.visitor.limits import Limits
from bot.reach.rules import TRANSCRIPT, Rules
from tests.gateway.served import ServedDesk, parts, serve_desk
from tests.reach.post_office import PostOffice, post_office
from tests.serving import until

MARA = "mara@shop.example"


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture(scope="module")
def mailing(office: PostOffice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    """A desk with a mail server, and an owner who lets copies be sent."""
    built = replace(parts(Limits()), reach=Rules(customers=frozenset({TRANSCRIPT})))
    server = {"smtp_host": office.server.host, "smtp_port": office.server.port, "smtp_tls": "none"}
    with serve_desk(tmp_path_factory.mktemp("mailing"), built, **server) as desk:
        yield desk


async def test_a_copy_is_confirmed_and_arrives(mailing: ServedDesk, office: PostOffice) -> None:
    async with mailing.visitor() as visitor:
        assert visitor.ready["transcript"] is True
        await visitor.say("Where is my order?")
        await visitor.until(op="message", speaker="bot")
        await visitor.send(op="transcript", email=MARA)
        told = await visitor.until(op="transcript")
        assert told["text"] == f"A copy of this conversation is on its way to {MARA}."
    until(lambda: office.letters)
    letter = office.letters[0].get_body(("plain",)).get_content()
    assert office.letters[0]["To"] == MARA
    assert "Where is my order?" in letter and "Pip (bot)" in letter


@pytest.mark.parametrize(
    ("email", "code"), [("mara", "bad_address"), (f"{MARA}\nBcc: a@b.example", "bad_address")]
)
async def test_what_is_no_address_is_said_kindly(mailing: ServedDesk, email: str, code: str) -> None:
    async with mailing.visitor() as visitor:
        await visitor.send(op="transcript", email=email)
        refusal = await visitor.until(op="error")
        assert refusal["code"] == code and "does not look like" in refusal["text"]


async def test_nothing_is_sent_of_a_conversation_without_a_word(mailing: ServedDesk) -> None:
    async with mailing.visitor() as visitor:
        await visitor.send(op="transcript", email="tom@shop.example")
        assert (await visitor.until(op="error"))["code"] == "empty"


async def test_strangers_cannot_be_pestered_with_copies(mailing: ServedDesk) -> None:
    async with mailing.visitor() as visitor:
        await visitor.say("Buy my pills")
        await visitor.until(op="message", speaker="bot")
        for n in range(Limits().copies):
            await visitor.send(op="transcript", email=f"victim{n}@shop.example")
            await visitor.until(op="transcript")
        await visitor.send(op="transcript", email="victim@shop.example")
        assert (await visitor.until(op="error"))["code"] == "too_many"


async def test_without_a_mail_server_it_is_not_offered(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        assert visitor.ready["transcript"] is False
        await visitor.say("Hello")
        await visitor.until(op="message", speaker="bot")
        await visitor.send(op="transcript", email=MARA)
        assert (await visitor.until(op="error"))["code"] == "not_available"
