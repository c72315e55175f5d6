"""Many sockets at once: what is measured of a server, and how it is summed up."""

import pytest

from bot.bench import sockets
from bot.bench.sockets import Echo, Echoed, Measured


def test_the_desk_stands_beside_the_echo() -> None:
    waits = [number / 1000 for number in range(1, 101)]
    ours = Measured(waits, memory=50 * 1024, down=4.0, back=9.0)
    peer = Measured([0.001] * 100, memory=20 * 1024, down=0.5, back=1.5)
    found = {figure.what: (figure.ours, figure.peer, figure.aim) for figure in sockets.figures(ours, peer)}
    assert found == {
        "sockets: acknowledgement with 1,000 open, median": (50.0, 1.0, ""),
        "sockets: acknowledgement with 1,000 open, 95th percentile": (95.0, 1.0, "under 250 ms"),
        "sockets: memory of each": (50.0, 20.0, "at most 100 KiB"),
        "sockets: 500 back after a kill": (9.0, 1.5, "under 60 s"),
    }


async def test_a_server_is_measured_with_everybody_on_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"OPEN": 8, "TALKING": 4, "BACK": 3, "EVERY": 0.05}.items():
        monkeypatch.setattr(sockets, name, value)
    echo = Echo()
    try:
        found = await sockets._measured(echo, Echoed, 0.1)
    finally:
        echo.kill()
    assert len(found.waits) >= 4 and min(found.waits) > 0
    assert found.down > 0 and found.back > 0
