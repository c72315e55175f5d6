"""The product in a process of its own: it does not outlive who started it."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from bot.settings import ROOT

OWNER = """
import sys, time
from pathlib import Path
from bot.supervisor import product
up = "import time; print('Stop with Ctrl-C', flush=True); time.sleep(300)"
product.UP = (sys.executable, "-c", up)
one = product.Product(Path(sys.argv[1]))
one.start(60)
print(one.process.pid, flush=True)
time.sleep(300)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_it_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8"
    ) as owner:
        try:
            assert owner.stdout
            product = psutil.Process(int(owner.stdout.readline()))
            assert product.is_running()
        finally:
            owner.kill()
    gone, _ = psutil.wait_procs([product], timeout=20)
    assert gone
