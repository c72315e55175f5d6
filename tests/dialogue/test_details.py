"""Numbers, times, names, yes and no: in the customer's words."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import details


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("never mind", True),
        ("Actually, never mind, thanks", True),
        ("no nevermind then", True),
        ("stop", True),
        ("forget it", True),
        ("I’ve changed my mind", True),
        ("leave it for now", True),
        ("cancel that", True),
        ("I'd like to stop my subscription", False),
        ("don't stop", False),
        ("cancel my order", False),
        ("never", False),
        ("5 Mill Lane, York", False),
    ],
)
def test_the_wish_to_stop(text: str, stops: bool) -> None:
    assert details.wants_to_stop(text) is stops


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("yes, cancel it", True),
        ("go ahead", True),
        ("ok", True),
        ("yes but to another address", None),
        ("no", False),
        ("don't do that", False),
        ("nah leave it", False),
        ("is that right?", None),
        ("maybe later", None),
        ("CK-10431", None),
    ],
)
def test_yes_and_no(text: str, meant: bool | None) -> None:
    assert details.yes_or_no(text) is meant


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("07700 900245", "+44 7700 900245"),
        ("it's 01632960187, call after 5", "+44 1632 960187"),
        ("+49 30 901820", "+49 30 901820"),
        ("12", None),
        ("CK-10431", None),
        ("tomorrow", None),
    ],
)
def test_phone_numbers(text: str, phone: str | None) -> None:
    assert details.phone_in(text, "GB") == phone


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("tomorrow afternoon", "tomorrow afternoon"),
        ("maybe around 14:30", "14:30"),
        ("ok, Friday at 3pm.", "Friday at 3pm"),
        ("whenever", "whenever"),
        ("when are you open tomorrow?", None),
        ("my grinder", None),
    ],
)
def test_times(text: str, time: str | None) -> None:
    assert details.time_in(text) == time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("please call me back tomorrow morning about my order", "tomorrow morning"),
        ("ring me on Monday at 3 pm", "on Monday at 3 pm"),
        ("call me asap", "asap"),
        ("call me back", None),
    ],
)
def test_times_within_a_longer_message(text: str, time: str | None) -> None:
    assert details.time_within(text) == time


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the kettle is dented", "damaged"),
        ("both bags were torn open", "damaged"),
        ("you sent the wrong grind", "wrong"),
        ("the mug is missing", "missing"),
        ("it never arrived", "late"),
        ("the beans taste stale", "quality"),
        ("I have a problem", None),
    ],
)
def test_kinds_of_problems(text: str, kind: str | None) -> None:
    assert details.kind_in(text) == kind
    assert kind is None or kind in details.KINDS


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Robin Example", "Robin Example"),
        ("my name is Zoë O’Neill", "Zoë O'Neill"),
        ("it's Anna-Maria", "Anna-Maria"),
        ("Sun Li", "Sun Li"),
        ("tomorrow at 10", None),
        ("Tomorrow morning", None),
        ("CK 10423", None),
        ("07700 900245", None),
        ("I have been waiting for ages and nobody answers", None),
        ("why?", None),
    ],
)
def test_names(text: str, name: str | None) -> None:
    assert details.name_in(text) == name


@pytest.mark.parametrize(
    ("text", "number"),
    [("CK-10423", "CK-10423"), ("ck 10423", "CK-10423"), ("10423", "CK-10423"), ("my order", "my order")],
)
def test_order_numbers(text: str, number: str) -> None:
    assert details.order_number(text) == number


@pytest.mark.parametrize("text", ["it's about my grinder.", "about my grinder", "my grinder"])
def test_topics(text: str) -> None:
    assert details.topic_in(text) == "my grinder"


READERS: list[Callable[[str], Any]] = [
    details.wants_to_stop,
    details.yes_or_no,
    details.time_in,
    details.time_within,
    details.kind_in,
    details.description_in,
    details.topic_in,
    details.name_in,
    details.order_number,
    lambda text: details.phone_in(text, "GB"),
]


@given(st.text(max_size=300))
def test_nothing_that_is_typed_breaks_them(text: str) -> None:
    for read in READERS:
        read(text)
