"""Who is let into which conversation."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from bot.errors import NotAuthenticated
from bot.handoff.entrance import Identity
from bot.handoff.events import VisitorIdentified
from bot.storage.tables import conversations
from tests.handoff.desk import SAM, DeskUnderTest

MARA, TOM = Identity("c-mara", "Mara Lindqvist"), Identity("c-tom", "Tom Okafor")


async def test_a_token_leads_back(desk: DeskUnderTest) -> None:
    first = await desk.entrance.enter(None, None, "https://shop.example/")
    again = await desk.entrance.enter(first.token, None, None)
    assert (again.conversation.id, again.token) == (first.conversation.id, first.token)
    assert again.conversation.page == "https://shop.example/"


async def test_nobody_gets_in_with_an_invented_token(desk: DeskUnderTest) -> None:
    with pytest.raises(NotAuthenticated):
        await desk.entrance.enter("invented", MARA, None)


async def test_a_customers_conversation_opens_only_for_the_customer(desk: DeskUnderTest) -> None:
    entered = await desk.entrance.enter(None, MARA, None)
    with pytest.raises(NotAuthenticated):
        await desk.entrance.enter(entered.token, None, None)
    assert (await desk.entrance.enter(entered.token, MARA, None)).conversation.id == entered.conversation.id


async def test_another_customer_in_the_same_browser_begins_anew(desk: DeskUnderTest) -> None:
    maras = await desk.entrance.enter(None, MARA, None)
    toms = await desk.entrance.enter(maras.token, TOM, None)
    assert toms.conversation.id != maras.conversation.id and toms.token != maras.token


async def test_a_stranger_who_signs_in_is_told_of(desk: DeskUnderTest) -> None:
    stranger = await desk.entrance.enter(None, None, None)
    known = await desk.entrance.enter(stranger.token, MARA, None)
    assert known.conversation.id == stranger.conversation.id
    assert desk.events == [VisitorIdentified(stranger.conversation.id, "c-mara", "Mara Lindqvist")]


async def test_an_old_or_closed_conversation_is_not_taken_up_again(desk: DeskUnderTest) -> None:
    first = await desk.entrance.enter(None, MARA, None)
    desk.clock.now += timedelta(days=8)
    second = await desk.entrance.enter(None, MARA, None)
    await desk.service.claim(second.conversation.id, SAM, 1)
    assert (await desk.entrance.enter(None, MARA, None)).conversation.id == second.conversation.id
    await desk.service.resolve(second.conversation.id, SAM, 2)
    third = await desk.entrance.enter(None, MARA, None)
    assert len({entered.conversation.id for entered in (first, second, third)}) == 3


async def test_empty_chats_are_forgotten_after_a_day_and_no_others(desk: DeskUnderTest) -> None:
    await desk.entrance.enter(None, None, None)
    used = await desk.entrance.enter(None, None, None)
    await desk.service.receive(used.conversation.id, "m1", "hello")
    desk.clock.now += timedelta(days=2)
    young = await desk.entrance.enter(None, None, None)
    await desk.service.resume()
    with desk.database.read() as connection:
        left = set(connection.execute(select(conversations.c.id)).scalars())
        assert connection.scalar(select(func.count()).select_from(conversations)) == 2
    assert left == {used.conversation.id, young.conversation.id}


async def test_the_language_of_the_widget_is_kept_and_a_change_of_it_forgets_the_other(
    desk: DeskUnderTest,
) -> None:
    first = await desk.entrance.enter(None, None, None, locale="pt-BR")
    assert first.conversation.locale == "pt-BR"
    with desk.database.write() as connection:
        of_it = conversations.c.id == first.conversation.id
        connection.execute(update(conversations).where(of_it).values(language="es"))
    for locale in (None, "pt-BR"):
        again = await desk.entrance.enter(first.token, None, None, locale=locale)
        assert (again.conversation.locale, again.conversation.language) == ("pt-BR", "es")
    switched = await desk.entrance.enter(first.token, None, None, locale="de")
    assert (switched.conversation.locale, switched.conversation.language) == ("de", None)
    assert (await desk.entrance.look(first.conversation.id, 0)).conversation.locale == "de"
