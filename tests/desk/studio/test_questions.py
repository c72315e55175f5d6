"""Questions over the wire: listed, read, written, added, deleted; two owners at one."""

import re

import httpx
import pytest

from tests.desk.studio.desk import StudioUnderTest

DOGS = {
    "title": "Are dogs allowed in the café?",
    "examples": ["can I bring my dog", "dogs ok?", "is my puppy welcome", "may the dog come in"],
    "wordings": [{"tone": "plain", "text": "Yes: they are very welcome."}],
}


@pytest.fixture
def few(desk: StudioUnderTest) -> None:
    """Leave six examples of each intent, which are quickly compared."""
    for path in [*(desk.files / "data/faq").glob("*.yml"), *(desk.files / "data/nlu").glob("*.yml")]:
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"(examples: \|\n(?:      - .*\n){6})(?:      - .*\n)+", r"\1", text), "utf-8")


@pytest.mark.usefixtures("few")
def test_questions_are_listed_with_topic_and_wordings(desk: StudioUnderTest, owner: httpx.Client) -> None:
    told = desk.call(owner, "GET", "questions")
    assert told["topics"] == ["Questions", "Social"]
    decaf = next(one for one in told["questions"] if one["intent"] == "decaf")
    assert decaf["title"] == "do you have decaf" and decaf["file"] == "data/faq/decaf.yml"
    assert decaf["examples"] == 6 and decaf["wordings"] == {"plain": 2, "warm": 0, "careful": 0}


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


@pytest.mark.usefixtures("few")
def test_who_types_hears_what_is_too_near(desk: StudioUnderTest, owner: httpx.Client) -> None:
    def near(text: str, intent: str | None = None) -> list[dict[str, object]]:
        body = {"text": text, "intent": intent}
        while not (told := desk.call(owner, "POST", "questions/near", json=body))["compared"]:
            pass  # the examples are being encoded
        return told["near"]

    first = near("is there any decaf coffee")[0]
    assert (first["intent"], first["title"], first["too_near"]) == ("decaf", "do you have decaf", True)
    assert all(one["intent"] != "decaf" for one in near("is there any decaf coffee", "decaf"))
    assert not any(one["too_near"] for one in near("can my parrot fly home alone"))
    desk.call(owner, "POST", "questions", json=DOGS)
    listed = desk.call(owner, "GET", "questions")
    assert any(one["intent"].startswith("are_dogs") and not one["weak"] for one in listed["questions"])


def test_a_table_is_looked_at_then_taken_in(desk: StudioUnderTest, owner: httpx.Client) -> None:
    before = desk.text("domain.yml")
    table = "question;answer\r\nDo you repair grinders?;Yes: we do.\r\nWhen are you open?;Always\r\n;lost\r\n"
    body = {"kind": "csv", "text": table, "how": "add", "dry": True}
    rows = desk.call(owner, "POST", "questions/import", json=body)["rows"]
    assert [(row["line"], row["what"]) for row in rows] == [(2, "added"), (3, "same"), (4, "refused")]
    assert desk.text("domain.yml") == before
    assert desk.call(owner, "POST", "questions/import", json=body | {"dry": False})["rows"] == rows
    assert desk.call(owner, "GET", "questions/do_you_repair_grinders")["wordings"][0]["text"] == "Yes: we do."


def test_what_is_exported_is_known_when_it_comes_back(desk: StudioUnderTest, owner: httpx.Client) -> None:
    table = owner.get("studio/questions/export")
    assert table.headers["content-disposition"].endswith('filename="questions.csv"')
    body = {"kind": "csv", "text": table.text, "how": "replace", "dry": True}
    rows = desk.call(owner, "POST", "questions/import", json=body)["rows"]
    assert len(rows) == 36 and {row["what"] for row in rows} == {"same"}


def test_a_table_that_cannot_be_read_is_told(desk: StudioUnderTest, owner: httpx.Client) -> None:
    for text, said in (("a,b\n1,2\n", "name the columns"), ('question,answer\nx?,"open\n', "line 2")):
        answer = owner.post("studio/questions/import", json={"kind": "csv", "text": text})
        assert answer.status_code == 409 and said in answer.json()["error"]["text"]
