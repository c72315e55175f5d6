"""Other ways of writing the same message."""

import random

from scripts.mood.augment import Twins
from scripts.mood.corpus import Example


def test_a_twin_is_one_of_the_written_group_and_never_the_message_itself():
    plain, scots, apart = Example("a", same="e1"), Example("b", same="e1"), Example("c", same="e2")
    twins = Twins([plain, scots, apart])
    assert {twins.of(plain, random.Random(seed)).text for seed in range(20)} == {"b"}
