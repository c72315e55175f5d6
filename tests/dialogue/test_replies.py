"""The wording that is chosen, and what stands in its gaps."""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot import wiring
from bot.dialogue.replies import BusinessReplies
from bot.settings import ROOT, Settings


def slot() -> dict[str, Any]:
    return {"type": "text", "influence_conversation": False, "mappings": [{"type": "custom"}]}


def when(tone: str) -> list[dict[str, str]]:
    return [{"type": "slot", "name": "tone", "value": tone}]


DOMAIN = Domain.from_dict(
    {
        "slots": {"tone": slot(), "order_number": slot()},
        "responses": {
            "utter_hours": [
                {"text": "plain one"},
                {"text": "plain two"},
                {"text": "plain three"},
                {"text": "warm one", "condition": when("warm")},
                {"text": "careful one", "condition": when("careful")},
                {"text": "careful two", "condition": when("careful")},
            ],
            "utter_greet": [{"text": "Hello from {business_name}."}, {"text": "Hello {first_name}."}],
            "utter_order": [
                {
                    "text": "Shall I send {order_number}? It will be {when_it_comes}.",
                    "buttons": [{"title": "Send {order_number}", "payload": '/choose{"order_number":"CK"}'}],
                }
            ],
        },
    }
)


@pytest.fixture
def replies(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> BusinessReplies:
    monkeypatch.setattr(wiring, "settings", lambda: settings)
    return BusinessReplies(domain=DOMAIN)


def tracker(*events: Any, name: str | None = None, conversation: str = "c1") -> DialogueStateTracker:
    said = UserUttered("hi", metadata={"customer_name": name})
    return DialogueStateTracker.from_events(conversation, [*events, said], slots=DOMAIN.slots)


def say(replies: BusinessReplies, name: str, conversation: DialogueStateTracker, **words: Any) -> dict:
    return asyncio.run(replies.generate(name, conversation, "collector", **words))


def talk(replies: BusinessReplies, times: int, tone: str, conversation: str = "c1") -> list[str]:
    """Let the same response be said several times in one conversation."""
    events: list[Any] = [SlotSet("tone", tone)]
    for _ in range(times):
        said = say(replies, "utter_hours", tracker(*events, conversation=conversation))
        events.append(BotUttered(said["text"], metadata={**said, "utter_action": "utter_hours"}))
    return [event.text for event in events[1:]]


@pytest.mark.parametrize("tone", ["plain", "warm", "careful"])
def test_the_tone_chooses_the_wording(replies: BusinessReplies, tone: str) -> None:
    assert talk(replies, 1, tone)[0].startswith(tone)


def test_nothing_is_said_twice_while_another_wording_is_left(replies: BusinessReplies) -> None:
    assert sorted(talk(replies, 3, "plain")) == ["plain one", "plain three", "plain two"]


def test_when_the_tone_has_no_more_the_plain_ones_follow(replies: BusinessReplies) -> None:
    said = talk(replies, 5, "careful")
    assert set(said[:2]) == {"careful one", "careful two"}
    assert set(said[2:]) == {"plain one", "plain two", "plain three"}


def test_in_the_end_they_go_round(replies: BusinessReplies) -> None:
    said = talk(replies, 6, "plain")
    assert said[:3] == said[3:]


def test_not_everybody_hears_the_same_first(replies: BusinessReplies) -> None:
    assert len({talk(replies, 1, "plain", f"c{n}")[0] for n in range(30)}) == 3


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Tom Okafor", "Hello Tom."),
        (None, "Hello from Copper Kettle Coffee."),
        (" ", "Hello from Copper Kettle Coffee."),
    ],
)
def test_a_known_name_is_used(replies: BusinessReplies, name: str | None, text: str) -> None:
    assert say(replies, "utter_greet", tracker(name=name))["text"] == text


def test_gaps_are_filled_from_slots_and_from_the_action(replies: BusinessReplies) -> None:
    conversation = tracker(SlotSet("order_number", "CK-10431"))
    said = say(replies, "utter_order", conversation, when_it_comes="here on Monday")
    assert said["text"] == "Shall I send CK-10431? It will be here on Monday."
    assert said["buttons"] == [{"title": "Send CK-10431", "payload": '/choose{"order_number":"CK"}'}]


def test_a_sentence_with_an_unknown_word_is_left_out(replies: BusinessReplies) -> None:
    said = say(replies, "utter_order", tracker(SlotSet("order_number", "CK-10431")))
    assert said["text"] == "Shall I send CK-10431?"


def test_what_a_customer_wrote_is_never_filled_in_itself(replies: BusinessReplies) -> None:
    said = say(
        replies, "utter_order", tracker(SlotSet("order_number", "{support_phone}")), when_it_comes="ok"
    )
    assert said["text"] == "Shall I send {support_phone}? It will be ok."


def test_an_unknown_response_is_none(replies: BusinessReplies) -> None:
    assert say(replies, "utter_nothing", tracker()) is None


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(ROOT / "domain.yml"))


def test_every_acknowledgement_has_three_wordings_and_claims_no_feelings(domain: Domain) -> None:
    names = [name for name in domain.responses if name.startswith("utter_acknowledge_")]
    assert len(names) >= 8
    for name in names:
        texts = {variation["text"] for variation in domain.responses[name]}
        assert len(texts) >= 3, name
        for text in texts:
            assert not re.search(r"understand how|how you feel|you seem|angry|!|calm down", text), text


def test_no_response_shouts_or_smiles(domain: Domain) -> None:
    for name, variations in domain.responses.items():
        for variation in variations:
            assert not re.search(r"!|[\U0001F300-\U0001FAFF]", variation["text"]), name


def test_buttons_lead_to_intents_that_exist(domain: Domain) -> None:
    for variations in domain.responses.values():
        for button in (b for v in variations for b in v.get("buttons", [])):
            assert re.match(r"/(\w+)", button["payload"])[1] in domain.intents


def test_every_response_of_an_action_is_in_the_domain(domain: Domain) -> None:
    sources = [*(ROOT / "actions").glob("*.py"), *(ROOT / "bot" / "dialogue").glob("*.py")]
    for path in (Path(source) for source in sources):
        for name in re.findall(r'"(utter_(?!action)[a-z_]+[a-z])"', path.read_text()):
            assert any(known.startswith(name) for known in domain.responses), f"{name} in {path.name}"
