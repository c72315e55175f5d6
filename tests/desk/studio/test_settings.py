"""The owner's settings over the wire: what is written, what is refused, and whose change it was."""

import json
from typing import Any

import httpx
import pytest

from bot.crm import tables as crm
from bot.crm.sql import SqlCrm
from bot.demo.seed import _add_customers
from bot.handoff.model import utc_now
from tests.desk.studio.desk import StudioUnderTest

LADDER, HOURS = "data/business/ladder.yml", "data/business/hours.yml"
TEXTS, GERMAN = "data/business/texts.yml", "data/business/texts/de.yml"


def put(desk: StudioUnderTest, owner: httpx.Client, what: str, told: dict[str, Any], **new: Any) -> Any:
    return desk.call(owner, "PUT", f"settings/{what}", json={**told["values"], "mark": told["mark"], **new})


def test_a_choice_is_written_into_the_ladder(desk: StudioUnderTest, owner: httpx.Client) -> None:
    before, told = desk.text(LADDER), desk.call(owner, "GET", "settings/escalation")
    saved = put(desk, owner, "escalation", told, hand_over=0.75, never=["leaving"])
    assert desk.text(LADDER) == before.replace("hand_over: 0.65", "hand_over: 0.75").replace(
        "never: []", "never:\n  - leaving"
    )
    assert saved["values"]["hand_over"] == 0.75 and saved["problems"] == []
    assert saved["hand"]["author"] == "Sam Reyes" and saved["mark"] != told["mark"]


def test_a_step_below_the_one_before_is_saved_and_named_at_its_field(
    desk: StudioUnderTest, owner: httpx.Client
) -> None:
    told = desk.call(owner, "GET", "settings/escalation")
    saved = put(desk, owner, "escalation", told, offer=0.2, sensitivity=9)
    fields = {problem["field"] for problem in saved["problems"] if problem["file"] == LADDER}
    assert fields == {"offer", "sensitivity"}


def test_danger_cannot_be_switched_off(desk: StudioUnderTest, owner: httpx.Client) -> None:
    before, told = desk.text(LADDER), desk.call(owner, "GET", "settings/escalation")
    body = {**told["values"], "mark": told["mark"], "never": ["danger"]}
    answer = owner.put("studio/settings/escalation", json=body)
    assert answer.status_code == 409 and "cannot be switched off" in answer.json()["error"]["text"]
    assert desk.text(LADDER) == before


@pytest.mark.parametrize("what", ["escalation", "opening"])
def test_what_somebody_else_saved_meanwhile_is_not_overwritten(
    desk: StudioUnderTest, owner: httpx.Client, what: str
) -> None:
    told = desk.call(owner, "GET", f"settings/{what}")
    file = desk.files / told["file"]
    theirs = told["values"]
    changed = {"offer": 0.5} if what == "escalation" else {"cafes": {**theirs["cafes"], "monday": "closed"}}
    put(desk, owner, what, told, **changed)
    kept = file.read_text()
    answer = owner.put(f"studio/settings/{what}", json={**theirs, "mark": told["mark"]})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "written_meanwhile")
    assert answer.json()["error"]["by"] == "Sam Reyes" and file.read_text() == kept


def test_vips_are_counted_in_the_records(desk: StudioUnderTest, owner: httpx.Client) -> None:
    assert desk.call(owner, "GET", "settings/escalation")["vips"]["count"] is None  # no records so far
    _add_customers(desk.settings.crm_url, utc_now())
    records = SqlCrm(desk.settings.crm_url)
    with records.reading() as connection:
        known = [row.vip for row in connection.execute(crm.customers.select())]
    records.close()
    vips = desk.call(owner, "GET", "settings/escalation")["vips"]
    assert (vips["count"], vips["of"]) == (sum(known), len(known)) and "vip" in vips["where"]


def test_hours_are_heard_before_they_are_saved(desk: StudioUnderTest, owner: httpx.Client) -> None:
    before, told = desk.text(HOURS), desk.call(owner, "GET", "settings/opening")
    assert told["heard"]["today"].startswith("Today we're ") and told["holidays"]
    draft = {**told["values"], "cafes": dict.fromkeys(told["values"]["cafes"], "6:00-7:00, 8-9")}
    heard = desk.call(owner, "GET", "settings/opening/heard", params={"draft": json.dumps(draft)})
    assert heard["heard"]["week"] == "Monday to Sunday 6:00 to 7:00"
    assert "cafes.monday" in {problem["field"] for problem in heard["problems"]}
    assert desk.text(HOURS) == before
    answer = owner.get("studio/settings/opening/heard", params={"draft": "{}"})
    assert answer.status_code == 400


def test_hours_are_written_and_named_where_they_are_wrong(desk: StudioUnderTest, owner: httpx.Client) -> None:
    told = desk.call(owner, "GET", "settings/opening")
    new = {"from": "2027-02-01", "until": "2027-01-01", "who": "cafes", "reason": "Away"}
    saved = put(desk, owner, "opening", told, closures=[*told["values"]["closures"], new])
    assert saved["values"]["closures"][2]["from"] == "2027-02-01"
    assert [problem["field"] for problem in saved["problems"]] == ["closures.2.until"]


def test_a_sentence_is_written_in_its_language(desk: StudioUnderTest, owner: httpx.Client) -> None:
    told = desk.call(owner, "GET", "settings/sentences")
    assert {one["code"] for one in told["languages"]} == {"en", "de", "es", "fr", "pt", "ar"}
    shown = {one["key"]: one for group in told["groups"] for one in group["sentences"]}
    mark = shown["ended"]["texts"]["de"]["mark"]
    body = {"language": "de", "key": "ended", "text": "Danke, {nobody}.", "mark": mark}
    saved = desk.call(owner, "PUT", "settings/sentences", json=body)
    assert 'ended: "Danke, {nobody}."' in desk.text(GERMAN)
    assert (saved["problems"][0]["field"], saved["problems"][0]["language"]) == ("ended", "de")
    assert owner.put("studio/settings/sentences", json=body).status_code == 409
    assert desk.text(TEXTS)


def test_a_renamed_button_is_still_translated(desk: StudioUnderTest, owner: httpx.Client) -> None:
    told = desk.call(owner, "GET", "settings/sentences")
    shown = {one["key"]: one for group in told["groups"] for one in group["sentences"]}
    mark = shown["question.1.title"]["texts"]["en"]["mark"]
    body = {"language": "en", "key": "question.1.title", "text": "How long it takes", "mark": mark}
    saved = desk.call(owner, "PUT", "settings/sentences", json=body)
    assert saved["problems"] == [] and "How long it takes: Lieferzeiten" in desk.text(GERMAN)


def test_a_broken_file_is_named_by_its_line(desk: StudioUnderTest, owner: httpx.Client) -> None:
    (desk.files / LADDER).write_text("offer: [\n")
    answer = owner.get("studio/settings/escalation")
    assert answer.status_code == 422 and answer.json()["error"]["file"] == LADDER


def test_tones_are_shown_by_answers_that_have_them(desk: StudioUnderTest, owner: httpx.Client) -> None:
    answers = desk.call(owner, "GET", "settings/sentences/tones")["answers"]
    assert answers and all(one["plain"] != one["careful"] for one in answers)
    assert not any("{" in one["plain"] for one in answers)


def test_agents_have_no_say_in_it(agent: httpx.Client) -> None:
    for path in ("escalation", "opening", "sentences", "replay", "sentences/tones"):
        assert agent.get(f"studio/settings/{path}").status_code == 403
