"""A job that takes its time, in place of a rehearsal."""

import time
from typing import Any

from bot.studio import progress


def work() -> dict[str, Any]:
    progress.step("Playing", done=1, of=22)
    time.sleep(60)
    return {}


if __name__ == "__main__":
    progress.main(work, with_parent=True)
