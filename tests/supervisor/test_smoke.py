"""The short conversation before visitors come: over real HTTP, with an assistant that a test controls."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.errors import StartError
from bot.settings import ROOT
from bot.supervisor.ports import free_port
from bot.supervisor.smoke import Question, questions, try_out
from tests.serving import served

ASKED = [Question("do you have decaf?", "decaf"), Question("where are you", "visit_cafe")]
Answer = Callable[[dict[str, Any]], Response]


class Assistant:
    """Notes what is said to it and what it forgets."""

    def __init__(self, answer: Answer, *, forgets: int = 200) -> None:
        self.answer, self.forgets = answer, forgets
        self.known: list[str] = []
        self.did: list[str] = []

    @contextmanager
    def serving(self) -> Iterator[str]:
        turn = Route("/webhooks/desk/turn", self._turn, methods=["POST"])
        forget = Route("/webhooks/desk/forget", self._forget, methods=["POST"])
        port = free_port()
        with served(Starlette(routes=[turn, forget]), port):
            yield f"http://127.0.0.1:{port}"

    async def _turn(self, request: Request) -> Response:
        asked = json.loads(await request.body())
        self.did.append(asked["text"])
        self.known.append(asked["conversation"])
        return self.answer(asked)

    async def _forget(self, request: Request) -> Response:
        self.did.append("forget")
        self.known.clear()
        return JSONResponse({}, self.forgets)


def heard(intent: str) -> Response:
    said = {"messages": [{"text": "Yes."}], "heard": {"intent": intent, "confidence": 1.0}}
    return JSONResponse(said)


def test_it_asks_the_owners_own_examples_from_all_over_the_files() -> None:
    asked = questions(ROOT)
    assert len({question.intent for question in asked}) == 3
    assert all(question.text and "[" not in question.text for question in asked)


def test_without_a_question_there_is_nothing_to_ask(tmp_path: Path) -> None:
    assert questions(tmp_path) == []


async def test_it_answers_and_forgets_that_it_was_asked() -> None:
    assistant = Assistant(lambda asked: heard("decaf"))
    with assistant.serving() as address:
        await try_out(address, "s" * 40, ASKED)
    assert assistant.did == ["forget", "do you have decaf?", "where are you", "forget"]
    assert not assistant.known


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda asked: JSONResponse({"error": "actions"}, 503), "Asked “do you have decaf.*only: actions"),
        (lambda asked: JSONResponse({"messages": []}), "said only: 200"),
        (lambda asked: Response("<html>", 500), "said only: 500"),
        (lambda asked: heard("gift_cards"), "does not understand its own examples: “do you have decaf"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_kept(answer: Answer, why: str) -> None:
    assistant = Assistant(answer)
    with assistant.serving() as address, pytest.raises(StartError, match=why):
        await try_out(address, "s" * 40, ASKED)
    assert not assistant.known


async def test_one_that_cannot_forget_is_not_let_at_visitors() -> None:
    assistant = Assistant(lambda asked: heard("decaf"), forgets=500)
    with assistant.serving() as address, pytest.raises(StartError, match="cannot get at the conversations"):
        await try_out(address, "s" * 40, ASKED)


async def test_nobody_there_is_no_answer() -> None:
    with pytest.raises(StartError, match="gives no answer"):
        await try_out(f"http://127.0.0.1:{free_port()}", "s" * 40, ASKED)
