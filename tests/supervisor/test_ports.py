"""Ports: a taken one is named with the mend."""

import errno
import os
import socket
from dataclasses import replace

import pytest

from bot.errors import StartError
from bot.supervisor.ports import free_port, require_free
from bot.supervisor.services import Service


def service(name: str, port: int) -> Service:
    return Service(name, (), "", {}, port)


@pytest.mark.parametrize(("name", "key"), [("desk", "KINDHAND_PORT"), ("brain", "KINDHAND_BRAIN_PORT")])
def test_a_taken_port_names_who_has_it_and_the_setting(name: str, key: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StartError) as caught:
            require_free((service(name, port),))
    said = str(caught.value)
    assert str(port) in said and f"{key}={port + 1}" in said and str(os.getpid()) in said


def test_free_ports_are_fine() -> None:
    require_free((service("desk", free_port()), service("brain", free_port())))


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])  # of nobody: RFC 5737, RFC 6761
def test_an_address_that_is_not_ours_is_no_taken_port(host: str) -> None:
    with pytest.raises(StartError, match=f"no address “{host}”.*KINDHAND_HOST"):
        require_free((replace(service("desk", free_port()), host=host),))


def test_a_port_for_administrators_is_said_to_be_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: socket.socket, address: tuple[str, int]) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(StartError, match="Only an administrator may open port 80"):
        require_free((service("desk", 80),))
