"""JSON lines, one object a line, as people pipe them in and out: read one by one, a wrong line named."""

import json
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NoReturn

from bot.errors import OwnerFileError

_HALVES = re.compile("[\ud800-\udfff]")
QUESTION = 'Each line needs {"id": ..., "text": "..."}'


def objects(lines: Iterable[str], source: str, mend: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the number and the object of each line; empty lines are skipped.

    Raises:
        OwnerFileError: a line is no JSON object; names its number in `source`, and `mend`.
    """
    for number, line in enumerate(lines, start=1):
        line = line.removeprefix("\ufeff") if number == 1 else line
        if not line.strip():
            continue
        try:
            found = json.loads(line, parse_constant=_refuse, parse_float=_finite)
        except (ValueError, RecursionError) as problem:
            raise OwnerFileError(source, number, f"not JSON ({problem})", mend) from None
        if not isinstance(found, dict):
            raise OwnerFileError(source, number, "not an object in braces", mend)
        yield number, found


def questions(lines: Iterable[str], source: str, *, optional: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """Yield objects with an `id` of any kind and a `text`; what is `optional` is a text too, or null.

    Raises:
        OwnerFileError: a line cannot be read; names its number in `source`.
    """
    for number, question in objects(lines, source, QUESTION):
        if not ("id" in question and isinstance(question.get("text"), str)):
            raise OwnerFileError(source, number, "no id or no text", QUESTION)
        for name in optional:
            if not isinstance(question.get(name), str | None):
                raise OwnerFileError(
                    source, number, f"{name} is not text", f'Put "{name}" in quotation marks'
                )
        yield question


def line(value: object) -> str:
    """Return one JSON line. Half characters, which many readers refuse, become U+FFFD, one for one."""
    return _HALVES.sub("\ufffd", json.dumps(value, ensure_ascii=False))


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refuse(digits)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number")
