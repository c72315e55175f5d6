"""Trying over the wire: what is refused, and that no copy means words and not a broken page."""

import httpx
import jwt
import pytest

from bot.studio.trial import trial as trials
from tests.desk.studio.desk import StudioUnderTest
from tests.desk.studio.trials import FakeTrial

SAID = {"text": "do you have decaf", "sides": ["draft"]}


@pytest.fixture
def fake(desk: StudioUnderTest) -> FakeTrial:
    desk.app.state.trial = FakeTrial()
    return desk.app.state.trial


def test_nothing_runs_before_it_is_asked_for(desk: StudioUnderTest, owner: httpx.Client) -> None:
    told = desk.call(owner, "GET", "trial")
    assert (told["draft"]["state"], told["live"]["state"], told["training"]) == ("off", "off", None)
    assert {"id": "c-mara", "name": "Mara Lindqvist"} in told["customers"]


def test_without_a_copy_or_memory_it_says_so(
    desk: StudioUnderTest, owner: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = owner.post("studio/trial/say", json=SAID)
    assert (answer.status_code, "not running" in answer.json()["error"]["text"]) == (409, True)
    monkeypatch.setattr(trials, "_has_room", lambda: False)
    answer = owner.post("studio/trial/draft/start")
    assert answer.status_code == 409 and "too little free memory" in answer.json()["error"]["text"]


def test_files_with_a_fault_are_told_and_nothing_is_started(
    desk: StudioUnderTest, owner: httpx.Client
) -> None:
    (desk.files / "data/faq/decaf.yml").write_text("nlu: [\n")
    desk.call(owner, "POST", "trial/draft/start")
    for _ in range(200):
        told = desk.call(owner, "GET", "trial")["draft"]
        if told["problem"]:
            break
    assert "data/faq/decaf.yml:2" in told["problem"] and told["state"] == "off"


def test_what_is_said_goes_to_each_side_once_as_the_chosen_customer(
    desk: StudioUnderTest, owner: httpx.Client, fake: FakeTrial
) -> None:
    said = {**SAID, "sides": ["live", "draft"], "customer": "c-mara"}
    told = desk.call(owner, "POST", "trial/say", json=said)
    assert set(told["turns"]) == {"live", "draft"} and told["differences"]
    [(_, sides, text, token)] = fake.heard
    assert sides == ["live", "draft"] and text == SAID["text"] and token
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["sub"], claims["name"]) == ("c-mara", "Mara Lindqvist")


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"text": "x" * 5000}, {"sides": []}, {"sides": ["other"]}, {"customer": 5}]
)
def test_what_makes_no_sense_is_refused(
    desk: StudioUnderTest, owner: httpx.Client, fake: FakeTrial, wrong: dict
) -> None:
    assert owner.post("studio/trial/say", json={**SAID, **wrong}).status_code == 400
    assert not fake.heard


def test_agents_stay_outside(agent: httpx.Client) -> None:
    assert agent.get("studio/trial").status_code == 403
    assert agent.post("studio/trial/draft/start").status_code == 403
