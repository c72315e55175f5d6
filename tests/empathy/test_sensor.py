"""One message at a time: a hard table, read as a thoughtful support lead would."""
# ruff: noqa: E501 (a case is one row)

import statistics
import time

import pytest

from bot.empathy.lexicon import Lexicon
from bot.empathy.reading import EMOTIONS, TARGETS, Cue
from bot.empathy.sensor import CueLexiconDetector

# emotion, least and most distress, target (None: not asserted), message, bot's message before
TABLE = [  # fmt: skip
    # calm negative topics
    ("neutral", 0.0, 0.15, "nobody", "where do i find your complaints procedure", ""),
    ("neutral", 0.0, 0.15, "nobody", "i want to cancel my subscription", ""),
    ("neutral", 0.0, 0.15, "nobody", "How do I return a damaged item?", ""),
    ("neutral", 0.0, 0.15, "nobody", "what is your refund policy", ""),
    ("neutral", 0.0, 0.15, "nobody", "my old machine has a dead battery, do you sell them", ""),
    ("neutral", 0.0, 0.15, "nobody", "please delete my account and data", ""),
    ("neutral", 0.0, 0.15, "nobody", "WHERE IS YOUR SHOP", ""),
    ("neutral", 0.0, 0.15, "nobody", "is the dark roast very bitter", ""),
    ("neutral", 0.0, 0.15, "nobody", "can i still order for delivery on friday", ""),
    ("neutral", 0.0, 0.15, "nobody", "are you a real person?", ""),
    ("neutral", 0.0, 0.15, "nobody", "is there a court near the second cafe", ""),
    ("neutral", 0.0, 0.15, "nobody", "Do you take two payments for one order, half now half later?", ""),
    ("neutral", 0.0, 0.15, "nobody", "how many times a week do you roast", ""),
    ("neutral", 0.0, 0.15, "nobody", "it's for my solicitor, he loves coffee", ""),
    ("neutral", 0.0, 0.2, "nobody", "one bag was crushed, what should i do", ""),
    # joy, however loud or rude
    ("satisfied", 0.0, 0.1, "nobody", "THE OVEN GLOVES CAME AND THEY ARE SO GOOD", ""),
    ("satisfied", 0.0, 0.1, "nobody", "this bleeding kettle is the dog's bollocks", ""),
    ("satisfied", 0.0, 0.1, "nobody", "holy shit this coffee is fucking amazing", ""),
    ("satisfied", 0.0, 0.1, "nobody", "I LOVE YOU GUYS!!!", ""),
    ("satisfied", 0.0, 0.1, "nobody", "thanks so much, that was quick", ""),
    ("satisfied", 0.0, 0.1, "nobody", "oh wait, it's in my spam. sorry!", ""),
    ("satisfied", 0.0, 0.1, "nobody", "works now, cheers", ""),
    ("satisfied", 0.0, 0.1, "nobody", "damn that's good coffee", ""),
    ("satisfied", 0.0, 0.1, "nobody", "right!", "Your table is booked for eight."),
    ("satisfied", 0.0, 0.1, "nobody", "😍", ""),
    # weary, polite, understated
    (
        "frustrated",
        0.3,
        0.8,
        "us",
        "I'm sure you're all doing your best. It is only that I have now taken three mornings off.",
        "",
    ),
    ("frustrated", 0.2, 0.7, "us", "I see. Well. I had hoped for better.", ""),
    ("frustrated", 0.2, 0.8, "us", "with respect, this is the third time I have explained this", ""),
    ("frustrated", 0.2, 0.7, "us", "I am rather disappointed, I must say.", ""),
    ("frustrated", 0.2, 0.7, "us", "never mind then, forget it", ""),
    ("frustrated", 0.15, 0.6, "us", "right.", "Your refund was declined."),
    ("frustrated", 0.15, 0.6, "us", "ok.", "I am sorry, that cannot be changed any more."),
    ("frustrated", 0.15, 0.6, "us", "great", "Unfortunately we cannot refund opened bags."),
    ("frustrated", 0.2, 0.8, "us", "still no parcel and nobody answers", ""),
    ("frustrated", 0.2, 0.8, "us", "I've been waiting for three weeks now", ""),
    ("frustrated", 0.2, 0.8, "us", "you said it would be here on monday", ""),
    ("frustrated", 0.2, 0.8, "us", "that didn't help", ""),
    # sarcasm
    ("frustrated", 0.3, 0.9, "us", "Splendid. A fourth survey and still no sofa.", ""),
    ("frustrated", 0.3, 0.9, "us", "oh great, another broken grinder", ""),
    ("frustrated", 0.3, 0.9, "us", "thanks for nothing", ""),
    ("frustrated", 0.3, 0.9, "us", "wow, such helpful service 👏", ""),
    ("frustrated", 0.3, 0.9, "us", "Lovely, three weeks waiting and still nothing", ""),
    ("frustrated", 0.3, 0.9, "us", "how hard can it be to put two bags in a box", ""),
    # anger
    ("angry", 0.5, 1.0, "us", "THIS IS A DISGRACE, YOUR SERVICE IS PATHETIC", ""),
    ("angry", 0.5, 1.0, "us", "you people are liars and thieves", ""),
    ("angry", 0.6, 1.0, "us", "I have forwarded the dates and times to Trading Standards.", ""),
    ("angry", 0.6, 1.0, "us", "my solicitor has a copy", ""),
    ("angry", 0.5, 1.0, "us", "this is absolutely unacceptable", ""),
    ("angry", 0.5, 1.0, "us", "i want my money back NOW you useless idiots", ""),
    ("angry", 0.5, 1.0, "us", "fuck you", ""),
    ("angry", 0.4, 1.0, "us", "you ruined my daughter's birthday", ""),
    ("angry", 0.4, 1.0, "us", "never ordering from you again", ""),
    ("angry", 0.4, 1.0, "us", "expect a one star review on trustpilot", ""),
    ("angry", 0.4, 1.0, "us", "🤬🤬🤬", ""),
    # others and oneself
    ("angry", 0.3, 1.0, "third_party", "DPD chucked it over the fence AGAIN, animals", ""),
    ("angry", 0.3, 1.0, "third_party", "my landlord is an absolute crook", ""),
    ("angry", 0.3, 1.0, "third_party", "the courier is a bloody liar", ""),
    ("neutral", 0.0, 0.3, "nobody", "my own fault, i typed the wrong address", ""),
    # the bot
    ("frustrated", 0.2, 0.9, "bot", "you don't understand anything", ""),
    ("frustrated", 0.2, 0.9, "bot", "stupid bot", ""),
    ("frustrated", 0.2, 0.9, "bot", "i dont want to talk to a robot", ""),
    # worry, grief, confusion
    ("anxious", 0.2, 0.8, "nobody", "will i get my deposit back if the surgery is moved, i borrowed it", ""),
    ("anxious", 0.2, 0.8, "nobody", "i'm really worried it won't be here for the funeral", ""),
    ("anxious", 0.6, 1.0, "nobody", "my kettle caught fire", ""),
    ("anxious", 0.6, 1.0, "nobody", "someone else has logged into my account", ""),
    ("anxious", 0.5, 1.0, "nobody", "you charged me twice for CK-10423", ""),
    ("anxious", 0.8, 1.0, "nobody", "i don't want to live anymore", ""),
    ("sad", 0.3, 0.8, "nobody", "Please take him off the mailing list. He passed in May.", ""),
    ("sad", 0.3, 0.8, "nobody", "my husband died last week and the subscription is in his name", ""),
    ("sad", 0.3, 0.8, "nobody", "i lost my job, i can't afford it any more", ""),
    ("confused", 0.1, 0.5, "self", "so do i press the red one or not, it says both", ""),
    ("confused", 0.1, 0.5, "self", "i don't understand what you mean", ""),
    ("confused", 0.1, 0.5, "self", "???", ""),
    # announced tests, jokes, quotations, other languages
    ("neutral", 0.0, 0.1, "nobody", "just testing: i will sue you", ""),
    ("satisfied", 0.0, 0.2, "nobody", "this coffee is to die for", ""),
    ("neutral", 0.0, 0.15, "nobody", "bonjour, avez-vous du café décaféiné", ""),
    ("neutral", 0.0, 0.15, "nobody", "Haben Sie heute offen?", ""),
]

