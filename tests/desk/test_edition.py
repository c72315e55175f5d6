"""What the desk takes from one version of the owner's files, and from the next."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.crm.shop import ShopCrm
from bot.desk.edition import Editions
from bot.errors import OwnerFileError
from bot.reach.rules import Rules
from bot.settings import ROOT, Settings
from tests.demo_business import demo_business
from tests.gateway.served import FakeCrm


@pytest.fixture
def version(tmp_path: Path) -> Path:
    folder = tmp_path / "version"
    shutil.copytree(ROOT / "data" / "business", folder / "data" / "business")
    file = folder / "data" / "business" / "business.yml"
    file.write_text(file.read_text().replace("name: Copper Kettle Coffee", "name: Tin Kettle Tea"))
    reach = folder / "data" / "business" / "reach.yml"
    reach.write_text("tell:\n  - when: [nobody_online]\n    email: [owner@shop.example]\n")
    return folder


def editions(settings: Settings) -> Editions:
    return Editions(settings, business=demo_business(), rules=Rules(), crm=FakeCrm())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load({"KINDHAND_VAR": str(tmp_path / "var"), "KINDHAND_SMTP_HOST": "mail.example"})


def test_what_was_given_out_follows(settings: Settings, version: Path) -> None:
    held = editions(settings)
    business, rules, embedding = held.business, held.rules, held.embedding
    edition = held.read(version)
    assert (business.name, rules.tell, held.present.folder) == ("Copper Kettle Coffee", (), settings.files)
    held.present = edition
    assert (business.name, held.present.folder) == ("Tin Kettle Tea", version)
    assert [rule.when for rule in rules.tell] == [{"nobody_online"}]
    assert b"Tin Kettle Tea" in embedding.page() and b"Tin Kettle Tea" in embedding.script


def test_a_file_that_is_wrong_is_named(settings: Settings, version: Path) -> None:
    held = editions(settings)
    (version / "data" / "business" / "reach.yml").write_text("tell: everybody\n")
    with pytest.raises(OwnerFileError, match="reach.yml"):
        held.read(version)
    assert held.present.business.name == "Copper Kettle Coffee"


def test_of_all_customer_records_only_a_shops_come_from_the_files(settings: Settings, version: Path) -> None:
    held = editions(settings)
    assert held.read(version).crm is held.present.crm
    of_a_shop = replace(settings, crm="shop", crm_url="sqlite:///shop.db")
    held = editions(of_a_shop)
    assert isinstance(held.read(version).crm, ShopCrm)
