"""A system with an HTTP API on a real port of this machine, whose answers a test decides."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    method: str
    path: str  # with its query
    headers: dict[str, str]  # names in lower case
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    """`body` is JSON, or bytes as they are; `drip` sends them one by one, so many seconds apart."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    drip: float = 0.0

    def raw(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass
class Served:
    address: str
    asked: list[Asked]


@contextmanager
def served_api(reply: Callable[[Asked], Answer]) -> Iterator[Served]:
    """Serve an API on loopback and keep what it was asked."""
    seen: list[Asked] = []
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, self.path, headers, body)
            seen.append(asked)
            try:
                self.send(reply(asked))
            except OSError:
                self.close_connection = True  # whoever asked has gone

        do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = handle_any

        def send(self, answer: Answer) -> None:
            closing.wait(answer.wait)
            raw = answer.raw()
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(raw)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if not answer.drip:
                self.wfile.write(raw)
            for byte in raw if answer.drip else b"":
                self.wfile.write(bytes([byte]))
                closing.wait(answer.drip)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.server_port}", seen)
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def unused_address() -> str:
    """Return the address of a port on which nobody listens."""
    with served_api(lambda _: Answer()) as gone:
        return gone.address
