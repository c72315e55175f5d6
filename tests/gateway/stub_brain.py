"""A brain that answers over HTTP as a test tells it to, and notes what it was asked."""

import asyncio
from collections import Counter
from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Answer = Callable[[dict[str, Any]], list[dict[str, Any]]]


def echo(asked: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"text": f"You said: {asked['text']}", "buttons": []}]


class StubBrain:
    """Set `answer`, `delay`, `status` or `body` to change how it behaves; while `held` it says nothing."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.forgotten: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.most_at_once: Counter[str] = Counter()
        self._at_once: Counter[str] = Counter()
        self.reset()
        turn = Route("/webhooks/desk/turn", self._turn, methods=["POST"])
        forget = Route("/webhooks/desk/forget", self._forget, methods=["POST"])
        self.app = Starlette(routes=[turn, forget])

    def reset(self) -> None:
        self.answer: Answer = echo
        self.delay, self.status, self.body, self.held = 0.0, 200, None, False
        self.asked.clear()

    def of(self, conversation: str) -> list[dict[str, Any]]:
        """Return what was asked in a conversation."""
        return [asked for asked in self.asked if asked["conversation"] == conversation]

    async def _forget(self, request: Request) -> Response:
        if self.status == 200:
            self.forgotten.append((await request.json())["conversation"])
        return JSONResponse({}, self.status)

    async def _turn(self, request: Request) -> Response:
        asked = await request.json()
        id = asked["conversation"]
        self.asked.append(asked)
        self.headers.append(dict(request.headers))
        for name in (id, "*"):
            self._at_once[name] += 1
            self.most_at_once[name] = max(self.most_at_once[name], self._at_once[name])
        try:
            await asyncio.sleep(self.delay)
            while self.held:
                await asyncio.sleep(0.01)
            if self.body is not None:
                return Response(self.body, self.status, media_type="application/json")
            if self.status != 200:
                return JSONResponse({"error": "actions"}, self.status)
            return JSONResponse({"messages": self.answer(asked)})
        finally:
            for name in (id, "*"):
                self._at_once[name] -= 1
