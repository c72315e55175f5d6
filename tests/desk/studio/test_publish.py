"""Publishing over the wire: what differs, the versions, the job; what is put aside and brought back."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import pytest

from bot.studio.jobs import Job, Jobs
from bot.studio.publishing.live import Live
from bot.studio.publishing.versions import Version
from tests.desk.studio.desk import StudioUnderTest

DECAF = "data/faq/decaf.yml"
BEGUN = Job("publish", "Sam Reyes", "2026-01-01T00:00:00+00:00", "running", ({"step": "Reading"},))


@pytest.fixture
def first(desk: StudioUnderTest) -> Version:
    live = Live(desk.settings)
    version = live.begin()
    live.settle(version)
    return version


@pytest.fixture
def asked_for(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What jobs were asked to do; none is started."""
    asked: list[tuple[str, ...]] = []

    def start(
        self: Jobs,
        name: str,
        argv: Sequence[str],
        author: str,
        *,
        environment: Mapping[str, str],
        about: Mapping[str, Any],
    ) -> Job:
        assert name == "publish" and author == "Sam Reyes" and "KINDHAND_VAR" in environment and about
        asked.append(tuple(argv[1:]))
        return BEGUN

    monkeypatch.setattr(Jobs, "start", start)
    return asked


def write(desk: StudioUnderTest, old: str = "Yes: {decaf", new: str = "Of course: {decaf") -> None:
    path = desk.files / DECAF
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_what_is_not_published_is_told_in_words_and_lines(
    desk: StudioUnderTest, owner: httpx.Client, first: Version
) -> None:
    told = desk.call(owner, "GET", "publish")
    assert told["live"]["id"] == first.id and told["changes"] == [] and told["count"] == 0
    write(desk)
    told = desk.call(owner, "GET", "publish")
    [change] = told["changes"]
    assert (change["file"], change["words"]) == (DECAF, ["Question “decaf”: answer changed"])
    assert any(sign == "+" and "Of course: {decaf" in text for sign, text in change["lines"])
    assert [version["number"] for version in told["versions"]] == [1] and not told["pending"]
    standing = desk.call(owner, "GET", "publish/standing")
    assert (standing["count"], standing["problems"], standing["publishing"]) == (1, [], False)


def test_before_the_first_version_nothing_is_told_of(desk: StudioUnderTest, owner: httpx.Client) -> None:
    told = desk.call(owner, "GET", "publish")
    assert (told["live"], told["versions"], told["changes"]) == (None, [], [])
    assert desk.call(owner, "GET", "publish/standing")["live"] is None


def test_publishing_begins_as_a_job_with_what_the_page_showed(
    desk: StudioUnderTest, owner: httpx.Client, first: Version, asked_for: list[tuple[str, ...]]
) -> None:
    write(desk)
    mark = desk.call(owner, "GET", "publish")["mark"]
    job = desk.call(owner, "POST", "publish", json={"note": "--oat\nmilk", "mark": mark})["job"]
    assert job["state"] == "running"
    desk.call(owner, "POST", "publish/back", json={"id": first.id})
    desk.call(owner, "POST", "publish", json={"note": "", "mark": mark, "rehearsed": True})
    publishing, back, rehearsed = asked_for
    assert "--rehearsed" in rehearsed
    assert publishing[:2] == ("-m", "bot.studio.publishing.publish")
    assert publishing[2:] == ("--author=Sam Reyes", "--note=--oat\nmilk", f"--known={mark}")
    assert back[2:] == ("--author=Sam Reyes", f"--back={first.id}")


def test_what_cannot_be_printed_is_left_out_and_a_version_that_is_not_there_is_refused(
    desk: StudioUnderTest, owner: httpx.Client, first: Version, asked_for: list[tuple[str, ...]]
) -> None:
    note = '{"note": "a\\u0000\\ud800\\u001bb", "mark": "x"}'
    answer = owner.post("studio/publish", content=note, headers={"Content-Type": "application/json"})
    assert answer.status_code == 200 and "--note=a\N{REPLACEMENT CHARACTER}b" in asked_for.pop()
    refused = owner.post("studio/publish/back", json={"id": "0" * 40})
    assert refused.status_code == 409 and "no such version" in refused.json()["error"]["text"]
    assert asked_for == []


def test_changes_are_given_up_and_brought_back(
    desk: StudioUnderTest, owner: httpx.Client, first: Version
) -> None:
    before = desk.text(DECAF)
    write(desk)
    after = desk.text(DECAF)
    told = desk.call(owner, "POST", "publish/discard")
    assert desk.text(DECAF) == before and told["count"] == 0
    [kept] = told["kept"]
    assert kept["author"] == "Sam Reyes"
    [change] = desk.call(owner, "GET", f"publish/versions/{kept['id']}")["changes"]
    assert change["words"] == ["Question “decaf”: answer changed"]
    told = desk.call(owner, "POST", "publish/bring-back", json={"id": kept["id"]})
    assert desk.text(DECAF) == after and told["count"] == 1 and told["kept"] == []


def test_what_is_wrong_stands_in_the_way(desk: StudioUnderTest, owner: httpx.Client, first: Version) -> None:
    write(desk, "intent: decaf", "intent: decaff")
    told = desk.call(owner, "GET", "publish")
    assert told["problems"] and told["problems"][0]["mend"]


def test_a_damaged_store_is_said_and_the_rest_of_the_studio_works(
    desk: StudioUnderTest, owner: httpx.Client, first: Version
) -> None:
    (desk.settings.var / "studio/versions.git/refs/heads/published").write_bytes(b"\0" * 41)
    told = desk.call(owner, "GET", "publish")
    assert "cannot be read any more" in told["lost"] and told["versions"] == []
    assert desk.call(owner, "GET", "publish/standing")["count"] == 0


def test_publishing_is_for_owners(agent: httpx.Client) -> None:
    for method, path in (("GET", "publish"), ("POST", "publish"), ("POST", "publish/discard")):
        assert agent.request(method, f"studio/{path}", json={}).status_code == 403
