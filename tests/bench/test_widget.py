"""What is made of visits on a slow phone: medians, the worst shift, and tasks told apart by the press."""

import urllib.error
import urllib.request
from dataclasses import replace
from statistics import median

import pytest

from bot.bench import website
from bot.bench.phone import PRESSED, BareVisit, Visit, _script, _tasks
from bot.bench.widget import figures
from bot.supervisor.ports import free_port

PAGE, SCRIPT = "http://localhost:1/with", "http://localhost:2/widget.js"
VISIT = Visit(
    launcher=900,
    writable=1200,
    shift=0,
    loading_bytes=9_000,
    opened_bytes=38_000,
    loading_tasks=(3, 20),
    opening_tasks=(40, 5),
    script=12,
)
BARE = BareVisit(loaded=600, shift=0, tasks=(10, 4))


def event(name: str, ts: int, dur: int = 0, *, cpu: int = 0, tid: int = 1, **args: object) -> dict:
    return {"name": name, "ts": ts, "dur": dur, "tdur": cpu, "pid": 7, "tid": tid, "args": args}


def test_medians_and_the_worst_shift() -> None:
    visits = [replace(VISIT, launcher=launcher, shift=launcher / 1e4) for launcher in (700, 1500, 900)]
    found = {figure.what: figure for figure in figures(visits, [BARE] * 3)}
    launcher = found["widget: launcher can be pressed"]
    assert (launcher.ours, launcher.peer) == (median([700, 900, 1500]), 600)
    assert found["widget: layout shift"].ours == 0.15
    assert found["widget: bytes with the chat open"].ours == 38.0
    longest = found["widget: longest task while loading"]
    assert (longest.ours, longest.peer) == (20, 10)
    assert found["widget: longest task while opening"].ours == 40


def test_tasks_of_the_pages_own_thread_by_processor_time() -> None:
    trace = [
        event("RunTask", 0, 50, cpu=40_000),  # before the page
        event("ParseHTML", 100, 10, beginData={"url": PAGE}),
        event("RunTask", 95, 20, cpu=7_000),
        event("RunTask", 130, 20, cpu=9_000, tid=2),  # another thread's
        event(PRESSED, 300),
        event("RunTask", 290, 40, cpu=30_000),
        event("RunTask", 400, 10, cpu=5_000),
        event("EvaluateScript", 402, 6, cpu=2_000, data={}),  # the measurement's own
        event("FunctionCall", 403, 2, cpu=1_000, data={"url": ""}),  # and within it
    ]
    assert _tasks(trace, PAGE) == ((7.0,), (30.0, 3.0))


def test_a_script_counts_once_and_only_until_the_press() -> None:
    trace = [
        event("EvaluateScript", 10, 20, cpu=20_000, data={"url": SCRIPT}),
        event("FunctionCall", 15, 5, cpu=5_000, data={"url": SCRIPT}),  # within the one before
        event("FunctionCall", 40, 5, cpu=4_000, data={"url": SCRIPT}),
        event("FunctionCall", 50, 5, cpu=9_000, data={"url": PAGE}),
        event(PRESSED, 60),
        event("FunctionCall", 61, 5, cpu=50_000, data={"url": SCRIPT}),
    ]
    assert _script(trace, SCRIPT) == 24.0


def test_two_pages_that_differ_by_the_script_tag_alone() -> None:
    with website.running(free_port(), "http://desk.example") as site:
        pages = [
            urllib.request.urlopen(site.origin + path).read().decode()
            for path in (website.WITH, website.WITHOUT)
        ]
        tag = '<script async src="http://desk.example/widget.js"></script>'
        assert pages[0].replace(tag, "") == pages[1] and tag in pages[0]
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(site.origin + "/other")
