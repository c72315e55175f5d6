"""An application on a real port, and waiting for what is to come."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

SECONDS = 30.0  # until something that is to come is given up; a busy machine is slow


@contextmanager
def served(app: Any, port: int, **options: Any) -> Iterator[None]:
    """Serve an application on a thread."""
    options = {"log_level": "error", "ws_per_message_deflate": False, **options}
    server = uvicorn.Server(uvicorn.Config(app, port=port, **{**options, "timeout_graceful_shutdown": 1}))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


def until(true: Callable[[], Any], seconds: float = SECONDS) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)
