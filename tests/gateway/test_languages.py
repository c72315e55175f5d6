"""The desk speaks the visitor's language, over a real socket."""

import json

from tests.gateway.served import ServedDesk, Visitor

UNREAD = json.dumps({"messages": [], "unread": True})


async def last(visitor: Visitor) -> dict:
    return await visitor.until(op="message", speaker="system")


async def test_the_greeting_and_its_questions_are_in_the_language_of_the_widget(desk: ServedDesk) -> None:
    async with desk.visitor(locale="fr-CA") as visitor:
        greeting = visitor.ready["greeting"]
        assert greeting["text"] == desk.business.greeting(language="fr")
        first = greeting["buttons"][0]
        assert first["title"] == first["text"] == "Où est ma commande ?"
        await visitor.say(first["text"])
        answer = await visitor.until(op="message", speaker="bot")
    assert answer["text"] == "You said: Where is my order?"  # the bot is asked as the owner wrote it
    assert visitor.messages[0]["text"] == "Où est ma commande ?"


async def test_an_unknown_language_is_admitted_in_it_with_a_person_a_button_away(desk: ServedDesk) -> None:
    async with desk.visitor(locale="en-GB") as visitor:
        desk.brain.body = UNREAD
        told = []
        for text in ("Wo bleibt denn mein Paket?", "Ich warte schon seit zwei Wochen darauf"):
            await visitor.say(text)
            told.append(await last(visitor))
        assert told[0]["text"] == desk.business.say("language_unknown", language="de")
        assert told[1]["text"] == desk.business.say("language_unknown_again", language="de")
        assert [asked["metadata"]["written"] for asked in desk.brain.of(visitor.conversation)] == ["de", "de"]
        button = told[1]["buttons"][0]
        assert button["title"] == "Mit einem Menschen sprechen"
        await visitor.send(op="choose", cmid="c1", seq=told[1]["seq"], button=button["id"])
        waiting = await last(visitor)
        assert "Was Sie mir geschrieben haben" in waiting["text"]


async def test_a_courtesy_changes_nothing(desk: ServedDesk) -> None:
    async with desk.visitor(locale="en-GB") as visitor:
        await visitor.say("merci")
        assert (await visitor.until(op="message", speaker="bot"))["text"] == "You said: merci"
        assert desk.brain.of(visitor.conversation)[0]["metadata"]["written"] is None
        await visitor.send(op="person", cmid="p1")
        assert (await last(visitor))["text"] == desk.business.say("person_requested")


async def test_a_new_line_in_another_language_brings_its_greeting(desk: ServedDesk) -> None:
    async with desk.visitor(locale="en-GB") as visitor:
        token = visitor.ready["token"]
    async with desk.visitor(token=token, locale="ar") as again:
        assert again.conversation == visitor.conversation
        assert again.ready["greeting"]["text"] == desk.business.greeting(language="ar")
        await again.send(op="person", cmid="p1")
        assert (await last(again))["text"] == desk.business.say("person_requested", language="ar")


async def test_a_tag_that_is_none_is_refused_and_a_strange_one_is_english(desk: ServedDesk) -> None:
    async with desk.socket() as visitor:
        await visitor.send(op="hello", token=None, identity=None, last_seq=0, page=None, locale="<b>")
        assert (await visitor.until(op="error"))["code"] == "bad_frame"
    async with desk.visitor(locale="tlh-Piqd") as visitor:
        assert visitor.ready["greeting"]["text"] == desk.business.greeting()
