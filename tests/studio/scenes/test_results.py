"""Results are kept whole, or not at all."""

from pathlib import Path

import pytest

from bot.errors import StudioError
from bot.studio.scenes.results import Results


def test_the_newest_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    results = Results(tmp_path / "results")
    assert results.read("answers") is None
    for number in (1, 2):
        results.write("answers", {"fingerprint": "abc", "messages": number})
    assert results.read("answers") == {"fingerprint": "abc", "messages": 2}
    assert (tmp_path / "results/answers.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damaged", ["", "[1]", '{"messages": 2}', '{"fingerp'])
def test_what_cannot_be_read_is_none(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "answers.json").write_text(damaged)
    assert Results(tmp_path).read("answers") is None


def test_a_disk_that_takes_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "results").write_text("a file where the folder should be")
    with pytest.raises(StudioError, match="cannot be kept"):
        Results(tmp_path / "results").write("answers", {"fingerprint": "abc"})
