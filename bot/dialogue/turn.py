"""One turn of Rasa: what happened in it, and whether the action server took part."""

import asyncio
from typing import Any

from aiohttp import ClientError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.dialogue.limits import ACTION_SECONDS, TURN_SECONDS
from bot.errors import BrainCannotRead, BrainTimeout, BrainUnavailable

REJECTED = 400  # how an action says that it does not want to run; nothing is wrong then


def check_answers_fast() -> None:
    """Let Rasa check the answer of an action against its schema, but not the schema itself each time.

    Rasa does both for every action, which takes 20 ms: more than the action and all else in a turn.
    """
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def check(action: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = check


class ActionEndpoint(EndpointConfig):
    """The action server as one turn sees it: six seconds instead of five minutes, and failures noted."""

    def __init__(self, origin: EndpointConfig) -> None:
        self.__dict__.update(origin.__dict__)
        self.failed = False

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Call an action.

        Raises:
            ClientError: no answer, or not the one we need; at once after the first failure.
        """
        if self.failed:
            raise ClientError("The action server failed before in this turn.")
        try:
            return await super().request(*args, **{**kwargs, "timeout": ACTION_SECONDS})
        except ClientResponseError as answer:
            self.failed = answer.status != REJECTED
            raise
        except asyncio.TimeoutError:
            self.failed = True
            raise ClientError("The action server took too long.") from None
        except ClientError:
            self.failed = True
            raise


class AnsweredBefore(Exception):
    """The message was answered already, but the answer was lost on its way to the desk."""

    def __init__(self, tracker: DialogueStateTracker) -> None:
        super().__init__()
        self.tracker = tracker


class TurnProcessor(MessageProcessor):
    """Rasa's processor for one turn. A turn without the action server is not kept: it can be repeated."""

    def __init__(self, origin: MessageProcessor, message: UserMessage) -> None:
        self.__dict__.update(origin.__dict__)
        self._message_id = message.message_id
        self._foreign = bool((message.metadata or {}).get("written"))
        self.actions = ActionEndpoint(origin.action_endpoint)
        self.action_endpoint = self.actions
        self.tracker: DialogueStateTracker | None = None

    async def fetch_tracker_and_update_session(self, *args: Any, **kwargs: Any) -> DialogueStateTracker:
        tracker = await super().fetch_tracker_and_update_session(*args, **kwargs)
        if answers_to(self._message_id, tracker):
            raise AnsweredBefore(tracker)
        leave_lost_form(tracker, self.domain)
        # What somebody is asked for, such as an address, is taken in any language.
        if self._foreign and not tracker.active_loop:
            raise BrainCannotRead("It is in a language that the bot does not read.")
        return tracker

    async def save_tracker(self, tracker: DialogueStateTracker) -> None:
        if self.actions.failed:
            raise BrainUnavailable("actions")
        self.tracker = tracker
        await super().save_tracker(tracker)


async def take_turn(agent: Agent, message: UserMessage) -> DialogueStateTracker:
    """Let Rasa answer the message; return the conversation after it.

    A message that was answered before gets the same answer and changes nothing.

    Raises:
        BrainUnavailable: there is no model, or the action server did not do its part.
        BrainCannotRead: the desk knows its language, and the bot does not; nothing is kept of it.
        BrainTimeout: it took too long.
    """
    if not agent.is_ready():
        raise BrainUnavailable("model")
    turn = TurnProcessor(agent.processor, message)
    try:
        await asyncio.wait_for(_locked(agent, turn, message), TURN_SECONDS)
    except AnsweredBefore as before:
        for said in answers_to(message.message_id, before.tracker):
            await message.output_channel.send_response(message.sender_id, {"text": said.text, **said.data})
        return before.tracker
    except asyncio.TimeoutError:
        raise BrainTimeout(f"No answer within {TURN_SECONDS:g} s.") from None
    if turn.tracker is None:
        raise BrainUnavailable("nothing was done")
    return turn.tracker


async def _locked(agent: Agent, turn: TurnProcessor, message: UserMessage) -> None:
    async with agent.lock_store.lock(message.sender_id):
        await turn.handle_message(message)


def leave_lost_form(tracker: DialogueStateTracker, domain: Domain) -> None:
    """End a form that is not there any more since another version was published: Rasa would fail in it."""
    if tracker.active_loop_name and tracker.active_loop_name not in domain.form_names:
        tracker.update(ActiveLoop(None), domain)
        tracker.update(SlotSet(REQUESTED_SLOT, None), domain)


def answers_to(message_id: str, tracker: DialogueStateTracker) -> list[BotUttered]:
    """Return what the bot said to that message, if it was the last one."""
    said: list[BotUttered] = []
    since: list[BotUttered] = []
    for event in reversed(tracker.events):
        if isinstance(event, BotUttered):
            since.insert(0, event)
        elif isinstance(event, UserUttered):
            if event.message_id != message_id:
                break
            said, since = since + said, []  # a “yes” that stands for a click is two events with one id
    return said


def ran(tracker: DialogueStateTracker, action: str) -> bool:
    """Tell whether that action ran since the last message of the customer."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return False
        if isinstance(event, ActionExecuted) and event.action_name == action:
            return True
    return False
