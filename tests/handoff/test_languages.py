"""Every word of the desk in a conversation is in its visitor's language."""

from bot.handoff.events import MessageAdded
from bot.handoff.model import BOT, PERSON_BUTTON, SYSTEM, VISITOR, Cause, Message, Question
from bot.storage import conversations, handoffs, messages
from tests.handoff.desk import NIGHT, SAM, DeskUnderTest


def said(desk: DeskUnderTest, id: str, speaker: str = SYSTEM) -> list[str]:
    return [message.text for message in all_said(desk, id) if message.speaker == speaker]


def all_said(desk: DeskUnderTest, id: str) -> list[Message]:
    with desk.database.read() as connection:
        return messages.after(connection, id)


def spoken(desk: DeskUnderTest, id: str) -> tuple[str | None, str | None]:
    with desk.database.read() as connection:
        found = conversations.find(connection, id)
    assert found
    return found.language, found.locale


async def begun(desk: DeskUnderTest, locale: str | None = None) -> tuple[str, str]:
    entered = await desk.entrance.enter(None, None, None, locale=locale)
    return entered.conversation.id, entered.token


def asked(desk: DeskUnderTest) -> Question:
    """Return what the bot was asked last."""
    heard = [event.question for event in desk.events if isinstance(event, MessageAdded) and event.question]
    return heard[-1]


async def told(desk: DeskUnderTest, id: str, text: str, cmid: str, language: str) -> Message:
    """Have the visitor write and the bot admit that it cannot read it; return what is said."""
    await desk.service.receive(id, cmid, text)
    await desk.service.cannot_read(asked(desk), language)
    return all_said(desk, id)[-1]


async def test_whoever_has_a_german_widget_is_told_everything_in_german(desk: DeskUnderTest) -> None:
    id, _ = await begun(desk, "de-AT")
    await desk.service.receive(id, "m1", "4111 1111 1111 1111")
    await desk.service.request_person(id, "m2")
    await desk.service.receive(id, "m3", "CK-10423")
    await desk.service.leave_queue(id, "m4")
    say = desk.business.say
    assert said(desk, id)[:2] == [say("card_masked", language="de"), say("person_requested", language="de")]
    assert "Was Sie mir geschrieben haben, ist gespeichert" in said(desk, id)[2]
    assert said(desk, id)[-1] == say("left_queue", language="de")


async def test_the_time_of_an_answer_is_said_in_the_language_too(desk: DeskUnderTest) -> None:
    desk.clock.now = NIGHT
    id, _ = await begun(desk, "fr")
    await desk.service.open_handoff(id, Cause("c@1"))
    assert "demain à 08:00" in said(desk, id)[0] and "au plus tard demain à" in said(desk, id)[0]


async def test_an_agent_is_announced_in_the_language(desk: DeskUnderTest) -> None:
    id, _ = await begun(desk, "ar")
    await desk.service.open_handoff(id, Cause("c@1"))
    await desk.service.claim(id, SAM, version=2)
    assert said(desk, id)[-1] == "انضم Sam Reyes إلى المحادثة."


async def test_what_somebody_writes_goes_before_their_widget_until_they_choose_another(
    desk: DeskUnderTest,
) -> None:
    id, token = await begun(desk, "en-GB")
    await desk.service.receive(id, "m1", "Wo ist meine Bestellung geblieben?")
    assert spoken(desk, id) == ("de", "en-GB")
    await desk.service.receive(id, "m2", "CK-10423")
    assert spoken(desk, id) == ("de", "en-GB")
    await desk.service.request_person(id, "m3")
    assert said(desk, id)[0] == desk.business.say("person_requested", language="de")
    await desk.entrance.enter(token, None, None, locale="en-GB")  # a reload chooses nothing
    assert spoken(desk, id) == ("de", "en-GB")
    await desk.entrance.enter(token, None, None, locale="fr")
    await desk.service.leave_queue(id, "m4")
    assert said(desk, id)[-1] == desk.business.say("left_queue", language="fr")


async def test_who_writes_what_the_bot_does_not_read_is_told_so_in_it_with_a_button(
    desk: DeskUnderTest,
) -> None:
    id, _ = await begun(desk, "en")
    last = await told(desk, id, "Wo ist mein Paket geblieben?", "m1", "de")
    assert (last.speaker, last.text) == (SYSTEM, desk.business.say("language_unknown", language="de"))
    assert [(button.id, button.title) for button in last.buttons] == [
        (PERSON_BUTTON, "Mit einem Menschen sprechen")
    ]
    await desk.service.request_person(id, "m2", button=last.buttons[0].title)
    assert said(desk, id, VISITOR)[-1] == "Mit einem Menschen sprechen"
    assert "Was Sie mir geschrieben haben, ist gespeichert" in said(desk, id)[-1]


async def test_nobody_is_told_the_same_words_twice_in_a_row(desk: DeskUnderTest) -> None:
    id, _ = await begun(desk)
    for n, text in enumerate(("Gdzie jest moja paczka", "Halo, jest tam ktoś?", "Nie rozumiem", "Paczka!")):
        await told(desk, id, text, f"m{n}", "pl")
    heard = said(desk, id)
    assert len(heard) == 4
    assert all(one != other for one, other in zip(heard, heard[1:], strict=False))


async def test_a_language_that_we_have_no_words_in_is_named_in_ours_and_its_own(desk: DeskUnderTest) -> None:
    id, _ = await begun(desk, "de")
    last = await told(desk, id, "Gdzie jest moja paczka", "m1", "pl")
    assert "Polish (polski)" in last.text and "English" in last.text
    assert last.buttons[0].title == desk.business.say("button_person")


async def test_what_moved_on_meanwhile_is_not_told(desk: DeskUnderTest) -> None:
    id, _ = await begun(desk)
    await desk.service.receive(id, "m1", "Wo ist mein Paket geblieben?")
    question = asked(desk)
    await desk.service.request_person(id, "m2")
    before = len(all_said(desk, id))
    await desk.service.cannot_read(question, "de")
    assert len(all_said(desk, id)) == before


async def test_the_hand_over_asks_for_somebody_who_speaks_it(desk: DeskUnderTest) -> None:
    for locale, text, language in (
        ("en", "Onde está a minha encomenda? Já paguei.", "pt"),
        ("de-DE", "CK-10423", "de"),  # nothing was written that tells more than the widget does
        ("de-DE", "Where is my order?", "en"),
        ("en-GB", "CK-10423", None),
    ):
        id, _ = await begun(desk, locale)
        await desk.service.receive(id, "m1", text)
        await desk.service.open_handoff(id, Cause("c@1"))
        with desk.database.read() as connection:
            handoff = handoffs.latest(connection, id)
        assert handoff and handoff.language == language


async def test_asked_again_under_the_same_id_in_another_language_it_is_once(desk: DeskUnderTest) -> None:
    id, token = await begun(desk, "de")
    first = await desk.service.request_person(id, "m1")
    await desk.entrance.enter(token, None, None, locale="fr")
    again = await desk.service.request_person(id, "m1")
    assert (again.message.seq, again.fresh) == (first.message.seq, False)


async def test_the_bots_name_stays_what_it_is(desk: DeskUnderTest) -> None:
    id, _ = await begun(desk, "de")
    await desk.service.open_handoff(id, Cause("c@1"))
    await desk.service.claim(id, SAM, version=2)
    await desk.service.hand_back(id, SAM, version=3)
    assert "Pip" in said(desk, id)[-1] and said(desk, id, BOT) == []
