"""The desk's door into Rasa, over real HTTP: what gets in, and how failures are told."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Sanic

from bot.dialogue.channel import CollectedAnswers, DeskChannel, TurnRequest, as_words
from bot.dialogue.trackers import KeptTrackers
from bot.errors import BrainCannotRead, BrainTimeout, BrainUnavailable, SettingsError

SECRET = "s" * 40
TURN = {"conversation": "c1", "message_id": "7", "kind": "text", "text": "hello", "metadata": {}}


class Brain:
    """Stands in for Rasa: says what it is told to, after doing what it is told to."""

    def __init__(self, says: Any = "Hello.", did: tuple[str, ...] = (), intent: str = "") -> None:
        self.says, self.did, self.intent = says, did, intent
        self.heard: list[UserMessage] = []

    async def __call__(self, agent: Any, message: UserMessage) -> DialogueStateTracker:
        self.heard.append(message)
        if isinstance(self.says, Exception):
            raise self.says
        if self.says:
            said = {
                "text": self.says,
                "buttons": [{"title": "Yes", "payload": "/affirm", "type": "postback"}],
            }
            await message.output_channel.send_response(message.sender_id, said)
        intent = {"name": self.intent, "confidence": 0.9} if self.intent else None
        asked = UserUttered(message.text, intent, message_id=message.message_id)
        events = [asked, *(ActionExecuted(name) for name in self.did)]
        return DialogueStateTracker.from_events(message.sender_id, events)


@asynccontextmanager
async def door(brain: Brain, agent: Any = None) -> AsyncIterator[httpx.AsyncClient]:
    """Serve the channel on a port of its own."""
    Sanic.test_mode = True
    app = Sanic(f"door_{id(brain)}", configure_logging=False)
    app.ctx.agent = agent or SimpleNamespace()
    app.blueprint(DeskChannel(SECRET, take=brain).blueprint(None), url_prefix="/webhooks/desk")
    free = socket.create_server(("127.0.0.1", 0))
    server = await app.create_server(sock=free, return_asyncio_server=True, access_log=False)
    await server.startup()
    port = free.getsockname()[1]
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", headers={"X-Kindhand-Secret": SECRET}, trust_env=False
    ) as client:
        yield client
    server.close()
    await server.wait_closed()


def post(brain: Brain, body: Any = None, **more: Any) -> httpx.Response:
    async def go() -> httpx.Response:
        async with door(brain) as client:
            sent = {"content": body} if isinstance(body, bytes) else {"json": TURN | (body or {})}
            return await client.post("/webhooks/desk/turn", **sent, **more)

    return asyncio.run(go())


def test_a_message_is_answered_with_its_buttons() -> None:
    response = post(Brain("Hello.\n\nWhat can I do?"))
    assert response.status_code == 200
    said = {"text": "Hello.\n\nWhat can I do?", "buttons": [{"title": "Yes", "payload": "/affirm"}]}
    assert response.json() == {"messages": [said | {"failed": False, "offered": False}]}


def test_what_was_heard_comes_with_the_answer() -> None:
    brain = Brain(did=("utter_greet",), intent="greet")
    heard = {"intent": "greet", "confidence": 0.9, "second": None, "answered": ["utter_greet"]}
    assert post(brain).json()["heard"] == heard


@pytest.mark.parametrize(
    ("response", "failed", "offered"),
    [("utter_decaf", False, False), ("utter_ask_rephrase", True, False), ("utter_offer_human", False, True)],
)
async def test_the_desk_hears_how_an_answer_went(response: str, failed: bool, offered: bool) -> None:
    collected = CollectedAnswers()
    await collected.send_response("c1", {"text": "Hello.", "utter_action": response})
    assert collected.answers == [{"text": "Hello.", "buttons": [], "failed": failed, "offered": offered}]


def test_what_the_bot_does_not_read_is_not_answered() -> None:
    brain = Brain(BrainCannotRead("It is Polish."))
    response = post(brain, {"metadata": {"written": "pl"}})
    assert (response.status_code, response.json()) == (200, {"messages": [], "unread": True})
    assert brain.heard[0].metadata["written"] == "pl"


async def test_a_card_goes_with_its_words() -> None:
    collected = CollectedAnswers()
    card = {"kind": "order", "number": "CK-10423", "status": "shipped"}
    await collected.send_response("c1", {"text": "On its way.", "custom": {"card": card}})
    await collected.send_response("c1", {"text": "Anything else?", "custom": {}})
    assert [said.get("card") for said in collected.answers] == [card, None]


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "s", "ß" * 40])
def test_without_the_secret_nothing_reaches_rasa(secret: str) -> None:
    brain = Brain()
    response = post(brain, headers={"X-Kindhand-Secret": secret.encode()})
    assert (response.status_code, response.json()) == (401, {"error": "not_authenticated"})
    assert not brain.heard


@pytest.mark.parametrize(
    ("says", "status", "error"),
    [
        (BrainUnavailable("actions"), 503, "actions"),
        (BrainUnavailable("model"), 503, "unavailable"),
        (BrainTimeout("slow"), 504, "timeout"),
        (KeyError("my card number is 4242"), 500, "internal"),
        ("", 503, "unavailable"),
    ],
)
def test_a_failure_is_never_an_empty_answer(
    says: Any, status: int, error: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "bot"):
        response = post(Brain(says))
    assert (response.status_code, response.json()) == (status, {"error": error})
    assert "4242" not in caplog.text


def test_after_a_hand_over_the_desk_speaks_so_silence_is_fine() -> None:
    response = post(Brain("", did=("action_escalate",)))
    assert (response.status_code, response.json()) == (200, {"messages": []})


@pytest.mark.parametrize(
    "change",
    [
        {"conversation": ""},
        {"conversation": "a*b"},
        {"conversation": 7},
        {"message_id": ""},
        {"kind": "command"},
        {"text": ""},
        {"text": ["hello"]},
        {"text": "x" * 20_000},
        {"metadata": "c-tom"},
        {"metadata": {"customer_id": {"$ne": None}}},
        {"kind": "payload", "text": "hello"},
        {"kind": "payload", "text": "/"},
    ],
)
def test_a_malformed_turn_is_refused(change: dict[str, Any]) -> None:
    brain = Brain()
    assert post(brain, change).status_code == 400
    assert not brain.heard


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"conversation": "c1"}'])
def test_a_body_that_is_no_turn_is_refused(body: bytes) -> None:
    assert post(Brain(), body).status_code == 400


def test_only_what_the_desk_knows_becomes_metadata() -> None:
    brain = Brain()
    post(brain, {"metadata": {"customer_id": "c-tom", "is_admin": True}, "sender": "c2"})
    known = {"customer_id": "c-tom", "customer_name": None, "locale": None, "written": None}
    assert brain.heard[0].metadata == known
    assert (brain.heard[0].sender_id, brain.heard[0].message_id) == ("c1", "7")


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("hello", "hello"),
        ("/restart", "restart"),
        ("  /restart", "restart"),
        ("\x1f/x", "x"),
        ("\u00a0/x", "x"),
        ("\u200b\u2060/x", "x"),
        ("\ufeff/x", "x"),
        ("/\u200b/ /x", "x"),
        ("\u202e/x", "x"),
        ('/handed_back{"agent":"Eve"}', 'handed_back{"agent":"Eve"}'),
        ('/greet@1{"customer_id":"42"}', 'greet@1{"customer_id":"42"}'),
        ("and/or", "and/or"),
        ("/", "…"),
        (" \t\n", "…"),
        ("👍", "👍"),
    ],
)
def test_typed_text_is_never_a_command(typed: str, heard: str) -> None:
    assert as_words(typed) == heard
    asked = TurnRequest(**(TURN | {"text": typed}))
    assert UserMessage(asked.text).text == heard


def test_a_button_keeps_its_command() -> None:
    brain = Brain()
    post(brain, {"kind": "payload", "text": '/choose{"order_number":"CK-10431"}'})
    assert brain.heard[0].text == '/choose{"order_number":"CK-10431"}'


@pytest.mark.parametrize(
    "given", [None, {}, {"secret": "short"}, {"secret": "${KINDHAND_SECRET}" + "x" * 40}]
)
def test_a_missing_secret_stops_the_start(given: dict[str, str] | None) -> None:
    with pytest.raises(SettingsError, match="KINDHAND_SECRET"):
        DeskChannel.from_credentials(given)


@pytest.mark.parametrize(
    ("body", "secret", "status"),
    [
        ({"conversation": "c1"}, SECRET, 200),
        ({"conversation": "c1"}, "wrong", 401),
        ({"conversation": "c1; drop"}, SECRET, 400),
        ({}, SECRET, 400),
    ],
)
def test_only_the_desk_has_a_conversation_forgotten(
    body: dict[str, str], secret: str, status: int, tmp_path: Path
) -> None:
    async def go() -> tuple[int, list[str]]:
        store = KeptTrackers(Domain.empty(), host=f"sqlite:///{tmp_path / 'rasa.db'}")
        await store.save(DialogueStateTracker.from_events("c1", [UserUttered("hello")]))
        async with door(Brain(), Agent(domain=Domain.empty(), tracker_store=store)) as client:
            headers = {"X-Kindhand-Secret": secret}
            response = await client.post("/webhooks/desk/forget", json=body, headers=headers)
        return response.status_code, list(await store.keys())

    assert asyncio.run(go()) == (status, [] if status == 200 else ["c1"])


def test_what_could_not_be_forgotten_is_asked_again() -> None:
    async def go() -> int:
        async with door(Brain()) as client:  # behind it is no store
            return (await client.post("/webhooks/desk/forget", json={"conversation": "c1"})).status_code

    assert asyncio.run(go()) == 500
