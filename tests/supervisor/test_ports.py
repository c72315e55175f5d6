"""Ports: a taken one is named with the mend."""

import os
import socket

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
