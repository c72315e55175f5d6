import re
import shutil
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from sqlalchemy import func, select

from bot.crm.sql import SqlCrm
from bot.crm.tables import customers, orders
from bot.demo.conversations import FILE as CONVERSATIONS
from bot.demo.customers import cards
from bot.demo.seed import AGENTS, DEMO_AGENT, demo_password, seed
from bot.desk.access import Access
from bot.errors import RecordNotFound
from bot.handoff.plain import mask_cards
from bot.settings import Settings
from bot.storage import heard
from bot.storage.engine import Database
from bot.storage.tables import agents, conversations, handoffs, messages
from tests.demo_business import demo_business

PAST = YAML(typ="safe").load(CONVERSATIONS)
NOW = datetime.now(timezone.utc)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A var folder, seeded once, to be copied."""
    folder = tmp_path_factory.mktemp("demo") / "var"
    seed(Settings.load({"KINDHAND_VAR": str(folder)}))
    return folder


@pytest.fixture
def seeded(once: Path, settings: Settings) -> Settings:
    shutil.copytree(once, settings.var, dirs_exist_ok=True)
    return settings


@pytest.mark.parametrize(
    ("who", "number", "status", "late"),
    [
        ("c-mara", "CK-10423", "shipped", True),
        ("c-tom", "CK-10431", "packing", False),
        ("c-ines", "CK-10398", "delivered", True),
        ("c-george", "CK-10057", "delivered", True),
        ("c-aiko", "CK-10440", "placed", False),
    ],
)
def test_the_customers_that_the_product_is_shown_with(
    seeded: Settings, who: str, number: str, status: str, late: bool
) -> None:
    order = SqlCrm(seeded.crm_url).order(who, number)
    assert order.status == status and (order.expected_at < NOW) is late
    assert order.changeable is (status in ("placed", "packing"))


def test_enough_variety_to_show_everything(seeded: Settings) -> None:
    known = {card.customer.id: card for card in cards(NOW)}
    assert len(known) >= 12
    assert known["c-mara"].customer.vip and "subscriber" in known["c-mara"].customer.tags
    assert [ticket.status for ticket in known["c-ines"].tickets] == ["open"]
    assert "lapsed subscriber" in known["c-george"].customer.tags and len(known["c-tom"].orders) == 1
    states = {order.status for card in known.values() for order in card.orders}
    assert states == {"placed", "packing", "shipped", "delivered", "cancelled"}
    with pytest.raises(RecordNotFound):
        SqlCrm(seeded.crm_url).order("c-tom", "CK-10423")


def test_nobody_in_the_demo_is_real() -> None:
    for card in cards(NOW):
        assert re.search(r"(^|[.@])example(\.(com|org|net))?$", card.customer.email)
        assert re.match(
            r"\+44 (7700 900|1632 960|20 7946 0|113 496 0|117 496 0)\d{3}$", card.customer.phone
        ), card.customer.name


@pytest.mark.parametrize("hour", [0, 3, 9, 23])
def test_the_past_is_past_at_any_hour(hour: int) -> None:
    now = datetime(2026, 3, 29, hour, 1, tzinfo=timezone.utc)
    for card in cards(now):
        things = [order.placed_at for order in card.orders]
        assert all(at < now for at in [*things, *(t.at for t in card.tickets), *(n.at for n in card.notes)])
        for order in card.orders:
            assert not order.expected_at or order.placed_at <= order.expected_at
            assert (order.expected_at or now) >= now or order.status in ("shipped", "delivered")


def test_again_changes_nothing_but_dates(seeded: Settings) -> None:
    crm = SqlCrm(seeded.crm_url)
    crm.cancel_order("c-tom", "CK-10431", key="k")
    with crm.writing() as connection:
        connection.execute(orders.update().values(placed_at=NOW - timedelta(days=900)))
        before = [
            connection.execute(select(func.count()).select_from(t)).scalar() for t in (customers, orders)
        ]
    password = demo_password(seeded)
    seed(seeded)
    assert crm.order("c-tom", "CK-10431").status == "cancelled" and demo_password(seeded) == password
    assert crm.order("c-tom", "CK-10431").placed_at > NOW - timedelta(days=3)
    with crm.writing() as connection:
        after = [
            connection.execute(select(func.count()).select_from(t)).scalar() for t in (customers, orders)
        ]
    assert (
        before == after
        and _count(seeded, agents) == len(AGENTS)
        and _count(seeded, conversations) == len(PAST)
    )


def test_the_password_works_is_private_and_survives_its_file(seeded: Settings) -> None:
    path = Path(seeded.var / "demo-password")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    old = demo_password(seeded)
    path.unlink()
    seed(seeded)
    assert demo_password(seeded) != old
    access = Access(Database(seeded.database_url))
    assert access.login(DEMO_AGENT, demo_password(seeded), "::1")[1].agent.name == "Sam Reyes"


def test_past_conversations_are_over(seeded: Settings) -> None:
    with Database(seeded.database_url).read() as connection:
        rows = connection.execute(select(conversations)).all()
        ended = connection.execute(select(handoffs)).all()
        spoken = connection.execute(
            select(messages).order_by(messages.c.conversation_id, messages.c.seq)
        ).all()
    assert len(rows) >= 12 and {row.owner for row in rows} == {"closed"}
    assert all(row.closed_at < NOW and row.opened_at < row.closed_at for row in rows)
    assert 4 <= len(ended) < len(rows) and all(row.state == "resolved" and row.claimed_by for row in ended)
    for row in rows:
        lines = [line for line in spoken if line.conversation_id == row.id]
        assert [line.seq for line in lines] == list(range(1, row.last_seq + 1))
        assert lines == sorted(lines, key=lambda line: line.at)


@pytest.mark.parametrize("past", PAST, ids=lambda past: past["id"])
def test_reasons_quote_what_was_said(past: dict[str, Any]) -> None:
    texts = [text for line in past["said"] for text in line.values()]
    for reason in past.get("reasons", ()):
        assert reason["quote"] in texts[reason["seq"] - 1]
    assert all(mask_cards(text) == text for text in texts)
    assert ("agent" in past) == ("reasons" in past)


def test_what_was_heard_and_judged_of_the_past_is_there(seeded: Settings) -> None:
    with Database(seeded.database_url).read() as connection:
        rows = heard.since(connection, NOW - timedelta(days=30))
        failures = heard.failures(connection, NOW - timedelta(days=30))
        judged = heard.judged(connection, NOW - timedelta(days=30))
        notes = heard.written(connection, ["demo-kettle"])
    dogs = next(row for row in rows if (row.conversation, row.seq) == ("demo-dogs-1", 1))
    assert dogs.heard["intent"] == "nlu_fallback" and "utter_ask_rephrase" in dogs.heard["answered"]
    assert ("demo-dogs-1", 2) in failures
    kettle = next(one for one in judged if one.conversation == "demo-kettle")
    assert (kettle.agent, kettle.escalation) == ("Noor Haddad", "too_late") and notes["demo-kettle"]


@pytest.mark.parametrize("past", PAST, ids=lambda past: past["id"])
def test_what_was_heard_stands_beside_a_line_of_the_visitor(past: dict[str, Any]) -> None:
    speakers = dict(enumerate((next(iter(line)) for line in past["said"]), 1))
    for seq, (intent, confidence, second, close, *_) in past.get("heard", {}).items():
        assert speakers[seq] == "visitor" and intent != second
        assert 0 <= close <= confidence <= 1
    for mark in ("failed", "offered"):
        assert all(speakers[seq] == "bot" for seq in past.get(mark, ()))


def _count(settings: Settings, table: Any) -> int:
    with Database(settings.database_url).read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_past_hand_overs_have_a_brief_and_moods_are_read(seeded: Settings) -> None:
    with Database(seeded.database_url).read() as connection:
        moods = dict(connection.execute(select(conversations.c.id, conversations.c.mood)).all())
        briefs = dict(connection.execute(select(handoffs.c.conversation_id, handoffs.c.brief)).all())
    assert all(mood["moments"] for mood in moods.values())
    kettle = briefs["demo-kettle"]
    assert (
        "CK-10398" in kettle["situation"]
        and kettle["reasons"][0]["evidence"][0]["quote"] == "talk to a human"
    )
    assert all(promise["seq"] < 7 for promise in kettle["promised"]), "it was composed before the agent came"


def test_the_demos_people_have_skills_that_its_routing_knows():
    business = demo_business()
    assert {skill for agent in AGENTS for skill in agent["skills"]} == set(business.routing.skills)
