"""What the program's own code says and fills in, as far as that can be read off it."""

import ast
from collections.abc import Iterable
from pathlib import Path

from bot.settings import ROOT


class Code:
    """Words and answers' names in some Python sources."""

    def __init__(self, sources: Iterable[str]) -> None:
        self.words: frozenset[str] = frozenset()
        self._texts: set[str] = set()
        self._starts: set[str] = set()
        for source in sources:
            self._add(source)

    @classmethod
    def read(cls, root: Path) -> "Code":
        """Read the actions and Rasa's edges: those beside the files, or else this program's own."""
        root = root if (root / "actions").is_dir() else ROOT
        files = [*(root / "actions").rglob("*.py"), *(root / "bot" / "dialogue").rglob("*.py")]
        return cls(path.read_text(encoding="utf-8") for path in files)

    def says(self, answer: str) -> bool:
        """Tell whether the code names this answer, whole or by its beginning."""
        return answer in self._texts or any(answer.startswith(start) for start in self._starts)

    def _add(self, source: str) -> None:
        nodes = list(ast.walk(ast.parse(source)))
        texts = {
            node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        given = {node.arg for node in nodes if isinstance(node, ast.keyword) and node.arg}
        formed = [node.values[0] for node in nodes if isinstance(node, ast.JoinedStr)]
        formed += [node.left for node in nodes if isinstance(node, ast.BinOp)]
        starts = {str(first.value) for first in formed if isinstance(first, ast.Constant)}
        self._texts |= texts
        starts |= {text for text in texts if text.endswith("_")}
        self._starts |= {start for start in starts if start.startswith("utter_") and start != "utter_"}
        self.words |= given | {text for text in texts if text.isidentifier()}
