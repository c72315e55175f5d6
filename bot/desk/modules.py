"""Plain ES modules as one script, for pages that can take in a single file only.

Each module becomes a function that is called once; what it exports is what that returns. This reads our own
way of writing: named imports and exports, each at the start of a line, and no circles.
"""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
LEFT = re.compile(r"^(?:import\b|export\b).*$", re.MULTILINE)


def joined(entry: str, read: Callable[[str], str]) -> str:
    """Return the script of a module and all that it imports; `read` gives the text of a module by its path.

    Raises:
        ValueError: a module is written in a way that is not understood here.
    """
    parts: dict[str, str] = {}
    _add(entry, read, parts, ())
    return "(()=>{\n" + "\n".join(parts.values()) + "\n})();\n"


def _add(path: str, read: Callable[[str], str], parts: dict[str, str], above: tuple[str, ...]) -> str:
    """Add a module after those that it needs; return the name that holds its exports."""
    name = "_" + re.sub(r"\W", "_", path)
    if path in above:
        raise ValueError(f"{path}: imports itself, by way of {' and '.join(above)}")
    if path in parts:
        return name
    text = read(path)

    def imported(found: re.Match[str]) -> str:
        folder = PurePosixPath(path).parent
        whole = _plain(folder / found[2])
        source = _add(whole, read, parts, (*above, path))
        return f"const {{{found[1].replace(' as ', ': ')}}} = {source};"

    body = IMPORT.sub(imported, text)
    exported = [found[1] for found in EXPORT.finditer(body)]
    body = EXPORT.sub("", body)
    if left := LEFT.search(body):
        raise ValueError(f"{path}: “{left[0]}” cannot be joined; use named imports and exports")
    parts[path] = f"const {name} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();"
    return name


def _plain(path: PurePosixPath) -> str:
    steps: list[str] = []
    for part in path.parts:
        if part == "..":
            steps.pop()
        elif part != ".":
            steps.append(part)
    return "/".join(steps)