GARBAGE = ["", " ", "x", "?", "🙂", "🫠🫠🫠", "\n\n", "\x00\x01", "Z̸̛͎a̷l̵g̶o̴ ̵t̸e̸x̷t̴", "\ud83d", "a" * 5000, "12345 67890",
           "<script>alert(1)</script>", "'; DROP TABLE x; --", "/restart", "ÀÉÎ", "中文客服", "​​"]  # fmt: skip


@pytest.mark.parametrize(("emotion", "least", "most", "target", "text", "context"), TABLE)
def test_reads_like_a_support_lead(detector, emotion, least, most, target, text, context):
    reading = detector.read(text, context=context)
    assert (reading.emotion, reading.target) == (emotion, target), reading
    assert least <= reading.distress <= most, reading


@pytest.mark.parametrize("text", GARBAGE)
def test_garbage_is_calm_and_does_not_crash(detector, text):
    reading = detector.read(text)
    assert reading.distress <= 0.3
    assert reading.emotion in EMOTIONS and reading.target in TARGETS


def test_danger_counts_even_when_quoted(detector):
    assert detector.read('he wrote "I will kill you" to my sister').has("safety")
    assert detector.read("this is a test: i want to kill myself").has("safety")


def test_the_same_words_after_help_and_after_refusal(detector):
    kind = detector.read("brilliant", context="Your order is confirmed and arrives on Monday.")
    bitter = detector.read("brilliant", context="I am sorry, I cannot find that order.")
    assert kind.distress < 0.1 < bitter.distress
    assert (kind.emotion, bitter.emotion) == ("satisfied", "frustrated")


