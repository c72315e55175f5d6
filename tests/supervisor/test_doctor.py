"""The doctor says what is well, and the mend for what is not."""

import os
import socket
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.supervisor.doctor import Finding, examine
from bot.supervisor.ports import free_port


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    settings = Settings.load({"KINDHAND_VAR": str(tmp_path / "var"), "KINDHAND_MODELS": str(tmp_path)})
    return replace(settings, port=free_port(), brain_port=free_port(), actions_port=free_port())


def found(settings: Settings, what: str) -> Finding:
    return next(finding for finding in examine(settings) if finding.what == what)


def test_a_fresh_installation_is_well(here: Settings) -> None:
    findings = examine(here)
    assert [finding for finding in findings if not finding.well] == []
    assert {"Python", "Rasa", "Sentence encoder", "Mood model", "Ports"} <= {f.what for f in findings}


def test_a_model_that_is_not_there_yet_is_no_trouble(here: Settings) -> None:
    assert found(here, "Trained model").well and "next ./kindhand up" in found(here, "Trained model").state


def test_a_secret_that_others_can_read(here: Settings) -> None:
    os.chmod(here.var / "secret", 0o644)
    finding = found(here, "File secret")
    assert not finding.well and finding.mend == f"chmod 600 {here.var / 'secret'}"
    assert found(here, "File identity_secret").well


def test_a_taken_port_is_named_and_all_the_rest_is_still_looked_at(here: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", here.brain_port))
        taken.listen()
        findings = examine(here)
    (ill,) = [finding for finding in findings if not finding.well]
    assert ill.what == "ports" and "KINDHAND_BRAIN_PORT" in ill.state
    assert findings[-1] is ill and len(findings) > 5


def test_customer_records_that_are_out_of_reach_are_named(here: Settings, tmp_path: Path) -> None:
    assert "none yet" in found(here, "Customer records (embedded)").state
    shop = replace(here, crm="shop", crm_url=f"sqlite:///{tmp_path / 'none.db'}")
    finding = found(shop, "customer records")
    assert not finding.well and "shop's database" in finding.state
    sqlite3.connect(tmp_path / "empty.db").close()
    finding = found(replace(shop, crm_url=f"sqlite:///{tmp_path / 'empty.db'}"), "Customer records (shop)")
    assert not finding.well and "data/business/shop.yml" in finding.state and "docs/crm.md" in finding.mend
