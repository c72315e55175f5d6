"""Training: the fingerprint follows what the model is trained from, and damage is noticed."""

from pathlib import Path

import pytest

from bot.errors import ModelError
from bot.supervisor import training
from bot.supervisor.training import fingerprint, verified


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(training, "ROOT", tmp_path)
    for name in (
        "domain.yml",
        "config.yml",
        "data/faq/decaf.yml",
        "data/business/hours.yml",
        "bot/nlu/classifier.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before")
    return tmp_path


@pytest.mark.parametrize("name", ["domain.yml", "config.yml", "data/faq/decaf.yml", "bot/nlu/classifier.py"])
def test_a_change_of_what_is_trained_from_changes_the_fingerprint(project: Path, name: str) -> None:
    before = fingerprint(project)
    (project / name).write_text("after")
    assert fingerprint(project) != before


def test_a_new_question_changes_it_and_opening_hours_do_not(project: Path) -> None:
    before = fingerprint(project)
    (project / "data/business/hours.yml").write_text("after")
    assert fingerprint(project) == before
    (project / "data/faq/oat_milk.yml").write_text("new")
    assert fingerprint(project) != before


@pytest.mark.parametrize("damage", [b"", b"other bytes"])
def test_a_damaged_model_is_refused_with_the_mend(tmp_path: Path, damage: bytes) -> None:
    model = tmp_path / "kindhand-1.tar.gz"
    model.write_bytes(b"a model")
    digest = "f13a83d76b99b68a5a0d4dd3d3b1d0b4f9a0be5d0c0b6a2a0c1f6d1f2e3d4c5b"
    model.with_name(model.name + ".sha256").write_text(digest)
    model.write_bytes(damage)
    with pytest.raises(ModelError, match="train --force"):
        verified(model)


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        verified(tmp_path / "kindhand-2.tar.gz")
