"""Long work in a process of its own: started, watched, cancelled; its course survives a restart of the desk.

The process says how it gets on in JSON lines, as `bot.studio.progress` writes them.
"""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import psutil
from filelock import FileLock

from bot.errors import StudioError
from bot.settings import ROOT

RUNNING, DONE, FAILED, CANCELLED, STOPPED = "running", "done", "failed", "cancelled", "stopped"
END_WITHIN = 20.0  # seconds that a cancelled process has to put things down
READ = 262_144  # bytes of what it said that are read, from the end
CALLED_OFF = "It was cancelled. Nothing was changed."
CUT_SHORT = "It was stopped half way, by somebody or by a restart. Nothing was changed; start it again."


@dataclass(frozen=True)
class Job:
    """How a piece of work stands. `steps` are what it said, one for each step, the present one last.

    A step has `step` (words) and perhaps `done` and `of`. `result` is what it gave at its end, `problem` says
    in words why it gave none.
    """

    name: str
    author: str
    started_at: str  # ISO 8601, UTC
    state: str
    steps: tuple[Mapping[str, Any], ...] = ()
    result: Mapping[str, Any] | None = None
    problem: str = ""
    seconds: float = 0.0  # that it took, or has taken so far
    about: Mapping[str, Any] = field(default_factory=dict)  # what the caller noted of it

    @property
    def running(self) -> bool:
        return self.state == RUNNING

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {**vars(self), "steps": [dict(step) for step in self.steps], "about": dict(self.about)}


class Jobs:
    """The jobs whose course is kept in `folder`; of each name one runs at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._children: dict[int, subprocess.Popen[bytes]] = {}

    def start(
        self,
        name: str,
        argv: Sequence[str],
        author: str,
        *,
        environment: Mapping[str, str] | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> Job:
        """Start `argv` and return at once. `about` is kept with it.

        Raises:
            StudioError: one of that name runs, or it cannot be started.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with FileLock(self._folder / f"{name}.lock", timeout=10):
                job = self.state(name)
                if job and job.running:
                    raise StudioError(
                        f"That is under way already; {job.author} started it. Wait for its end."
                    )
                self._spawn(name, argv, author, environment, about or {})
        except OSError as problem:
            why = problem.strerror or type(problem).__name__
            raise StudioError(f"It cannot be started ({why}). Make room in {self._folder}.") from problem
        started = self.state(name)
        assert started
        return started

    def state(self, name: str) -> Job | None:
        """Return how the last job of that name stands; None if there was none."""
        noted = self._noted(name)
        if noted is None:
            return None
        alive = self._alive(noted)  # before its words are read, or its last ones could be missed
        end = time.time() if alive else self._last_sign(name, noted)
        common = {
            "name": name,
            "author": noted["author"],
            "started_at": datetime.fromtimestamp(noted["at"], timezone.utc).isoformat(timespec="seconds"),
            "seconds": round(max(0.0, end - noted["at"]), 1),
            "about": noted["about"],
        }
        steps, result, problem = _heard(self._read(name, "out"))
        if alive:
            return Job(**common, state=RUNNING, steps=steps)
        if result is not None:
            return Job(**common, state=DONE, steps=steps, result=result)
        if noted.get("cancelled"):
            return Job(
                **common, state=CANCELLED, steps=steps, problem="It was cancelled. Nothing was changed."
            )
        if problem:
            return Job(**common, state=FAILED, steps=steps, problem=problem)
        return Job(**common, state=STOPPED, steps=steps, problem=CUT_SHORT)

    def cancel(self, name: str, wait: float = END_WITHIN) -> Job | None:
        """End a job and all that it started; blocks until it has ended, `wait` seconds and a little more.

        It is asked first, so that it can put things down, and killed after `wait` seconds.
        """
        noted = self._noted(name)
        if noted is None or not self._alive(noted):
            return self.state(name)
        with suppress(OSError):
            self._note(name, {**noted, "cancelled": True})
        with suppress(psutil.Error):
            process = psutil.Process(noted["pid"])
            family = [process, *process.children(recursive=True)]
            process.send_signal(signal.SIGTERM)
            until = time.monotonic() + wait
            while self._alive(noted) and time.monotonic() < until:
                time.sleep(0.05)
            _, left = psutil.wait_procs(family, timeout=1)
            for one in left:
                with suppress(psutil.Error):
                    one.kill()
            psutil.wait_procs(left, timeout=5)
        return self.state(name)

    def _spawn(
        self,
        name: str,
        argv: Sequence[str],
        author: str,
        environment: Mapping[str, str] | None,
        about: Mapping[str, Any],
    ) -> None:
        for kind in ("json", "out", "err"):
            self._file(name, kind).unlink(missing_ok=True)
        with self._file(name, "out").open("wb") as out, self._file(name, "err").open("wb") as err:
            child = subprocess.Popen(
                argv,
                cwd=ROOT,
                env=dict(environment) if environment is not None else None,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,  # a Ctrl-C in the terminal is for the desk
            )
        self._children[child.pid] = child
        with suppress(psutil.Error):
            born = psutil.Process(child.pid).create_time()
            noted = {"pid": child.pid, "born": born, "at": time.time(), "author": author, "about": about}
            self._note(name, noted)

    def _alive(self, noted: Mapping[str, Any]) -> bool:
        child = self._children.get(noted["pid"])
        if child and child.poll() is not None:
            return False
        try:
            process = psutil.Process(noted["pid"])
            same = abs(process.create_time() - noted["born"]) < 1  # else its number was given to another
            return same and process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False

    def _file(self, name: str, kind: str) -> Path:
        return self._folder / f"{name}.{kind}"

    def _noted(self, name: str) -> dict[str, Any] | None:
        try:
            return dict(json.loads(self._file(name, "json").read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return None

    def _note(self, name: str, noted: Mapping[str, Any]) -> None:
        draft = self._file(name, "json.tmp")
        draft.write_text(json.dumps(noted), encoding="utf-8")
        draft.replace(self._file(name, "json"))

    def _read(self, name: str, kind: str) -> str:
        try:
            with self._file(name, kind).open("rb") as file:
                file.seek(max(0, os.fstat(file.fileno()).st_size - READ))
                return file.read().decode(errors="replace")
        except OSError:
            return ""

    def _last_sign(self, name: str, noted: Mapping[str, Any]) -> float:
        try:
            return self._file(name, "out").stat().st_mtime
        except OSError:
            return float(noted["at"])


def _heard(said: str) -> tuple[tuple[dict[str, Any], ...], dict[str, Any] | None, str]:
    """Read the lines: the newest of each step, the result, and what went wrong."""
    steps: dict[str, dict[str, Any]] = {}
    result: dict[str, Any] | None = None
    problem = ""
    for line in said.splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            continue  # a library's own words
        if not isinstance(told, dict):
            continue
        if "step" in told:
            steps[str(told["step"])] = told
        elif isinstance(told.get("result"), dict):
            result = told["result"]
        elif "failed" in told:
            problem = str(told["failed"])
    return tuple(steps.values()), result, problem
