"""The console and the studio behind a real server, over a copy of the demo's files."""

import shutil
from pathlib import Path
from typing import Any

from bot.desk.studio import routes
from bot.settings import ROOT, Settings
from bot.storage.engine import Database
from bot.storage.tables import agents
from tests.desk.console.desk import ConsoleUnderTest, Server

FILES = ("data", "domain.yml", "config.yml")


def copied(folder: Path) -> Path:
    """Copy the demo's files, for a test to write in."""
    for name in FILES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, folder / name)
    return folder


class StudioUnderTest(ConsoleUnderTest):
    """A desk with console and studio; Sam is an owner, Noor an agent."""

    def __init__(self, server: Server, database: Database, folder: Path, **settings: str) -> None:
        super().__init__(server, database)
        self.files = copied(folder / "shop")
        known = {"VAR": str(folder / "var"), "FILES": str(self.files), **settings}
        self.settings = Settings.load({f"KINDHAND_{name}": value for name, value in known.items()})
        self.change(agents, agents.c.id == "a-sam", role="owner")
        routes(self.app, settings=self.settings, database=database)

    def text(self, name: str) -> str:
        return (self.files / name).read_text(encoding="utf-8")

    def call(self, client: Any, method: str, path: str, **options: Any) -> Any:
        """Call the studio and return what it answers, which must be well."""
        answer = client.request(method, f"studio/{path}", **options)
        assert answer.status_code == 200, answer.text
        return answer.json()
