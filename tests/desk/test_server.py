"""A server that serves who asks in time, and does not wait for the others."""

import resource
import socket
from collections.abc import Iterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from websockets import client

from bot.desk import server
from bot.supervisor.ports import free_port
from tests.serving import SECONDS, served

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n"


async def _length(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def _echo(websocket: WebSocket) -> None:
    await websocket.accept()
    async for text in websocket.iter_text():
        await websocket.send_text(text)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    app = Starlette(routes=[Route("/", _length, methods=["POST"]), WebSocketRoute("/ws", _echo)])
    port = free_port()
    with pytest.MonkeyPatch.context() as patch, served(app, port, **server.OPTIONS):
        patch.setattr(server, "HEAD_WITHIN", 0.2)
        patch.setattr(server, "BODY_WITHIN", 0.3)
        yield port


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"POST / HT",
        HEAD,
        HEAD + b"\r\n",
        HEAD + b"\r\nabc",
        b"GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n",
    ],
)
def test_who_does_not_go_on_is_let_go(port: int, begun: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), SECONDS) as line:
        line.sendall(begun)
        assert _closed(line)


def test_who_drips_is_let_go(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), SECONDS) as line:
        line.sendall(HEAD)
        line.settimeout(0.02)
        assert any(_drip(line) for _ in range(1500))


def test_a_second_request_has_its_own_time(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), SECONDS) as line:
        line.sendall(HEAD + b"\r\nabcde")
        assert line.recv(4096).startswith(b"HTTP/1.1 200")
        line.sendall(b"POST / HT")
        assert _closed(line)


def test_who_is_quick_is_served(port: int) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", verify=False) as browser:
        for length in (0, 5, 200_000):
            assert browser.post("/", content=b"x" * length).text == str(length)


async def test_a_websocket_may_be_silent(port: int) -> None:
    async with client.connect(f"ws://127.0.0.1:{port}/ws") as line:
        with socket.create_connection(("127.0.0.1", port), SECONDS) as other:
            assert _closed(other)  # by now the time for a request's lines has passed for the first, too
        await line.send("still here")
        assert await line.recv() == "still here"


def test_room_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: given.append(limits))
    server.make_room()
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 4096))
    server.make_room()
    monkeypatch.setattr(resource, "getrlimit", lambda _: (4096, 4096))
    server.make_room()
    assert given == [(server.FILES, resource.RLIM_INFINITY), (4096, 4096)]


def _closed(line: socket.socket) -> bool:
    """Wait until the server closes the connection."""
    try:
        while line.recv(4096):
            pass
    except ConnectionResetError:
        pass
    return True


def _drip(line: socket.socket) -> bool:
    """Send a little more of a request's lines; tell whether the server has closed the connection."""
    try:
        line.sendall(b"X-A: b\r\n")
        return line.recv(4096) == b""
    except TimeoutError:
        return False
    except OSError:
        return True
