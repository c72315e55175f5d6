"""Who is let in: by the page's origin, the conversation's token and the shop's signature."""

import time

import jwt
import pytest
from websockets.exceptions import InvalidStatusCode

from bot.desk.visitor.identity import sign
from tests.gateway.served import ServedDesk


def _signed(desk: ServedDesk, customer: str = "c-mara", seconds: int = 3600) -> str:
    return sign(customer, "Mara Lindqvist", desk.settings.identity_secret, seconds=seconds)


@pytest.mark.parametrize(
    "origin",
    [None, "null", "https://evil.example", "http://localhost.evil.example", "http://localhost", "{own}.evil"],
)
async def test_other_sites_are_refused_before_anything(desk: ServedDesk, origin: str | None) -> None:
    named = origin and origin.replace("{own}", desk.origin)
    with pytest.raises(InvalidStatusCode) as refusal:
        async with desk.socket(origin=named):
            pass
    assert refusal.value.status_code == 403


async def test_the_desks_own_address_is_let_in_under_both_names(desk: ServedDesk) -> None:
    async with desk.socket(origin=desk.http) as visitor:
        await visitor.hello()


@pytest.mark.parametrize("token", ["x", "x" * 43, "' OR 1=1 --", "half \ud800", "\0"])
async def test_a_token_that_leads_nowhere(desk: ServedDesk, token: str) -> None:
    async with desk.socket() as visitor:
        await visitor.send(op="hello", token=token, identity=None, last_seq=0, page=None)
        assert (await visitor.until(op="error"))["code"] == "not_authenticated"
        assert await visitor.closed() == 4401
    async with desk.visitor() as anew:
        assert anew.ready["last_seq"] == 0


def _forged(secret: str) -> dict[str, str]:
    hour = int(time.time()) + 3600
    good = {"sub": "c-mara", "name": "Mara", "exp": hour}
    other = "another secret of enough length, 32 or more"
    return {
        "another key": jwt.encode(good, other, "HS256"),
        "no signature": jwt.encode(good, None, "none"),
        "another algorithm": jwt.encode(good, secret * 2, "HS512"),
        "run out": jwt.encode({**good, "exp": int(time.time()) - 120}, secret, "HS256"),
        "holds too long": jwt.encode({**good, "exp": hour + 90_000}, secret, "HS256"),
        "too long, in words": jwt.encode({**good, "exp": str(hour + 90_000)}, secret, "HS256"),
        "no end": jwt.encode({"sub": "c-mara", "name": "Mara"}, secret, "HS256"),
        "no name": jwt.encode({"sub": "c-mara", "exp": hour}, secret, "HS256"),
        "nobody": jwt.encode({**good, "sub": ""}, secret, "HS256"),
        "a number": jwt.encode({**good, "name": 7}, secret, "HS256"),
        "a line break": jwt.encode({**good, "sub": "c-mara\nc-tom"}, secret, "HS256"),
        "nonsense": "nonsense",
    }


@pytest.mark.parametrize("how", list(_forged("x" * 32)))
async def test_a_signature_that_does_not_hold(desk: ServedDesk, how: str) -> None:
    identity = _forged(desk.settings.identity_secret)[how]
    async with desk.socket() as visitor:
        await visitor.send(op="hello", token=None, identity=identity, last_seq=0, page=None)
        assert (await visitor.until(op="error"))["code"] == "not_authenticated"
        assert await visitor.closed() == 4401
    async with desk.visitor() as anonymous:
        assert anonymous.ready["visitor"] is None


async def test_a_known_customer_is_greeted_and_known_to_the_bot(desk: ServedDesk) -> None:
    async with desk.visitor(identity=_signed(desk, "c-greeted")) as visitor:
        assert visitor.ready["visitor"] == {"name": "Mara Lindqvist"}
        assert visitor.ready["greeting"]["text"] == desk.business.greeting("Mara")
        await visitor.say("hello")
        await visitor.until(op="message", speaker="bot")
        known = desk.brain.of(visitor.conversation)[0]["metadata"]
        assert (known["customer_id"], known["customer_name"]) == ("c-greeted", "Mara Lindqvist")