def test_scores_are_shares_and_cues_point_into_the_text(detector):
    text = "You said Monday. It's STILL not here, and I've told you three times!"
    reading = detector.read(text)
    assert set(reading.scores) == set(EMOTIONS)
    assert sum(reading.scores.values()) == pytest.approx(1, abs=0.01)
    assert all(text[cue.start : cue.end].strip() == cue.quote for cue in reading.cues)


def test_shouting_adds_force_and_means_nothing_alone(detector):
    assert detector.read("WHEN DO YOU OPEN ON SUNDAY").distress == 0
    assert (
        detector.read("YOUR SERVICE IS USELESS").distress > detector.read("your service is useless").distress
    )


def test_ten_thousand_words_take_bounded_time(detector):
    detector.read("warm up")
    start = time.process_time()
    reading = detector.read("and then nothing happened again " * 2000 + "get me a human")
    assert time.process_time() - start < 2
    assert reading.has("explicit_request")


def test_what_stands_at_the_end_of_a_long_message_is_found_where_it_stands():
    class Finder:
        def find(self, text: str) -> list[Cue]:
            return [
                Cue(word, word, text.index(word), text.index(word) + 4, word, 0.1)
                for word in ("near", "last")
            ]

    text = "near and then " + "nothing happened again " * 1000 + " last"
    cues = CueLexiconDetector(Finder(), Lexicon()).read(text).cues
    assert [text[cue.start : cue.end] for cue in cues] == ["near", "last"]


def test_a_message_is_read_in_milliseconds(detector):
    took = []
    for *_, text, context in TABLE:
        start = time.process_time()
        detector.read(text, context=context)
        took.append(time.process_time() - start)
    assert statistics.median(took) < 0.010
