"""Rules and stories over the wire: in words, changed, refused in words; and only by owners."""

from typing import Any

import httpx
import pytest

from tests.desk.studio.desk import StudioUnderTest
from tests.studio.asked_past import add, ask, heard, say

STORY = "story:a compliment after a task"
OFFERS = "data/stories/offers.yml"


def one(desk: StudioUnderTest, owner: httpx.Client, id: str) -> dict[str, Any]:
    return desk.call(owner, "GET", "stories/one", params={"id": id})


def body(told: dict[str, Any], **changes: Any) -> dict[str, Any]:
    keys = ("kind", "name", "steps", "condition", "at_start", "waits", "mark")
    steps = ("what", "names", "values", "number")
    plain = {key: told[key] for key in keys} | changes
    return {
        key: [{name: step[name] for name in steps if name in step} for step in value]
        if key in ("steps", "condition")
        else value
        for key, value in plain.items()
    }


def test_they_are_listed_in_words(desk: StudioUnderTest, owner: httpx.Client) -> None:
    flows = {flow["id"]: flow for flow in desk.call(owner, "GET", "stories")["flows"]}
    assert flows["rule:decaf"]["question"] == "decaf" and flows["rule:greet"]["question"] is None
    assert flows["rule:greet"]["words"].startswith("When a customer says “hi”, Kindhand answers “Hello")
    assert (flows[STORY]["kind"], flows[STORY]["steps"], flows[STORY]["faults"]) == ("story", 4, 0)


def test_one_is_shown_changed_and_shown_again(desk: StudioUnderTest, owner: httpx.Client) -> None:
    told = one(desk, owner, STORY)
    assert [step["what"] for step in told["steps"]] == ["says", "does", "says", "does"]
    assert told["steps"][3]["answer"]["plain"] == "Thank you for saying so." and told["wrong"] == []
    fresh = {"what": "says", "names": ["thank", "goodbye"]}
    changed = body(told, steps=[*told["steps"], fresh, {"what": "does", "names": ["utter_thank"]}])
    told = desk.call(owner, "PUT", "stories/one", params={"id": STORY}, json=changed)
    assert told["hand"]["author"] == "Sam Reyes"
    [wrong] = told["wrong"]
    assert wrong["step"] == 5 and told["problems"]
    assert wrong["text"] == (
        "When a customer says “bye”, the story “a compliment after a task” answers with “You're welcome."
        " Is there anything else?”, but the rule “goodbye” answers with “Goodbye, {first_name}. Write here"
        " any time.” (data/rules/social.yml:7)."
    )
    afar = one(desk, owner, "rule:goodbye")["wrong"]
    assert [(fault["other"], fault["step"]) for fault in afar] == [(STORY, None)]
    answer = owner.put("studio/stories/one", params={"id": STORY}, json=changed)
    assert (answer.status_code, answer.json()["error"]["by"]) == (409, "Sam Reyes")


def test_one_is_added_divided_duplicated_and_deleted(desk: StudioUnderTest, owner: httpx.Client) -> None:
    steps = [{"what": "says", "names": ["greet"]}, {"what": "does", "names": ["utter_greet"]}]
    new = {"kind": "story", "name": "mine", "steps": steps}
    told = desk.call(owner, "POST", "stories", json=new)
    assert (told["id"], told["file"]) == ("story:mine", "data/stories/own.yml")
    other = {"mark": told["mark"], "name": "mine too"}
    again = desk.call(owner, "POST", "stories/duplicate", params={"id": told["id"]}, json=other)
    assert again["id"] == "story:mine too"
    parts = {"mark": again["mark"], "name": "rest", "at": 1, "joined": True}
    rest = desk.call(owner, "POST", "stories/split", params={"id": again["id"]}, json=parts)
    assert [step["what"] for step in rest["steps"]] == ["joins", "does"]
    for id in ("story:rest", "story:mine too", "story:mine"):
        mark = {"mark": one(desk, owner, id)["mark"]}
        assert "problems" in desk.call(owner, "DELETE", "stories/one", params={"id": id}, json=mark)
    assert not (desk.files / "data/stories/own.yml").exists()


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"name": ""}, 409, "Give it a name"),
        ({"steps": []}, 409, "Delete it as a whole"),
        ({"steps": [{"what": "says", "names": []}]}, 409, "not filled in"),
        ({"steps": [{"what": "flies", "names": []}]}, 400, ""),
        ({"steps": [{"what": "kept", "number": 0}]}, 409, "only be changed in the file"),
        ({"mark": "0"}, 409, "has changed"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    desk: StudioUnderTest, owner: httpx.Client, changes: dict[str, Any], status: int, said: str
) -> None:
    before = desk.text(OFFERS)
    answer = owner.put(
        "studio/stories/one", params={"id": STORY}, json=body(one(desk, owner, STORY), **changes)
    )
    assert answer.status_code == status and said in answer.json()["error"]["text"]
    assert desk.text(OFFERS) == before


def test_html_and_yaml_in_a_name_are_only_a_name(desk: StudioUnderTest, owner: httpx.Client) -> None:
    name = "<script>alert('x')</script>: [{*a, &b}] # “no”"
    steps = [{"what": "says", "names": ["greet"]}, {"what": "does", "names": ["utter_greet"]}]
    told = desk.call(owner, "POST", "stories", json={"kind": "story", "name": name, "steps": steps})
    assert told["name"] == name and one(desk, owner, told["id"])["name"] == name


def test_what_a_step_may_be_is_told(desk: StudioUnderTest, owner: httpx.Client) -> None:
    words = desk.call(owner, "GET", "stories/words")
    assert {"name": "decaf", "text": "do you have decaf"} in words["says"]
    assert any(form["name"] == "callback_form" and form["questions"] for form in words["forms"])
    assert {"name": "action_order_status", "text": "says how an order stands"} in words["actions"]


def test_a_real_conversation_is_told_as_steps(desk: StudioUnderTest, owner: httpx.Client) -> None:
    past = (ask("got decaf?", heard("decaf", answered=["utter_decaf"])), say("Yes"), ask("is it me you read"))
    add(desk.database, "c-real", *past)
    [found] = desk.call(owner, "GET", "stories/conversations", params={"q": "DECAF"})["conversations"]
    assert (found["id"], found["text"]) == ("c-real", "got decaf?")
    steps = desk.call(owner, "GET", "stories/from/c-real")["steps"]
    assert [(step["what"], step.get("wrote")) for step in steps][:2] == [
        ("says", "got decaf?"),
        ("does", None),
    ]
    assert steps[0]["names"] == ["decaf"] and steps[0]["sure"] and steps[1]["names"] == ["utter_decaf"]
    assert steps[2]["wrote"] == "is it me you read"
    assert owner.get("studio/stories/from/c-none").status_code == 404


def test_agents_and_strangers_stay_outside(desk: StudioUnderTest, agent: httpx.Client) -> None:
    assert agent.get("studio/stories").status_code == 403
    with desk.client() as stranger:
        assert stranger.get("studio/stories").status_code == 401
