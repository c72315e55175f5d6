"""A small website with the widget on one page and without it on another, for measuring what it costs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WITH, WITHOUT = "/with", "/without"
WORDS = "Roasted on Mondays and Thursdays, and sent on the same day. " * 12
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>A shop</title>
<style>body {{ font: 16px/1.5 sans-serif; margin: 24px; max-width: 60ch }}</style></head>
<body><h1>A shop</h1>{paragraphs}{script}</body></html>"""


class Website:
    """Both pages at `origin`; the script tag is at the end of the body, as site owners paste it."""

    def __init__(self, origin: str, desk: str) -> None:
        self.origin, self._desk = origin, desk

    def page(self, path: str) -> bytes | None:
        """Return a page by its path; None: there is none."""
        scripts = {WITH: f'<script async src="{self._desk}/widget.js"></script>', WITHOUT: ""}
        if path not in scripts:
            return None
        return PAGE.format(paragraphs=f"<p>{WORDS}</p>" * 8, script=scripts[path]).encode()


@contextmanager
def running(port: int, desk: str) -> Iterator[Website]:
    """Serve the website on a port of this machine; `desk` is the desk's address."""
    website = Website(f"http://localhost:{port}", desk)

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = website.page(self.path)
            self.send_response(404 if page is None else 200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(page or b"")))
            self.end_headers()
            self.wfile.write(page or b"")

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield website
    finally:
        server.shutdown()
        server.server_close()
