"""What the demo says that was heard in its past is what the assistant hears."""

import asyncio

import pytest
from ruamel.yaml import YAML

from bot.demo.conversations import FILE
from tests.conversations.stage import Stage

NOT_UNDERSTOOD = ("nlu_fallback", "out_of_scope")
LINES = [
    (past["said"][seq - 1]["visitor"], heard[0])
    for past in YAML(typ="safe").load(FILE)
    for seq, heard in past.get("heard", {}).items()
]


@pytest.mark.parametrize(("text", "intent"), LINES, ids=[text[:40] for text, _ in LINES])
def test_the_demos_past_is_true(
    stage: Stage, loop: asyncio.AbstractEventLoop, text: str, intent: str
) -> None:
    heard = loop.run_until_complete(stage.agent.parse_message(text))["intent"]["name"]
    assert heard == intent or {heard, intent} <= set(NOT_UNDERSTOOD), "note it anew in conversations.yml"
