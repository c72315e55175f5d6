"""Is a port free, and if not, who has it?"""

import errno
import socket
from contextlib import ExitStack

import psutil

from bot.errors import StartError
from bot.supervisor.services import Service


def require_free(services: tuple[Service, ...]) -> None:
    """Check that every process can listen where it should.

    Raises:
        StartError: a port is taken, or not ours to take, or the machine has no such address; the text
            names it, who has it and the mend.
    """
    for service in sorted(services, key=lambda service: service.name != "desk"):  # the one people know first
        refused = _refusal(service.host, service.port)
        if refused in (errno.EADDRNOTAVAIL, socket.EAI_NONAME):
            raise StartError(
                f"This machine has no address “{service.host}”. Set KINDHAND_HOST=127.0.0.1 for this machine "
                "only, or KINDHAND_HOST=0.0.0.0 for all of its addresses"
            )
        if refused == errno.EACCES:
            raise StartError(
                f"Only an administrator may open port {service.port}. Choose one above 1024, such as "
                f"KINDHAND_PORT=8080, and let your web server pass visitors on to it"
            )
        if refused:
            key = {"desk": "KINDHAND_PORT"}.get(service.name, f"KINDHAND_{service.name.upper()}_PORT")
            raise StartError(
                f"Port {service.port} for the {service.name} is taken{_holder(service.port)}. "
                f"Stop that program, or choose another port: {key}={service.port + 1} ./kindhand up"
            )


def free_port() -> int:
    """Return a port that nobody listens on at this moment, on loopback."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Return several such ports, each another one."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def _refusal(host: str, port: int) -> int:
    """Return why nobody can listen there, as the system's number; 0 if somebody can."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror:
            return socket.EAI_NONAME
        except OSError as problem:
            return problem.errno or errno.EADDRINUSE
    return 0


def _holder(port: int) -> str:
    try:
        for connection in psutil.net_connections(kind="tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                return f" by {psutil.Process(connection.pid).name()} (process {connection.pid})"
    except psutil.Error:
        pass  # other users' processes may not be looked at; the port number must do
    return ""
