"""Modules joined into one script: what it does is what they do."""

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.desk.modules import Joined

needs_node = pytest.mark.skipif(not shutil.which("node"), reason="there is no node to run scripts with")
SMALL = {
    "a/main.js": 'import { twice } from "./sums.js";\nimport { NAME as who, Box } from "../b/box.js";\n'
    "console.log(JSON.stringify([twice(2), who, new Box(who).text]));\n",
    "a/sums.js": 'import { NAME } from "../b/box.js";\n'
    "const factor = 2;\nexport function twice(x) {\n  return factor * x;\n}\nexport const used = NAME;\n",
    "b/box.js": 'const factor = "mine";\nexport const NAME = "Kettle";\n'
    "export class Box {\n  #text;\n  constructor(text) {\n    this.#text = text + factor;\n  }\n"
    "  get text() {\n    return this.#text;\n  }\n}\n",
}


@needs_node
def test_one_script_does_what_the_modules_do() -> None:
    script = Joined("a/main.js", SMALL.__getitem__).script()
    told = subprocess.run(["node", "-e", script], capture_output=True, text=True)
    assert told.stderr == "" and json.loads(told.stdout) == [4, "Kettle", "Kettlemine"]


def test_each_module_is_taken_in_once() -> None:
    assert Joined("a/main.js", SMALL.__getitem__).script().count('"Kettle"') == 1


LIVE = {
    "main.js": 'import { speak, WORD } from "./words.js";\nimport { said } from "./said.js";\n'
    'await speak("de");\nconst { later } = await import("./later/more.mjs");\n'
    "console.log(JSON.stringify([WORD, said(), later()]));\n",
    "said.js": 'import { WORD } from "./words.js";\nexport function said() {\n  return WORD;\n}\n',
    "words.js": "export let WORD = null;\nexport async function speak(language) {\n"
    "  WORD = (await import(`./later/${language}.mjs`)).word;\n}\n",
    "later/de.mjs": 'import { said } from "../said.js";\nexport const word = ["Wort", said()];\n',
    "later/more.mjs": 'import { said as told } from "../said.js";\nimport { WORD } from "../words.js";\n'
    'import { word } from "./de.mjs";\nexport const later = () => [told() === WORD, WORD === word];\n',
}


@needs_node
def test_what_stays_apart_shares_what_is_joined_and_sees_it_change(tmp_path: Path) -> None:
    whole = Joined("main.js", LIVE.__getitem__)
    (tmp_path / "later").mkdir()
    (tmp_path / "all.mjs").write_text(whole.module())
    for path in ("later/de.mjs", "later/more.mjs"):
        (tmp_path / path).write_text(whole.beside(path, LIVE[path], "all.mjs"))
    told = subprocess.run(["node", tmp_path / "all.mjs"], capture_output=True, text=True)
    assert told.stderr == "" and json.loads(told.stdout) == [["Wort", None], ["Wort", None], [True, True]]


@pytest.mark.parametrize(
    ("modules", "problem"),
    [
        ({"a.js": 'import x from "./b.js";\n'}, "a.js: “import x from"),
        ({"a.js": 'import { x } from "elsewhere";\n'}, "a.js: “import { x } from"),
        ({"a.js": "export default 1;\n"}, "a.js: “export default 1;” cannot be joined"),
        (
            {"a.js": 'import { x } from "./b.js";\n', "b.js": 'import { y } from "./a.js";\n'},
            "a.js: imports itself, by way of a.js and b.js",
        ),
        (
            {"a.js": 'import { x } from "./b.js";\nexport let x = 1;\n', "b.js": "export let x = 2;\n"},
            "a.js: there is another variable x",
        ),
    ],
)
def test_what_is_not_understood_is_named(modules: Mapping[str, str], problem: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(problem)):
        Joined("a.js", modules.__getitem__)
