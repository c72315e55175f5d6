"""A private copy of the product that keeps up with files that change: trained, started, given models."""

import asyncio
import json
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import httpx

from bot.check import check
from bot.errors import KindhandError, StudioError
from bot.secret import HEADER
from bot.settings import Settings
from bot.studio.jobs import DONE, Jobs
from bot.studio.publishing.live import snapshot
from bot.studio.publishing.objects import tree_of
from bot.supervisor import training
from bot.supervisor.services import child_environment

OFF, PREPARING, RUNNING = "off", "preparing", "running"
IDLE = 600.0  # seconds without a word after which a copy ends
START = 240.0  # seconds; two cores may be busy with other things
LOAD = 90.0
POLL = 0.2
TRAINING = "training"  # the name of the job

Source = Callable[[], Path]  # gives the folder whose files count


class Copy:
    """One copy. What it serves is a snapshot of `source()`, so that an editor may go on writing.

    `tree` tells which files it answers from; `step` says what is being done, `problem` why it did not work.
    """

    def __init__(self, name: str, source: Source, settings: Settings, jobs: Jobs, *, basis: Source) -> None:
        self.name, self._source, self._basis = name, source, basis
        self._settings, self._jobs = settings, jobs
        self._place = settings.var.resolve() / "studio" / "trial" / name
        self._process: asyncio.subprocess.Process | None = None
        self._working = asyncio.Lock()
        self.files, self._next = self._place / "files", self._place / "next"
        self.ports: Mapping[str, int] = {}
        self.databases: Mapping[str, str] = {}
        self.tree, self.model = "", Path()
        self.step, self.problem = "", ""
        self.used = time.monotonic()
        self.seconds = 0.0  # that the last change took, from being asked until it answered from it

    @property
    def running(self) -> bool:
        return bool(self.ports) and self._process is not None and self._process.returncode is None

    @property
    def state(self) -> str:
        return PREPARING if self._working.locked() else RUNNING if self.running else OFF

    def present(self) -> str:
        """Return the tree of the files as they are now; blocks."""
        return tree_of(snapshot(self._source()))

    async def keep_up(self, author: str) -> None:
        """Have the copy run, and answer from the files as they are now. Goes on until it is done.

        Raises:
            StudioError: it cannot be done; a copy that ran before goes on as it was.
        """
        async with self._working:
            self.used, self.problem, asked = time.monotonic(), "", time.monotonic()
            try:
                await self._keep_up(author)
            except KindhandError as problem:
                self.problem = str(problem)
                raise StudioError(self.problem) from problem
            except OSError as problem:
                self.problem = f"It cannot be prepared ({problem.strerror}). Make room in {self._place}."
                raise StudioError(self.problem) from problem
            finally:
                self.step = ""
            self.seconds, self.used = round(time.monotonic() - asked, 1), time.monotonic()

    async def stop(self) -> None:
        """End it, and all that it noted."""
        process, self._process, self.ports, self.tree = self._process, None, {}, ""
        if process and process.returncode is None:
            assert process.stdin
            process.stdin.close()
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(process.wait(), 30)
            if process.returncode is None:
                process.kill()

    async def _keep_up(self, author: str) -> None:
        self.step = "Reading your files"
        found = await asyncio.to_thread(snapshot, self._source())
        tree = tree_of(found)
        if self.running and tree == self.tree:
            return
        await asyncio.to_thread(write_files, found, self._next)
        await asyncio.to_thread(self._require_good)
        wanted = replace(self._settings, live=str(self._next))
        trained = await asyncio.to_thread(training.is_trained, wanted)
        starting = None if self.running else asyncio.create_task(self._start(trained))
        try:
            self.model = await self._model(wanted, author)
        finally:
            # Both at once: starting is mostly waiting for Rasa's own imports.
            if starting:
                self.step = self.step or "Starting a private copy"
                await starting
        await asyncio.to_thread(write_files, found, self.files)
        await self._load()
        self.tree = tree

    def _require_good(self) -> None:
        faults = check(self._next, self._settings)
        if faults:
            more = f" There are {len(faults) - 1} more." if len(faults) > 1 else ""
            raise StudioError(f"{faults[0]}.{more} Until that is mended there is nothing to try.")

    async def _model(self, wanted: Settings, author: str) -> Path:
        """Return a model of the files: the one that is there, or one that is trained in a job."""
        if await asyncio.to_thread(training.is_trained, wanted):
            with suppress(KindhandError):  # damaged: then it is trained again
                return await asyncio.to_thread(training.verified, training.model_path(wanted))
        self.step = "Training"
        command = (sys.executable, "-m", "bot.studio.trial.teach", str(self._next))
        environment = child_environment(self._settings)
        job = self._jobs.state(TRAINING)
        if not job or not job.running:
            job = await asyncio.to_thread(
                lambda: self._jobs.start(TRAINING, command, author, environment=environment)
            )
        while job and job.running:
            await asyncio.sleep(POLL)
            job = await asyncio.to_thread(self._jobs.state, TRAINING)
        if not job or job.state != DONE or not job.result:
            raise StudioError(job.problem if job else "The training left no trace. Try again.")
        path = training.model_path(wanted)
        if not path.exists():  # the one that was waited for was of other files
            return await self._model(wanted, author)
        return path

    async def _start(self, trained: bool) -> None:
        """Start the copy: from what is trained already, while the newest files are still being learnt."""
        basis = await asyncio.to_thread(snapshot, self._next if trained else self._basis())
        await asyncio.to_thread(write_files, basis, self.files)
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.studio.trial.stage", str(self.files)),
            env=child_environment(self._settings),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert self._process.stdout
        try:
            line = await asyncio.wait_for(self._process.stdout.readline(), START)
            told = json.loads(line)
        except (asyncio.TimeoutError, ValueError):
            await self.stop()
            problem = "The private copy did not start. Try again; ./kindhand doctor may know why."
            raise StudioError(problem) from None
        except BaseException:
            await self.stop()
            raise
        if "failed" in told:
            await self.stop()
            raise StudioError(str(told["failed"]))
        self.ports, self.databases = told["ports"], told["databases"]

    async def _load(self) -> None:
        """Have brain, actions and desk take up the files as they are now."""
        self.step = "Taking up your changes"
        brain = f"http://127.0.0.1:{self.ports['brain']}"
        calls = (
            (f"{brain}/webhooks/desk/load", {"model": str(self.model)}),
            (f"http://127.0.0.1:{self.ports['actions']}/read-again", {}),
            (
                f"http://127.0.0.1:{self.ports['desk']}/internal/assistant",
                {"brain": brain, "folder": str(self.files)},
            ),
        )
        headers = {HEADER: self._settings.secret}
        async with httpx.AsyncClient(timeout=LOAD, trust_env=False, headers=headers) as client:
            for address, body in calls:
                try:
                    answer = await client.post(address, json=body)
                except httpx.HTTPError as problem:
                    raise StudioError(
                        f"The private copy does not answer ({type(problem).__name__}). Try again."
                    ) from problem
                if answer.status_code != httpx.codes.OK:
                    raise StudioError(f"The private copy did not take your changes up: {_why(answer)}")


def _why(answer: httpx.Response) -> str:
    try:
        told = answer.json()
        return str(told.get("text") or told["error"]["text"])
    except (ValueError, KeyError, TypeError):
        return f"it said {answer.status_code}. Try again."


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Have these files in the folder, and no others."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.tmp")
            draft.write_bytes(content)
            draft.replace(path)
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in files:
            path.unlink(missing_ok=True)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            shutil.rmtree(path, ignore_errors=True)
