"""A visitor goes on with the conversation on another device, over real sockets and a real mail server."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.desk.visitor import identity
from bot.desk.visitor.limits import Limits
from bot.handoff.model import utc_now
from bot.reach.rules import TRANSCRIPT, Rules
from bot.storage.tables import continuations, outbox
from tests.gateway.served import ServedDesk, Visitor, parts, serve_desk
from tests.reach.post_office import PostOffice, post_office
from tests.serving import until

MARA = "mara@shop.example"
LINK = re.compile(r"https://chat\.shop\.example/chat#continue=([A-Za-z0-9_-]+)")


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    with post_office() as office:
        yield office


@pytest.fixture(scope="module")
def mailing(office: PostOffice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    """A desk with a mail server, and an owner who lets letters to customers be sent."""
    limits = replace(Limits(), copies_per_address=100)
    built = replace(parts(limits), reach=Rules(customers=frozenset({TRANSCRIPT})))
    server = {"smtp_host": office.server.host, "smtp_port": office.server.port, "smtp_tls": "none"}
    server |= {"public_url": "https://chat.shop.example"}
    with serve_desk(tmp_path_factory.mktemp("continuing"), built, **server) as desk:
        yield desk


async def _letter(desk: ServedDesk, office: PostOffice, visitor: Visitor, locale: str = "en") -> str:
    """Have the link sent; return the letter's text."""
    before = len(office.letters)
    await visitor.say("Where is my order?")
    await visitor.until(op="message", speaker="bot")
    await visitor.send(op="continue", cmid="c1", email=MARA)
    told = await visitor.until(op="continue", cmid="c1")
    assert MARA in told["text"]
    until(lambda: len(office.letters) > before)
    return office.letters[-1].get_body(("plain",)).get_content()


async def _refused(desk: ServedDesk, code: str, key: str = "other") -> None:
    async with desk.socket() as other:
        await other.send(op="hello", token=None, identity=None, last_seq=0, link={"code": code, "key": key})
        refusal = await other.until(op="error")
        assert refusal["code"] == "link_over" and refusal["text"] == desk.business.say("link_over")
        await other.hello()  # whoever has no link begins a conversation of their own
        assert not other.messages


async def test_a_link_opens_the_conversation_on_another_device_once(
    mailing: ServedDesk, office: PostOffice
) -> None:
    async with mailing.visitor() as visitor:
        assert visitor.ready["continuation"] is True
        code = LINK.search(await _letter(mailing, office, visitor))[1]
        link = {"code": code, "key": "phone"}
        async with mailing.visitor(link=link) as phone:
            assert phone.conversation == visitor.conversation
            assert phone.ready["token"] != visitor.ready["token"]
            await phone.until(op="message", text="Where is my order?")
            await phone.say("I am on the train now")
            await visitor.until(op="message", text="I am on the train now")
        async with mailing.visitor(
            link=link
        ) as again:  # the answer was lost: the same browser asks once more
            assert again.ready["token"] == phone.ready["token"]
        async with mailing.visitor(token=phone.ready["token"]) as later:
            assert later.conversation == visitor.conversation
    await _refused(mailing, code)


async def test_a_link_that_nobody_used_in_time_is_over(mailing: ServedDesk, office: PostOffice) -> None:
    async with mailing.visitor() as visitor:
        code = LINK.search(await _letter(mailing, office, visitor))[1]
    with mailing.app.state.database.write() as connection:
        connection.execute(update(continuations).values(expires_at=utc_now() - timedelta(seconds=1)))
    await _refused(mailing, code)
    await _refused(mailing, "x" * 43)


async def test_what_has_become_a_customers_opens_for_that_customer_only(
    mailing: ServedDesk, office: PostOffice
) -> None:
    secret = mailing.settings.identity_secret
    tom, mara = (
        identity.sign(id, name, secret, seconds=60) for id, name in (("c-tom", "Tom"), ("c-mara", "Mara"))
    )
    async with mailing.visitor() as visitor:
        code = LINK.search(await _letter(mailing, office, visitor))[1]
        id, token = visitor.conversation, visitor.ready["token"]
    async with mailing.visitor(token=token, identity=mara):
        pass
    await _refused(mailing, code)
    link = {"code": code, "key": "phone"}
    async with mailing.socket() as other:
        await other.send(op="hello", token=None, identity=tom, last_seq=0, link=link)
        assert (await other.until(op="error"))["code"] == "link_over"
    async with mailing.visitor(identity=mara, link=link) as phone:
        assert phone.conversation == id


async def test_a_customer_is_told_to_sign_in_and_gets_no_link(
    mailing: ServedDesk, office: PostOffice
) -> None:
    mara = identity.sign("c-mara-2", "Mara", mailing.settings.identity_secret, seconds=60)
    async with mailing.visitor(identity=mara) as visitor:
        letter = await _letter(mailing, office, visitor)
    assert not LINK.search(letter) and mailing.business.web in letter


async def test_the_letter_is_in_the_language_of_the_chat(mailing: ServedDesk, office: PostOffice) -> None:
    async with mailing.visitor(locale="de-AT") as visitor:
        letter = await _letter(mailing, office, visitor)
    assert mailing.business.say("mail_continue_link", language="de") in letter


async def test_the_code_is_kept_nowhere_once_the_letter_has_left(
    mailing: ServedDesk, office: PostOffice
) -> None:
    async with mailing.visitor() as visitor:
        code = LINK.search(await _letter(mailing, office, visitor))[1]

    def kept() -> list[str]:
        with mailing.app.state.database.read() as connection:
            rows = [*connection.execute(select(outbox)), *connection.execute(select(continuations))]
        return [str(row) for row in rows if code in str(row)]

    until(lambda: not kept())


@pytest.mark.parametrize(("email", "code"), [("mara", "bad_address"), ("tom@shop.example", "empty")])
async def test_what_cannot_be_sent(mailing: ServedDesk, email: str, code: str) -> None:
    async with mailing.visitor() as visitor:
        await visitor.send(op="continue", email=email)
        assert (await visitor.until(op="error"))["code"] == code


async def test_links_count_with_copies(mailing: ServedDesk) -> None:
    async with mailing.visitor() as visitor:
        await visitor.say("Hello")
        await visitor.until(op="message", speaker="bot")
        for number in range(Limits().copies):
            op = ("continue", "transcript")[number % 2]
            await visitor.send(op=op, email=f"victim{number}@shop.example")
            await visitor.until(op=op)
        await visitor.send(op="continue", email="victim@shop.example")
        assert (await visitor.until(op="error"))["code"] == "too_many"


async def test_without_letters_it_is_not_offered(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        assert visitor.ready["continuation"] is False
        await visitor.send(op="continue", cmid="c1", email=MARA)
        assert (await visitor.until(op="error", cmid="c1"))["code"] == "not_available"


@pytest.mark.parametrize(
    "link",
    ["x" * 43, {}, {"code": "short", "key": "k"}, {"code": "x" * 43}, {"code": "x" * 43, "key": "k k"}],
)
async def test_what_is_no_link(desk: ServedDesk, link: object) -> None:
    async with desk.socket() as visitor:
        await visitor.send(op="hello", token=None, last_seq=0, link=link)
        assert (await visitor.until(op="error"))["code"] == "bad_frame"
