"""A small desk for browser tests: serves the web folder and speaks the visitor socket, over one real port."""

import asyncio
import json
import threading
from collections.abc import Callable
from datetime import datetime, timezone
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from websockets.exceptions import ConnectionClosed
from websockets.legacy.server import WebSocketServerProtocol, serve

from bot.desk.embedding import FRAMED, Embedding
from bot.desk.pages import policy
from bot.widget import Widget

WEB = Path(__file__).resolve().parents[2] / "bot" / "desk" / "web"
PAGES = {"/shop": "shop/index.html", "/": "start/index.html"}
CUSTOMERS = [
    {"id": "c-mara", "name": "Mara Lindqvist", "about": "Subscriber, order late"},
    {"id": "c-tom", "name": "Tom Okafor", "about": "First order"},
]
REQUESTS = ("end", "erase", "callback", "transcript", "continue", "prechat")
# What a desk may offer, as in `ready`; tests set some of it in `offers`.
OFFERED = {"prechat": None, "transcript": False, "continuation": False}
BLANK = """<!doctype html><html lang=en><meta name=viewport content="width=device-width"><title>A page</title>
<main><h1>A page</h1><a href='#x'>A link</a></main>"""
STRANGER = "default-src 'none'; script-src {http}; frame-src {http}; style-src 'self'"
Frame = dict[str, Any]


