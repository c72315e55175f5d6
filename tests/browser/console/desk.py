"""A small desk that speaks the console's contract over real HTTP and a real socket."""

import asyncio
import secrets
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, WebSocket, WebSocketDisconnect
from fastapi.responses import FileResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles

from tests.browser.console import calls
from tests.browser.console.answers import error, now
from tests.browser.console.canned import CANNED
from tests.browser.console.people import NOOR, OLGA, PASSWORD, SAM, team

WEB = Path(__file__).parents[3] / "bot" / "desk" / "web"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class FakeDesk:
    """What the console sees of a desk; tests move it from their own thread."""

    def __init__(self) -> None:
        self.conversations: dict[str, dict] = {}
        self.agents = {agent["email"]: agent for agent in (SAM, NOOR, OLGA)}
        self.sessions: dict[str, tuple[dict, str]] = {}
        self.tickets: dict[str, dict] = {}
        self.consoles: list[tuple[WebSocket, dict]] = []
        self.heard: list[dict] = []
        self.replies: list[str] = []
        self.asked: list[dict[str, str]] = []
        self.watched: dict[str, list[dict]] = {}
        self.undelivered: list[dict] = []
        self.files: dict[str, bytes] = {}
        self.team, self.canned = team(), [dict(one) for one in CANNED]
        self.down = False
        self.forgetful = False
        self.loop: asyncio.AbstractEventLoop | None = None

    def fill(self, *conversations: dict) -> None:
        """Start over with these conversations."""
        self.conversations = {one["summary"]["id"]: one for one in conversations}
        self.team, self.canned = team(), [dict(one) for one in CANNED]
        self.watched.clear()

    def say(self, identity: str, text: str, speaker: str = "visitor") -> dict:
        """Let somebody say something and tell the consoles."""
        message = self.added(identity, speaker, text, self.summary(identity)["customer"]["name"])
        self.run(self.told(identity, message))
        return message

    def change(self, identity: str, **fields: Any) -> None:
        """Change a summary and tell the consoles."""
        known = self.summary(identity)
        known.update(fields, version=known["version"] + 1)
        self.run(self.told(identity))

    def arrive(self, conversation: dict) -> None:
        """Let a new conversation appear."""
        self.conversations[conversation["summary"]["id"]] = conversation
        self.run(self.told(conversation["summary"]["id"]))

    def types(self, identity: str, on: bool) -> None:
        """Let the visitor type."""
        name = self.summary(identity)["customer"]["name"]
        self.run(
            self.everyone(
                {"op": "typing", "conversation": identity, "speaker": "visitor", "name": name, "on": on}
            )
        )

    def saw(self, identity: str, seq: int) -> None:
        """Let the visitor have seen everything up to a message."""
        self.conversations[identity]["visitor_seen_seq"] = seq
        self.run(self.everyone({"op": "read", "conversation": identity, "seq": seq}))

    def looks(self, identity: str, *agents: dict) -> None:
        """Let these agents look at a conversation."""
        looking = [{"id": one["id"], "name": one["name"]} for one in agents]
        self.run(self.everyone({"op": "viewers", "conversation": identity, "agents": looking}))

    def cut(self) -> None:
        """Break every socket."""
        self.run(self.closed())

    def summary(self, identity: str) -> dict:
        """Give the summary of a conversation."""
        return self.conversations[identity]["summary"]

    def open_ones(self) -> list[dict]:
        """Give every summary that is not resolved, the worst first."""
        known = [one["summary"] for one in self.conversations.values()]
        return sorted(
            (one for one in known if one["owner"]["kind"] != "closed"), key=lambda one: -one["urgency"]
        )

    def counts(self, agent: dict) -> dict:
        """Count the four lists of an agent."""
        open_ones = self.open_ones()
        return {
            "queue": sum(one["owner"]["kind"] == "waiting" for one in open_ones),
            "mine": sum(one["owner"]["agent_id"] == agent["id"] for one in open_ones),
            "all": len(open_ones),
            "resolved": len(self.conversations) - len(open_ones),
        }

    def added(
        self, identity: str, speaker: str, text: str, name: str | None, cmid: str | None = None
    ) -> dict:
        """Store a message; the same client id gives the same message."""
        messages = self.conversations[identity]["messages"]
        for message in messages:
            if cmid and message["cmid"] == cmid:
                return message
        message = {
            "seq": len(messages) + 1,
            "speaker": speaker,
            "name": name,
            "text": text,
            "at": now(),
            "buttons": [],
            "cmid": cmid,
        }
        messages.append(message)
        self.summary(identity)["last_message"] = {"speaker": speaker, "text": text, "at": message["at"]}
        return message

    async def told(self, identity: str, message: dict | None = None) -> None:
        """Tell every console about a conversation and what was said in it."""
        if message:
            await self.everyone({"op": "message", "conversation": identity, "message": message})
        await self.everyone({"op": "conversation", "summary": self.summary(identity)})
        for console, agent in list(self.consoles):
            with suppress(RuntimeError):
                await console.send_json({"op": "counts", "counts": self.counts(agent)})

    async def everyone(self, frame: dict) -> None:
        """Send a frame to every console."""
        for console, _ in list(self.consoles):
            with suppress(RuntimeError):  # that console has just closed its socket
                await console.send_json(frame)

    async def closed(self) -> None:
        """Close every socket from this side."""
        for console, _ in list(self.consoles):
            await console.close(1012)

    def run(self, step: Coroutine) -> None:
        """Do `step` on the server's loop and wait for it."""
        asyncio.run_coroutine_threadsafe(step, self.loop).result(5)


