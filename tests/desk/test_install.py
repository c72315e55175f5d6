"""The lines that owners copy do what they promise: really run in each language."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.desk.pages import WEB
from bot.desk.visitor.identity import read
from bot.settings import ROOT

SECRET = "a secret of enough length, at least 32 signs"
NAME = "Inês “Ny” O'Neil \\ & <b>"
SNIPPETS = WEB / "install"
# For each language: the program, the file's name, and lines that sign somebody given as arguments.
RUNS = {
    "python": (sys.executable, "identity.py", "import sys; print(chat_identity(*sys.argv[1:3]), end='')"),
    "php": ("php", "identity.php", "echo chat_identity($argv[1], $argv[2]);"),
    "node": ("node", "identity.mjs", "process.stdout.write(chatIdentity(...process.argv.slice(2, 4)));"),
}


@pytest.mark.parametrize("language", RUNS)
def test_an_identity_that_a_shop_signs_is_taken(language: str, tmp_path: Path) -> None:
    program, name, lines = RUNS[language]
    if not shutil.which(program):
        pytest.skip(f"there is no {program} here")
    file = tmp_path / name
    file.write_text(f"{(SNIPPETS / f'{language}.txt').read_text()}\n{lines}\n")
    known = {"KINDHAND_IDENTITY_SECRET": SECRET, "PATH": "/usr/bin:/usr/local/bin"}
    told = subprocess.run([program, file, "c-ines", NAME], capture_output=True, text=True, env=known)
    assert told.returncode == 0 and told.stderr == ""
    identity = read(told.stdout, SECRET)
    assert (identity.customer_id, identity.name) == ("c-ines", NAME)


def test_the_wordpress_plugin_prints_the_line(tmp_path: Path) -> None:
    if not shutil.which("php"):
        pytest.skip("there is no php here")
    wordpress = """<?php
    function add_action($hook, $act) { echo "$hook "; $act(); }
    function wp_enqueue_script($handle, $src, $deps, $ver, $args) {
        echo "<script {$args['strategy']} id=\\"$handle-js\\" src=\\"$src\\"></script>";
    }
    require $argv[1];
    """
    (tmp_path / "wp.php").write_text(wordpress)
    plugin = tmp_path / "kindhand.php"
    plugin.write_text((SNIPPETS / "wordpress.txt").read_text())
    told = subprocess.run(["php", tmp_path / "wp.php", plugin], capture_output=True, text=True)
    assert told.stdout == (
        'wp_enqueue_scripts <script async id="kindhand-js" src="https://desk.example/widget.js"></script>'
    )


@pytest.mark.parametrize("snippet", sorted(SNIPPETS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_docs_show_the_same_lines(snippet: Path) -> None:
    assert snippet.read_text().strip() in (ROOT / "docs" / "widget.md").read_text()
