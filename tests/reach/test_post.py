from dataclasses import replace
from datetime import timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from bot.errors import Undeliverable
from bot.reach.customers import Transcripts
from bot.reach.rules import DELIVERY_FAILED, WAITING, Target
from bot.storage import conversations
from tests.handoff.desk import SAM
from tests.reach.desk import SECRET, ReachingDesk, rule
from tests.reach.post_office import post_office
from tests.reach.receiver import Receiver

OWNER, TEAM, SHOP = Target("email", "owner@shop.example"), Target("chat", "team"), Target("webhook", "shop")


async def test_whoever_waits_is_told_by_every_way(desk: ReachingDesk, receiver: Receiver) -> None:
    id = await desk.waiting()
    assert desk.watch(*(rule(WAITING, to=target) for target in (OWNER, TEAM, SHOP))).look() == 3
    with post_office() as office:
        chats = {"team": f"json://127.0.0.1:{receiver.port}/chat"}
        webhooks = {"shop": f"{receiver.address}/webhook"}
        await desk.deliver(desk.post(office.server, chats=chats, webhooks=webhooks), rounds=2)
    (letter,) = office.letters
    assert letter["Subject"] == "A visitor is waiting for a person" and letter["To"] == "owner@shop.example"
    assert (
        f"Open the console: https://chat.example/console#/queue/{id}"
        in letter.get_body(("plain",)).get_content()
    )
    by_path = {path: (headers, body) for path, headers, body in receiver.calls}
    assert len(receiver.calls) == 2 and f"#/queue/{id}".encode() in by_path["/chat"][1]
    headers, body = by_path["/webhook"]
    assert Webhook(SECRET).verify(body, headers)["data"]["conversation"] == id
    assert all(row.done_at and row.payload == {} for row in desk.rows)


async def test_a_refusal_for_now_is_tried_again_and_arrives_once(desk: ReachingDesk) -> None:
    id = await desk.waiting()
    transcripts = Transcripts(desk.database, desk.outbox, desk.business, on=True, clock=desk.now)
    await transcripts.send(id, "mara@shop.example")
    with post_office() as office:
        office.answers["RCPT"] = ["451 Try later", "451 Try later"]
        await desk.deliver(desk.post(office.server), rounds=4)
    assert len(office.letters) == 1 and desk.rows[0].attempts == 3


async def test_a_refusal_for_good_is_given_up_and_told_elsewhere(
    desk: ReachingDesk, receiver: Receiver
) -> None:
    await desk.waiting()
    watch = desk.watch(rule(WAITING, to=OWNER), rule(DELIVERY_FAILED, to=SHOP))
    watch.look()
    with post_office() as office:
        office.answers["RCPT"] = ["550 owner@shop.example is unknown"]
        post = desk.post(office.server, webhooks={"shop": receiver.address})
        await desk.deliver(post)
        watch.look()
        await desk.deliver(post)
    (failure,) = desk.outbox.failed()
    assert failure.error == "The mail server refuses the recipient (550 … is unknown)."
    (told,) = receiver.bodies
    assert told["type"] == "desk.delivery_failed" and told["data"]["error"] == failure.error


async def test_news_that_came_too_late_is_not_told_as_if_it_were_new(desk: ReachingDesk) -> None:
    await desk.waiting()
    desk.watch(rule(WAITING, to=OWNER)).look()
    with post_office() as office:
        office.answers["RCPT"] = ["451 Try later"] * 9
        await desk.deliver(desk.post(office.server), rounds=5)
    assert office.letters == []
    assert [failure.error for failure in desk.outbox.failed()] == ["It could not be said while it was news."]


@pytest.mark.parametrize("kind", ["email", "chat", "webhook"])
def test_a_way_that_is_not_set_up_is_said(desk: ReachingDesk, kind: str) -> None:
    payload = {"target": "team", "to": "a@shop.example", "subject": "s", "text": "t", "content": {}}
    with pytest.raises(Undeliverable, match="KINDHAND_"):
        desk.post().deliveries[kind](payload, "k")


async def test_a_copy_holds_what_was_said_and_nothing_else(desk: ReachingDesk) -> None:
    id = await desk.conversation()
    await desk.service.receive(id, "m1", "My card is 4111 1111 1111 1111.\nWhere is my order?")
    await desk.service.request_person(id, "m2")
    taken = await desk.service.claim(id, SAM, 2)
    await desk.service.note(id, SAM, "n1", "PRIVATE: a difficult one")
    await desk.service.reply(id, SAM, "r1", "It left on Monday <b>.")
    transcripts = Transcripts(desk.database, desk.outbox, desk.business, on=True, clock=desk.now)
    sentence = await transcripts.send(id, "mara@shop.example")
    assert sentence == "A copy of this conversation is on its way to mara@shop.example." and taken
    await desk.service.reply(id, SAM, "r2", "After the request")
    with post_office() as office:
        await desk.deliver(desk.post(office.server))
    (letter,) = office.letters
    plain, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for form in (plain, html):
        assert "•••• 1111" in form and "4111" not in form
        assert "PRIVATE" not in form and "After the request" not in form
        assert "Sam Reyes" in form and "Where is my order?" in form and "Tuesday, 3 November" in form
    assert "It left on Monday &lt;b&gt;." in html and "It left on Monday <b>." in plain
    assert letter["Subject"] == "Your conversation with Copper Kettle Coffee"
    assert letter["Reply-To"] == "hello@copperkettle.example"


async def test_a_copy_of_a_conversation_that_is_gone_is_not_sent(desk: ReachingDesk) -> None:
    id = await desk.waiting()
    transcripts = Transcripts(desk.database, desk.outbox, desk.business, on=True, clock=desk.now)
    await transcripts.send(id, "mara@shop.example")
    with desk.database.write() as connection:
        conversations.erase(connection, id)  # while the copy is on its way
    with post_office() as office:
        await desk.deliver(desk.post(office.server))
    assert office.letters == [] and "not there any more" in desk.outbox.failed()[0].error


def test_a_letter_whose_link_was_forgotten_says_so(desk: ReachingDesk) -> None:
    with pytest.raises(Undeliverable, match="new link"):
        desk.post().email({"secret": True}, "invitation:x")


def test_an_invitation_goes_out_as_it_is_written(desk: ReachingDesk) -> None:
    letter = {"to": "noor@shop.example", "subject": "Join us", "text": "Hello Noor,\n\nhttps://a.example/x"}
    with post_office() as office:
        desk.post(office.server).email(letter, "invitation:x")
        late = {**letter, "until": (desk.now() - timedelta(seconds=1)).isoformat()}
        with pytest.raises(Undeliverable):
            desk.post(replace(office.server, seconds=1.0)).email(late, "invitation:y")
    assert office.letters[0].get_body(("plain",)).get_content().split() == [
        *("Hello", "Noor,", "https://a.example/x")
    ]
