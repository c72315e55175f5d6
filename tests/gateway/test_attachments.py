"""Files from a visitor, over HTTP and the socket of a running desk."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.desk.visitor import identity
from bot.desk.visitor.limits import Limits
from bot.widget import Widget
from tests.attachments.files import archive, paper, photo, picture
from tests.gateway.served import SAM, ServedDesk, Visitor, parts, serve_desk

PATH = "/api/visitor/attachments"


def passes(visitor: Visitor, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {visitor.ready['token']}", **more}


async def call(desk: ServedDesk, method: str, path: str = "", **options: Any) -> httpx.Response:
    async with httpx.AsyncClient(base_url=desk.http, verify=False, timeout=30) as client:
        return await client.request(method, PATH + path, **options)


async def send(
    desk: ServedDesk, visitor: Visitor, content: Any, cmid: str = "f1", name: str = "kettle.jpg"
) -> httpx.Response:
    return await call(
        desk, "POST", params={"cmid": cmid, "name": name}, content=content, headers=passes(visitor)
    )


async def sent(desk: ServedDesk, visitor: Visitor, content: Any, **about: str) -> dict[str, Any]:
    """Send a file, and return the message by which it is shown."""
    answer = await send(desk, visitor, content, **about)
    assert answer.status_code == 200, answer.text
    return await visitor.until(op="message", seq=answer.json()["seq"])


def files(desk: ServedDesk, conversation: str) -> list[Path]:
    return sorted((desk.settings.var / "attachments" / conversation).rglob("*"))


async def test_a_picture_is_shown_to_all_of_its_conversation(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor, desk.visitor(token=visitor.ready["token"]) as other_tab:
        message = await sent(desk, visitor, photo((60, 40)))
        assert await other_tab.until(op="message", seq=message["seq"]) == message
        assert (message["speaker"], message["text"], message["cmid"]) == ("visitor", "kettle.jpg", "f1")
        file = message["attachment"]
        answer = await call(desk, "GET", f"/{file['id']}", headers=passes(visitor))
        assert len(answer.content) == file["size"] and (file["width"], file["height"]) == (60, 40)
        assert answer.headers["content-type"] == file["kind"] == "image/jpeg"
        assert b"Exif" not in answer.content
    async with desk.visitor(token=visitor.ready["token"]) as later:
        assert await later.until(op="message", seq=message["seq"]) == message


async def test_the_bot_is_not_asked_and_offers_a_person(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await sent(desk, visitor, paper(), name="invoice.pdf")
        answer = await visitor.until(op="message", speaker="bot")
        assert "cannot see" in answer["text"] and desk.brain.of(visitor.conversation) == []
        await visitor.send(op="choose", cmid="p1", seq=answer["seq"], button=answer["buttons"][0]["id"])
        await visitor.until(op="owner", kind="waiting")


async def test_what_may_be_sent_is_said_at_hello(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        offer = visitor.ready["attachments"]
        assert offer["bytes"] == 5 << 20 and "application/pdf" in offer["kinds"]


async def test_the_same_after_a_lost_answer_is_there_once(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        answers = await asyncio.gather(*(send(desk, visitor, picture()) for _ in range(3)))
        assert len({answer.text for answer in answers}) == 1
        again = await send(desk, visitor, picture("PNG"))
        assert (again.status_code, again.json()["error"]["code"]) == (400, "cmid_reused")
        assert len(files(desk, visitor.conversation)) == 2


async def test_an_agent_sees_it(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        desk.step(desk.app.state.service.claim(visitor.conversation, SAM, 1))
        message = await sent(desk, visitor, picture())
        assert [m["speaker"] for m in visitor.messages if m["seq"] >= message["seq"]] == ["visitor"]


async def refusals(desk: ServedDesk, id: str, headers: dict[str, str]) -> list[tuple[int, str]]:
    answers = [
        await call(desk, "GET", f"/{id}{query}", headers=headers) for query in ("", "?small=1", "?save=1")
    ]
    return [(answer.status_code, answer.text) for answer in answers]


async def test_somebody_elses_file_looks_like_none(desk: ServedDesk) -> None:
    async with desk.visitor() as owner, desk.visitor() as stranger:
        id = (await sent(desk, owner, picture()))["attachment"]["id"]
        theirs = await refusals(desk, id, passes(stranger))
        assert theirs == await refusals(desk, "A" * len(id), passes(stranger))
        assert {status for status, _ in theirs} == {404}
        for odd in ("..%2f..%2fdesk.db", "%00", "x" * 500, f"{id}.small", f"{owner.conversation}%2f{id}"):
            assert (await call(desk, "GET", f"/{odd}", headers=passes(owner))).status_code == 404


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer made-up", "Basic {token}", "{token}"])
async def test_without_the_token_there_is_nothing(desk: ServedDesk, authorization: str) -> None:
    async with desk.visitor() as visitor:
        id = (await sent(desk, visitor, picture()))["attachment"]["id"]
        wrong = {"Authorization": authorization.format(token=visitor.ready["token"])}
        for query in ("", f"?token={visitor.ready['token']}"):
            assert (await call(desk, "GET", f"/{id}{query}", headers=wrong)).status_code == 401
        answer = await call(desk, "POST", params={"cmid": "f2"}, content=picture(), headers=wrong)
        assert answer.status_code == 401


async def test_a_customers_file_needs_the_customer(desk: ServedDesk) -> None:
    def signed(id: str) -> str:
        return identity.sign(id, id.title(), desk.settings.identity_secret, seconds=60)

    async with desk.visitor(identity=signed("c-mara")) as mara:
        own = passes(mara, **{"Kindhand-Identity": signed("c-mara")})
        answer = await call(desk, "POST", params={"cmid": "f1"}, content=picture(), headers=own)
        message = await mara.until(op="message", seq=answer.json()["seq"])
        path = f"/{message['attachment']['id']}"
        assert (await call(desk, "GET", path, headers=own)).status_code == 200
        assert (await call(desk, "GET", path, headers=passes(mara))).status_code == 401
        for other in (signed("c-tom"), "forged"):
            wrong = passes(mara, **{"Kindhand-Identity": other})
            assert (await call(desk, "GET", path, headers=wrong)).status_code == 401


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 415, "unknown_kind"),
        (b"<html><script>alert(1)</script></html>", 415, "unknown_kind"),
        (archive(), 415, "unknown_kind"),
        (picture()[:250], 422, "broken"),
        (b"", 422, "empty"),
        (b"x" * ((5 << 20) + 1), 413, "too_big"),
    ],
    ids=["svg", "html", "zip", "half", "nothing", "big"],
)
async def test_what_is_not_taken_says_why_and_leaves_nothing(
    desk: ServedDesk, content: bytes, status: int, code: str
) -> None:
    async with desk.visitor() as visitor:
        answer = await send(desk, visitor, content)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
        text = answer.json()["error"]["text"]
        assert text == desk.business.say(
            f"attachment_{code}", **({"megabytes": "5"} if code == "too_big" else {})
        )
        assert files(desk, visitor.conversation) == []
        async with desk.visitor(token=visitor.ready["token"]) as again:
            assert again.ready["last_seq"] == 0


async def test_a_size_that_was_not_said_is_found_out(desk: ServedDesk) -> None:
    async def pieces() -> Any:
        for _ in range(200):  # 12.5 MB in pieces
            yield b"\xff\xd8\xff" + b"x" * 65_533

    async with desk.visitor() as visitor:
        try:
            answer = await send(desk, visitor, pieces())
            assert answer.json()["error"]["code"] == "too_big"
        except httpx.TransportError:
            pass  # it stopped listening while we were still talking
        assert files(desk, visitor.conversation) == []


async def test_a_name_is_made_harmless(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        for n, name in enumerate(("../../../etc/cron.d/x", "CON", "photo\u202egpj.exe", "a\0b\n.jpg", "")):
            message = await sent(desk, visitor, picture(), cmid=f"n{n}", name=name)
            assert message["text"] == message["attachment"]["name"]
            assert message["text"] in ("x.jpg", "_CON.jpg", "photogpj.exe.jpg", "ab.jpg", "picture.jpg")
        kept = {path.name for path in files(desk, visitor.conversation)}
        assert len(kept) == 10 and not [name for name in kept if "jpg" in name]


async def test_erasing_takes_the_files(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        id = (await sent(desk, visitor, picture()))["attachment"]["id"]
        desk.step(desk.app.state.service.erase(visitor.conversation))
        assert files(desk, visitor.conversation) == []
        assert (await call(desk, "GET", f"/{id}", headers=passes(visitor))).status_code == 401


async def test_a_part_is_not_given(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        file = (await sent(desk, visitor, picture()))["attachment"]
        wants = passes(visitor, Range="bytes=0-1,2-3")
        answer = await call(desk, "GET", f"/{file['id']}", headers=wants)
        assert answer.status_code == 200 and len(answer.content) == file["size"]


async def test_another_site_may_not_send_one(desk: ServedDesk) -> None:
    asks = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    answer = await call(desk, "OPTIONS", headers=asks)
    assert "access-control-allow-origin" not in answer.headers


async def test_many_files_have_to_wait(tmp_path: Path) -> None:
    with serve_desk(tmp_path, parts(Limits(files=2))) as desk:
        async with desk.visitor() as visitor:
            codes = [(await send(desk, visitor, picture(), cmid=f"f{n}")).status_code for n in range(3)]
            assert codes == [200, 200, 429]


async def test_the_owner_may_want_none(tmp_path: Path) -> None:
    built = parts()
    chat = Widget(switches={**Widget().switches, "attachments": False})
    with serve_desk(tmp_path, replace(built, business=replace(built.business, widget=chat))) as desk:
        async with desk.visitor() as visitor:
            assert visitor.ready["attachments"] is None
            assert (await send(desk, visitor, picture())).status_code == 404


async def test_what_a_kill_left_behind_goes_at_the_next_start(tmp_path: Path) -> None:
    left = tmp_path / "var" / "attachments" / "nobody"
    left.mkdir(parents=True)
    (left / "orphan").write_bytes(b"x")
    with serve_desk(tmp_path, parts()):
        assert not left.exists()
