"""Visitors who talk during a switch: what is noted of them, and how it is summed up."""

import asyncio
from pathlib import Path

import pytest

from bot.bench.switching import Crowd, Turn, figures
from bot.supervisor.ports import free_port
from tests.gateway.served import parts, serve_desk


def test_turns_during_a_switch_stand_beside_the_others() -> None:
    calm = [Turn(n, 0.1) for n in range(10)]
    during = [Turn(20.5, 0.3), Turn(19.9, 0.2), Turn(24.9, 2.0), Turn(22.0, 30.0, failed=True)]
    found = {figure.what: (figure.ours, figure.peer) for figure in figures([*calm, *during], [(20.0, 25.0)])}
    assert found == {
        "switch: failed turns": (1.0, 0.0),
        "switch: turn, median": (300.0, 100.0),
        "switch: turn, 95th percentile": (2000.0, 100.0),
        "switch: slowest turn": (2000.0, 100.0),
        "switch: until the old version has ended": (5.0, None),
    }


@pytest.mark.parametrize("well", [True, False])
async def test_only_an_answer_of_the_assistant_counts(tmp_path: Path, well: bool) -> None:
    with serve_desk(tmp_path, parts()) as desk:
        desk.brain.status = 200 if well else 503
        crowd = Crowd(desk.settings.port, talking=2, every=0.05)
        async with crowd.here():
            while len(crowd.turns) < 6:
                await asyncio.sleep(0.01)
        assert {turn.failed for turn in crowd.turns} == {not well}


async def test_a_desk_that_cannot_be_reached_is_a_failed_turn() -> None:
    crowd = Crowd(free_port(), talking=1, every=0.05)
    async with crowd.here():
        while len(crowd.turns) < 2:
            await asyncio.sleep(0.01)
    assert all(turn.failed for turn in crowd.turns)