class DeskFake(threading.Thread):
    """Keeps one conversation per token. `answers` turns a visitor's words into messages of the other side."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.answers: Callable[[str], list[Frame]] = lambda text: []
        self.greeting: Frame | None = None
        self.offers: Frame = {}
        self.links: dict[str, str] = {}  # by the code in a letter: the conversation's token
        self.owner: Frame = {"kind": "bot", "name": None, "version": 0}
        self.acks = True
        self.pongs = True
        self.errors: list[tuple[str, str]] = []
        self.refuse: Callable[[Frame], bool] = lambda hello: False
        self.frames: list[Frame] = []
        self.requests: list[str] = []
        self.pages: dict[str, tuple[str, dict[str, str]]] = {}  # by path: what stands in it, and its headers
        self.messages: dict[str, list[Frame]] = {}
        self._sockets: dict[WebSocketServerProtocol, str] = {}
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()

    # -- called by tests, from their own thread ------------------------------------------------------------

    def started(self) -> "DeskFake":
        self.start()
        assert self._ready.wait(5)
        return self

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self.join(5)

    def forget(self) -> None:
        """Back to an empty desk, between two tests."""
        self.cut()
        self.__dict__.update(
            frames=[],
            requests=[],
            pages={},
            messages={},
            greeting=None,
            offers={},
            links={},
            acks=True,
            pongs=True,
            errors=[],
        )
        self.owner = {"kind": "bot", "name": None, "version": 0}
        self.answers, self.refuse = lambda text: [], lambda hello: False

    def push(self, frame: Frame) -> None:
        """Send a live frame to every open socket."""
        self._do(self._broadcast(None, frame))

    def speak(self, speaker: str, text: str, **more: Any) -> None:
        """Store and send a message in every conversation; `more` are its name, buttons or card."""
        for token in list(self.messages):
            self._do(self._store(token, speaker, text, **more))

    def hand_to(self, kind: str, name: str | None = None) -> None:
        self.owner = {"kind": kind, "name": name, "version": self.owner["version"] + 1}
        self.push({"op": "owner", **self.owner})

    def cut(self) -> None:
        """Drop every open line without a word, as a broken network does."""
        for socket in list(self._sockets):
            self._loop.call_soon_threadsafe(socket.transport.abort)

    def heard(self, op: str) -> list[Frame]:
        return [frame for frame in list(self.frames) if frame["op"] == op]

    # -- runs in the desk's thread -------------------------------------------------------------------------

    def run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            serve(self._talk, "127.0.0.1", 0, process_request=self._page, ping_interval=None)
        )
        self.port = server.sockets[0].getsockname()[1]
        sites = [f"http://{name}.test:{self.port}" for name in ("shop", "other")]
        self.embedding = Embedding(Widget(), name="Copper Kettle Coffee", origins=sites)
        self._ready.set()
        self._loop.run_forever()

    def _do(self, work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(5)

    async def _page(self, path: str, headers: Any) -> tuple[HTTPStatus, list[tuple[str, str]], bytes] | None:
        path, _, query = path.partition("?")
        self.requests.append(path)
        if path == "/ws/visitor":
            return None
        body, kind = self._content(path, parse_qs(query).get("lang", [""])[0])
        if body is None:
            return HTTPStatus.NOT_FOUND, [("Content-Length", "0")], b""
        kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        fixed = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store", "Content-Type": kind}
        own = self.pages[path][1] if path in self.pages else {**FRAMED, **self._policy(path)}
        return HTTPStatus.OK, [*fixed.items(), *own.items()], body

    def _policy(self, path: str) -> dict[str, str]:
        sites = self.embedding.origins if path == "/chat" else None
        own = policy(f"127.0.0.1:{self.port}", sites=sites)
        stranger = STRANGER.format(http=self.address)
        return {"Content-Security-Policy": stranger if path == "/stranger" else own}

    def _content(self, path: str, wishes: str) -> tuple[bytes | None, str]:
        if path in self.pages:
            return self.pages[path][0].encode(), "text/html"
        if path == "/blank":
            return f"{BLANK}<script src=/widget.js></script>".encode(), "text/html"
        if path in ("/widget.js", "/chat"):
            script = path == "/widget.js"
            return (
                (self.embedding.script, "text/javascript; charset=utf-8")
                if script
                else (self.embedding.page(wishes.split(",")), "text/html")
            )
        version = f"/static/{self.embedding.version}/"
        if path.startswith(version):
            return self.embedding.files.get(path.removeprefix(version)), guess_type(path)[0] or "text/plain"
        if path == "/stranger":
            script = f"<script src={self.address}/widget.js data-side=left></script>"
            return (BLANK + script).encode(), "text/html"
        if path == "/demo/customers":
            return json.dumps(CUSTOMERS).encode(), "application/json"
        file = WEB / PAGES.get(path, path.removeprefix("/static/").lstrip("/"))
        return (file.read_bytes() if file.is_file() else None), guess_type(file.name)[0] or "text/plain"

    async def _talk(self, socket: WebSocketServerProtocol) -> None:
        try:
            async for raw in socket:
                frame = json.loads(raw)
                self.frames.append(frame)
                await self._answer(socket, frame)
        except ConnectionClosed:
            pass  # a line that breaks is what half of the tests are about
        finally:
            self._sockets.pop(socket, None)

    async def _answer(self, socket: WebSocketServerProtocol, frame: Frame) -> None:
        if frame["op"] == "hello":
            await self._welcome(socket, frame)
        elif frame["op"] in ("say", "choose"):
            await self._take(socket, frame)
        elif frame["op"] in ("person", "leave_queue", "survey"):
            await self._send(socket, {"op": "ack", "cmid": frame["cmid"], "seq": 0, "at": _now()})
        elif frame["op"] in REQUESTS:
            await self._grant(socket, frame)
        elif frame["op"] == "ping" and self.pongs:
            await self._send(socket, {"op": "pong"})

    async def _grant(self, socket: WebSocketServerProtocol, frame: Frame) -> None:
        """Answer what is asked outside of the conversation's words."""
        op, cmid = frame["op"], frame["cmid"]
        if self.errors:
            code, reason = self.errors.pop(0)
            await self._send(socket, {"op": "error", "code": code, "text": reason, "cmid": cmid})
        elif op in ("end", "callback"):
            if op == "end":
                await self._broadcast(None, {"op": "owner", "kind": "closed", "name": None, "version": 9})
            await self._send(socket, {"op": "ack", "cmid": cmid, "seq": 0, "at": _now()})
        elif op == "erase":
            del self.messages[self._sockets[socket]]
            await self._send(socket, {"op": "erased", "cmid": cmid})
        else:
            sentence = f"It is on its way to {frame['email']}." if "email" in frame else None
            if op == "prechat":
                self.offers.pop("prechat", None)
            await self._send(socket, {"op": op, "cmid": cmid, "text": sentence})

    async def _welcome(self, socket: WebSocketServerProtocol, hello: Frame) -> None:
        if self.refuse(hello):
            await self._send(
                socket, {"op": "error", "code": "not_authenticated", "text": "Unknown.", "cmid": None}
            )
            await socket.close(4401)
            return
        if link := hello.get("link"):
            if link["code"] not in self.links:
                await self._send(socket, {"op": "error", "code": "link_over", "text": "Over.", "cmid": None})
                return
            hello["token"] = self.links.pop(link["code"])
        token = hello["token"] or f"token-{len(self.messages) + 1}"
        stored = self.messages.setdefault(token, [])
        ready = {
            "conversation": token,
            "token": token,
            "last_seq": len(stored),
            "owner": self.owner,
            "visitor": {"name": "Mara Lindqvist"} if hello["identity"] else None,
            **OFFERED,
            **self.offers,
        }
        business = {"name": "Copper Kettle Coffee", "assistant": "Pip"}
        self._sockets[socket] = token
        await self._send(socket, {"op": "ready", **ready, "business": business, "greeting": self.greeting})
        for message in stored:
            if message["seq"] > hello["last_seq"]:
                await self._send(socket, message)

    async def _take(self, socket: WebSocketServerProtocol, frame: Frame) -> None:
        if self.errors:
            code, reason = self.errors.pop(0)
            await self._send(socket, {"op": "error", "code": code, "text": reason, "cmid": frame["cmid"]})
            return
        token = self._sockets[socket]
        known = next((m for m in self.messages[token] if m["cmid"] == frame["cmid"]), None)
        text = frame.get("text") or self._title(token, frame)
        stored = known or await self._store(token, "visitor", text, cmid=frame["cmid"], tell=self.acks)
        if not self.acks:
            return
        await self._send(
            socket, {"op": "ack", "cmid": frame["cmid"], "seq": stored["seq"], "at": stored["at"]}
        )
        for answer in [] if known else self.answers(text):
            await self._store(token, **answer)

    def _title(self, token: str, frame: Frame) -> str:
        asked = self.messages[token][frame["seq"] - 1]
        return next(b["title"] for b in asked["buttons"] if b["id"] == frame["button"])

    async def _store(
        self, token: str, speaker: str, text: str, *, name: str | None = None, cmid: str | None = None,
        buttons: list[Frame] | None = None, card: Frame | None = None, tell: bool = True,
    ) -> Frame:  # fmt: skip
        stored = self.messages[token]
        said = {
            "seq": len(stored) + 1,
            "speaker": speaker,
            "name": name,
            "text": text,
            "at": _now(),
            "cmid": cmid,
        }
        message = {"op": "message", **said, "buttons": buttons or [], "card": card}
        stored.append(message)
        if tell:
            await self._broadcast(token, message)
        return message

    async def _broadcast(self, token: str | None, frame: Frame) -> None:
        for socket, theirs in list(self._sockets.items()):
            if token in (None, theirs):
                await self._send(socket, frame)

    async def _send(self, socket: WebSocketServerProtocol, frame: Frame) -> None:
        if socket.open:
            await socket.send(json.dumps(frame))


def _now() -> str:
    return datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")
