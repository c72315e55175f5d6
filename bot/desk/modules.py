"""Plain ES modules as one script: one request instead of forty, and the smaller the better they pack.

Each module becomes a function that is called once; what it exports is what that returns. A variable that is
exported (`export let`) stands above all of them, so that everybody sees it change. This reads our own way of
writing: named imports and exports, each at the start of a line, and no circles.
"""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";$', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
VARIABLE = re.compile(r"^export (let (\w+) = .*;)$", re.MULTILINE)
LEFT = re.compile(r"^(?:import\b|export\b).*$", re.MULTILINE)

Read = Callable[[str], str]


class Joined:
    """A module and all that it imports, in the order in which they run; `read` gives the text at a path.

    Raises:
        ValueError: a module is written in a way that is not understood here.
    """

    def __init__(self, entry: str, read: Read) -> None:
        self._read, self._entry = read, entry
        self._parts: dict[str, str] = {}
        self._variables: dict[str, str] = {}  # by name: the line that declares it
        self._body, _ = self._taken_in(entry, ())

    def script(self) -> str:
        """Return a script that runs with and without type=module, and leaves nothing behind."""
        return f"(() => {{\n{self._before}\n{{\n{self._body}\n}}\n}})();\n"

    def module(self) -> str:
        """Return a module that exports what is in it, for those that stay apart.

        The entry may wait for one of those, which waits for us: so we are done before the entry is.
        """
        exported = ", ".join([*self._variables, *map(_name, self._parts)])
        return f"{self._before}\n(async () => {{\n{self._body}\n}})();\nexport {{ {exported} }};\n"

    @property
    def paths(self) -> frozenset[str]:
        """The modules that are in here."""
        return frozenset({*self._parts, self._entry})

    def beside(self, path: str, text: str, ours: str) -> str:
        """Return a module that stays apart, with its imports of what is in here taken from us at `ours`."""
        up = "../" * (len(PurePosixPath(path).parts) - 1)

        def imported(found: re.Match[str]) -> str:
            source = _found(path, found[2])
            if source not in self._parts:
                return found[0]
            names = [name.strip() for name in found[1].split(",")]
            live = [name for name in names if name in self._variables]
            others = [name.replace(" as ", ": ") for name in names if name not in self._variables]
            taken = ", ".join([*live, *([_name(source)] if others else [])])
            unpacked = f" const {{ {', '.join(others)} }} = {_name(source)};" if others else ""
            return f'import {{ {taken} }} from "{up or "./"}{ours}";{unpacked}'

        return IMPORT.sub(imported, text)

    @property
    def _before(self) -> str:
        return "\n".join([*self._variables.values(), *self._parts.values()])

    def _add(self, path: str, above: tuple[str, ...]) -> None:
        if path in above:
            raise ValueError(f"{path}: imports itself, by way of {' and '.join(above)}")
        if path not in self._parts:
            body, exported = self._taken_in(path, above)
            self._parts[path] = (
                f"const {_name(path)} = (() => {{\n{body}\nreturn {{ {', '.join(exported)} }};\n}})();"
            )

    def _taken_in(self, path: str, above: tuple[str, ...]) -> tuple[str, list[str]]:
        """Return what a module does without its imports and exports, and the names of these."""

        def imported(found: re.Match[str]) -> str:
            source = _found(path, found[2])
            self._add(source, (*above, path))
            names = [name.strip() for name in found[1].split(",")]
            held = [name.replace(" as ", ": ") for name in names if name not in self._variables]
            return f"const {{ {', '.join(held)} }} = {_name(source)};" if held else ""

        def declared(found: re.Match[str]) -> str:
            if found[2] in self._variables:
                raise ValueError(f"{path}: there is another variable {found[2]}")
            self._variables[found[2]] = found[1]
            return ""

        body = VARIABLE.sub(declared, IMPORT.sub(imported, self._read(path)))
        exported = [found[1] for found in EXPORT.finditer(body)]
        body = EXPORT.sub("", body)
        if left := LEFT.search(body):
            raise ValueError(f"{path}: “{left[0]}” cannot be joined; use named imports and exports")
        return body, exported


def _name(path: str) -> str:
    return "_" + re.sub(r"\W", "_", path.removesuffix(".js"))


def _found(path: str, named: str) -> str:
    """Return the path of what a module at `path` imports under a relative name."""
    steps = list(PurePosixPath(path).parent.parts)
    for step in PurePosixPath(named).parts:
        steps = steps[:-1] if step == ".." else [*steps, step]
    return "/".join(steps)
