from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.business import Business
from bot.reach.post import Channels
from bot.reach.rules import DANGER, TRANSCRIPT, WAITED, Quiet, Rule, Rules, Target
from bot.reach.trial import Outcome, attempts, by_mail, summary, ways
from bot.settings import Settings
from tests.demo_business import demo_business
from tests.reach.post_office import post_office
from tests.reach.receiver import Receiver

SAM, TEAM = Target("email", "sam@shop.example"), Target("chat", "team")
RULES = Rules(
    (Rule(frozenset({WAITED, DANGER}), (SAM, TEAM), timedelta(minutes=10), True),),
    Quiet(time(21), time(7)),
    customers=frozenset({TRANSCRIPT}),
)


@pytest.fixture
def settings(tmp_path: Path, receiver: Receiver) -> Settings:
    given = {"KINDHAND_VAR": str(tmp_path), "KINDHAND_WEBHOOKS": f"shop={receiver.address}"}
    given["KINDHAND_CHAT"] = f"team=json://127.0.0.1:{receiver.port} me=json://127.0.0.1:1"
    return Settings.load(given)


@pytest.fixture(scope="module")
def business() -> Business:
    return demo_business()


def test_it_says_who_is_told_what(settings: Settings) -> None:
    lines = "\n".join(summary(RULES, replace(settings, smtp_host="mail.example")))
    assert "waited for 10 minutes" in lines and "email sam@shop.example and chat team (at any time)" in lines
    assert "Quiet from 21:00 to 07:00" in lines and "a copy of the conversation" in lines
    assert "webhook_secret" in lines
    assert settings.webhook_secret not in lines


def test_it_says_when_nobody_is_told_anything(settings: Settings) -> None:
    lines = "\n".join(summary(Rules(), settings))
    assert "Nobody is told" in lines and "no mail server" in lines


def test_every_way_is_tried_once_and_what_came_of_it_is_said(
    settings: Settings, business: Business, receiver: Receiver
) -> None:
    with post_office() as office:
        channels = replace(Channels.of(settings, business), mail=office.server)
        targets = ways(RULES, channels)
        assert targets == [SAM, TEAM, Target("chat", "me"), Target("webhook", "shop")]
        sam, team, me, shop = attempts(targets, settings, business, channels)
    assert (sam, team, shop) == (Outcome(SAM), Outcome(TEAM), Outcome(Target("webhook", "shop")))
    assert "json did not take it" in me.problem
    assert office.letters[0]["Subject"] == "A test from Copper Kettle Coffee"
    assert receiver.bodies[1]["type"] == "reach.test"


def test_without_a_mail_server_a_test_says_so(settings: Settings, business: Business) -> None:
    channels = Channels.of(settings, business)
    assert channels.mail is None and channels.sender.name == business.name
    (outcome,) = attempts([by_mail("sam@shop.example")], settings, business, channels)
    assert "KINDHAND_SMTP_HOST" in outcome.problem
