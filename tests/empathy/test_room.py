"""The room's rule: pure functions, no outside. What it may import stands in `tests/test_rooms.py`."""

import ast
from pathlib import Path

import bot.empathy

ROOM = Path(bot.empathy.__file__).parent


def test_the_room_does_no_io() -> None:
    for path in ROOM.rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text())))
        calls = {n.func.id for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        assert not calls & {"open", "print", "input"}, path.name


def test_every_module_has_a_mirrored_test() -> None:
    modules = {path.stem for path in ROOM.glob("*.py")} - {"__init__", "reading", "wording"}
    tested = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert modules <= tested
