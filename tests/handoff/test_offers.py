"""Who is asked, why and for how long; whatever the clock does."""

from datetime import timedelta

import pytest

from bot.handoff.events import HandoffMoved
from bot.handoff.model import Cause
from bot.storage import handoffs
from tests.handoff.desk import NOOR, SAM
from tests.handoff.floor import Floor


async def test_who_waits_is_offered_to_somebody_with_the_reason(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    handoff = floor.handoff(conversation)
    assert (handoff.state, handoff.offered_to) == ("offered", SAM.id)
    assert handoff.offered_until - floor.desk.clock.now <= timedelta(seconds=45)
    assert handoff.assignment == "Sam: free (0 of 4)"
    assert handoff.language == "en"


async def test_nobody_there_and_nothing_is_offered(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    await floor.round()
    assert floor.handoff(conversation).state == "queued"
    floor.come(SAM.id)
    await floor.round()
    assert floor.handoff(conversation).state == "offered"


async def test_an_offer_without_answer_goes_to_the_next_and_then_stays(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id, NOOR.id)
    await floor.round()
    first = floor.handoff(conversation).offered_to
    await floor.round(after=44)
    assert floor.handoff(conversation).offered_to == first
    await floor.round(after=1)
    second = floor.handoff(conversation).offered_to
    assert {first, second} == {SAM.id, NOOR.id}
    await floor.round(after=45)
    for _ in range(5):
        await floor.round(after=10)
    handoff = floor.handoff(conversation)
    assert (handoff.state, set(handoff.passed_by)) == ("queued", {SAM.id, NOOR.id})
    assert (handoff.offered_to, handoff.assignment) == (None, None)


async def test_after_a_while_those_who_passed_are_asked_again(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    await floor.round(after=45)
    assert floor.handoff(conversation).state == "queued"
    await floor.round(after=254)
    assert floor.handoff(conversation).state == "queued"
    await floor.round(after=1)
    assert floor.handoff(conversation).offered_to == SAM.id


async def test_somebody_new_is_asked_at_once(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    await floor.desk.service.pass_on(conversation, SAM)
    await floor.round()
    handoff = floor.handoff(conversation)
    assert (handoff.state, handoff.assignment) == ("queued", None)
    floor.come(NOOR.id)
    await floor.round()
    assert floor.handoff(conversation).offered_to == NOOR.id


async def test_one_agent_is_asked_one_thing_at_a_time(floor: Floor) -> None:
    waiting = [await floor.someone_waits() for _ in range(3)]
    floor.come(SAM.id)
    await floor.round()
    await floor.round(after=1)
    assert sorted(floor.handoff(one).state for one in waiting) == ["offered", "queued", "queued"]


async def test_the_most_pressing_comes_first(floor: Floor) -> None:
    calm = await floor.someone_waits(code="repeated_question")
    danger = await floor.someone_waits(code="safety")
    floor.come(SAM.id)
    await floor.round()
    assert [floor.handoff(one).state for one in (calm, danger)] == ["queued", "offered"]


async def test_of_equals_a_vip_comes_first(floor: Floor) -> None:
    floor.vips.all = frozenset({"c-mara"})
    first, vip = await floor.someone_waits(), await floor.someone_waits()
    floor.change_conversation(vip, customer_id="c-mara", customer_name="Mara Lindqvist")
    floor.come(SAM.id)
    await floor.round()
    assert [floor.handoff(one).state for one in (first, vip)] == ["queued", "offered"]


async def test_the_agent_who_spoke_with_the_customer_is_asked_first(floor: Floor) -> None:
    floor.come(SAM.id, NOOR.id)
    for agent in (NOOR, SAM):
        before = await floor.claimed(agent)
        floor.change_conversation(before, customer_id=f"of-{agent.id}", customer_name="Mara Lindqvist")
        await floor.desk.service.resolve(before, agent, floor.version(before))
    waiting = await floor.someone_waits()
    floor.change_conversation(waiting, customer_id=f"of-{NOOR.id}", customer_name="Mara Lindqvist")
    await floor.round()
    assert floor.handoff(waiting).assignment == "Noor: spoke with Mara on 3 Nov, free (0 of 4)"


async def test_what_went_wrong_tells_the_skill(floor: Floor) -> None:
    floor.change_agent(SAM.id, skills=["orders"])
    waiting = await floor.someone_waits()
    floor.change_conversation(waiting, mood={"level": 0.2, "causes": ["late"]})
    floor.come(NOOR.id, SAM.id)
    await floor.round()
    assert floor.handoff(waiting).assignment == "Sam: knows orders, free (0 of 4)"


async def test_a_reason_tells_the_skill(floor: Floor) -> None:
    floor.change_agent(SAM.id, skills=["complaints"])
    waiting = await floor.someone_waits(code="abuse")
    floor.come(NOOR.id, SAM.id)
    await floor.round()
    assert floor.handoff(waiting).offered_to == SAM.id


async def test_what_was_asked_before_tells_the_skill(floor: Floor) -> None:
    floor.change_agent(SAM.id, skills=["coffee"])
    conversation = await floor.desk.conversation()
    cause = Cause("explicit_request@3", topics=("speak_to_human", "grind_options"))
    await floor.desk.service.open_handoff(conversation, cause)
    await floor.desk.service.close()
    floor.come(NOOR.id, SAM.id)
    await floor.round()
    handoff = floor.handoff(conversation)
    assert (handoff.skills, handoff.offered_to) == (("coffee",), SAM.id)


async def test_whoever_speaks_the_language_is_asked(floor: Floor) -> None:
    floor.change_agent(SAM.id, languages=["pt"])
    conversation = await floor.desk.conversation()
    await floor.desk.service.receive(conversation, "m1", "Onde está a minha encomenda? Já paguei tudo.")
    await floor.desk.service.open_handoff(conversation, Cause("c@1"))
    await floor.desk.service.close()
    floor.come(NOOR.id, SAM.id)
    await floor.round()
    handoff = floor.handoff(conversation)
    assert (handoff.language, handoff.assignment) == ("pt", "Sam: speaks pt, free (0 of 4)")


async def test_heavy_conversations_fill_an_agents_hands(floor: Floor) -> None:
    floor.come(SAM.id)
    held = await floor.claimed(SAM, code="safety")
    floor.change_conversation(held, mood={"level": 0.9, "causes": []})
    with floor.desk.bus.subscribe(floor.attendant.hear):
        other = await floor.claimed(SAM)
    floor.attendant.hear(HandoffMoved(held, "", "claim", "accepted"))
    await floor.round()
    assert (floor.handoff(held).weight, floor.handoff(other).weight) == (2.5, 1.0)
    waiting = await floor.someone_waits()
    floor.change_conversation(waiting, mood={"level": 0.5, "causes": []})
    floor.attendant.hear(HandoffMoved(waiting, "", "open", "queued"))
    await floor.round()
    assert (floor.handoff(waiting).weight, floor.handoff(waiting).state) == (1.5, "queued")


async def test_who_takes_a_breather_is_left_alone(floor: Floor) -> None:
    floor.change_agent(SAM.id, breather_until=floor.desk.clock.now + timedelta(minutes=5))
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    assert floor.handoff(conversation).state == "queued"
    await floor.round(after=301)
    assert floor.handoff(conversation).state == "offered"


async def test_an_offer_comes_with_its_brief_or_after_a_moment(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    with floor.desk.database.write() as connection:
        handoffs.change(connection, floor.handoff(conversation).id, brief=None)
    floor.come(SAM.id)
    await floor.round()
    assert floor.handoff(conversation).state == "queued"
    await floor.round(after=3)
    assert floor.handoff(conversation).state == "offered"


@pytest.mark.parametrize("jump", [timedelta(hours=-3), timedelta(hours=3), timedelta(days=-400)])
async def test_a_jump_of_the_clock_neither_drops_nor_keeps_an_offer(floor: Floor, jump: timedelta) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    await floor.round()
    floor.desk.clock.now += jump
    await floor.round(after=40)
    assert floor.handoff(conversation).state == "offered"
    await floor.round(after=6)
    assert floor.handoff(conversation).state == "queued"


@pytest.mark.parametrize(
    ("down", "still_offered"), [(timedelta(seconds=5), True), (timedelta(minutes=1), False)]
)
async def test_an_offer_outlives_a_restart_for_the_rest_of_its_time(
    floor: Floor, down: timedelta, still_offered: bool
) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    floor.attendant = floor.new_attendant()
    floor.desk.clock.now += down
    await floor.round()
    assert (floor.handoff(conversation).state == "offered") is still_offered


async def test_an_offer_from_the_future_does_not_last_for_ever(floor: Floor) -> None:
    conversation = await floor.someone_waits()
    floor.come(SAM.id)
    await floor.round()
    floor.desk.clock.now -= timedelta(days=1)
    floor.attendant = floor.new_attendant()
    await floor.round()
    await floor.round(after=121)
    assert floor.handoff(conversation).state == "queued"
