"""A trained Rasa model for the present data: found by fingerprint, or trained."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock

from bot.errors import ModelError, StartError
from bot.settings import ROOT, Settings
from bot.supervisor.services import child_environment

# What changes the model: the owner's training files and our components that take part in training.
TRAINED_FROM = ("data/faq", "data/nlu", "data/rules", "data/stories")
LESSONS = ("domain.yml", "config.yml", *TRAINED_FROM)
LEARNERS = ("bot/nlu", "bot/dialogue/policy.py")
KEEP = 3  # models, beside those that are served
PIN = ".served"
Told = Callable[[Mapping[str, Any]], None]  # takes a step of the training: `step` (words), `done`, `of`


def fingerprint(root: Path) -> str:
    """Return a short digest of everything that a model of the files at `root` is trained from."""
    return _print_of((root, LESSONS), (ROOT, LEARNERS))


def model_path(settings: Settings) -> Path:
    """Return where the model for the present data lies, or would lie."""
    return settings.models / f"kindhand-{fingerprint(settings.served)}.tar.gz"


def is_trained(settings: Settings) -> bool:
    """Tell whether there is a model for the present data."""
    return _seal(model_path(settings)).exists()


def verified(path: Path) -> Path:
    """Return `path` after checking it against the digest noted at training.

    Raises:
        ModelError: the file was changed or damaged since.
    """
    try:
        sound = _digest(path) == _seal(path).read_text().strip()
    except OSError:
        sound = False
    if not sound:
        raise ModelError(f"The model {path.name} is damaged. Train it again with ./kindhand train --force")
    return path


def train(settings: Settings, log: Path, *, force: bool = False, told: Told | None = None) -> Path:
    """Return a model for the present data, trained now unless a sound one is there (or `force`).

    One trains at a time in a folder of models; what Rasa prints goes to `log`, `told` hears how it gets on.
    What is the same as in an earlier training is not learnt again, unless with `force`.

    Raises:
        StartError: Rasa could not train; the text carries Rasa's own last words.
    """
    settings.models.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.models / ".training.lock"):
        path = model_path(settings)
        if force or not _is_sound(path):
            _train(path, settings, log, cache=None if force else _cache(settings.models), told=told)
        path.touch()  # asked for just now: what else is trained before it is served must not push it out
        _forget_old(settings.models, keep=path)
    return verified(path)


def pin(settings: Settings) -> None:
    """Note that the model of what is served is needed, however many others are trained beside it."""
    settings.models.mkdir(parents=True, exist_ok=True)
    var = settings.var.resolve()
    name = hashlib.sha256(str(var).encode()).hexdigest()[:16]
    (settings.models / f"{name}{PIN}").write_text(f"{var}\n{model_path(settings).name}\n")


def _train(path: Path, settings: Settings, log: Path, *, cache: Path | None, told: Told | None) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    code = _run(_command(path, settings.served, cache), settings, log, told)
    if code > 0 and cache and cache.exists():  # what was kept may be damaged; then everything is learnt anew
        shutil.rmtree(cache, ignore_errors=True)
        code = _run(_command(path, settings.served, None), settings, log, told)
    if code or not path.exists():
        raise StartError(f"Training failed: {_last_words(log)} The whole story is in {log}.")
    _seal(path).write_text(_digest(path) + "\n")


def _run(command: tuple[str, ...], settings: Settings, log: Path, told: Told | None) -> int:
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=child_environment(settings),
            stdout=subprocess.PIPE,
            stderr=output,
            encoding="utf-8",
            errors="replace",
            preexec_fn=_gently if os.name == "posix" else None,
        )
        try:
            assert process.stdout
            for line in process.stdout:
                if told and line.startswith('{"step"'):
                    told(json.loads(line))
            return process.wait()
        finally:
            process.kill()  # where this was interrupted; else it has ended
            process.wait()


def _gently() -> None:
    """Let those go first who talk to visitors."""
    os.nice(10)


def _command(path: Path, root: Path, cache: Path | None) -> tuple[str, ...]:
    data = tuple(name for name in TRAINED_FROM if (root / name).is_dir())
    kept = ("--cache", str(cache.resolve())) if cache else ()
    where = ("--root", str(root.resolve()), "--out", str(path.resolve()))
    return (sys.executable, "-m", "bot.nlu.train", *where, *kept, *data)


def _cache(models: Path) -> Path:
    """Return where what was learnt is kept for the next time; another place when the learners change."""
    cache = models / f".learnt-{_print_of((ROOT, LEARNERS))}"
    for old in models.glob(".learnt-*"):
        if old != cache:
            shutil.rmtree(old, ignore_errors=True)
    return cache


def _print_of(*places: tuple[Path, Iterable[str]]) -> str:
    digest = hashlib.sha256()
    for folder, names in places:
        for path in _files(folder, names):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _files(root: Path, names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        source = root / name
        files = source.rglob("*") if source.is_dir() else [source]
        yield from sorted(f for f in files if f.is_file() and "__pycache__" not in f.parts)


def _is_sound(path: Path) -> bool:
    try:
        return bool(verified(path))
    except ModelError:
        return False


def _seal(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _forget_old(models: Path, keep: Path) -> None:
    needed = {keep.name, *_pinned(models)}
    kept = sorted(models.glob("kindhand-*.tar.gz"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in [p for p in kept if p.name not in needed][KEEP - 1 :]:
        old.unlink(missing_ok=True)
        _seal(old).unlink(missing_ok=True)


def _pinned(models: Path) -> Iterator[str]:
    """Yield the models that are served; what is noted for a folder that is gone is forgotten."""
    for note in models.glob(f"*{PIN}"):
        var, _, name = note.read_text().strip().partition("\n")
        if Path(var).is_dir():
            yield name
        else:
            note.unlink(missing_ok=True)


def _last_words(log: Path) -> str:
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    telling = [line for line in lines if "Error" in line or "Exception" in line or "error" in line]
    return (telling or lines or ["Rasa said nothing."])[-1][:300]
