"""Actions with the demo's customers in real records, and a small desk that takes hand-overs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import wiring
from bot.crm.sql import SqlCrm
from bot.demo.seed import seed
from bot.errors import CrmUnavailable
from bot.settings import Settings
from tests.small_desk import SmallDesk


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's databases, to copy from."""
    folder = tmp_path_factory.mktemp("seeded")
    seed(Settings.load({"KINDHAND_VAR": str(folder)}))
    SqlCrm(f"sqlite:///{folder / 'crm.db'}").close()
    return folder


@pytest.fixture
def desk() -> Iterator[SmallDesk]:
    with SmallDesk().serving() as small:
        yield small


@pytest.fixture
def crm(seeded: Path, tmp_path: Path, desk: SmallDesk, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlCrm]:
    """Fresh records of the demo's customers, wired in."""
    for file in seeded.glob("crm.db*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    settings = Settings.load({"KINDHAND_VAR": str(tmp_path), "KINDHAND_PORT": str(desk.port)})
    records = SqlCrm(settings.crm_url)
    monkeypatch.setattr(wiring, "settings", lambda: settings)
    monkeypatch.setattr(wiring, "crm", lambda settings: records)
    yield records
    records.close()


class DownCrm:
    """Records that cannot be reached."""

    def __getattr__(self, verb: str) -> object:
        def call(*args: object, **kwargs: object) -> object:
            raise CrmUnavailable("down")

        return call


@pytest.fixture
def down(crm: SqlCrm, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the records be out of reach."""
    monkeypatch.setattr(wiring, "crm", lambda settings: DownCrm())
