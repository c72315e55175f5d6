"""The action server as one turn sees it: dead, slow, broken, or saying no."""

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
from aiohttp import ClientError
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.dialogue import turn
from bot.dialogue.channel import CollectedAnswers
from bot.dialogue.turn import ActionEndpoint, TurnProcessor, answers_to, ran, take_turn
from bot.errors import BrainCannotRead, BrainTimeout, BrainUnavailable


@contextmanager
def action_server(status: int, seconds: float = 0.0) -> Iterator[EndpointConfig]:
    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            time.sleep(seconds)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps({"events": [], "responses": []}).encode())

        def log_message(self, *words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield EndpointConfig(f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()


def call(endpoint: EndpointConfig) -> tuple[ActionEndpoint, Exception | None]:
    seen = ActionEndpoint(endpoint)
    try:
        asyncio.run(seen.request(json={}, method="post", timeout=300))
    except ClientError as problem:
        return seen, problem
    return seen, None


@pytest.mark.parametrize(
    ("status", "failed"), [(200, False), (400, False), (401, True), (404, True), (500, True)]
)
def test_an_action_that_says_no_is_no_failure(status: int, failed: bool) -> None:
    with action_server(status) as endpoint:
        seen, problem = call(endpoint)
    assert seen.failed is failed
    assert (problem is None) is (status == 200)


def test_a_dead_action_server_is_a_failure() -> None:
    seen, problem = call(EndpointConfig("http://127.0.0.1:9"))
    assert seen.failed and problem


def test_a_slow_action_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "ACTION_SECONDS", 0.1)
    with action_server(200, seconds=0.5) as endpoint:
        seen, problem = call(endpoint)  # waited for, it would be no problem
        assert seen.failed and problem


def test_after_a_failure_the_turn_waits_for_no_other_action() -> None:
    seen, _ = call(EndpointConfig("http://127.0.0.1:9"))
    with action_server(200) as endpoint:
        seen.url = endpoint.url
        with pytest.raises(ClientError):
            asyncio.run(seen.request(json={}))


DOMAIN = Domain.from_dict({"forms": {"address_form": {"required_slots": []}}})


class Rasa:
    """A brain that does in a turn what it is told, through the processor of that turn."""

    def __init__(self, does: Any) -> None:
        self.processor = SimpleNamespace(
            action_endpoint=EndpointConfig("http://127.0.0.1:9"), tracker_store=self, domain=DOMAIN
        )
        self.lock_store = InMemoryLockStore()
        self.does, self.saved = does, []

    def is_ready(self) -> bool:
        return self.does is not None

    async def save(self, tracker: DialogueStateTracker) -> None:
        self.saved.append(tracker.sender_id)


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the turn do what the brain says in place of Rasa's own steps."""

    async def handle_message(processor: TurnProcessor, message: UserMessage) -> None:
        await processor.tracker_store.does(processor, message)

    monkeypatch.setattr(TurnProcessor, "handle_message", handle_message)


def take(
    brain: Rasa, id: str = "9", channel: CollectedAnswers | None = None, **more: Any
) -> DialogueStateTracker:
    message = UserMessage("hello", channel, sender_id="c1", message_id=id, **more)
    return asyncio.run(take_turn(brain, message))


async def _answers(processor: TurnProcessor, message: UserMessage) -> None:
    await processor.save_tracker(DialogueStateTracker(message.sender_id, None))


async def _loses_its_actions(processor: TurnProcessor, message: UserMessage) -> None:
    with contextlib.suppress(ClientError):  # as Rasa does: it goes on without
        await processor.action_endpoint.request(json={})
    await _answers(processor, message)


async def _hangs(processor: TurnProcessor, message: UserMessage) -> None:
    await asyncio.sleep(5)


async def _does_nothing(processor: TurnProcessor, message: UserMessage) -> None:
    pass


def test_a_turn_is_kept(handled: None) -> None:
    brain = Rasa(_answers)
    assert take(brain).sender_id == "c1"
    assert brain.saved == ["c1"]


def test_a_turn_without_its_actions_is_not_kept_so_it_can_be_repeated(handled: None) -> None:
    brain = Rasa(_loses_its_actions)
    with pytest.raises(BrainUnavailable, match="actions"):
        take(brain)
    assert brain.saved == []


def test_a_turn_that_hangs_ends(handled: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "TURN_SECONDS", 0.1)
    with pytest.raises(BrainTimeout):
        take(Rasa(_hangs))


@pytest.mark.parametrize("does", [None, _does_nothing])
def test_no_model_and_no_turn_are_said(handled: None, does: Any) -> None:
    with pytest.raises(BrainUnavailable):
        take(Rasa(does))


BUTTONS = [{"title": "Yes", "payload": "/affirm"}]
SAID = [
    UserUttered("cancel it", message_id="1"),
    BotUttered("Really?", {"buttons": BUTTONS}),
    UserUttered("yes", message_id="3"),
    UserUttered("/cancel_order", message_id="3"),
    BotUttered("Done."),
    BotUttered("Anything else?", {"buttons": BUTTONS}),
]


@pytest.mark.parametrize(
    ("id", "until", "said"),
    [
        ("3", 6, ["Done.", "Anything else?"]),
        ("1", 2, ["Really?"]),
        ("1", 6, []),  # long ago: it is a new question with an old number
        ("3", 4, []),  # nothing was said, so it may be tried again
        ("5", 6, []),
        ("1", 0, []),
    ],
)
def test_what_was_answered_to_the_last_message(id: str, until: int, said: list[str]) -> None:
    tracker = DialogueStateTracker.from_events("c1", SAID[:until])
    assert [answer.text for answer in answers_to(id, tracker)] == said


async def _looks_first(processor: TurnProcessor, message: UserMessage) -> None:
    await processor.fetch_tracker_and_update_session(message.sender_id)
    await _answers(processor, message)


@pytest.mark.parametrize(("id", "kept"), [("3", []), ("5", ["c1"])])
def test_an_answer_that_was_lost_is_said_again_and_nothing_is_done_again(
    handled: None, monkeypatch: pytest.MonkeyPatch, id: str, kept: list[str]
) -> None:
    async def fetched(*args: Any) -> DialogueStateTracker:
        return DialogueStateTracker.from_events("c1", SAID)

    monkeypatch.setattr(MessageProcessor, "fetch_tracker_and_update_session", fetched)
    brain, channel = Rasa(_looks_first), CollectedAnswers()
    take(brain, id, channel)
    assert brain.saved == kept
    marks = {"failed": False, "offered": False}
    again = [
        {"text": "Done.", "buttons": [], **marks},
        {"text": "Anything else?", "buttons": BUTTONS, **marks},
    ]
    assert channel.answers == ([] if kept else again)


@pytest.mark.parametrize(
    ("written", "asked", "kept"),
    [("pl", [], []), ("pl", [ActiveLoop("address_form")], ["c1"]), (None, [], ["c1"])],
)
def test_another_language_is_read_only_where_the_bot_has_asked_for_something(
    handled: None,
    monkeypatch: pytest.MonkeyPatch,
    written: str | None,
    asked: list[ActiveLoop],
    kept: list[str],
) -> None:
    async def fetched(*args: Any) -> DialogueStateTracker:
        return DialogueStateTracker.from_events("c1", asked)

    monkeypatch.setattr(MessageProcessor, "fetch_tracker_and_update_session", fetched)
    brain = Rasa(_looks_first)
    with contextlib.nullcontext() if kept else pytest.raises(BrainCannotRead):
        take(brain, metadata={"written": written})
    assert brain.saved == kept


@pytest.mark.parametrize(("form", "goes_on"), [("address_form", True), ("form_of_an_older_version", False)])
def test_a_form_that_is_not_there_any_more_is_left(
    handled: None, monkeypatch: pytest.MonkeyPatch, form: str, goes_on: bool
) -> None:
    tracker = DialogueStateTracker.from_events(
        "c1", [ActiveLoop(form), SlotSet(REQUESTED_SLOT, "street")], slots=DOMAIN.slots
    )

    async def fetched(*args: Any) -> DialogueStateTracker:
        return tracker

    monkeypatch.setattr(MessageProcessor, "fetch_tracker_and_update_session", fetched)
    take(Rasa(_looks_first))
    assert (tracker.active_loop_name == form) is goes_on
    assert tracker.get_slot(REQUESTED_SLOT) == ("street" if goes_on else None)


def test_what_ran_is_what_ran_since_the_last_message() -> None:
    events = [
        UserUttered("a"),
        ActionExecuted("action_escalate"),
        UserUttered("b"),
        ActionExecuted("utter_x"),
    ]
    tracker = DialogueStateTracker.from_events("c1", events)
    assert ran(tracker, "utter_x")
    assert not ran(tracker, "action_escalate")


def test_an_answer_of_the_wrong_shape_is_still_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", RemoteAction._validate_action_result)
    turn.check_answers_fast()
    action = RemoteAction("action_x", None)
    assert action._validate_action_result(
        {"events": [{"event": "slot", "name": "a", "value": 1}], "responses": []}
    )
    for broken in ({"events": "none"}, {"events": [{"event": 7}]}, {"responses": ["hello"]}, []):
        with pytest.raises(ValidationError):
            action._validate_action_result(broken)
