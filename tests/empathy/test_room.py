"""The room's rule: pure functions, no outside."""

import ast
import sys
from pathlib import Path

import bot.empathy

ROOM = Path(bot.empathy.__file__).parent
ALLOWED = {"spacy", "vaderSentiment"}


def _imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path.name} imports relatively"
            names.add(node.module or "")
    return names


def test_the_room_imports_nothing_from_outside():
    for path in ROOM.rglob("*.py"):
        for name in _imported(path):
            first = name.split(".")[0]
            ours = name == "bot.empathy" or name.startswith("bot.empathy.")
            assert ours or first in ALLOWED or first in sys.stdlib_module_names, f"{path.name} imports {name}"


def test_the_room_does_no_io():
    for path in ROOM.rglob("*.py"):
        calls = {n.func.id for n in ast.walk(ast.parse(path.read_text()))
                 if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}  # fmt: skip
        assert not calls & {"open", "print", "input"}, path.name
        assert not _imported(path) & {
            "os",
            "socket",
            "subprocess",
            "logging",
            "requests",
            "urllib.request",
        }, path.name


def test_every_module_has_a_mirrored_test():
    modules = {path.stem for path in ROOM.glob("*.py")} - {"__init__", "reading", "wording"}
    tested = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}
    assert modules <= tested
