import json
from datetime import datetime, timedelta, timezone

import pytest

from bot.reach.news import GivenUp, News, Open, Telling
from bot.reach.rules import DANGER, DELIVERY_FAILED, NOBODY_ONLINE, WAITED, WAITING, Target
from bot.reach.wording import TYPES, Wording

NOW = datetime(2026, 11, 3, 11, tzinfo=timezone.utc)
LATER = NOW + timedelta(hours=1)
CONSOLE = "https://chat.example/console"
MARA = Open("h1", "c1", NOW, NOW, "Mara Lindqvist", "Her order CK-10423 is late and she is upset.")
WORDING = Wording(CONSOLE, "Copper Kettle", situation=True)


def payload(news: News, channel: str = "email", wording: Wording = WORDING) -> dict:
    return wording.payload(Telling(news, Target(channel, "team")), NOW, LATER)


def about(event: str, one: Open = MARA) -> News:
    return News(event, "o", one, 0.5, minutes=12)


@pytest.mark.parametrize(
    ("news", "title", "lines"),
    [
        (
            about(WAITING),
            "Mara Lindqvist is waiting for a person",
            ["About: Her order CK-10423 is late and she is upset.", "Urgency: urgent"],
        ),
        (
            News(DANGER, "o", MARA, 0.95),
            "Somebody may be in danger: Mara Lindqvist needs a person now",
            ["About: Her order CK-10423 is late and she is upset.", "Urgency: danger"],
        ),
        (
            about(WAITED, Open("h1", "c1", NOW, NOW)),
            "A visitor has waited 12 minutes for a person",
            ["Urgency: urgent"],
        ),
        (
            News(NOBODY_ONLINE, "o", minutes=6, waiting=2),
            "Copper Kettle is open, and nobody is online",
            ["Nobody has had the console open for 6 minutes.", "Waiting for a person: 2"],
        ),
        (
            News(DELIVERY_FAILED, "o", given_up=GivenUp("crm_note", NOW, 3, "There is no such customer.")),
            "A note to the customer records could not be delivered",
            ["What was said last: There is no such customer.", "And 2 more of this kind in this hour."],
        ),
    ],
)
def test_people_are_told_in_a_title_and_a_few_lines(news: News, title: str, lines: list[str]) -> None:
    told = payload(news)
    assert (told["subject"], told["text"].splitlines()) == (title, lines)
    assert told["to"] == payload(news, "chat")["target"] == "team"
    assert told["until"] == "2026-11-03T12:00:00.000Z"


def test_the_link_leads_to_the_conversation() -> None:
    assert payload(about(WAITING))["link"][1] == f"{CONSOLE}#/queue/c1"
    served = Open("h1", "c1", NOW, None)
    assert payload(about(DANGER, served))["link"][1] == f"{CONSOLE}#/all/c1"
    assert payload(News(NOBODY_ONLINE, "o"))["link"][1] == CONSOLE


@pytest.mark.parametrize("channel", ["email", "chat", "webhook"])
def test_the_owner_decides_whether_the_situation_is_said(channel: str) -> None:
    discreet = Wording(CONSOLE, "Copper Kettle", situation=False)
    assert "CK-10423" in json.dumps(payload(about(WAITING), channel))
    assert "CK-10423" not in json.dumps(payload(about(WAITING), channel, discreet))


def test_machines_are_told_the_same_in_fields() -> None:
    told = payload(about(WAITED), "webhook")
    assert told == {
        "conversation": "c1",
        "target": "team",
        "content": {
            "type": "handoff.waited",
            "timestamp": "2026-11-03T11:00:00.000Z",
            "data": {
                "link": f"{CONSOLE}#/queue/c1",
                "conversation": "c1",
                "name": "Mara Lindqvist",
                "situation": "Her order CK-10423 is late and she is upset.",
                "urgency": 0.5,
                "waited_minutes": 12,
            },
        },
    }


def test_every_event_has_a_type_for_machines() -> None:
    news = {
        **{event: about(event) for event in (WAITING, DANGER, WAITED)},
        NOBODY_ONLINE: News(NOBODY_ONLINE, "o"),
        DELIVERY_FAILED: News(DELIVERY_FAILED, "o", given_up=GivenUp("email", NOW, 1, "no")),
    }
    types = {payload(one, "webhook")["content"]["type"] for one in news.values()}
    assert types == {*TYPES.values()} and len(types) == 5


def test_a_name_is_one_short_line_without_a_card_number() -> None:
    named = Open("h1", "c1", NOW, NOW, "Mara\r\nBcc: all@shop.example 4111 1111 1111 1111" + "x" * 500)
    title = payload(about(WAITING, named))["subject"]
    assert "\n" not in title and "4111 1111" not in title and len(title) < 130


def test_chat_tools_read_no_call_to_everybody_in_it() -> None:
    loud = Open("h1", "c1", NOW, NOW, "@everyone", "<!channel> come")
    told = json.dumps(payload(about(WAITING, loud), "chat"), ensure_ascii=False)
    assert "@everyone" not in told and "<!" not in told

