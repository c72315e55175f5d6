"""A person is called with all that they need to know; if nobody can be called, that is said."""

from dataclasses import replace

import pytest

from actions.escalate import Escalate
from bot import wiring
from tests.small_desk import SmallDesk
from tests.talk import Talk, run

pytestmark = pytest.mark.usefixtures("crm")
ANGER = {
    "code": "anger",
    "label": "Angry",
    "score": 0.8,
    "threshold": 0.75,
    "evidence": [{"turn": 1, "quote": "fed up"}],
}
DANGER = {"code": "safety", "label": "Danger", "score": 1.0, "threshold": 0.0, "evidence": []}


def test_a_request_is_told_with_its_words(desk: SmallDesk) -> None:
    done = run(Escalate(), Talk().visitor("get me a human", "speak_to_human"))
    assert done.said == []
    told = desk.handoffs[0]
    assert (told["conversation"], told["cause"]) == ("c1", "explicit_request@1")
    assert told["reasons"][0]["evidence"] == [{"turn": 1, "quote": "get me a human"}]


def test_a_click_asks_without_words(desk: SmallDesk) -> None:
    run(Escalate(), Talk().visitor("/speak_to_human", "speak_to_human"))
    assert desk.handoffs[0]["reasons"][0]["evidence"] == []


def test_what_the_ladder_found_is_told(desk: SmallDesk) -> None:
    talk = Talk().visitor("I am fed up").knows(ladder="hand_over", reasons=[ANGER], cause="anger@1")
    run(Escalate(), talk)
    assert desk.handoffs[0]["reasons"] == [ANGER]
    assert desk.handoffs[0]["cause"] == "anger@1"


def test_what_is_known_and_missing_goes_along(desk: SmallDesk) -> None:
    talk = Talk().visitor("a human please", "speak_to_human").asks("change_address_form", "delivery_address")
    run(Escalate(), talk.knows(order_number="CK-10431"))
    assert desk.handoffs[0]["filled"] == [{"name": "order_number", "label": "Order", "value": "CK-10431"}]
    assert desk.handoffs[0]["missing"] == [{"name": "delivery_address", "label": "New address"}]


def test_what_was_asked_before_goes_along(desk: SmallDesk) -> None:
    talk = Talk().visitor("is it decaf", "decaf").bot("Yes.").visitor("a human please", "speak_to_human")
    run(Escalate(), talk)
    assert desk.handoffs[0]["topics"] == ["speak_to_human", "decaf"]


def test_the_same_cause_opens_one_hand_over(desk: SmallDesk) -> None:
    talk = Talk().visitor("get me a human", "speak_to_human")
    assert run(Escalate(), talk).said == run(Escalate(), talk).said == []
    assert len(desk.handoffs) == 1


def test_danger_names_the_emergency_line_first(desk: SmallDesk) -> None:
    done = run(Escalate(), Talk().visitor("…").knows(ladder="hand_over", reasons=[DANGER]))
    assert done.said == ["utter_danger"]
    assert len(desk.handoffs) == 1


def test_a_desk_that_refuses_is_not_kept_quiet(desk: SmallDesk) -> None:
    desk.working = False
    assert run(Escalate(), Talk().visitor("a human", "speak_to_human")).said == ["utter_handoff_failed"]


def test_a_desk_that_is_gone_is_not_kept_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = replace(wiring.settings(), port=9)
    monkeypatch.setattr(wiring, "settings", lambda: nowhere)
    assert run(Escalate(), Talk().visitor("a human", "speak_to_human")).said == ["utter_handoff_failed"]
