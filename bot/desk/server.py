"""How the desk is served: the server's options, and no patience with who takes too long to ask."""

import asyncio
import resource
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

HEAD_WITHIN = 10.0  # seconds for the lines of a request, from the first byte or the last answer
BODY_WITHIN = 300.0  # seconds for what comes with it: ten megabytes on a slow phone
FILES = 65_536  # open files at most, of which each connection is one


class PunctualProtocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """HTTP for clients who say what they want in time; slow ones would hold connections for ever."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._awaited: float | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._watch()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch()

    def connection_lost(self, problem: Exception | None) -> None:
        self._stop()
        super().connection_lost(problem)

    def _watch(self) -> None:
        """Have what is awaited arrive within its time, counted from when it was first awaited."""
        awaited = self._limit()
        if awaited != self._awaited:
            self._stop()
            self._awaited = awaited
            if awaited is not None:
                self._timer = self.loop.call_later(awaited, self._give_up)

    def _limit(self) -> float | None:
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            return None  # gone, or a WebSocket by now
        if self.cycle is None or self.cycle.response_complete:
            return HEAD_WITHIN
        return BODY_WITHIN if self.cycle.more_body else None

    def _give_up(self) -> None:
        if self._limit() == self._awaited:
            self.transport.close()

    def _stop(self) -> None:
        if self._timer:
            self._timer.cancel()


# What uvicorn is told besides the application and where it listens.
OPTIONS: dict[str, Any] = {
    "http": PunctualProtocol,
    "access_log": False,
    "ws_max_size": 65_536,
    "ws_ping_interval": 20,  # who does not answer within the time-out is gone
    "ws_ping_timeout": 40,
    "ws_per_message_deflate": False,  # costs CPU, and invites bombs
    "server_header": False,
    "timeout_graceful_shutdown": 3,
}


def make_room() -> None:
    """Let this process have a file open for each visitor; the usual limit is 1,024."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(FILES, most)
    if now < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
