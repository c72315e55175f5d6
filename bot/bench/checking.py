"""How long the check of an owner's files takes: the demo's, and those of a shop with many questions."""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bot.bench.figure import Figure
from bot.check import check
from bot.errors import StartError
from bot.lessons import Lessons
from bot.settings import ROOT
from bot.supervisor.steps import Steps

MANY = 5_000  # questions
EXAMPLES, LENGTH = 15, 7  # of each made-up question, and words in an example
FILES = ("data", "domain.yml", "config.yml")


def measure(steps: Steps, *, quick: bool = False) -> list[Figure]:
    """Run the command on both, and the check after a save; about half a minute."""
    many = MANY // (10 if quick else 1)
    with tempfile.TemporaryDirectory() as place:
        shop = enlarged(Path(place) / "shop", many)
        with steps.step("Checking the owner's files"):
            demo = median(_command(ROOT) for _ in range(3 if quick else 5))
        with steps.step(f"Checking {many:,} questions"):
            large = _command(shop)
            check(shop)
            again = _again(shop)
    how = "from the command to its end"
    return [
        Figure("check", "s", demo, aim="under 3 s", note=f"./kindhand check on the demo's files, {how}"),
        Figure(f"check, {many:,} questions", "s", large, note=f"{EXAMPLES} examples each, {how}"),
        Figure("the same after a save", "s", again, note="in the running desk, one file changed"),
    ]


def enlarged(folder: Path, count: int) -> Path:
    """Write the demo's files into a folder, with so many questions made up besides; the same each time."""
    for name in FILES:
        source = ROOT / name
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, folder / name) if source.is_dir() else shutil.copy(source, folder / name)
    lessons, dice = Lessons.read(ROOT), random.Random(7)
    words = [
        word
        for topic in lessons.topics
        for text, _ in topic.examples
        for word in text.split()
        if word.isalpha()
    ]
    names = [f"question_{number:04}" for number in range(count)]
    for name in names:
        made = [" ".join(dice.choices(words, k=LENGTH)) for _ in range(EXAMPLES + 2)]
        (folder / "data" / "faq" / f"{name}.yml").write_text(_question(name, *made), encoding="utf-8")
    domain = (folder / "domain.yml").read_text(encoding="utf-8")
    listed = "".join(f"  - {name}\n" for name in names)
    (folder / "domain.yml").write_text(
        domain.replace("intents:\n", f"intents:\n{listed}", 1), encoding="utf-8"
    )
    return folder


def _question(name: str, plain: str, careful: str, *examples: str) -> str:
    said = "".join(f"      - {text} {name}\n" for text in examples)
    return f"""\
nlu:
  - intent: {name}
    examples: |
{said}responses:
  utter_{name}:
    - text: "{plain}."
    - condition: [{{type: slot, name: tone, value: careful}}]
      text: "{careful}."
rules:
  - rule: {name}
    steps:
      - intent: {name}
      - action: utter_{name}
"""


def _command(files: Path) -> float:
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "check"],
        cwd=ROOT,
        env={**os.environ, "KINDHAND_FILES": str(files)},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise StartError(f"The files to be checked are not in order: {done.stderr.strip()[:200]}")
    return time.perf_counter() - started


def _again(shop: Path) -> float:
    path = shop / "data" / "faq" / "question_0000.yml"
    path.write_text(path.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    started = time.perf_counter()
    check(shop)
    return time.perf_counter() - started
