"""What is asked before the first message, over real sockets and in two tabs."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.phrase import Phrase
from bot.prechat import Consent, Prechat, Question
from tests.gateway.served import ServedDesk, parts, serve_desk

NAME = Question("name", Phrase({"en": "Your name", "de": "Ihr Name"}), required=True)
ASKED = Prechat((NAME,), Consent(Phrase.plain("I agree."), "https://shop.example/privacy"))
MARA = {"name": "Mara"}


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    built = parts()
    widget = replace(built.business.widget, prechat=ASKED)
    built = replace(built, business=replace(built.business, widget=widget))
    with serve_desk(tmp_path_factory.mktemp("asking"), built) as desk:
        yield desk


async def test_it_is_asked_in_the_language_of_the_widget(asking: ServedDesk) -> None:
    async with asking.visitor(locale="de") as visitor:
        asked = visitor.ready["prechat"]
    assert asked["questions"] == [{"key": "name", "label": "Ihr Name", "kind": "text", "required": True}]
    assert asked["consent"] == {"text": "I agree.", "link": "https://shop.example/privacy"}


async def test_nothing_is_taken_before_and_everything_after(asking: ServedDesk) -> None:
    async with asking.visitor() as visitor:
        for frame in ({"op": "say", "text": "Hello"}, {"op": "person"}):
            await visitor.send(**frame, cmid="m1")
            refusal = await visitor.until(op="error", cmid="m1")
            assert refusal["code"] == "prechat_needed" and refusal["text"]
        await visitor.send(op="prechat", cmid="q1", answers=MARA, consent=True)
        assert await visitor.until(op="prechat") == {"op": "prechat", "cmid": "q1"}
        await visitor.say("Hello", "m1")
        await visitor.until(op="ack", cmid="m1")
        token = visitor.ready["token"]
    async with asking.visitor(token=token) as again:
        assert again.ready["prechat"] is None


async def test_the_other_tab_hears_that_it_was_answered(asking: ServedDesk) -> None:
    async with asking.visitor() as visitor, asking.visitor(token=visitor.ready["token"]) as tab:
        assert tab.ready["prechat"] is not None
        await visitor.send(op="prechat", cmid="q1", answers=MARA, consent=True)
        assert await tab.until(op="prechat") == {"op": "prechat", "cmid": None}
        await tab.send(op="prechat", cmid="q2", answers={"name": "Tom"}, consent=True)
        await tab.until(op="prechat", cmid="q2")
        id = visitor.conversation
    seen = asking.step(asking.app.state.gateway.entrance.look(id, 0))
    assert seen.conversation.prechat["answers"] == MARA


@pytest.mark.parametrize(
    ("answers", "consent", "code"),
    [
        ({}, True, "bad_answer"),
        (MARA, False, "bad_answer"),
        ({**MARA, "more": "x"}, True, "bad_answer"),
        ({"name": 5}, True, "bad_frame"),
        ("Mara", True, "bad_frame"),
        ({"name": "x" * 2001}, True, "bad_frame"),
    ],
)
async def test_what_is_no_answer(asking: ServedDesk, answers: object, consent: bool, code: str) -> None:
    async with asking.visitor() as visitor:
        await visitor.send(op="prechat", cmid="q1", answers=answers, consent=consent)
        assert (await visitor.until(op="error", cmid="q1"))["code"] == code


async def test_where_nothing_is_asked_the_chat_begins_at_once(desk: ServedDesk) -> None:
    async with desk.visitor() as visitor:
        assert visitor.ready["prechat"] is None
        await visitor.say("Hello", "m1")
        await visitor.until(op="ack", cmid="m1")
