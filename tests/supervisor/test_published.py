"""The whole product takes up other versions while visitors talk to it."""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import httpx
import psutil
import pytest

from bot.bench.switching import Crowd
from bot.bench.visitor import SocketVisitor
from bot.errors import StartError
from bot.supervisor.control import Control
from bot.supervisor.product import Product
from tests.serving import until

pytestmark = pytest.mark.slow
PARTS = ["bot.desk", "bot.dialogue.action_server", "bot.dialogue.brain"]


def parts(product: Product) -> list[str]:
    """The modules of the processes that run."""
    children = psutil.Process(product.process.pid).children()
    return sorted(name for child in children for name in child.cmdline() if name in PARTS)


def is_there(process: psutil.Process) -> bool:
    try:
        return (
            process.status() != psutil.STATUS_ZOMBIE
        )  # in a container nobody may be there to take note of it
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def control(product: Product) -> Iterator[Control]:
    """The door to a running product, which serves afterwards what it served before."""
    control = Control(product.var)
    served = control.serving()
    assert served
    yield control
    if control.serving() != served:
        list(control.switch(served))


@pytest.fixture
def version(control: Control, tmp_path: Path) -> Path:
    """Another version, in which the business has another name. No model has to be trained for it."""
    served = control.serving()
    assert served
    folder = tmp_path / "version"
    shutil.copytree(served, folder)
    facts = folder / "data" / "business" / "business.yml"
    facts.write_text(facts.read_text().replace("name: Copper Kettle Coffee", "name: Tin Kettle Tea"))
    return folder


def chat(product: Product) -> str:
    return httpx.get(f"{product.address}/chat", trust_env=False).text


async def test_nobody_is_dropped_while_versions_take_over(
    product: Product, control: Control, version: Path
) -> None:
    before = control.serving()
    assert before
    crowd = Crowd(product.port, talking=4)
    async with crowd.here():
        while not crowd.turns:
            await asyncio.sleep(0.1)
        for folder, name in ((version, "Tin Kettle Tea"), (before, "Copper Kettle Coffee")):
            steps = await asyncio.to_thread(lambda folder: list(control.switch(folder)), folder)
            assert len(steps) == 4
            assert name in await asyncio.to_thread(chat, product)
        said = len(crowd.turns)
        while len(crowd.turns) < said + 4:
            await asyncio.sleep(0.1)
    assert not [turn for turn in crowd.turns if turn.failed]
    assert parts(product) == PARTS
    with closing(connect(product.var / "rasa.db")) as trackers:
        kept = trackers.execute("select count(*) from events where sender_id = 'before-visitors-come'")
        assert kept.fetchone() == (0,)


async def test_a_desk_that_dies_after_a_switch_comes_back_with_the_new_version(
    product: Product, control: Control, version: Path
) -> None:
    await asyncio.to_thread(lambda: list(control.switch(version)))
    product.kill("desk")
    await asyncio.to_thread(product.wait_for_part, "desk")
    assert "Tin Kettle Tea" in await asyncio.to_thread(chat, product)
    async with SocketVisitor(product.port) as visitor:
        assert (await visitor.ask("do you take amex"))["speaker"] == "bot"


async def test_a_version_that_cannot_be_served_changes_nothing(
    product: Product, control: Control, version: Path
) -> None:
    (version / "data" / "business" / "hours.yml").write_text("support: [\n")
    before = control.serving()
    with pytest.raises(StartError, match=r"hours\.yml"):
        await asyncio.to_thread(lambda: list(control.switch(version)))
    assert control.serving() == before and parts(product) == PARTS
    assert "Copper Kettle Coffee" in await asyncio.to_thread(chat, product)
    async with SocketVisitor(product.port) as visitor:
        assert (await visitor.ask("do you take amex"))["speaker"] == "bot"


def test_a_kill_half_way_leaves_no_process_and_the_version_before(rasa_model: Path, tmp_path: Path) -> None:
    with Product(tmp_path) as product:
        control = Control(product.var)
        before = control.serving()
        assert before
        version = shutil.copytree(before, tmp_path / "version")
        steps = control.switch(version)
        next(steps)
        until(lambda: parts(product).count("bot.dialogue.brain") == 2)
        children = psutil.Process(product.process.pid).children(recursive=True)
        product.process.kill()
        until(lambda: not any(is_there(child) for child in children))
        with pytest.raises(StartError):
            list(steps)
        product.process.wait()
        assert not control.running()
        product.start()
        assert control.serving() == before and parts(product) == PARTS
