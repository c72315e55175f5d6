"""Told as a fact, or only asked about."""

import pytest

from bot.empathy.asking import told


@pytest.mark.parametrize(
    ("text", "words", "fact"),
    [
        ("my mug came broken", "broken", True),
        ("how do I return a damaged item?", "damaged", False),
        ("how do I return my broken mug", "broken", True),
        ("what if a bag is late", "late", False),
        ("if my mug arrives broken, who pays", "broken", False),
        ("is my parcel delayed?", "delayed", False),
        ("hi, is there a problem with the site", "problem", False),
        ("Hello. My kettle is faulty, can I send it back?", "faulty", True),
        ("can i get a refund, my mug is cracked", "cracked", True),
        ("why is my parcel late", "late", True),
        ("late", "late", True),
    ],
)
def test_a_trouble_that_is_only_asked_about_is_none(text, words, fact):
    assert told(text, text.index(words)) is fact


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("can I get it by friday?", False),
        ("will my order be here by friday", False),
        ("I need it by friday", True),
        ("my mug broke. I need one by friday", True),
    ],
)
def test_a_date_that_is_asked_about_is_no_deadline(text, fact):
    assert told(text, text.index("by friday"), date=True) is fact
