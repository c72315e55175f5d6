"""What runs: the three processes, how each is started and how we know that it is well."""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from bot.settings import ROOT, Settings

# Libraries that greet every start with pages of advice, and threads that fight over two cores.
QUIET = {
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "CUDA_VISIBLE_DEVICES": "",
    "RASA_TELEMETRY_ENABLED": "false",
    "NO_COLOR": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}


@dataclass(frozen=True)
class Service:
    """One process: its name in the log, its command line, and the address that tells its health."""

    name: str
    argv: tuple[str, ...]
    health: str
    environment: dict[str, str] = field(repr=False)
    port: int
    host: str = "127.0.0.1"


def child_environment(settings: Settings) -> dict[str, str]:
    """Return the environment for our processes: ours, the settings, and quiet libraries."""
    # At DEBUG Rasa writes down every message; what customers say stays out of the log.
    rasas = "INFO" if settings.log_level == "DEBUG" else settings.log_level
    return {**os.environ, **QUIET, **settings.environment(), "LOG_LEVEL": rasas}


def services(settings: Settings, model: Path, *, gently: bool = False) -> tuple[Service, ...]:
    """List the processes; they are stopped in the opposite order.

    With `gently`, actions and brain start beside others that answer visitors, and leave them
    the processor.
    """
    environment = child_environment(settings)
    python, how = (sys.executable, "-m"), ("--gently",) if gently else ()
    return (
        Service(
            "actions",
            (*python, "bot.dialogue.action_server", *how),
            f"{settings.actions_url}/health",
            environment,
            settings.actions_port,
        ),
        Service(
            "brain",
            (*python, "bot.dialogue.brain", *how, *_rasa_run(settings, model)),
            f"{settings.brain_url}/",
            environment,
            settings.brain_port,
        ),
        Service(
            "desk",
            (*python, "bot.desk"),
            f"{settings.desk_url}/health",
            environment,
            settings.port,
            settings.host,
        ),
    )


def _rasa_run(settings: Settings, model: Path) -> tuple[str, ...]:
    files = ("--endpoints", str(ROOT / "endpoints.yml"), "--credentials", str(ROOT / "credentials.yml"))
    where = ("--interface", "127.0.0.1", "--port", str(settings.brain_port))
    return ("--model", str(model), *where, *files)
