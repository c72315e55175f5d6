"""Waiting until a process of ours answers."""

import time
from collections.abc import Callable

import httpx


def answers(url: str, *, seconds: float, alive: Callable[[], bool] = lambda: True) -> bool:
    """Wait for a good answer; false when there is none in time, or the process is not alive any more."""
    end = time.monotonic() + seconds
    while alive() and time.monotonic() < end:
        try:
            if httpx.get(url, trust_env=False, verify=False).status_code == 200:
                return True
        except httpx.HTTPError:
            pass  # not yet
        time.sleep(0.1)
    return False
