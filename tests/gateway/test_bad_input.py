"""Whatever comes in is shown as plain text or refused with a code; the socket lives on."""

import json
from pathlib import Path

import pytest

from bot.desk.visitor.limits import Limits
from bot.handoff.plain import LONGEST
from tests.gateway.served import ServedDesk, parts, serve_desk

SHOWN = [
    "<img src=x onerror=alert(1)>",
    "Robert'); DROP TABLE messages;--",
    "{{7*7}} ${7*7} {slot}",
    "=HYPERLINK(1)",
    "/restart",
    '/greet{"customer_id":"c-mara"}',
    "👩‍👩‍👧‍👦",
    "a" * LONGEST,
    "\u202egnp.exe",
    "line one\nline two",
    "e\u0301" * 200,
    "٤٥٦",
]

REFUSED = [
    ("not json", "bad_frame"),
    ("[]", "bad_frame"),
    ("null", "bad_frame"),
    ('"say"', "bad_frame"),
    ("{", "bad_frame"),
    ('{"op":"say","cmid":"a","text":NaN}', "bad_frame"),
    ('{"op":"say","cmid":"a","cmid":"b","text":"x"}', "bad_frame"),
    ("[" * 10_000 + "]" * 10_000, "bad_frame"),
    ('{"op":"typing","on":' + "9" * 5000 + "}", "bad_frame"),
    ("{}", "unknown_op"),
    ('{"op":"drop"}', "unknown_op"),
    ('{"op":["say"]}', "unknown_op"),
    ('{"op":{"a":1}}', "unknown_op"),
    ('{"op":"say"}', "bad_frame"),
    ('{"op":"say","cmid":"a"}', "bad_frame"),
    ('{"op":"say","cmid":"a","text":7}', "bad_frame"),
    ('{"op":"say","cmid":"a","text":{"x":1}}', "bad_frame"),
    ('{"op":"say","cmid":"","text":"x"}', "bad_frame"),
    ('{"op":"say","cmid":"a b","text":"x"}', "bad_frame"),
    ('{"op":"say","cmid":"a\\n","text":"x"}', "bad_frame"),
    ('{"op":"say","cmid":"' + "a" * 65 + '","text":"x"}', "bad_frame"),
    ('{"op":"say","cmid":"half \\ud800","text":"x"}', "bad_frame"),
    ('{"op":"say","cmid":"a","text":""}', "empty"),
    ('{"op":"say","cmid":"a","text":" \\n\\t "}', "empty"),
    ('{"op":"say","cmid":"a","text":"\\u200b\\ufeff"}', "empty"),
    ('{"op":"say","cmid":"a","text":"\\u0000\\u0007"}', "empty"),
    ('{"op":"say","cmid":"a","text":"' + "a" * (LONGEST + 1) + '"}', "too_long"),
    ('{"op":"say","cmid":"a","text":"' + "é" * LONGEST + '"}', "too_long"),
    ('{"op":"say","cmid":"a","text":"' + "a" * 40_000 + '"}', "too_long"),
    ('{"op":"choose","cmid":"a","seq":-1,"button":"b1"}', "bad_frame"),
    ('{"op":"choose","cmid":"a","seq":1e99,"button":"b1"}', "bad_frame"),
    ('{"op":"choose","cmid":"a","seq":"1","button":"b1"}', "bad_frame"),
    ('{"op":"choose","cmid":"a","seq":2147483647,"button":"b1"}', "not_found"),
    ('{"op":"choose","cmid":"a","seq":99999999999999999999,"button":"b1"}', "bad_frame"),
    ('{"op":"typing","on":"yes"}', "bad_frame"),
    ('{"op":"person"}', "bad_frame"),
    ('{"op":"hello","token":null,"identity":null,"last_seq":0}', "bad_frame"),
    (b"\x00\x01binary", "bad_frame"),
]


@pytest.mark.parametrize("text", SHOWN, ids=range(len(SHOWN)))
async def test_what_is_shown_as_plain_text(desk: ServedDesk, text: str) -> None:
    async with desk.visitor() as visitor:
        await visitor.say(text, "m1")
        own = await visitor.until(op="message", speaker="visitor")
        assert own["text"] == text.replace("e\u0301", "é")
        await visitor.until(op="message", speaker="bot")
        assert desk.brain.of(visitor.conversation)[0]["kind"] == "text"


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("a\u0000b\u001b[31mc", "ab[31mc"),
        ("half \ud83d of a face", "half \ufffd of a face"),
        ("pay with 4242 4242 4242 4242", "pay with •••• 4242"),
    ],
)
async def test_what_is_mended(desk: ServedDesk, sent: str, stored: str) -> None:
    async with desk.visitor() as visitor:
        await visitor.say(sent)
        assert (await visitor.until(op="message", speaker="visitor"))["text"] == stored
        await visitor.until(op="message", speaker="bot")
        assert desk.brain.of(visitor.conversation)[0]["text"] == stored


@pytest.mark.parametrize(("frame", "code"), REFUSED, ids=range(len(REFUSED)))
async def test_what_is_refused_with_a_code(desk: ServedDesk, frame: str | bytes, code: str) -> None:
    async with desk.visitor() as visitor:
        await visitor.line.send(frame)
        error = await visitor.until(op="error")
        assert error["code"] == code and error["text"]
        await visitor.say("still here?")
        await visitor.until(op="message", text="You said: still here?")
        assert [message["seq"] for message in visitor.messages] == [1, 2]


async def test_an_error_names_the_message(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await visitor.send(op="say", cmid="m7", text=" ")
        assert (await visitor.until(op="error"))["cmid"] == "m7"
        await visitor.send(op="say", cmid="m8", text=None)
        assert (await visitor.until(op="error"))["cmid"] == "m8"


async def test_too_long_names_the_limit(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await visitor.say("x" * 5000)
        assert str(LONGEST) in (await visitor.until(op="error"))["text"]


async def test_three_refused_frames_in_a_row_are_the_end(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        for _ in range(2):
            await visitor.line.send("nonsense")
        await visitor.send(op="ping")
        await visitor.until(op="pong")
        for _ in range(3):
            await visitor.line.send("nonsense")
        assert await visitor.closed() == 1008
        await visitor.rest()
        assert [frame["op"] for frame in visitor.heard].count("error") == 5


async def test_a_frame_that_is_far_too_large_ends_the_socket_only(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await visitor.line.send(json.dumps({"op": "say", "cmid": "a", "text": "x" * 1_000_000}))
        assert await visitor.closed() == 1009
    async with desk.visitor(token=visitor.ready["token"]) as again:
        assert again.ready["last_seq"] == 0


async def test_anything_before_hello_is_refused(desk: ServedDesk) -> None:
    async with desk.socket() as visitor:
        for frame in ('{"op":"say","cmid":"a","text":"x"}', '{"op":"person","cmid":"a"}'):
            await visitor.line.send(frame)
            assert (await visitor.until(op="error"))["code"] == "bad_frame"
        await visitor.hello()


async def test_an_id_for_another_text_is_refused(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        await visitor.say("one", "m1")
        await visitor.until(op="ack")
        await visitor.say("two", "m1")
        error = await visitor.until(op="error")
        assert (error["code"], error["cmid"]) == ("cmid_reused", "m1")


async def test_silence_at_the_door_is_the_end(tmp_path: Path) -> None:
    with serve_desk(tmp_path, parts(Limits(hello_seconds=0.3))) as desk:
        async with desk.socket() as visitor:
            assert await visitor.closed() == 1008
