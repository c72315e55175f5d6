"""`kindhand up`: from a fresh clone to addresses that one can click."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.check import check
from bot.errors import CrmError, CrmUnavailable, ModelError, OwnerFileError, StartError, StudioError
from bot.settings import Settings
from bot.studio.publishing.difference import counted, unpublished
from bot.studio.publishing.live import Live, snapshot
from bot.studio.publishing.versions import Version
from bot.supervisor import training
from bot.supervisor.control import listening
from bot.supervisor.ports import require_free
from bot.supervisor.services import services
from bot.supervisor.steps import Steps
from bot.supervisor.supervisor import Supervisor
from bot.supervisor.switch import Switch

TRAINING = "Training the assistant (under a minute, only when your data changed)"
PUBLISHING = 300.0  # seconds to wait for a version that is being published


async def run(settings: Settings, steps: Steps) -> None:
    """Run the product until it is told to stop.

    Raises:
        StartError: something keeps it from starting; the text says what and the mend.
    """
    steps.say("\n  [bold]Kindhand[/]\n")
    require_free(services(settings, Path()))
    with alone_in(settings.var):
        await _run(settings, steps)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep a second product off the folder: two desks would answer the same visitors twice.

    Raises:
        StartError: one is running there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(folder / "running.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise StartError(
            f"Kindhand is running already with the folder {folder}. "
            "Stop it, or choose another folder: KINDHAND_VAR=... ./kindhand up"
        ) from None
    try:
        yield
    finally:
        lock.release()


async def _run(settings: Settings, steps: Steps) -> None:
    live = Live(settings)
    with ExitStack() as until_asked:  # who publishes meanwhile would not be heard
        until_asked.enter_context(live.alone(wait=PUBLISHING))
        with steps.step("Reading your files", "Your files are in order"):
            version = to_serve(live, settings, lambda line: _warn(steps, line))
        settings = live.settings(version) if version else settings
        model = prepare(settings, steps)
        if version:
            live.settle(version)
            training.pin(settings)
        log = settings.var / "log" / "kindhand.log"
        with steps.step("Preparing the databases", "The databases are ready"):
            prepare_databases(settings)
        supervisor = Supervisor(services(settings, model), log, lambda line: _warn(steps, line))
        running = asyncio.create_task(supervisor.run())
        with steps.step("Starting desk, assistant and actions", "Desk, assistant and actions are running"):
            ready = await supervisor.until_ready(running)
        if ready:
            async with listening(settings.var, Switch(supervisor, settings)):
                until_asked.close()
                _say_where(settings, steps, log)
                if version:
                    _say_unpublished(live, version, settings, steps)
                await running
    await running
    steps.say("\n  Stopped. Nothing is lost; ./kindhand up goes on from here.")


def to_serve(live: Live, settings: Settings, tell: Callable[[str], None]) -> Version | None:
    """Return the version to serve, its files checked; at the first start what is to become the first one.

    None where the settings say what is served; then those files are checked.

    Raises:
        StartError: a file is wrong.
        StudioError: what was published is lost, or the disk does not take it.
    """
    version = live.newest(tell) if not settings.live else None
    if version is None:
        _require_good_files(settings)
        return live.begin() if not settings.live else None
    try:
        _require_good_files(live.settings(version))
    except StartError as problem:
        raise StartError(
            f"{problem} That is in version {version.number}, which is live: mend it in your files, then "
            "./kindhand publish"
        ) from None
    return version


def prepare(settings: Settings, steps: Steps) -> Path:
    """Return a sound model for the present data, training one if there is none."""
    if training.is_trained(settings):
        try:
            return training.verified(training.model_path(settings))
        except ModelError:
            _warn(steps, "The trained model is damaged; the assistant is trained again")
    with steps.step(TRAINING, "The assistant is trained"):
        return training.train(settings, settings.var / "log" / "training.log")


def prepare_databases(settings: Settings) -> None:
    """Bring our databases to the present shape and, in a demo, fill them. Rasa sees to its own.

    Raises:
        StartError: one of them cannot be used.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from bot.crm.sql import SqlCrm
    from bot.demo.seed import seed
    from bot.storage.engine import Database

    ours: list[tuple[str, str, type]] = [("KINDHAND_DATABASE_URL", settings.database_url, Database)]
    if settings.crm == "embedded":
        ours.append(("KINDHAND_CRM_URL", settings.crm_url, SqlCrm))
    for key, url, kind in ours:
        try:
            with closing(kind(url)) as records:
                records.migrate()
        except (SQLAlchemyError, CrmError, OSError) as problem:
            raise StartError(
                f"The database of {key} cannot be used: {_reason(problem)}. "
                f"If it is damaged, bring back a copy, or move it out of {settings.var} to start anew."
            ) from problem
    if settings.crm == "shop":
        _require_good_map(settings)
    if settings.demo:
        seed(settings)


def _require_good_map(settings: Settings) -> None:
    """Hold the owner's map against the shop's database.

    Raises:
        StartError: something that it names is not there. A database that is away is no reason not to start.
    """
    from bot import wiring

    try:
        problems = wiring.crm(settings).problems()
    except CrmUnavailable:
        return
    except OwnerFileError as problem:
        problems = [problem]
    if problems:
        raise StartError(str(problems[0]))


def _reason(problem: BaseException) -> str:
    """Return the innermost error in its own words, which hold neither address nor password."""
    while problem.__cause__:
        problem = problem.__cause__
    return (str(problem).splitlines() or [type(problem).__name__])[0].rstrip(".")


def _require_good_files(settings: Settings) -> None:
    problems = check(settings.served, settings)
    if problems:
        more = f" (and {len(problems) - 1} more: ./kindhand check lists them)" if len(problems) > 1 else ""
        raise StartError(f"{problems[0]}{more}")


def _warn(steps: Steps, line: str) -> None:
    steps.say(f"  [yellow]![/] {line}")


def _say_unpublished(live: Live, version: Version, settings: Settings, steps: Steps) -> None:
    """Say that the owner's files are ahead of what is served, if they are."""
    try:
        changes = unpublished(live.versions, version, snapshot(settings.files))
    except (StudioError, OwnerFileError):
        return  # the check says so, and what is served is well
    if changes:
        steps.say(f"  Version {version.number} is live. In your files {counted(changes)} not published.")
        steps.say("  See it with ./kindhand diff, make it live with ./kindhand publish.\n")


def _say_where(settings: Settings, steps: Steps, log: Path) -> None:
    from bot.demo.seed import DEMO_AGENT, demo_password

    rows = [("Agent console", f"{settings.address}/console"), ("API docs", f"{settings.address}/docs")]
    if settings.demo:
        rows.insert(0, ("Shop with widget", f"{settings.address}/demo"))
        rows.insert(2, ("  sign in as", f"{DEMO_AGENT}  password  {demo_password(settings)}"))
    steps.say()
    for name, value in rows:
        steps.say(f"    {name:<18} {value}")
    steps.say(f"\n  Log: {log}\n  Stop with Ctrl-C.\n")
