"""Whole conversations and when a person should take over, in the terms of our labelling."""
# ruff: noqa: E501 (a case is one row)

from dataclasses import dataclass


@dataclass(frozen=True)
class Scene:
    """`turn` counts the visitor's messages from 1; "" as a bot's line means the usual answer."""

    name: str
    said: tuple[str, ...]
    expect: str = "no"
    turn: int = 0
    tolerance: int = 1
    reason: str = ""
    bot: tuple[str, ...] = ()
    failed: tuple[int, ...] = ()


def _yes(name, *said, turn, reason, tolerance=1, **more):
    return Scene(name, said, "yes", turn, tolerance, reason, **more)


def _offer(name, *said, turn, reason, tolerance=1, **more):
    return Scene(name, said, "offer", turn, tolerance, reason, **more)


def _no(name, *said, **more):
    return Scene(name, said, **more)


SCENES = (
    _yes("gift late, polite", "Good evening, order CK-10588 was to come on Monday",
         "It is for my mother's eightieth tomorrow morning", "I see. Well. I had hoped for better.",
         turn=3, reason="high_value_or_urgent"),
    _no("loud and happy", "HELLO DO YOU GRIND FOR MOKA", "YES THANKS", "ALSO WHEN DO YOU SHUT TODAY"),
    _yes("double charge, calm", "Two payments of 32.50 on my card for one order",
         "Both have left the account. CK-10502", turn=2, reason="payment_dispute"),
    _offer("password loop", "reset link doesnt work", "same", "same again. new one too",
           turn=3, reason="unresolved_after_attempts"),
    _no("landlord rant", "my landlord has cut the water off, absolute crook",
        "anyway. can i still change tomorrows delivery to my sisters", "thanks love"),
    _yes("asks at once", "hi", "can i speak to somebody please", turn=2, tolerance=0, reason="explicit_request"),
    _yes("asks by a slip", "humann pls", turn=1, tolerance=0, reason="explicit_request"),
    _yes("kettle on fire", "my new kettle caught fire this morning", turn=1, tolerance=0, reason="safety"),
    _yes("despair in passing", "where is my order", "doesn't matter. i don't want to be here anymore",
         turn=2, tolerance=0, reason="safety"),
    _yes("stranger in the account", "someone has changed the address in my account and it wasn't me",
         turn=1, tolerance=0, reason="privacy_or_security"),
    _yes("solicitor, ice cold", "Order CK-10777 has not arrived.", "I see.",
         "My solicitor has a copy of this conversation.", turn=3, tolerance=0, reason="legal_threat"),
    _yes("refuses the bot", "where is my parcel", "i'm not talking to a bot", turn=2, tolerance=0, reason="bot_refusal"),
    _yes("death and a subscription", "My mother died in March and her subscription is still being sent",
         "please cancel it", turn=1, reason="vulnerability"),
    _yes("late, again, furious", "where is my order CK-10423",
         "it was supposed to be here on tuesday", "still nothing. this is ridiculous",
         "THIS IS THE THIRD TIME. YOU PEOPLE ARE USELESS", turn=4, reason="anger"),
    _yes("leaves after trouble", "my grinder is broken", "i already told you it's broken",
         "that's it, i'm taking my business elsewhere", turn=3, reason="churn_threat"),
    _yes("review after trouble", "wrong beans again", "you sent the wrong ones last time too and nobody answered",
         "i'm going to leave a one star review everywhere", turn=3, reason="public_review_threat"),
    _yes("wedding tomorrow, parcel lost", "the mugs for my wedding have not arrived", "the wedding is on saturday",
         turn=2, reason="high_value_or_urgent"),
    _offer("same question three times", "how long is the warranty on the kettle",
           "how long is the warranty on the kettle?", "so how long is the warranty on that kettle",
           turn=3, reason="repeated_question"),
    _offer("does not follow", "i don't understand", "sorry what do you mean", "makes no sense to me",
           turn=2, reason="confusion_persistent"),
    _offer("bot fails twice", "grblx the thing", "the thing with the knob", "the knob thing on the side",
           turn=3, reason="confusion_persistent", failed=(1, 2)),
    _offer("calm wish to leave", "i think i'm going elsewhere for my coffee", turn=1, reason="churn_threat"),
    _offer("one insult", "fuck you", turn=1, reason="abuse"),
    _yes("insult after insult", "you stupid idiots", "go to hell you useless morons", turn=2, reason="abuse"),
    _no("finds it", "i never got the confirmation mail", "still not there", "oh wait, it's in spam", "thanks"),
    _no("negative topic, calm", "I want to cancel my subscription", "yes, from next month", "ok thanks"),
    _no("complaint form", "where can i find the complaints form", "and the address?", "great, thank you"),
    _no("joking swearing", "bloody hell that was quick delivery lol", "love it", "any new beans this month?"),
    _no("angry at the courier", "the DPD driver is a lying idiot", "can you resend it to my work address please", "thanks"),
    _no("a test, and said so", "just testing: i want to sue everybody", "ok what are your hours"),
    _no("one failed parse", "asdf", "when do you open", failed=(1,)),
    _no("asks whether it is a bot", "are you a real person?", "ok. what is the shipping cost"),
    _no("plain date", "can you deliver by friday", "to Leeds", "perfect"),
    _no("damaged, told calmly", "one of my mugs came broken", "yes CK-10398", "a replacement please", "thank you"),
    _no("declines", "i already told you the grinder is broken", "no i don't need a human, just tell me how to return it",
        "ok thanks"),
    _no("third party grief in passing", "sorry for the delay, busy day", "do you have decaf"),
    _yes("food and glass", "there was a piece of glass in my bag of beans", turn=1, tolerance=0, reason="safety"),
    _yes("cancelled but charged", "i cancelled in june", "and you took money from my account again after i cancelled",
         turn=2, reason="payment_dispute"),
)  # fmt: skip
