"""What visitors, the bot and agents may do with a conversation, and who hears of it."""

import asyncio
import json
from contextlib import ExitStack
from datetime import datetime

import pytest
from sqlalchemy import select

from bot.errors import IllegalTransition, NotFound, ProtocolError, StaleVersion
from bot.handoff.events import BriefComposed, HandoffOpened, MessageAdded, OwnerChanged
from bot.handoff.model import Answer, Cause, Message, Question, Reply
from bot.storage import conversations, handoffs, messages
from bot.storage.tables import messages as messages_table
from tests.handoff.desk import NIGHT, NOOR, SAM, DeskUnderTest

MORNING = {"next_opening": "tomorrow at 8:00"}


def _said(desk: DeskUnderTest, conversation: str) -> list[Message]:
    with desk.database.read() as connection:
        return messages.after(connection, conversation)


def _owner(desk: DeskUnderTest, conversation: str) -> tuple[str, int]:
    with desk.database.read() as connection:
        found = conversations.find(connection, conversation)
        return found.owner, found.version


def _asked(desk: DeskUnderTest) -> list[Question]:
    return [event.question for event in desk.events if isinstance(event, MessageAdded) and event.question]


async def test_a_message_is_stored_and_the_bot_is_asked(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    receipt = await desk.service.receive(conversation, "m1", "Where is it?")
    assert (receipt.message.seq, receipt.fresh) == (1, True)
    assert [(m.seq, m.speaker, m.text, m.turn) for m in _said(desk, conversation)] == [
        (1, "visitor", "Where is it?", "pending")
    ]
    assert [(q.seq, q.version, q.text) for q in _asked(desk)] == [(1, 1, "Where is it?")]


async def test_a_thousand_copies_at_once_are_one_message(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    copies = [desk.service.receive(conversation, "m1", "Hello") for _ in range(1000)]
    receipts = await asyncio.gather(*copies)
    assert {(r.message.seq, r.message.at) for r in receipts} == {(1, receipts[0].message.at)}
    assert sum(r.fresh for r in receipts) == 1
    assert len(_said(desk, conversation)) == len(_asked(desk)) == 1


async def test_an_id_is_not_used_for_two_texts(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.receive(conversation, "m1", "Hello")
    with pytest.raises(ProtocolError) as refusal:
        await desk.service.receive(conversation, "m1", "Goodbye")
    assert refusal.value.code == "cmid_reused"
    assert [m.text for m in _said(desk, conversation)] == ["Hello"]


async def test_fifty_at_once_are_numbered_without_gap_and_told_in_order(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await asyncio.gather(*(desk.service.receive(conversation, f"m{n}", f"text {n}") for n in range(50)))
    told = [event.message for event in desk.events if isinstance(event, MessageAdded)]
    assert [m.seq for m in told] == list(range(1, 51))
    assert told == _said(desk, conversation)


async def test_a_card_number_is_masked_before_it_is_stored(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.receive(conversation, "m1", "pay with 4242 4242 4242 4242")
    visitor, notice = _said(desk, conversation)
    assert visitor.text == "pay with •••• 4242"
    assert (notice.speaker, notice.text) == ("system", desk.business.say("card_masked"))
    assert _asked(desk)[0].text == "pay with •••• 4242"


async def test_an_unknown_conversation_is_not_found(desk: DeskUnderTest) -> None:
    with pytest.raises(NotFound):
        await desk.service.receive("nobody", "m1", "Hello")


async def test_the_answer_is_said_under_the_version_it_was_asked_for(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.receive(conversation, "m1", "Where is it?")
    said = await desk.service.answer(
        _asked(desk)[0], Answer((Reply("On its way."), Reply("Anything else?", (("Yes", "/affirm"),))))
    )
    assert said
    visitor, first, second = _said(desk, conversation)
    assert visitor.turn == "answered"
    assert (first.name, first.text) == ("Pip", "On its way.")
    assert (second.buttons[0].id, second.buttons[0].payload) == ("b1", "/affirm")
    assert second.as_dict()["buttons"] == [{"id": "b1", "title": "Yes"}]


async def test_what_was_heard_in_a_message_is_kept_with_it_until_it_is_erased(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.receive(conversation, "m1", "Where is it?")
    heard = {
        "intent": "check_order_status",
        "confidence": 0.9,
        "second": None,
        "answered": ["utter_ask_order"],
    }
    await desk.service.answer(_asked(desk)[0], Answer((Reply("Which order?"),), heard))

    def kept() -> list[dict[str, object] | None]:
        with desk.database.read() as connection:
            rows = connection.execute(select(messages_table.c.heard).order_by(messages_table.c.seq))
            return list(rows.scalars())

    assert kept() == [heard, None]
    await desk.service.erase(conversation)
    assert kept() == []


async def test_an_answer_that_comes_after_an_agent_is_dropped(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.receive(conversation, "m1", "Where is it?")
    await desk.service.claim(conversation, SAM, 1)
    assert not await desk.service.answer(_asked(desk)[0], Answer((Reply("On its way."),)))
    assert [m.speaker for m in _said(desk, conversation)] == ["visitor", "system"]
    assert _said(desk, conversation)[0].turn == "dropped"


async def test_bot_and_agent_race_and_one_wins(desk: DeskUnderTest) -> None:
    for n in range(20):
        conversation = await desk.conversation()
        desk.events.clear()
        await desk.service.receive(conversation, "m1", "Where is it?")
        answer = desk.service.answer(_asked(desk)[0], Answer((Reply("On its way."),)))
        claim = desk.service.claim(conversation, SAM, 1)
        both = (answer, claim) if n % 2 else (claim, answer)
        results = await asyncio.gather(*both)
        speakers = [m.speaker for m in _said(desk, conversation)]
        assert speakers == (["visitor", "bot", "system"] if True in results else ["visitor", "system"])


async def test_the_bot_is_not_asked_while_a_person_has_it(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.claim(conversation, SAM, 1)
    await desk.service.receive(conversation, "m1", "Hello Sam")
    assert _asked(desk) == []


async def test_a_handoff_opens_once_per_cause_and_never_over_a_person(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    cause = Cause("frustration@3", ({"code": "repeat"},), ({"name": "order"},), ({"name": "phone"},))
    openings = await asyncio.gather(*(desk.service.open_handoff(conversation, cause) for _ in range(20)))
    assert sum(opening.opened for opening in openings) == 1
    assert not (await desk.service.open_handoff(conversation, Cause("other@4"))).opened
    assert sum(isinstance(event, HandoffOpened) for event in desk.events) == 1
    with desk.database.read() as connection:
        stored = handoffs.latest(connection, conversation)
    assert (stored.cause, stored.reasons, stored.missing) == (cause.id, cause.reasons, cause.missing)
    assert _owner(desk, conversation) == ("waiting", 2)


async def test_the_brief_is_composed_once_and_told(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.open_handoff(conversation, Cause("frustration@3"))
    await desk.service.close()
    assert desk.briefs.composed == ["frustration@3"]
    assert any(isinstance(event, BriefComposed) for event in desk.events)


async def test_a_brief_that_a_stop_cut_short_is_made_up_for(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.open_handoff(conversation, Cause("frustration@3"))
    await desk.service.close()
    with desk.database.write() as connection:
        handoffs.change(connection, handoffs.latest(connection, conversation).id, brief=None)
    await desk.service.resume()
    await desk.service.close()
    assert desk.briefs.composed == ["frustration@3"] * 2


@pytest.mark.parametrize(
    ("agents", "now", "kind", "sentence", "words"),
    [
        ((SAM.id,), None, "live", "handoff_live", {}),
        ((), None, "later", "handoff_later_nobody", {"promised": "by today at 15:15"}),
        ((), NIGHT, "later", "handoff_later_closed", {"promised": "by tomorrow at 12:00", **MORNING}),
        ((SAM.id,), NIGHT, "live", "handoff_live", {}),
    ],
)
async def test_the_visitor_hears_the_truth(
    desk: DeskUnderTest,
    agents: tuple[str, ...],
    now: datetime | None,
    kind: str,
    sentence: str,
    words: dict[str, str],
) -> None:
    desk.clock.now = now or desk.clock.now
    conversation = await desk.conversation()
    with ExitStack() as signed_in:
        for agent in agents:
            signed_in.enter_context(desk.presence.online(agent))
        opening = await desk.service.open_handoff(conversation, Cause("x@1"))
    assert opening.availability == kind
    assert _said(desk, conversation)[-1].text == desk.business.say(sentence, **words)
    with desk.database.read() as connection:
        kept = handoffs.latest(connection, conversation)
    assert (kept.availability, bool(kept.promised_at)) == (kind, kind == "later")


async def test_an_upset_visitor_hears_the_careful_wording(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    with desk.database.write() as connection:
        conversations.set_mood(connection, conversation, {"level": 0.8, "label": "urgent"}, 1)
    with desk.presence.online(SAM.id):
        await desk.service.open_handoff(conversation, Cause("x@1"))
    assert _said(desk, conversation)[-1].text == desk.business.say("handoff_live", upset=True)
    with desk.database.read() as connection:
        assert handoffs.latest(connection, conversation).weight == 2.0


@pytest.mark.parametrize(("online", "sentence"), [((SAM.id,), "still_waiting"), ((), "details_saved")])
async def test_who_writes_while_waiting_is_reassured_once(
    desk: DeskUnderTest, online: tuple[str, ...], sentence: str
) -> None:
    desk.clock.now = NIGHT
    conversation = await desk.conversation()
    with ExitStack() as signed_in:
        for agent in online:
            signed_in.enter_context(desk.presence.online(agent))
        await desk.service.open_handoff(conversation, Cause("x@1"))
    for n in range(3):
        await desk.service.receive(conversation, f"m{n}", "0117 496 0000")
    words = {"promised": "by tomorrow at 12:00", **MORNING} if sentence == "details_saved" else {}
    expected = desk.business.say(sentence, **words)
    assert [m.text for m in _said(desk, conversation)].count(expected) == 1


async def test_asking_for_a_person_by_the_header_button(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    first = await desk.service.request_person(conversation, "p1")
    again = await desk.service.request_person(conversation, "p1")
    assert (first.message.seq, first.fresh, again.message.seq, again.fresh) == (1, True, 1, False)
    assert _owner(desk, conversation) == ("waiting", 2)
    requested, announced = _said(desk, conversation)
    assert (requested.text, requested.cmid) == (desk.business.say("person_requested"), "p1")
    assert announced.text == desk.business.say("handoff_later_nobody", promised="by today at 15:15")


async def test_asking_again_while_waiting_tells_where_one_stands(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.request_person(conversation, "p1")
    with desk.presence.online(SAM.id):
        await desk.service.request_person(conversation, "p2", button="Talk to a person")
    assert [m.text for m in _said(desk, conversation)][2:] == [
        "Talk to a person",
        desk.business.say("handoff_live"),
    ]
    with desk.database.read() as connection:
        assert handoffs.latest(connection, conversation).availability == "live"
    assert _owner(desk, conversation) == ("waiting", 2)


async def test_two_agents_claim_and_one_has_it(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.open_handoff(conversation, Cause("x@1"))
    results = await asyncio.gather(
        desk.service.claim(conversation, SAM, 2),
        desk.service.claim(conversation, NOOR, 2),
        return_exceptions=True,
    )
    won, lost = sorted(results, key=lambda result: isinstance(result, Exception))
    assert won.owner == "agent" and isinstance(lost, StaleVersion) and lost.current == 3
    joined = [m.text for m in _said(desk, conversation) if "joined" in m.text]
    assert len(joined) == 1


async def test_only_the_owner_replies(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    with pytest.raises(IllegalTransition):
        await desk.service.reply(conversation, SAM, "r1", "Hello")
    await desk.service.claim(conversation, SAM, 1)
    with pytest.raises(IllegalTransition):
        await desk.service.reply(conversation, NOOR, "r1", "Hello")
    first = await desk.service.reply(conversation, SAM, "r1", "Hello")
    again = await desk.service.reply(conversation, SAM, "r1", "Hello")
    assert first == again and (first.name, first.agent_id) == (SAM.name, SAM.id)


async def test_the_bot_gets_it_back_and_is_told(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.open_handoff(conversation, Cause("x@1"))
    await desk.service.claim(conversation, SAM, 2)
    back = await desk.service.hand_back(conversation, SAM, 3, 'Sent a "new" bag')
    assert (back.owner, back.version, back.agent_id) == ("bot", 4, None)
    question = _asked(desk)[-1]
    assert question.payload.startswith("/handed_back") and question.version == 4
    told = json.loads(question.payload.removeprefix("/handed_back"))
    assert told == {"agent": SAM.name, "note": 'Sent a "new" bag'}
    with desk.database.read() as connection:
        ended = handoffs.latest(connection, conversation)
    assert (ended.claimed_by, ended.state, ended.note) == (SAM.id, "handed_back", 'Sent a "new" bag')


async def test_a_second_handoff_follows_the_first(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.open_handoff(conversation, Cause("x@1"))
    await desk.service.claim(conversation, SAM, 2)
    await desk.service.hand_back(conversation, SAM, 3)
    assert not (await desk.service.open_handoff(conversation, Cause("x@1"))).opened
    assert (await desk.service.open_handoff(conversation, Cause("x@9"))).opened
    assert _owner(desk, conversation) == ("waiting", 5)


async def test_writing_after_the_end_opens_it_again(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.claim(conversation, SAM, 1)
    closed = await desk.service.resolve(conversation, SAM, 2)
    assert (closed.owner, closed.version) == ("closed", 3)
    await desk.service.receive(conversation, "m1", "One more thing")
    assert _owner(desk, conversation) == ("bot", 4)
    assert _asked(desk)[-1].version == 4
    kinds = [event.kind for event in desk.events if isinstance(event, OwnerChanged)]
    assert kinds == ["agent", "closed", "bot"]


async def test_a_parting_word_is_shown_and_nothing_after_it(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.receive(conversation, "m1", "The kettle is on fire")
    await desk.service.receive(conversation, "m2", "Help")
    first, second = _asked(desk)
    await desk.service.open_handoff(conversation, Cause("safety@1"), by_bot=True)
    assert await desk.service.answer(first, Answer((Reply("Please call 999."),)))
    assert not await desk.service.answer(second, Answer((Reply("Anything else?"),)))
    assert not await desk.service.answer(first, Answer((Reply("Please call 999."),)))
    said = _said(desk, conversation)
    assert [m.turn for m in said[:2]] == ["answered", "dropped"]
    assert [m.text for m in said if m.speaker == "bot"] == ["Please call 999."]


async def test_a_parting_word_after_an_agent_came_is_dropped(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.receive(conversation, "m1", "The kettle is on fire")
    await desk.service.open_handoff(conversation, Cause("safety@1"), by_bot=True)
    await desk.service.claim(conversation, SAM, 2)
    assert not await desk.service.answer(_asked(desk)[0], Answer((Reply("Please call 999."),)))


async def test_a_question_of_a_waiting_conversation_is_not_asked_after_a_restart(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.receive(conversation, "m1", "The kettle is on fire")
    await desk.service.open_handoff(conversation, Cause("safety@1"), by_bot=True)
    assert await desk.service.resume() == []
    assert _said(desk, conversation)[0].turn == "dropped"


async def test_an_excuse_offers_a_person_and_giving_up_a_second_try(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.receive(conversation, "m1", "Where is it?")
    question = _asked(desk)[0]
    assert await desk.service.excuse(question, "brain_slow") == 2
    await desk.service.give_up(question, "brain_trouble")
    said = _said(desk, conversation)
    assert [[b.id for b in m.buttons] for m in said] == [[], ["person"], ["retry", "person"]]
    assert said[0].turn == "failed"
    await desk.service.retry(conversation, "t1", "Try again")
    assert _asked(desk)[-1] == question
    assert await desk.service.answer(question, Answer((Reply("On its way."),)))
    assert _said(desk, conversation)[0].turn == "answered"


async def test_no_excuse_after_a_person_took_over(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.receive(conversation, "m1", "Where is it?")
    await desk.service.claim(conversation, SAM, 1)
    assert await desk.service.excuse(_asked(desk)[0], "brain_slow") == 0


async def test_what_was_not_answered_is_there_after_a_restart(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    await desk.service.receive(conversation, "m1", "one")
    await desk.service.receive(conversation, "m2", "two")
    assert await desk.service.resume() == _asked(desk)


async def test_a_caller_that_goes_away_does_not_stop_the_telling(desk: DeskUnderTest) -> None:
    conversation = await desk.conversation()
    task = asyncio.create_task(desk.service.receive(conversation, "m1", "Hello"))
    await asyncio.sleep(0)
    task.cancel()
    await desk.service.close()
    told = [event.message for event in desk.events if isinstance(event, MessageAdded)]
    assert told == _said(desk, conversation) and len(told) == 1
