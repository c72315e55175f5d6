"""A Tryton server of the tests' own, in an environment of its own, with a small shop in it.

Environment and database are made once and kept in `var/`; every run works on a copy of the database. A
change of version or of `seed.py` makes them anew.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from bot.settings import ROOT
from tests.serving import until

VERSION = "8.2"
PACKAGES = [f"{name}~={VERSION}.0" for name in ("trytond", "trytond-party", "trytond-sale", "proteus")]
SEED = Path(__file__).with_name("seed.py")
DIGEST = hashlib.sha256(SEED.read_bytes()).hexdigest()[:12]
KEPT = ROOT / "var" / "tests" / f"tryton-{VERSION}-{DIGEST}"
USER, PASSWORD = "kindhand", "four-copper-kettles"
PATIENCE = 180.0  # seconds; the machine may have much else to do


@dataclass(frozen=True)
class Tryton:
    address: str
    user: str = USER
    password: str = PASSWORD


@contextmanager
def tryton_server(folder: Path) -> Iterator[Tryton]:
    """Run a server on a copy of the shop, with its files in `folder`. Skips where Tryton cannot be had."""
    shutil.copy(_shop(), folder / "shop.sqlite")
    port = _free_port()
    configuration = _configuration(folder, port)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            _tryton("trytond", "-c", str(configuration), "-d", "shop"), stdout=log, stderr=log, cwd=folder
        )
    try:
        until(lambda: _listens(port) or server.poll() is not None, PATIENCE)
        assert server.poll() is None, (folder / "log").read_text()[-2000:]
        yield Tryton(f"http://127.0.0.1:{port}/shop/rpc/")
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _shop() -> Path:
    """Return the kept database, made now if there is none."""
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{KEPT}.lock"):
        if not (KEPT / "ready").exists():
            shutil.rmtree(KEPT, ignore_errors=True)
            _install()
            _make()
            (KEPT / "ready").touch()
    return KEPT / "shop.sqlite"


def _install() -> None:
    uv = shutil.which("uv")
    if not uv:
        pytest.skip("Tryton needs uv to be installed")
    settings = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    python = str(KEPT / "env" / "bin" / "python")
    for command in (
        ["venv", "-p", sys.executable, str(KEPT / "env")],
        ["pip", "install", "-p", python, *PACKAGES],
    ):
        done = subprocess.run([uv, *command], env=settings, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"Tryton could not be installed: {done.stderr.strip().splitlines()[-1:]}")


def _make() -> None:
    (KEPT / "shop.sqlite").touch()
    (KEPT / "password").write_text("for-the-making-only")
    configuration = str(_configuration(KEPT, port=0))
    activate = ["-d", "shop", "-u", "sale", "--activate-dependencies", "--email", "admin@example.com"]
    _run(*_tryton("trytond-admin", "-c", configuration, *activate), TRYTONPASSFILE=str(KEPT / "password"))
    _run(str(KEPT / "env" / "bin" / "python"), str(SEED), configuration, PASSWORD)


def _run(*command: str, **settings: str) -> None:
    done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


def _tryton(command: str, *arguments: str) -> list[str]:
    place = KEPT / "env" / "bin"
    return [str(place / "python"), str(place / command), *arguments]


def _configuration(folder: Path, port: int) -> Path:
    path = folder / "trytond.conf"
    path.write_text(f"[database]\nuri = sqlite://\npath = {folder}\n[web]\nlisten = 127.0.0.1:{port}\n")
    return path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
