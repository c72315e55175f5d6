"""All that the assistant can say, read from the owner's files as Rasa merges them."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

Responses = dict[str, list[dict[str, Any]]]


@lru_cache(maxsize=1)
def responses(root: Path) -> Responses:
    """Return the wordings of every response by its name."""
    files = [root / "domain.yml", *sorted((root / "data").rglob("*.yml"))]
    read = [YAML(typ="safe").load(path) or {} for path in files]
    return {name: said for file in read for name, said in (file.get("responses") or {}).items()}
