"""A small desk that speaks the console's contract over real HTTP and a real socket."""

import asyncio
import secrets
from collections.abc import Coroutine
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, WebSocket, WebSocketDisconnect
from fastapi.responses import FileResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles

from tests.browser.console.people import BOT, CLOSED, NOOR, PASSWORD, SAM, held_by

WEB = Path(__file__).parents[3] / "bot" / "desk" / "web"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class FakeDesk:
    """What the console sees of a desk; tests move it from their own thread."""

    def __init__(self) -> None:
        self.conversations: dict[str, dict] = {}
        self.agents = {agent["email"]: agent for agent in (SAM, NOOR)}
        self.sessions: dict[str, tuple[dict, str]] = {}
        self.tickets: dict[str, dict] = {}
        self.consoles: list[tuple[WebSocket, dict]] = []
        self.heard: list[dict] = []
        self.replies: list[str] = []
        self.down = False
        self.forgetful = False
        self.loop: asyncio.AbstractEventLoop | None = None

    def fill(self, *conversations: dict) -> None:
        """Start over with these conversations."""
        self.conversations = {one["summary"]["id"]: one for one in conversations}

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


def now() -> str:
    """Give the present moment, as the desk writes it."""
    return datetime.now(timezone.utc).isoformat()


def error(status: int, code: str, text: str, **more: object) -> JSONResponse:
    """Make a refusal."""
    return JSONResponse({"error": {"code": code, "text": text, **more}}, status)


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
    add_conversations(app, desk)
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
    if request.method == "POST" and request.headers.get("x-csrf-token") != csrf:
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


def add_conversations(app: FastAPI, desk: FakeDesk) -> None:
    """Add reading conversations and the four verbs."""
    place = "/api/console/conversations"

    @app.get(place)
    async def listed(request: Request, view: str) -> dict:
        assert view == "resolved", "the open ones come with the snapshot"
        known = [one["summary"] for one in desk.conversations.values()]
        closed = [one for one in known if one["owner"]["kind"] == "closed"]
        return {"conversations": closed, "counts": desk.counts(request.state.agent)}

    @app.get(place + "/{identity}")
    async def one(identity: str) -> Response:
        found = desk.conversations.get(identity)
        return JSONResponse(found) if found else error(404, "not_found", "There is no such conversation.")

    @app.post(place + "/{identity}/reply")
    async def reply(request: Request, identity: str) -> Response:
        given, agent = await request.json(), request.state.agent
        if desk.summary(identity)["owner"]["agent_id"] != agent["id"]:
            return error(409, "stale_version", "Somebody else has it.", current=desk.summary(identity))
        desk.replies.append(given["cmid"])
        message = desk.added(identity, "agent", given["text"], agent["name"], given["cmid"])
        if desk.forgetful:
            return error(503, "internal", "The answer got lost.")
        await desk.told(identity, message)
        return JSONResponse({"message": message})

    @app.post(place + "/{identity}/{verb}")
    async def move(request: Request, identity: str, verb: str) -> Response:
        given, agent, known = await request.json(), request.state.agent, desk.summary(identity)
        if given["version"] != known["version"]:
            return error(409, "stale_version", "It changed.", current=known)
        owner = {"claim": held_by(agent), "hand-back": BOT, "resolve": CLOSED}[verb]
        known.update(owner=owner, version=known["version"] + 1, waiting_since=None, unread=0)
        known["resolved_at"] = now() if verb == "resolve" else None
        joined = {
            "claim": f"{agent['name']} has joined",
            "hand-back": "The assistant goes on",
            "resolve": "Resolved",
        }[verb]
        desk.heard.append({"op": verb, **given})
        await desk.told(identity, desk.added(identity, "system", joined, None))
        return JSONResponse({"summary": known})


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
