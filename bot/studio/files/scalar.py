"""A single value as an owner would write it: bare where that says the same, else in quotation marks."""

import io
import json
import sys
from datetime import date

from ruamel.yaml import YAML

Scalar = str | int | float | date


def scalar(value: Scalar, style: str | None = None, *, flow: bool = False) -> str:
    """Return a value in one line of YAML.

    `style`: how the text was written before, `"`, `'`, `|`, `>` or None; what stood in quotation marks stays
    in them. `flow`: it goes between brackets, where commas part values.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.width = flow, sys.maxsize
    written = io.StringIO()
    yaml.dump([value], written)
    bare = written.getvalue().strip()[1 : -1 if flow else None].strip()
    if not isinstance(value, str) or (bare == value and style not in ('"', "'")):
        return bare
    return json.dumps(value, ensure_ascii=False)  # double ones, as in the demo; ruamel would take single ones
