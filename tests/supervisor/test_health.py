"""Waiting for an answer ends as soon as there is one, or no hope of one."""

import time

from starlette.responses import PlainTextResponse

from bot.supervisor.health import answers
from bot.supervisor.ports import free_port
from tests.serving import served


def test_a_process_that_answers() -> None:
    port = free_port()
    with served(PlainTextResponse("well"), port):
        assert answers(f"http://127.0.0.1:{port}/", seconds=5)


def test_one_that_answers_badly_is_not_well() -> None:
    port = free_port()
    with served(PlainTextResponse("ill", 503), port):
        assert not answers(f"http://127.0.0.1:{port}/", seconds=0.3)


def test_one_that_has_ended_is_not_waited_for() -> None:
    started = time.monotonic()
    assert not answers(f"http://127.0.0.1:{free_port()}/", seconds=60, alive=lambda: False)
    assert time.monotonic() - started < 30
