"""The audit log over HTTP: who opened what, who changed what, and nobody's words."""

import httpx
import pytest

from bot.storage.tables import agents
from tests.desk.console.desk import NOOR, PASSWORD, SAM, ConsoleUnderTest


@pytest.fixture
def owner(desk: ConsoleUnderTest) -> httpx.Client:
    desk.change(agents, agents.c.id == "a-sam", role="owner")
    return desk.client(SAM)


def acts(owner: httpx.Client, **asked: str) -> list[tuple[str, str, str | None]]:
    entries = owner.get("audit", params=asked).json()["entries"]
    return [(entry["agent"]["id"], entry["act"], entry["conversation"]) for entry in entries]


def test_who_opened_and_changed_a_conversation(desk: ConsoleUnderTest, owner: httpx.Client) -> None:
    id, noor = desk.visitor("My card is stolen"), desk.client(NOOR)
    noor.get(f"conversations/{id}")
    noor.get(f"conversations/{id}")
    noor.post(f"conversations/{id}/claim", json={"version": 1})
    noor.post(f"conversations/{id}/reply", json={"cmid": "m1", "text": "How dreadful"})
    noor.post(f"conversations/{id}/hand-back", json={"version": 2, "note": "Card was blocked"})
    expected = [("a-noor", f"conversations.{act}", id) for act in ("hand-back", "claim", "opened")]
    assert acts(owner, conversation=id) == expected
    log = owner.get("audit").text
    assert not any(word in log for word in ("stolen", "dreadful", "blocked", NOOR, PASSWORD))


def test_what_did_not_happen_is_not_written_down(desk: ConsoleUnderTest, owner: httpx.Client) -> None:
    id, noor = desk.visitor("Hello"), desk.client(NOOR)
    before = acts(owner)
    noor.get("conversations/made-up")
    noor.post(f"conversations/{id}/claim", json={"version": 99})
    noor.post(f"conversations/{id}/claim", json={"version": 1}, headers={"X-CSRF-Token": "x"})
    noor.get("conversations", params={"view": "all"})
    assert acts(owner) == before


def test_changes_of_people_name_fields_and_ids(desk: ConsoleUnderTest, owner: httpx.Client) -> None:
    owner.post("team/a-noor", json={"name": "Noor Secret", "role": "owner", "skills": ["returns"]})
    entry = owner.get("audit").json()["entries"][0]
    assert (entry["act"], entry["subject"]["id"]) == ("team.changed", "a-noor")
    assert entry["detail"] == {"fields": ["name", "role", "skills"], "role": "owner"}
    owner.post("me/breather", json={"minutes": 5})
    owner.post("team/a-noor", json={"role": "owner"})
    assert [act for _, act, _ in acts(owner)][:2] == ["me.breather", "team.changed"]


def test_nonsense_is_refused_or_finds_nothing(owner: httpx.Client) -> None:
    assert owner.get("audit", params={"before": "x"}).status_code == 400
    assert owner.get("audit", params={"before": -5}).json() == {"entries": [], "next": None}
    assert owner.get("audit", params={"agent": "' OR 1=1 --"}).json()["entries"] == []
