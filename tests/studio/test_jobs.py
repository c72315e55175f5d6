"""Long work beside the desk: its course is known whatever happens to it or to the desk."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from bot.errors import StudioError
from bot.studio.jobs import CANCELLED, DONE, FAILED, RUNNING, STOPPED, Job, Jobs

GOOD = """
from bot.studio import progress
def work():
    progress.step("Reading", done=1, of=2)
    progress.step("Reading", done=2, of=2)
    progress.step("Counting")
    print("a library's own words")
    return {"found": 3}
progress.main(work)
"""
BAD = """
from bot.errors import StudioError
from bot.studio import progress
def work():
    raise StudioError("There is nothing to count. Add something first.")
progress.main(work)
"""
BROKEN = "from bot.studio import progress\nprogress.main(lambda: 1 / 0)"
FULL = """
import errno
from bot.studio import progress
def work():
    raise OSError(errno.ENOSPC, "No space left on device")
progress.main(work)
"""
SLOW = """
import subprocess, sys, time
from bot.studio import progress
def work():
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    progress.step("Waiting", done=child.pid)
    try:
        time.sleep(60)
    finally:
        open(sys.argv[1], "w").write("put down")
progress.main(work)
"""


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    jobs = Jobs(tmp_path / "jobs")
    yield jobs
    jobs.cancel("slow", wait=0)


def start(jobs: Jobs, program: str, *, name: str = "work", more: tuple[str, ...] = ()) -> Job:
    return jobs.start(name, (sys.executable, "-c", program, *more), "Sam")


def until(jobs: Jobs, name: str, true: Callable[[Job], bool]) -> Job:
    for _ in range(400):
        job = jobs.state(name)
        if job and true(job):
            return job
        time.sleep(0.05)
    raise AssertionError(jobs.state(name))


def ended(jobs: Jobs, name: str = "work") -> Job:
    return until(jobs, name, lambda job: not job.running)


def test_it_tells_how_it_gets_on_and_what_it_gave(jobs: Jobs, tmp_path: Path) -> None:
    assert jobs.state("work") is None
    assert start(jobs, GOOD).author == "Sam"
    job = ended(jobs)
    assert (job.state, job.result, job.problem) == (DONE, {"found": 3}, "")
    assert job.steps == ({"step": "Reading", "done": 2, "of": 2}, {"step": "Counting"})
    assert Jobs(tmp_path / "jobs").state("work") == job, "a desk that starts anew knows it too"


@pytest.mark.parametrize(
    ("program", "words"),
    [(BAD, "nothing to count"), (BROKEN, "broke off (ZeroDivisionError)"), (FULL, "disk is full")],
)
def test_what_goes_wrong_is_said_in_words(jobs: Jobs, program: str, words: str) -> None:
    start(jobs, program)
    job = ended(jobs)
    assert job.state == FAILED and words in job.problem and job.result is None


def test_one_of_a_name_runs_at_a_time(jobs: Jobs, tmp_path: Path) -> None:
    start(jobs, SLOW, name="slow", more=(str(tmp_path / "left"),))
    with pytest.raises(StudioError, match="Sam started it"):
        start(jobs, GOOD, name="slow")
    start(jobs, GOOD)
    assert ended(jobs).state == DONE


def test_one_that_is_cancelled_puts_things_down_and_leaves_nobody_behind(jobs: Jobs, tmp_path: Path) -> None:
    left = tmp_path / "left"
    start(jobs, SLOW, name="slow", more=(str(left),))
    child = until(jobs, "slow", lambda job: bool(job.steps)).steps[0]["done"]
    job = jobs.cancel("slow")
    assert job and job.state == CANCELLED and left.read_text() == "put down"
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE
    start(jobs, GOOD, name="slow")
    assert ended(jobs, "slow").state == DONE


def test_one_that_was_killed_is_known_to_have_stopped(jobs: Jobs, tmp_path: Path) -> None:
    start(jobs, SLOW, name="slow", more=(str(tmp_path / "left"),))
    child = until(jobs, "slow", lambda job: bool(job.steps)).steps[0]["done"]
    assert (again := Jobs(tmp_path / "jobs").state("slow")) and again.state == RUNNING
    parent = psutil.Process(child).parent()
    assert parent
    parent.kill()
    job = ended(jobs, "slow")
    assert job.state == STOPPED and "start it again" in job.problem
    psutil.Process(child).kill()


def test_a_disk_that_takes_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "jobs").write_text("a file where the folder should be")
    with pytest.raises(StudioError, match="cannot be started"):
        start(Jobs(tmp_path / "jobs"), GOOD)
