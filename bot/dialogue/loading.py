"""Another model for a brain that runs: learned from the owner's draft, without starting Rasa anew."""

import asyncio
import logging
from pathlib import Path

from rasa.core.agent import Agent

from bot import wiring
from bot.dialogue.replies import BusinessReplies
from bot.errors import ModelError

logger = logging.getLogger(__name__)


async def load(agent: Agent, model: Path) -> None:
    """Answer from that model from now on, and by the owner's files as they are now.

    Until it is there the one before it answers, and after an error it goes on doing so.

    Raises:
        ModelError: it is not there, damaged, or from another version.
        OwnerFileError: what its answers quote cannot be read.
    """
    if not model.is_file():
        raise ModelError(f"There is no model {model}.")
    before = agent.processor
    await asyncio.to_thread(wiring.read_again)
    try:
        await asyncio.to_thread(agent.load_model, model)
    except Exception as problem:
        agent.processor = before
        logger.error("the model %s could not be loaded: %s", model.name, type(problem).__name__)
        raise ModelError(f"The model {model.name} cannot be used: {_in_short(problem)}") from problem
    if isinstance(agent.nlg, BusinessReplies):
        agent.nlg.forget_facts()


def _in_short(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0][:300]
