"""The action server's door: the secret, the size, and failures that give nothing away."""

import asyncio
import shutil
import socket
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from rasa_sdk import Action
from sanic import Sanic

from bot import wiring
from bot.dialogue.action_server import LARGEST, create_app
from bot.empathy.memory import RememberingDetector
from bot.empathy.sensor import words_detector
from bot.settings import ROOT, Settings


class Breaks(Action):
    """An action that fails with the visitor's words in its error."""

    def name(self) -> str:
        return "action_breaks"

    async def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list:
        raise KeyError(tracker.latest_message["text"])


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings.load({"KINDHAND_VAR": str(tmp_path_factory.mktemp("actions"))})


@pytest.fixture(scope="module")
def app(settings: Settings) -> Iterator[Sanic]:
    Sanic.test_mode = True
    yield create_app(settings)


def call(app: Sanic, method: str, path: str, **sent: Any) -> httpx.Response:
    async def go() -> httpx.Response:
        free = socket.create_server(("127.0.0.1", 0))
        server = await app.create_server(sock=free, return_asyncio_server=True, access_log=False)
        await server.startup()
        await server.before_start()
        port = free.getsockname()[1]
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            response = await client.request(method, path, **sent)
        server.close()
        await server.wait_closed()
        return response

    return asyncio.run(go())


def shown(settings: Settings) -> dict[str, str]:
    return {"X-Kindhand-Secret": settings.secret}


def body(text: str = "hello") -> dict[str, Any]:
    tracker = {"sender_id": "c1", "latest_message": {"text": text}}
    return {"next_action": "action_breaks", "tracker": tracker, "version": "3.6.21"}


def test_health_is_for_everybody(app: Sanic) -> None:
    assert call(app, "GET", "/health").json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/webhook", "/actions", "/nothing", "/read-again"])
@pytest.mark.parametrize("secret", [None, "wrong"])
def test_all_else_needs_the_secret(app: Sanic, path: str, secret: str | None) -> None:
    headers = {"X-Kindhand-Secret": secret} if secret else {}
    for method in ("GET", "POST"):
        assert call(app, method, path, headers=headers).status_code == 401


def test_it_takes_the_owners_files_as_they_are_now(
    app: Sanic, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "data" / "business", tmp_path / "data" / "business")
    draft = replace(settings, files=tmp_path)
    monkeypatch.setattr(wiring, "settings", lambda: draft)
    assert wiring.business(draft).name == "Copper Kettle Coffee"
    file = tmp_path / "data" / "business" / "business.yml"
    file.write_text(file.read_text().replace("name: Copper Kettle Coffee", "name: Tin Kettle"))
    assert call(app, "POST", "/read-again", headers=shown(settings)).status_code == 200
    assert wiring.business(draft).name == "Tin Kettle"
    file.write_text("name: [")
    refused = call(app, "POST", "/read-again", headers=shown(settings))
    assert (refused.status_code, "business.yml" in refused.json()["text"]) == (409, True)
    assert wiring.business(draft).name == "Tin Kettle"


def test_it_knows_its_actions(app: Sanic, settings: Settings) -> None:
    known = {action["name"] for action in call(app, "GET", "/actions", headers=shown(settings)).json()}
    assert {"action_sense_mood", "action_escalate", "validate_change_address_form"} <= known


def test_a_failure_repeats_nothing_of_the_conversation(
    app: Sanic, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    response = call(app, "POST", "/webhook", json=body("my card is 4242"), headers=shown(settings))
    assert (response.status_code, response.json()) == (500, {"error": "action_failed"})
    assert "KeyError" in caplog.text
    assert "4242" not in caplog.text


@pytest.mark.parametrize("sent", [b"{", b"", b"[1", b"\xff"])
def test_a_body_that_cannot_be_read(app: Sanic, settings: Settings, sent: bytes) -> None:
    assert call(app, "POST", "/webhook", content=sent, headers=shown(settings)).status_code in (400, 500)


def test_packed_bodies_are_refused_before_they_are_unpacked(app: Sanic, settings: Settings) -> None:
    bomb = zlib.compress(b"0" * 50_000_000)
    headers = shown(settings) | {"Content-Encoding": "deflate"}
    assert call(app, "POST", "/webhook", content=bomb, headers=headers).status_code == 415


def test_too_large_a_body_is_refused(app: Sanic, settings: Settings) -> None:
    headers = shown(settings) | {"Content-Type": "application/json"}
    try:
        status = call(app, "POST", "/webhook", content=b"0" * (LARGEST + 1), headers=headers).status_code
    except httpx.HTTPError:
        status = 413  # it hangs up while we still send
    assert status == 413


def test_other_sites_are_told_nothing(app: Sanic, settings: Settings) -> None:
    headers = shown(settings) | {"Origin": "https://evil.example"}
    response = call(app, "GET", "/actions", headers=headers)
    assert "access-control-allow-origin" not in response.headers


def test_the_first_customer_does_not_wait_for_the_detector(
    app: Sanic, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[str] = []
    detector = RememberingDetector(lambda: built.append("detector") or words_detector())
    monkeypatch.setattr(wiring, "detector", lambda: detector)
    call(app, "GET", "/health")
    assert built == ["detector"]


def test_actions_do_nothing_when_they_are_imported() -> None:
    for path in (Path(__file__).parent.parent.parent / "actions").glob("*.py"):
        for line in path.read_text().splitlines():
            assert not line.startswith(("wiring.", "crm(", "asyncio.run"))
