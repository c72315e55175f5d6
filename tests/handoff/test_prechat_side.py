"""What a visitor answers before the first message is kept once, and asked for where it has to be."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.errors import ProtocolError
from bot.handoff.events import PrechatAnswered
from bot.handoff.prechat import BadAnswer
from bot.phrase import Phrase
from bot.prechat import Consent, Prechat, Question
from bot.storage import conversations, handoffs
from tests.databases import fresh
from tests.demo_business import demo_business
from tests.handoff.desk import DeskUnderTest

MAIL = Question("mail", Phrase({"en": "E-mail", "de": "E-Mail-Adresse"}), "email")
ASKED = Prechat((MAIL,), Consent(Phrase.plain("We keep what you write.")))


@pytest_asyncio.fixture
async def asking(tmp_path: Path) -> AsyncIterator[DeskUnderTest]:
    business = replace(demo_business(), widget=replace(demo_business().widget, prechat=ASKED))
    desk = DeskUnderTest(fresh(tmp_path / "desk.db"), business)
    yield desk
    await desk.service.close()
    desk.database.close()


def _kept(desk: DeskUnderTest, id: str) -> dict | None:
    with desk.database.read() as connection:
        return conversations.find(connection, id).prechat


async def test_nobody_writes_before_what_has_to_be_answered(asking: DeskUnderTest) -> None:
    id = await asking.conversation()
    for step in (
        lambda: asking.service.receive(id, "m1", "Hello"),
        lambda: asking.service.request_person(id, "p1"),
        lambda: asking.service.request_person(id, "p2", button="Talk to a person"),
    ):
        with pytest.raises(ProtocolError) as refusal:
            await step()
        assert refusal.value.code == "prechat_needed"
    assert await asking.service.answer_prechat(id, {"mail": "mara@example.com"}, consent=True)
    assert (await asking.service.receive(id, "m1", "Hello")).message.seq == 1


async def test_the_first_answers_count_and_are_told_once(asking: DeskUnderTest) -> None:
    id = await asking.conversation()
    with pytest.raises(BadAnswer):
        await asking.service.answer_prechat(id, {}, consent=False)
    news = [
        await asking.service.answer_prechat(id, {"mail": mail}, consent=True)
        for mail in ("mara@example.com", "mara@example.com", "else@example.com")
    ]
    assert news == [True, False, False] and asking.events == [PrechatAnswered(id)]
    kept = _kept(asking, id)
    assert kept["answers"] == {"mail": "mara@example.com"} and kept["consent_at"].endswith("Z")


async def test_it_is_asked_until_it_is_answered_and_never_afterwards(asking: DeskUnderTest) -> None:
    entered = await asking.entrance.enter(None, None, None, locale="de-AT")
    id = entered.conversation.id
    asked = asking.service.prechat(entered.conversation)
    assert [question["label"] for question in asked["questions"]] == ["E-Mail-Adresse"]
    await asking.service.answer_prechat(id, {}, consent=True)
    again = await asking.entrance.enter(entered.token, None, None)
    assert asking.service.prechat(again.conversation) is None


async def test_a_colleague_knows_where_to_write_to(asking: DeskUnderTest) -> None:
    id = await asking.conversation()
    await asking.service.answer_prechat(id, {"mail": "mara@example.com"}, consent=True)
    await asking.service.request_person(id, "p1")
    with asking.database.read() as connection:
        assert handoffs.latest(connection, id).contact == {"email": "mara@example.com"}


async def test_where_nothing_is_asked_nothing_is_kept(desk: DeskUnderTest) -> None:
    entered = await desk.entrance.enter(None, None, None)
    id = entered.conversation.id
    assert desk.service.prechat(entered.conversation) is None
    assert not await desk.service.answer_prechat(id, {}, consent=True)
    assert _kept(desk, id) is None
