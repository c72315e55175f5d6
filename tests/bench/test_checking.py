"""The files that the check is measured on are in order, and as many as told."""

import os
from pathlib import Path

import pytest

from bot.bench import checking
from bot.check import check
from bot.errors import StartError
from bot.lessons import Lessons
from bot.settings import ROOT
from bot.supervisor.steps import Steps


def test_made_up_questions_are_in_order(tmp_path: Path) -> None:
    shop = checking.enlarged(tmp_path / "shop", 40)
    assert check(shop) == []
    assert len(Lessons.read(shop).topics) == len(Lessons.read(ROOT).topics) + 40


def test_each_check_is_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MANY", 200)
    monkeypatch.setattr(checking, "_command", lambda files: 1.5)
    figures = checking.measure(Steps(), quick=True)
    assert [figure.what for figure in figures] == ["check", "check, 20 questions", "the same after a save"]
    assert figures[0].ours == 1.5 and figures[0].aim == "under 3 s" and figures[2].ours > 0


def test_files_with_a_fault_are_not_measured(tmp_path: Path) -> None:
    shop = checking.enlarged(tmp_path / "shop", 1)
    os.remove(shop / "domain.yml")
    with pytest.raises(StartError, match="not in order"):
        checking._command(shop)
