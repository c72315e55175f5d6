"""Scenes, their results and the last real messages over the wire."""

import json
import os
import sys
import time
from typing import Any

import httpx
import pytest

from bot.desk.studio import rehearsals
from bot.storage import conversations
from bot.studio.publishing.live import snapshot
from bot.studio.publishing.objects import tree_of
from bot.studio.scenes.results import ANSWERS, REHEARSAL, Results
from bot.studio.trial.comparison import newest, with_words
from tests.desk.studio.desk import StudioUnderTest

SCENE: dict[str, Any] = {
    "kind": "key questions",
    "visitor": ["do you ship to France?"],
    "handoff": {"expect": "no"},
    "answers": ["international_shipping"],
}


def test_scenes_are_listed_written_and_deleted(desk: StudioUnderTest, owner: httpx.Client) -> None:
    before = desk.call(owner, "GET", "rehearsals")
    assert before["problems"] == []
    # As the list of questions calls it.
    assert {"intent": "decaf", "title": "do you have decaf"} in before["questions"]
    made = desk.call(owner, "POST", "rehearsals", json=SCENE)
    place = {"file": made["file"], "mark": made["mark"]}
    changed = desk.call(owner, "PUT", "rehearsals", json={**place, "scene": {**SCENE, "note": "Far."}})
    assert json.loads(desk.text(made["file"]))["note"] == "Far."
    second = owner.put("studio/rehearsals", json={**place, "scene": SCENE})
    assert (second.status_code, second.json()["error"]["by"]) == (409, "Sam Reyes")
    desk.call(owner, "POST", "rehearsals/delete", json={"file": changed["file"], "mark": changed["mark"]})
    assert desk.call(owner, "GET", "rehearsals")["scenes"] == before["scenes"]


def test_what_is_no_scene_is_told_with_its_mend(desk: StudioUnderTest, owner: httpx.Client) -> None:
    answer = owner.post("studio/rehearsals", json={**SCENE, "answers": ["international_shiping"]})
    assert answer.status_code == 422 and "international_shipping" in answer.json()["error"]["mend"]
    assert owner.post("studio/rehearsals", json={**SCENE, "visitor": []}).status_code == 400


def test_a_conversation_makes_a_scene_up_to_its_hand_over(desk: StudioUnderTest, owner: httpx.Client) -> None:
    id = desk.visitor("Hi", "it broke", reason="anger")
    desk.say(id, "are you there?", cmid="later")
    made = desk.call(owner, "GET", f"rehearsals/from/{id}")
    assert made["visitor"] == ["Hi", "it broke"] and made["handoff"]["turn"] == 2
    assert owner.get("studio/rehearsals/from/nobody").status_code == 404


def test_results_are_told_to_be_of_these_files_or_of_others(
    desk: StudioUnderTest, owner: httpx.Client
) -> None:
    assert desk.call(owner, "GET", "rehearsals/results")["rehearsal"]["result"] is None
    kept = Results(desk.settings.var / "studio" / "results")
    kept.write(REHEARSAL, {"fingerprint": tree_of(snapshot(desk.files)), "draft": {}})
    assert desk.call(owner, "GET", "rehearsals/results")["rehearsal"]["current"]
    desk.call(owner, "POST", "rehearsals", json=SCENE)
    assert not desk.call(owner, "GET", "rehearsals/results")["rehearsal"]["current"]


def test_the_last_messages_have_their_words_unless_erased(desk: StudioUnderTest, owner: httpx.Client) -> None:
    stays, goes = desk.visitor("one", "two"), desk.visitor("gone")
    with desk.database.read() as connection:
        said = newest(connection, 3)
    assert {text for _, text in said} == {"one", "two", "gone"} and len(said) == 3
    rows = [{"conversation": key[0], "seq": key[1], "differs": ""} for key, _ in said]
    Results(desk.settings.var / "studio" / "results").write(ANSWERS, {"fingerprint": "x", "rows": rows})
    with desk.database.write() as connection:
        conversations.erase(connection, goes)
        assert with_words(connection, []) == []
    told = desk.call(owner, "GET", "rehearsals/answers")["rows"]
    assert {row["text"] for row in told} == {"one", "two"} and {row["conversation"] for row in told} == {
        stays
    }


def test_a_rehearsal_runs_beside_the_desk_and_is_cancelled(
    desk: StudioUnderTest, owner: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rehearsals.MODULES, REHEARSAL, "tests.desk.studio.long_work")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    assert desk.call(owner, "POST", "rehearsals/rehearsal/start")["state"] == "running"
    assert owner.post("studio/rehearsals/rehearsal/start").status_code == 409
    for _ in range(200):
        job = desk.call(owner, "GET", "rehearsals/results")["rehearsal"]["job"]
        if job["steps"]:
            break
        time.sleep(0.05)
    assert (job["author"], job["steps"][0]["of"]) == ("Sam Reyes", 22)
    assert desk.call(owner, "POST", "rehearsals/rehearsal/cancel")["state"] == "cancelled"
    assert owner.post("studio/rehearsals/nothing/start").status_code == 404


def test_agents_stay_outside(agent: httpx.Client) -> None:
    assert agent.get("studio/rehearsals").status_code == 403
    assert agent.get("studio/rehearsals/answers").status_code == 403
