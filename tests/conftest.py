"""What many tests share: settings in a folder of their own, the trained model, the whole product."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.supervisor import training
from bot.supervisor.product import Product

pytest_plugins = ["tests.databases", "tests.detectors", "tests.postgres"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run the slow tests too, as CI does")


def pytest_configure(config: pytest.Config) -> None:
    """Run all of what somebody names. (A worker's paths are named by the run that it works for.)"""
    if not hasattr(config, "workerinput") and config.args_source is not config.ArgsSource.TESTPATHS:
        config.option.all = True


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Use two processes for all tests; what somebody names is begun at once in this one."""
    everything = config.args_source is config.ArgsSource.TESTPATHS
    return min(2, os.cpu_count() or 1) if everything else 0


@pytest.hookimpl(tryfirst=True)  # the groups must be there when xdist looks for them
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave slow tests out of the everyday run, and say which belong into one process.

    Tests over real browsers, sockets and processes have a second try, which the summary counts. Machines that
    test are shared, and a browser that gets no processor for some seconds is no defect.
    """
    if not config.option.all:
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("slow")])
        items[:] = [item for item in items if not item.get_closest_marker("slow")]
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))
        if any(room in item.nodeid for room in ("tests/browser/", "tests/gateway/", "tests/supervisor/")):
            item.add_marker(pytest.mark.flaky(reruns=1))


def _group(item: pytest.Item) -> str:
    """Return what shares a process: all that needs the browser or the product, and every other file."""
    if "tests/browser/" in item.nodeid or "product" in getattr(item, "fixturenames", ()):
        return "browser"
    return item.nodeid.partition("::")[0]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own settings out of the tests."""
    for key in [key for key in os.environ if key.startswith("KINDHAND_")]:
        monkeypatch.delenv(key)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose files lie in a folder that is thrown away."""
    return Settings.load({"KINDHAND_VAR": str(tmp_path / "var")})


@pytest.fixture(scope="session")
def rasa_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Rasa model for the present data, trained if there is none."""
    var = tmp_path_factory.mktemp("model")
    return training.train(Settings.load({"KINDHAND_VAR": str(var)}), var / "training.log")


@pytest.fixture(scope="session")
def product(rasa_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The whole product, started by `kindhand up` on free ports in a folder of its own."""
    with Product(tmp_path_factory.mktemp("product")) as running:
        yield running