def create_fake(desk: FakeDesk) -> FastAPI:
    """Make the application around a fake desk."""
    site, app = FastAPI(), FastAPI()

    @app.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        path = request.url.path
        if path.startswith("/api") and (refused := refusal(desk, request)):
            return refused
        response = await call_next(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Cache-Control"] = "no-store"
        return response

    @app.get("/console")
    async def page() -> FileResponse:
        return FileResponse(WEB / "console" / "index.html")

    add_session(app, desk)
    calls.add_lists(app, desk)
    calls.add_verbs(app, desk)
    calls.add_people(app, desk)
    add_socket(app, desk)
    site.mount("/static", StaticFiles(directory=WEB))
    site.mount("", app)
    return site


def refusal(desk: FakeDesk, request: Request) -> JSONResponse | None:
    """Refuse whom the real desk would refuse."""
    if desk.down:
        return error(503, "internal", "Down")
    if request.url.path.endswith("/login"):
        return None
    agent, csrf = desk.sessions.get(request.cookies.get("session", ""), (None, ""))
    if agent is None:
        return error(401, "not_authenticated", "Please sign in.")
    if request.method != "GET" and request.headers.get("x-csrf-token") != csrf:
        return error(403, "csrf", "This page is too old.")
    request.state.agent = agent
    return None


def add_session(app: FastAPI, desk: FakeDesk) -> None:
    """Add signing in and out, and tickets."""

    @app.post("/api/console/login")
    async def login(request: Request) -> Response:
        given = await request.json()
        agent = desk.agents.get(given["email"])
        if given["email"].startswith("many@"):
            return error(429, "too_many", "Too many tries. Please wait five minutes.")
        if agent is None or given["password"] != PASSWORD:
            return error(401, "not_authenticated", "No.")
        session, csrf = secrets.token_hex(8), secrets.token_hex(8)
        desk.sessions[session] = (agent, csrf)
        response = JSONResponse({"agent": agent, "csrf": csrf})
        response.set_cookie("session", session, httponly=True, samesite="lax")
        return response

    @app.get("/api/console/me")
    async def me(request: Request) -> dict:
        agent, csrf = desk.sessions[request.cookies["session"]]
        return {"agent": agent, "csrf": csrf}

    @app.post("/api/console/logout")
    async def logout(request: Request) -> dict:
        desk.sessions.pop(request.cookies["session"])
        return {}

    @app.post("/api/console/ticket")
    async def ticket(request: Request) -> dict:
        made = secrets.token_hex(8)
        desk.tickets[made] = request.state.agent
        return {"ticket": made}


def add_socket(app: FastAPI, desk: FakeDesk) -> None:
    """Add the console's socket."""

    @app.websocket("/ws/console")
    async def console(socket_: WebSocket) -> None:
        desk.loop = asyncio.get_running_loop()
        await socket_.accept()
        hello = await socket_.receive_json()
        agent = desk.tickets.pop(hello["ticket"], None)
        if agent is None or desk.down:
            await socket_.close(4401)
            return
        entry = (socket_, agent)
        await socket_.send_json(
            {"op": "snapshot", "conversations": desk.open_ones(), "counts": desk.counts(agent)}
        )
        desk.consoles.append(entry)
        try:
            while True:
                frame = await socket_.receive_json()
                desk.heard.append(frame)
                if frame["op"] == "ping":
                    await socket_.send_json({"op": "pong"})
        except WebSocketDisconnect:
            desk.consoles.remove(entry)
