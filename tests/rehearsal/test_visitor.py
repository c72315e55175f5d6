"""The visitor of a rehearsal, before a desk on a real port."""

from collections.abc import Iterator

import pytest

from bot.desk.visitor.limits import Limits
from bot.errors import RehearsalError
from bot.handoff.model import Cause
from bot.rehearsal import visitor
from bot.supervisor.ports import free_port
from tests.gateway.served import ServedDesk, parts, serve_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedDesk]:
    """A desk that lets an address open one chat, and a visitor send two messages at once."""
    narrow = Limits(burst=2, per_second=20, chats_per_address=1)
    with serve_desk(tmp_path_factory.mktemp("desk"), parts(narrow)) as served:
        yield served


@pytest.fixture(autouse=True)
def calm(desk: ServedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.brain.reset()
    monkeypatch.setattr(visitor, "TOO_FAST", 0.05)


async def test_each_message_waits_for_the_whole_answer_before_and_limits_hold_nobody_up(
    desk: ServedDesk,
) -> None:
    desk.brain.answer = lambda asked: [{"text": text, "buttons": []} for text in ("Well.", asked["text"])]
    said = ("one", "two", "three", "four", "five")
    talk = await visitor.talk(desk.settings.port, "198.18.0.1", said)
    assert [asked["text"] for asked in desk.brain.of(talk.conversation)] == list(said)
    assert talk.seqs == (1, 4, 7, 10, 13)  # two bubbles after each
    assert (talk.handed_over, talk.unanswered) == (None, None)


async def test_each_address_is_a_visitor_of_its_own(desk: ServedDesk) -> None:
    first = await visitor.talk(desk.settings.port, "198.18.0.2", ("hello",))
    second = await visitor.talk(desk.settings.port, "198.18.0.3", ("hello",))
    assert first.conversation != second.conversation
    with pytest.raises(RehearsalError):
        await visitor.talk(desk.settings.port, "198.18.0.3", ("hello",))


async def test_a_hand_over_ends_the_talk(desk: ServedDesk) -> None:
    def answer(asked: dict) -> list[dict]:
        if asked["text"] == "two":
            cause = Cause(f"explicit_request@{asked['message_id']}")
            desk.step(desk.app.state.service.open_handoff(asked["conversation"], cause, by_bot=True))
            return []
        return [{"text": "Well.", "buttons": []}]

    desk.brain.answer = answer
    talk = await visitor.talk(desk.settings.port, "198.18.0.4", ("one", "two", "three"))
    assert (talk.handed_over, talk.unanswered, len(talk.seqs)) == (2, None, 2)


async def test_silence_is_told(desk: ServedDesk) -> None:
    desk.brain.status = 400  # not worth asking again
    talk = await visitor.talk(desk.settings.port, "198.18.0.5", ("one", "two"))
    assert (talk.handed_over, talk.unanswered) == (None, 1)


async def test_a_desk_that_is_not_there_is_told() -> None:
    with pytest.raises(RehearsalError, match="did not stay"):
        await visitor.talk(free_port(), "198.18.0.6", ("one",))
