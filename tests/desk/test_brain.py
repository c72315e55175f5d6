"""The line to Rasa: what is sent, and every way to fail turned into an error of ours."""

import json
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bot.desk.brain import Brain
from bot.errors import BrainCannotRead, BrainError, BrainTimeout, BrainUnavailable
from bot.handoff.model import Answer, Question, Reply
from bot.supervisor.ports import free_port
from tests.serving import served

QUESTION = Question("c1", 7, 1, "Yes", customer_id="c-mara", customer_name="Mara")


def _brain(answer: Callable[[httpx.Request], httpx.Response]) -> Brain:
    brain = Brain("http://brain.example", "a secret")
    headers = brain._line.client.headers
    brain._line.client = httpx.AsyncClient(
        transport=httpx.MockTransport(answer), base_url="http://brain.example", headers=headers
    )
    return brain


async def test_an_answer_with_buttons() -> None:
    said = {"text": "Shall I?", "buttons": [{"title": "Yes", "payload": "/affirm"}], "offered": True}
    brain = _brain(lambda request: httpx.Response(200, json={"messages": [said, {"text": "Or not?"}]}))
    answer = await brain.ask(QUESTION)
    assert answer == Answer((Reply("Shall I?", (("Yes", "/affirm"),), offered=True), Reply("Or not?")))


async def test_what_was_heard_comes_with_the_answer() -> None:
    second = {"intent": "grind_options", "confidence": 0.2}
    heard = {"intent": "decaf", "confidence": 0.7, "second": second, "answered": ["utter_decaf"]}
    brain = _brain(lambda request: httpx.Response(200, json={"messages": [], "heard": heard}))
    assert await brain.ask(QUESTION) == Answer((), heard)


async def test_what_the_bot_does_not_read_is_said() -> None:
    seen: list[dict[str, object]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(json.loads(request.content)["metadata"])
        return httpx.Response(200, json={"messages": [], "unread": True})

    with pytest.raises(BrainCannotRead):
        await _brain(answer).ask(replace(QUESTION, written="pl"))
    assert seen[0]["written"] == "pl"


async def test_an_answer_with_a_card() -> None:
    card = {"kind": "order", "number": "CK-10423", "status": "shipped", "total": 31.5, "currency": "GBP"}
    said = [{"text": "It is on its way.", "card": card}, {"text": "And this?", "card": {"kind": "spell"}}]
    brain = _brain(lambda request: httpx.Response(200, json={"messages": said}))
    first, second = (await brain.ask(QUESTION)).replies
    assert first.card is not None and first.card["number"] == "CK-10423" and first.card["items"] == []
    assert second == Reply("And this?")


async def test_a_payload_is_sent_in_place_of_the_words() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"messages": []})

    await _brain(answer).ask(Question("c1", 7, 1, "Yes", payload="/affirm"))
    assert b'"kind":"payload"' in seen[0].content.replace(b" ", b"") and b"/affirm" in seen[0].content
    assert seen[0].headers["x-kindhand-secret"] == "a secret"
    assert seen[0].url == "http://brain.example/webhooks/desk/turn"


@pytest.mark.parametrize(
    ("broken", "ours"),
    [
        (httpx.ConnectError, BrainUnavailable),
        (httpx.ConnectTimeout, BrainUnavailable),
        (httpx.ReadError, BrainUnavailable),
        (httpx.RemoteProtocolError, BrainUnavailable),
        (httpx.ReadTimeout, BrainTimeout),
        (httpx.PoolTimeout, BrainTimeout),
    ],
)
async def test_no_foreign_error_gets_through(broken: type[Exception], ours: type[BrainError]) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise broken("broken")

    with pytest.raises(ours):
        await _brain(answer).ask(QUESTION)


@pytest.mark.parametrize(
    ("status", "ours"),
    [(500, BrainUnavailable), (503, BrainUnavailable), (504, BrainTimeout), (401, BrainError)],
)
async def test_what_another_status_means(status: int, ours: type[BrainError]) -> None:
    with pytest.raises(BrainError) as problem:
        await _brain(lambda request: httpx.Response(status, json={"error": "x"})).ask(QUESTION)
    assert type(problem.value) is ours


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"messages": [{"text": 7}]}', "<html>"])
async def test_an_answer_that_cannot_be_read(body: str) -> None:
    with pytest.raises(BrainError):
        await _brain(lambda request: httpx.Response(200, text=body)).ask(QUESTION)


@pytest.mark.parametrize("status", [200, 401, 500, 503])
def test_rasa_forgets_or_is_asked_again(status: int) -> None:
    heard: list[tuple[str, str, dict[str, str]]] = []

    async def forget(request: Request) -> JSONResponse:
        heard.append((request.url.path, request.headers["x-kindhand-secret"], await request.json()))
        return JSONResponse({}, status)

    port = free_port()
    brain = Brain(f"http://127.0.0.1:{port}", "a secret")
    with served(Starlette(routes=[Route("/{path:path}", forget, methods=["POST"])]), port):
        if status == 200:
            brain.forget({"conversation": "c1"}, "forget:c1")
        else:
            with pytest.raises(BrainUnavailable):
                brain.forget({"conversation": "c1"}, "forget:c1")
    assert heard == [("/webhooks/desk/forget", "a secret", {"conversation": "c1"})]
    with pytest.raises(BrainUnavailable):  # it is down
        brain.forget({"conversation": "c1"}, "forget:c1")
