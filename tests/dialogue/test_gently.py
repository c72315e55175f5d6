"""Work that leaves the processor to others."""

import os
import sys
import threading

import pytest

from bot.dialogue.gently import LESS, asked_for, gently


@pytest.mark.skipif(sys.platform != "linux", reason="threads have no priority of their own there")
def test_only_the_work_has_less_priority() -> None:
    mine = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    assert gently(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id())) == min(19, mine + LESS)
    assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) == mine


def test_what_goes_wrong_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        gently(lambda: 1 // 0)


def test_a_process_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["brain", "--gently", "--port", "5005"])
    assert asked_for() and sys.argv == ["brain", "--port", "5005"]
    assert not asked_for()
