"""A desk that takes hand-overs like the real one, over real HTTP."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class SmallDesk:
    """Takes hand-overs like the real desk, once per cause; `working` False makes it fail."""

    handoffs: list[dict[str, Any]] = field(default_factory=list)
    working: bool = True
    port: int = 0

    @contextmanager
    def serving(self) -> Iterator["SmallDesk"]:
        desk = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200 if desk.working and self.headers["X-Kindhand-Secret"] else 503)
                self.end_headers()
                self.wfile.write(json.dumps(desk.take(told)).encode())

            def log_message(self, *words: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.port = server.server_port
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield self
        server.shutdown()
        server.server_close()

    def take(self, told: dict[str, Any]) -> dict[str, Any]:
        known = {(one["conversation"], one["cause"]) for one in self.handoffs}
        fresh = (told["conversation"], told["cause"]) not in known
        if self.working and fresh:
            self.handoffs.append(told)
        return {"opened": fresh, "availability": "live"}
