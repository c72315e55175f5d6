"""Look at an installation and say what is well and what is not, with the mend."""

import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bot.check import check
from bot.errors import CrmError, KindhandError, ModelError
from bot.settings import ROOT, Settings
from bot.studio.publishing.difference import count, unpublished
from bot.studio.publishing.live import Live, snapshot
from bot.supervisor import training
from bot.supervisor.ports import require_free
from bot.supervisor.services import services

LEAST_SPACE = 1_000_000_000  # bytes; a model, its training and the logs fit in half of it


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: its state, whether that is well, and the mend if not."""

    what: str
    state: str
    well: bool = True
    mend: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Return the findings in the order in which a person would mend them."""
    return [finding for look in LOOKS for finding in _guarded(look, settings)]


def _guarded(look: Callable[[Settings], Iterator[Finding]], settings: Settings) -> Iterator[Finding]:
    name = look.__name__.strip("_").replace("_", " ")
    try:
        yield from look(settings)
    except KindhandError as error:
        yield Finding(name, str(error), well=False)


def _versions(settings: Settings) -> Iterator[Finding]:
    yield Finding(
        "Python", sys.version.split()[0], sys.version_info[:2] == (3, 10), "Rasa 3.6 needs Python 3.10"
    )
    # 3.6.21 closes a hole in model loading (CVE-2024-49375); older ones must not run.
    rasa = version("rasa")
    yield Finding("Rasa", rasa, rasa == "3.6.21", "Install the locked packages: ./kindhand up does")


def _files(settings: Settings) -> Iterator[Finding]:
    problems = check(settings.files, settings)
    state = f"{len(problems)} problems" if problems else "in order"
    yield Finding("Owner's files", state, not problems, "./kindhand check lists them" if problems else "")


def _published(settings: Settings) -> Iterator[Finding]:
    versions = Live(settings).versions
    newest = versions.newest()
    if newest is None:
        yield Finding("Published", "nothing yet; the first ./kindhand up publishes your files")
        return
    changes = count(unpublished(versions, newest, snapshot(settings.files)))
    ahead = f"; in your files {changes} more not published" if changes else ", and your files are the same"
    yield Finding("Published", f"version {newest.number}{ahead}")


def _encoder(settings: Settings) -> Iterator[Finding]:
    from bot.nlu.encoder import load_encoder

    load_encoder()
    yield Finding("Sentence encoder", "present, checksum right")


def _mood_detector(settings: Settings) -> Iterator[Finding]:
    from bot.empathy.mood_model import load_model

    try:
        yield Finding("Mood model", f"{load_model().card.name}, checksum right")
    except ModelError as problem:
        yield Finding(
            "Mood model", "none: mood is read by cues and word list alone", well=False, mend=str(problem)
        )


def _model(settings: Settings) -> Iterator[Finding]:
    live = Live(settings)
    newest = live.versions.newest()
    settings = live.settings(newest) if newest and live.folder(newest).is_dir() else settings
    if not training.is_trained(settings):
        yield Finding("Trained model", "none for what is live; the next ./kindhand up trains it")
        return
    yield Finding("Trained model", training.verified(training.model_path(settings)).name)


def _secrets(settings: Settings) -> Iterator[Finding]:
    for name in ("secret", "identity_secret"):
        path = settings.var / name
        if path.exists():
            private = not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
            yield Finding(
                f"File {path.name}",
                "private" if private else "others can read it",
                private,
                f"chmod 600 {path}",
            )


def _customer_records(settings: Settings) -> Iterator[Finding]:
    from sqlalchemy.engine import make_url

    from bot import wiring

    what = f"Customer records ({settings.crm})"
    if settings.crm == "embedded":
        address = make_url(settings.crm_url)
        if address.get_backend_name() == "sqlite" and not Path(address.database or "").exists():
            yield Finding(what, "none yet; the first ./kindhand up makes them")
            return
    crm = wiring.crm(settings)
    problems = [str(problem) for problem in getattr(crm, "problems", list)()]
    try:
        crm.find(identity="nobody-by-this-name")
    except CrmError as problem:
        problems.append(str(problem))
    mend = "Check KINDHAND_CRM and the settings beside it; docs/crm.md explains them"
    state = problems[0].rstrip(".") if problems else "can be read"
    yield Finding(what, state, not problems, mend)


def _space(settings: Settings) -> Iterator[Finding]:
    free = shutil.disk_usage(ROOT).free
    yield Finding("Free disk space", f"{free / 1e9:.1f} GB", free > LEAST_SPACE, "Make room: at least 1 GB")


def _ports(settings: Settings) -> Iterator[Finding]:
    require_free(services(settings, training.model_path(settings)))
    yield Finding("Ports", f"{settings.port}, {settings.brain_port}, {settings.actions_port} are free")


LOOKS = (
    _versions,
    _files,
    _published,
    _encoder,
    _mood_detector,
    _model,
    _secrets,
    _customer_records,
    _space,
    _ports,
)
