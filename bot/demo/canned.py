"""The demo's canned replies, from `canned.yml`."""

from datetime import datetime
from pathlib import Path

from ruamel.yaml import YAML
from sqlalchemy.engine import Connection

from bot.storage import canned
from bot.storage.canned import CannedReply

FILE = Path(__file__).with_name("canned.yml")


def add_canned(connection: Connection, now: datetime) -> None:
    """Insert the replies, unless somebody has written any: then the list is theirs."""
    if canned.count(connection):
        return
    for known in YAML(typ="safe").load(FILE):
        canned.save(
            connection, CannedReply(f"demo-{known['code']}", **known, changed_by=None, changed_at=now)
        )
