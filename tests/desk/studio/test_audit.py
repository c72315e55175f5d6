"""What the audit log keeps of the studio: every change, by a name that has words, and nothing else."""

from collections.abc import Iterator

import httpx

from bot.desk.audit import READING, STUDIO, act_of
from bot.desk.pages import WEB
from tests.desk.studio.desk import StudioUnderTest

PREFIX = "/api/console/"


def calls(desk: StudioUnderTest) -> Iterator[tuple[str, str]]:
    """Yield method and path of all that may change something in the studio."""
    for route in desk.app.routes:
        path = getattr(route, "path", "")
        if path.startswith(f"{PREFIX}studio/"):
            for method in route.methods - {"GET", "HEAD"}:
                yield method, path.removeprefix(PREFIX)


def acts(owner: httpx.Client) -> list[str]:
    return [entry["act"] for entry in owner.get("audit").json()["entries"] if entry["act"] != "me.signed_in"]


def test_every_change_has_a_name_and_words(desk: StudioUnderTest) -> None:
    words = (WEB / "console" / "auditlog.js").read_text(encoding="utf-8")
    there = {f"{method} {path.removeprefix('studio/')}" for method, path in calls(desk)}
    assert set(STUDIO) <= there
    for method, path in calls(desk):
        act = act_of(method, path)
        if act is None:
            assert path.removeprefix("studio/").startswith(READING)
        else:
            assert f'"{act}": "' in words, f"{method} {path} has no words in auditlog.js"


def test_what_is_typed_and_tried_is_not_written_down_and_a_change_is(
    desk: StudioUnderTest, owner: httpx.Client
) -> None:
    told = desk.call(owner, "GET", "questions/decaf")
    for text in ("Is th", "Is there de"):
        desk.call(owner, "POST", "questions/near", json={"text": text})
    table = {"kind": "csv", "text": "question,answer\nDo you fax?,No.\n"}
    desk.call(owner, "POST", "questions/import", json=table)
    assert acts(owner) == []
    body = {
        "mark": told["mark"],
        "wordings": told["wordings"],
        "examples": [*told["examples"], "no caffeine"],
    }
    desk.call(owner, "PUT", "questions/decaf", json=body)
    desk.call(owner, "POST", "questions/import", json={**table, "dry": False})
    assert acts(owner) == ["studio.questions.imported", "studio.questions.changed"]
    log = owner.get("audit")
    assert log.json()["entries"][1]["subject"]["id"] == "decaf"
    assert "caffeine" not in log.text and "fax" not in log.text


def test_a_conversation_that_is_retold_was_opened(desk: StudioUnderTest, owner: httpx.Client) -> None:
    id = desk.visitor("Do you have decaf?")
    desk.call(owner, "GET", f"rehearsals/from/{id}")
    desk.call(owner, "GET", f"rehearsals/from/{id}")
    (entry,) = owner.get("audit", params={"conversation": id}).json()["entries"]
    assert (entry["act"], entry["agent"]["id"]) == ("conversations.opened", "a-sam")