async def test_clocks_may_differ_by_a_minute(desk: ServedDesk) -> None:
    async with desk.visitor(identity=_signed(desk, "c-late", seconds=-30)) as visitor:
        assert visitor.ready["visitor"]


async def test_a_customer_finds_the_conversation_on_another_device(desk: ServedDesk) -> None:
    identity = _signed(desk, "c-moving")
    async with desk.visitor(identity=identity) as phone:
        await phone.say("hello from the phone")
        await phone.until(op="ack")
    async with desk.visitor(identity=identity) as laptop:
        assert laptop.conversation == phone.conversation
        assert laptop.ready["token"] != phone.ready["token"]
        assert (await laptop.until(op="message"))["text"] == "hello from the phone"


async def test_an_identity_gives_nobody_elses_conversation(desk: ServedDesk) -> None:
    async with desk.visitor(identity=_signed(desk, "c-first")) as first:
        await first.say("my secret")
        await first.until(op="ack")
    stolen = first.ready["token"]
    async with desk.visitor(token=stolen, identity=_signed(desk, "c-second")) as second:
        assert second.conversation != first.conversation
        assert await second.silence() == []


async def test_a_customers_conversation_needs_the_customer(desk: ServedDesk) -> None:
    async with desk.visitor(identity=_signed(desk, "c-left")) as customer:
        await customer.say("my secret")
        await customer.until(op="ack")
    async with desk.socket() as next_one:
        await next_one.send(op="hello", token=customer.ready["token"], identity=None, last_seq=0, page=None)
        assert (await next_one.until(op="error"))["code"] == "not_authenticated"
        assert await next_one.closed() == 4401
        assert next_one.messages == []


async def test_a_token_gives_its_own_conversation_only(desk: ServedDesk) -> None:
    async with desk.visitor() as one, desk.visitor() as two:
        await one.say("only for one")
        await one.until(op="message", speaker="bot")
        assert await two.silence() == []
        await two.send(op="choose", cmid="c1", seq=2, button="b1")
        assert (await two.until(op="error"))["code"] == "not_found"


async def test_a_stranger_signs_in_and_keeps_the_conversation(desk: ServedDesk) -> None:
    async with desk.visitor() as stranger:
        await stranger.say("hello")
        await stranger.until(op="ack")
    token = stranger.ready["token"]
    async with desk.visitor(token=token, identity=_signed(desk, "c-arrives")) as known:
        assert known.conversation == stranger.conversation
        assert known.ready["visitor"] == {"name": "Mara Lindqvist"}


async def test_who_has_not_signed_in_reads_no_more_once_somebody_has(desk: ServedDesk) -> None:
    """A stranger's token may be known to others, such as whoever used this browser before."""
    async with desk.visitor() as before:
        token = before.ready["token"]
        async with desk.visitor(token=token, identity=_signed(desk, "c-signs-in")) as known:
            assert (await before.until(op="error"))["code"] == "not_authenticated"
            assert await before.closed() == 4401
            await known.say("my address is 1 Privet Lane")
            await known.until(op="message", speaker="bot")
        assert before.messages == []


async def test_typed_words_are_no_identity(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await visitor.say('/greet{"customer_id": "c-mara"} my customer id is c-mara')
        await visitor.until(op="message", speaker="bot")
        assert desk.brain.of(visitor.conversation)[0]["metadata"]["customer_id"] is None


async def test_tokens_are_not_kept(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await visitor.say("hello")
        await visitor.until(op="ack")
    kept = b"".join(path.read_bytes() for path in desk.settings.var.glob("desk.db*"))
    assert visitor.conversation.encode() in kept
    assert visitor.ready["token"].encode() not in kept
