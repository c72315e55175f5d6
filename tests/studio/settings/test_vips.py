"""Where an owner says who is a VIP: every kind of records has its words."""

from pathlib import Path

import pytest

from bot.settings import CRMS, Settings
from bot.studio.settings.vips import standing


@pytest.mark.parametrize("kind", CRMS)
def test_each_kind_of_records_says_where(kind: str, tmp_path: Path) -> None:
    known = {
        "KINDHAND_VAR": str(tmp_path),
        "KINDHAND_CRM": kind,
        "KINDHAND_CRM_URL": f"sqlite:///{tmp_path}/x.db",
    }
    told = standing(Settings.load(known))
    assert told["where"] and (told["count"], told["of"]) == (None, None)
