"""Files over the wire: read, written, refused in words; and only by owners."""

import httpx
import pytest

from tests.desk.studio.desk import StudioUnderTest

DECAF = "data/faq/decaf.yml"


def test_an_owner_reads_and_writes_a_file(desk: StudioUnderTest, owner: httpx.Client) -> None:
    listed = desk.call(owner, "GET", "files")
    assert DECAF in listed["files"] and listed["problems"] == []
    file = desk.call(owner, "GET", "files/text", params={"name": DECAF})
    assert file["text"] == desk.text(DECAF) and file["hand"] is None
    changed = {"name": DECAF, "text": file["text"] + "# mine\n", "digest": file["digest"]}
    assert desk.call(owner, "PUT", "files/text", json=changed)["problems"] == []
    assert desk.text(DECAF).endswith("# mine\n")
    assert desk.call(owner, "GET", "files/text", params={"name": DECAF})["hand"]["author"] == "Sam Reyes"
    answer = owner.put("studio/files/text", json=changed)
    assert (answer.status_code, answer.json()["error"]["by"]) == (409, "Sam Reyes")


def test_what_is_wrong_is_said_by_file_and_line(desk: StudioUnderTest, owner: httpx.Client) -> None:
    file = desk.call(owner, "GET", "files/text", params={"name": DECAF})
    broken = file["text"].replace("intent: decaf", "intent: decaff", 1)
    changed = {"name": DECAF, "text": broken, "digest": file["digest"]}
    told = desk.call(owner, "PUT", "files/text", json=changed)
    assert any(one["file"] == DECAF and one["line"] and one["mend"] for one in told["problems"])


@pytest.mark.parametrize("name", ["../secret.yml", "bot/settings.py", "data/faq/none.yml"])
def test_no_other_file_is_given(desk: StudioUnderTest, owner: httpx.Client, name: str) -> None:
    assert owner.get("studio/files/text", params={"name": name}).status_code in (409, 422)


def test_agents_and_strangers_stay_outside(desk: StudioUnderTest, agent: httpx.Client) -> None:
    assert agent.get("studio/files").status_code == 403
    with desk.client() as stranger:
        assert stranger.get("studio/files").status_code == 401
