"""A stage for whole conversations: the trained model, the real action server."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent, load_agent
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, UserUttered
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy import update

from bot.crm.sql import SqlCrm
from bot.crm.tables import orders
from bot.demo.customers import cards
from bot.dialogue.channel import TurnRequest, answer
from bot.dialogue.turn import check_answers_fast
from bot.secret import HEADER
from bot.settings import ROOT, Settings
from bot.supervisor.health import answers
from bot.supervisor.services import child_environment
from tests.small_desk import SmallDesk

START_SECONDS = 40


@dataclass
class Answer:
    """What came of one message."""

    actions: list[str]
    said: list[str]
    buttons: list[dict[str, str]]
    slots: dict[str, Any]
    form: str | None


class Stage:
    """Lets visitors talk to the bot. Rasa itself runs here; the action server is a process of its own."""

    def __init__(self, agent: Agent, desk: SmallDesk, settings: Settings) -> None:
        self.agent, self.desk, self.settings = agent, desk, settings
        self._said: Counter[str] = Counter()

    def restore(self) -> None:
        """Put every order back to where it stood, so that no story depends on another."""
        with closing(SqlCrm(self.settings.crm_url)) as records, records.writing() as connection:
            for order in (order for card in cards(datetime.now(timezone.utc)) for order in card.orders):
                was = {"status": order.status, "address": order.address}
                connection.execute(update(orders).where(orders.c.number == order.number).values(**was))

    async def say(
        self, conversation: str, text: str, *, customer: tuple[str, str] | None = None, kind: str = "text"
    ) -> Answer:
        """Send one message through the channel and return everything that happened."""
        self._said[conversation] += 1
        known = {"customer_id": customer[0], "customer_name": customer[1]} if customer else {}
        asked = TurnRequest(
            conversation=conversation,
            message_id=str(self._said[conversation]),
            kind=kind,
            text=text,
            metadata=known,
        )
        messages = (await answer(self.agent, asked))["messages"]
        tracker = await self.agent.tracker_store.retrieve(conversation)
        return Answer(
            actions=list(_actions(tracker, asked.message_id)),
            said=[message["text"] for message in messages],
            buttons=[button for message in messages for button in message["buttons"]],
            slots=tracker.current_slot_values(),
            form=tracker.active_loop_name,
        )


def _actions(tracker: Any, message_id: str) -> Iterator[str]:
    """Yield what ran since that message; a form that stepped back did not run."""
    events = list(tracker.events)
    said = [at for at, e in enumerate(events) if isinstance(e, UserUttered) and e.message_id == message_id]
    for event in events[said[0] :]:
        if isinstance(event, ActionExecuted) and event.action_name != "action_listen":
            yield event.action_name
        assert not isinstance(event, ActionExecutionRejected) or event.action_name.endswith("_form")


@contextmanager
def action_server(settings: Settings) -> Iterator[subprocess.Popen]:
    """Run the real action server."""
    log = settings.var / "actions.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.dialogue.action_server"],
            cwd=ROOT,
            env=child_environment(settings),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        url = f"{settings.actions_url}/health"
        well = answers(url, seconds=START_SECONDS, alive=lambda: process.poll() is None)
        assert well, f"The action server did not start:\n{log.read_text()[-3000:]}"
        yield process
    finally:
        process.terminate()
        process.wait(10)


async def load(model: Path, settings: Settings) -> Agent:
    """Load the model with our replies and our action server, remembering conversations in memory."""
    check_answers_fast()
    endpoints = AvailableEndpoints(
        action=EndpointConfig(
            f"{settings.actions_url}/webhook",
            headers={HEADER: settings.secret},
            enable_selective_domain=True,
        ),
        nlg=EndpointConfig(type="bot.dialogue.replies.BusinessReplies"),
    )
    return await load_agent(model_path=str(model), endpoints=endpoints)
