"""`kindhand up`, through the door: addresses, a clean end, clear words when it cannot start."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bot.errors import StartError
from bot.settings import ROOT, Settings
from bot.supervisor.product import Product
from bot.supervisor.up import alone_in, prepare_databases

pytestmark = pytest.mark.slow


def test_it_prints_addresses_that_answer(product: Product) -> None:
    for page in ("/demo", "/console", "/docs", "/widget.js", "/health"):
        assert f"{product.address}" in product.printed
        assert (
            httpx.get(
                f"http://127.0.0.1:{product.port}{page}", follow_redirects=True, trust_env=False
            ).status_code
            == 200
        )
    assert "sam@copperkettle.example" in product.printed and product.password in product.printed


def test_the_inner_processes_refuse_callers_without_the_secret(product: Product) -> None:
    turn = {"conversation": "x" * 22, "message_id": "1", "kind": "text", "text": "hello", "metadata": {}}
    doors = {"brain": "/webhooks/desk/turn", "actions": "/webhook", "desk": "/internal/handoffs"}
    for name, door in doors.items():
        address = f"http://127.0.0.1:{product.port_of(name)}{door}"
        assert httpx.post(address, json=turn, trust_env=False).status_code == 401


def test_a_second_start_on_the_same_ports_names_the_mend(product: Product) -> None:
    second = up(product.environment)
    assert second.returncode == 2
    assert f"Port {product.port} for the desk is taken" in second.stderr
    assert f"KINDHAND_PORT={product.port + 1}" in second.stderr


def test_a_second_start_in_the_same_folder_is_refused(product: Product, tmp_path: Path) -> None:
    elsewhere = Product(tmp_path).environment
    second = up({**elsewhere, "KINDHAND_VAR": str(product.var)})
    assert second.returncode == 2
    assert f"running already with the folder {product.var}" in second.stderr


@pytest.mark.parametrize(("name", "key"), [("desk", "KINDHAND_DATABASE_URL"), ("crm", "KINDHAND_CRM_URL")])
def test_a_damaged_database_is_one_sentence(tmp_path: Path, name: str, key: str) -> None:
    (tmp_path / f"{name}.db").write_bytes(b"no database at all" * 300)
    with pytest.raises(StartError, match=f"{key} cannot be used: file is not a database") as problem:
        prepare_databases(Settings.load({"KINDHAND_VAR": str(tmp_path)}))
    assert str(tmp_path) in str(problem.value) and len(str(problem.value).splitlines()) == 1


def test_a_map_that_does_not_fit_the_shops_database_is_one_sentence(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "shop.db").close()
    shop = {"KINDHAND_CRM": "shop", "KINDHAND_CRM_URL": f"sqlite:///{tmp_path / 'shop.db'}"}
    with pytest.raises(StartError, match=r"data/business/shop.yml:\d+: the database has no table"):
        prepare_databases(Settings.load({"KINDHAND_VAR": str(tmp_path), **shop}))


def test_a_folder_is_free_again_when_its_product_has_ended(tmp_path: Path) -> None:
    for _ in range(2):
        with (
            alone_in(tmp_path / "var"),
            pytest.raises(StartError, match="running already"),
            alone_in(tmp_path / "var"),
        ):
            raise AssertionError("two at once")


@pytest.mark.parametrize(
    ("environment", "word"),
    [({"KINDHAND_PORT": "high"}, "KINDHAND_PORT"), ({"KINDHAND_COLOUR": "red"}, "KINDHAND_COLOUR")],
)
def test_a_wrong_setting_is_one_sentence(product: Product, environment: dict[str, str], word: str) -> None:
    refused = up({**product.environment, **environment})
    assert refused.returncode == 2 and word in refused.stderr
    assert "Traceback" not in refused.stderr and len(refused.stderr.strip().splitlines()) == 1


def test_ctrl_c_stops_everything_in_good_order(rasa_model: Path, tmp_path: Path) -> None:
    running = Product(tmp_path)
    running.start()
    parts = [running.part(name) for name in ("desk", "brain", "actions")]
    assert running.stop() == 0
    assert "Stopped" in running.printed
    assert not any(part.is_running() for part in parts)


def up(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bot.cli", "up"]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
