import pytest

from bot.errors import ChannelUnavailable, Undeliverable
from bot.reach.chat import Chats, quiet
from tests.reach.receiver import Receiver


def chats(receiver: Receiver, **others: str) -> Chats:
    return Chats({"team": f"json://127.0.0.1:{receiver.port}/team", **others}, seconds=5.0)


def test_a_message_arrives(receiver: Receiver) -> None:
    chats(receiver).send("team", "Inês is waiting", "About: her order ☕\nhttps://a.example/#/queue/1")
    (body,) = receiver.bodies
    assert (body["title"], body["message"]) == (
        "Inês is waiting",
        "About: her order ☕\nhttps://a.example/#/queue/1",
    )


def test_a_phone_is_reached(receiver: Receiver) -> None:
    chats(receiver, me=f"ntfy://127.0.0.1:{receiver.port}/kettle").send("me", "Title", "Words")
    ((_, _, body),) = receiver.calls
    assert receiver.bodies == [{"topic": "kettle", "title": "Title", "message": "Words"}], body


@pytest.mark.parametrize("status", [401, 404, 429, 500])
def test_what_is_not_taken_is_tried_later(receiver: Receiver, status: int) -> None:
    receiver.answers = [status] * 3
    with pytest.raises(ChannelUnavailable, match="json did not take it"):
        chats(receiver).send("team", "Title", "Words")


def test_a_slow_service_is_given_up_in_time(receiver: Receiver) -> None:
    receiver.holding = True
    slow = Chats({"team": f"json://127.0.0.1:{receiver.port}"}, seconds=0.3)
    with pytest.raises(ChannelUnavailable):
        slow.send("team", "Title", "Words")


@pytest.mark.parametrize("name", ["kitchen", "broken"])
def test_a_name_without_an_address_is_said_and_no_address_shown(receiver: Receiver, name: str) -> None:
    with pytest.raises(Undeliverable, match=name) as refusal:
        chats(receiver, broken="nonsense://token-hush").send(name, "Title", "Words")
    assert "hush" not in str(refusal.value)


def test_nobody_can_call_everybody_by_their_name() -> None:
    for loud in ("@everyone", "@here", "<!channel>", "!channel>", "<@U123>", "<https://a.example|Help>"):
        said = quiet(f"Mara {loud}")
        assert "<" not in said and ">" not in said and "@e" not in said and "@h" not in said
    assert quiet("Mara, 5 > 4").replace("\u203a", ">") == "Mara, 5 > 4"
