"""Lines of a brief: the wish among the words, answers among courtesies, promises among refusals."""

import pytest

from bot.empathy.lines import LONGEST, MOST, matter, promised, sentences, shortened, tried, wish
from bot.empathy.reading import Turn
from bot.empathy.state import fold


def wanted(detector, *texts):
    turns = [Turn("visitor", text, seq) for seq, text in enumerate(texts, 1)]
    found = wish(turns, fold(turns, detector))
    return found and (found.text, found.seq)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["Where is CK-10423?", "can someone please do something"], ("Where is CK-10423?", 1)),
        (["Are you even reading this? I want my money back."], ("I want my money back.", 1)),
        (["hi, can i talk to a human"], None),
        (["Please send it to my office.", "How hard can it be?"], ("Please send it to my office.", 1)),
        (["just tell me where my grinder is you morons"], ("just tell me where my grinder is you morons", 1)),
        (["Refund the grinder. What a joke."], ("Refund the grinder.", 1)),
        (["It cost £12.50 and I want it refunded."], ("It cost £12.50 and I want it refunded.", 1)),
        (["My mug arrived smashed."], None),
        (["I would be grateful if you could refund it."], ("I would be grateful if you could refund it.", 1)),
    ],
)
def test_the_wish_is_about_the_matter(detector, texts, found):
    assert wanted(detector, *texts) == found


def test_the_wish_is_seen_in_a_very_long_sentence(detector):
    long = "we waited and waited " * 60 + "and now I want the grinder replaced before the market opens"
    text, seq = wanted(detector, long)
    assert "I want the grinder replaced" in text and len(text) <= LONGEST


def test_the_matter_is_what_went_wrong_not_how_the_letter_begins(detector):
    turns = [Turn("visitor", "Good morning. I have bought here since 2019. My mug arrived broken.", 1)]
    assert matter(turns, fold(turns, detector)).text == "My mug arrived broken."


def test_after_an_agent_only_what_came_later_counts(detector):
    turns = [
        Turn("visitor", "I want a new mug, mine is smashed", 1),
        Turn("agent", "We have sent one today.", 2),
        Turn("visitor", "where is the new mug then", 3),
    ]
    assert wish(turns, fold(turns, detector)).seq == 3


@pytest.mark.parametrize(
    "text",
    [
        "Hello, I'm Pip, Copper Kettle Coffee's bot. What can I help with?",
        "You're still waiting for your parcel.",
        "Which order is it about?",
        "A person should see this. Shall I bring in a colleague, with everything you've told me?",
        "Please tell me in a sentence or two what you found.",
    ],
)
def test_courtesies_questions_and_offers_tried_nothing(text):
    assert tried([Turn("bot", text, 1)]) == ()


def test_answers_of_the_bot_and_of_an_agent_were_tries():
    turns = [
        Turn("bot", "Ask for a fresh link at https://shop.example/reset. Does that help?", 1),
        Turn("agent", "I've reset it.", 2),
        Turn("bot", "I'm not sure I got that.", 3, failed=True),
    ]
    assert [(line.seq, line.text) for line in tried(turns)] == [
        (1, "Ask for a fresh link at https://shop.example/reset."),
        (2, "A colleague: I've reset it."),
        (3, "Did not understand: I'm not sure I got that."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We've sent a new bag today.",
        "I'm arranging the refund.",
        "A colleague answers within one working day.",
        "You will hear from us by Friday.",
        "CK-10431 is cancelled.",
        "You get a free replacement.",
    ],
)
def test_what_we_promised(text):
    assert [line.text for line in promised([Turn("agent", "Hello. " + text, 4)])] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "If you like, we will send a new one.",
        "I can't do that.",
        "Shall I say that we will call?",
        "Tell us within 14 days.",
        "You can send it back within 30 days.",
        "I'll only do it when you say yes.",
    ],
)
def test_what_is_no_promise(text):
    assert promised([Turn("bot", text, 1)]) == ()


def test_the_same_promise_is_listed_once_with_its_latest_message():
    turns = [Turn("bot", "You will hear from us.", seq) for seq in range(1, 20)]
    assert [line.seq for line in promised(turns)] == [19]
    assert len(promised([Turn("bot", f"We will send {n} bags.", n) for n in range(20)])) == MOST


def test_sentences_keep_prices_and_numbers_whole():
    assert sentences("It was £12.50. Why?\nOrder 3.") == ["It was £12.50.", "Why?", "Order 3."]


def test_a_shortened_text_says_that_it_was_cut():
    assert shortened("a  b\nc") == "a b c"
    assert shortened("word " * 100).endswith("…") and len(shortened("word " * 100)) <= LONGEST
