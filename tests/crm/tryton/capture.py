"""What a real server says, taken down on its way to the adapter.

`python -m tests.crm.tryton.capture` renews the payloads that tests bend.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.crm.tryton import TrytonCrm
from bot.crm.wire import Wire
from tests.crm.served import Answer, Asked, served_api
from tests.crm.tryton.server import PATIENCE, Tryton, tryton_server

PAYLOADS = Path(__file__).parents[1] / "payloads" / "tryton"


@contextmanager
def taken_down(tryton: Tryton) -> Iterator[tuple[TrytonCrm, dict[str, Any]]]:
    """Yield an adapter to the server, and the first answer to each method as it comes."""
    said: dict[str, Any] = {}
    wire = Wire(tryton.address, seconds=PATIENCE)

    def pass_on(asked: Asked) -> Answer:
        headers = {name: asked.headers[name] for name in ("authorization",) if name in asked.headers}
        answer = wire.ask(
            "POST", "", content=asked.body, headers={"Content-Type": "application/json", **headers}
        )
        said.setdefault(asked.json["method"], answer)
        return Answer(answer)

    with served_api(pass_on) as between:
        crm = TrytonCrm(between.address, user=tryton.user, password=tryton.password, seconds=PATIENCE)
        yield crm, said
        crm.close()
    wire.close()


def captured(method: str) -> Any:
    """Return what the server answered to a method when it was captured."""
    return json.loads((PAYLOADS / f"{method}.json").read_text())["result"]


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        tryton_server(Path(folder)) as tryton,
        taken_down(tryton) as (crm, said),
    ):
        crm.card("c-ann")
        crm.create_ticket(None, "callback", "Call me", key="captured")
    PAYLOADS.mkdir(parents=True, exist_ok=True)
    for method, answer in said.items():
        (PAYLOADS / f"{method}.json").write_text(json.dumps(answer, indent=1) + "\n")


if __name__ == "__main__":
    main()
