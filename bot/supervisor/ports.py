"""Is a port free, and if not, who has it?"""

import socket

import psutil

from bot.errors import StartError
from bot.supervisor.services import Service


def require_free(services: tuple[Service, ...]) -> None:
    """Check that every process can listen where it should.

    Raises:
        StartError: a port is taken; the text names the port, who has it and the mend.
    """
    for service in sorted(services, key=lambda service: service.name != "desk"):  # the one people know first
        if not _is_free(service.host, service.port):
            key = {"desk": "KINDHAND_PORT"}.get(service.name, f"KINDHAND_{service.name.upper()}_PORT")
            raise StartError(
                f"Port {service.port} for the {service.name} is taken{_holder(service.port)}. "
                f"Stop that program, or choose another port: {key}={service.port + 1} ./kindhand up"
            )


def free_port() -> int:
    """Return a port that nobody listens on at this moment, on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _holder(port: int) -> str:
    try:
        for connection in psutil.net_connections(kind="tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    except psutil.Error:
        pass  # other users' processes may not be looked at; the port number must do
    return ""
