"""Questions over the wire: listed, read, written, added, deleted; two owners at one."""

import httpx

from tests.desk.studio.desk import StudioUnderTest

DOGS = {
    "title": "Are dogs allowed in the café?",
    "examples": ["can I bring my dog", "dogs ok?", "is my puppy welcome", "may the dog come in"],
    "wordings": [{"tone": "plain", "text": "Yes: they are very welcome."}],
}


def test_questions_are_listed_with_topic_and_wordings(desk: StudioUnderTest, owner: httpx.Client) -> None:
    told = desk.call(owner, "GET", "questions")
    assert told["topics"] == ["Questions", "Social"]
    decaf = next(one for one in told["questions"] if one["intent"] == "decaf")
    assert decaf["title"] == "do you have decaf" and decaf["file"] == "data/faq/decaf.yml"
    assert decaf["examples"] == 34 and decaf["wordings"] == {"plain": 2, "warm": 0, "careful": 0}


def test_an_owner_changes_a_question(desk: StudioUnderTest, owner: httpx.Client) -> None:
    told = desk.call(owner, "GET", "questions/decaf")
    assert told["hand"] is None and told["problems"] == []
    changed = {
        "mark": told["mark"],
        "examples": [*told["examples"], "any decaf?"],
        "wordings": [*told["wordings"], {"tone": "careful", "text": "Yes, we have {decaf_coffee}."}],
    }
    saved = desk.call(owner, "PUT", "questions/decaf", json=changed)
    assert saved["examples"][-1] == "any decaf?" and saved["problems"] == []
    assert saved["wordings"][-1]["tone"] == "careful" and saved["hand"]["author"] == "Sam Reyes"
    assert "      - any decaf?\n" in desk.text("data/faq/decaf.yml")


def test_who_was_slower_is_told_who_was_faster(desk: StudioUnderTest, owner: httpx.Client) -> None:
    told = desk.call(owner, "GET", "questions/decaf")
    body = {"mark": told["mark"], "examples": ["decaf?"], "wordings": told["wordings"]}
    desk.call(owner, "PUT", "questions/decaf", json=body)
    answer = owner.put("studio/questions/decaf", json=body | {"examples": ["no caffeine?"]})
    assert answer.status_code == 409
    assert (answer.json()["error"]["code"], answer.json()["error"]["by"]) == (
        "written_meanwhile",
        "Sam Reyes",
    )
    assert desk.call(owner, "GET", "questions/decaf")["examples"] == ["decaf?"]


def test_a_new_question_can_be_trained_and_deleted(desk: StudioUnderTest, owner: httpx.Client) -> None:
    told = desk.call(owner, "POST", "questions", json=DOGS)
    assert told["intent"] == "are_dogs_allowed_in_the_cafe" and told["problems"] == []
    assert "  - are_dogs_allowed_in_the_cafe\n" in desk.text("domain.yml")
    before = desk.text("domain.yml")
    path = f"questions/{told['intent']}"
    added = desk.call(owner, "POST", f"{path}/examples", json={"texts": ["Dogs OK?", "is a cat fine too"]})
    assert added["added"] == 1 and added["examples"][-1] == "is a cat fine too"
    assert owner.request("DELETE", f"studio/{path}", json={"mark": told["mark"]}).status_code == 409
    desk.call(owner, "DELETE", path, json={"mark": added["mark"]})
    assert desk.text("domain.yml") == before.replace(f"  - {told['intent']}\n", "")
    assert owner.get(f"studio/{path}").status_code == 404


def test_what_a_story_needs_stays_and_is_named(desk: StudioUnderTest, owner: httpx.Client) -> None:
    told = desk.call(owner, "GET", "questions/return_policy")
    answer = owner.request("DELETE", "studio/questions/return_policy", json={"mark": told["mark"]})
    assert answer.status_code == 409 and "domain.yml:" in answer.json()["error"]["text"]


def test_only_owners_see_questions(desk: StudioUnderTest, agent: httpx.Client) -> None:
    assert agent.get("studio/questions").status_code == 403
