import pytest

from bot.crm import deliveries
from bot.crm.adapter import Crm
from bot.crm.card import CALLBACK
from bot.crm.sql import SqlCrm
from bot.errors import CrmUnavailable, NotSupported, RecordRefused, Undeliverable

NOTE = deliveries.note("conversation", "ann", "Sam", "A new pot is on its way")


def test_notes_and_tickets_arrive_once_however_often_they_are_sent(crm: SqlCrm) -> None:
    ways = deliveries.deliveries(crm)
    ticket = deliveries.ticket("conversation", "ann", CALLBACK, "Call Ann")
    for _ in range(3):
        ways[deliveries.NOTE](NOTE, "k1")
        ways[deliveries.TICKET](ticket, "k2")
    card = crm.card("ann")
    assert [(note.author, note.text) for note in card.notes] == [("Sam", "A new pot is on its way")]
    assert [(ticket.kind, ticket.text) for ticket in card.tickets] == [(CALLBACK, "Call Ann")]


class Failing(Crm):
    def __init__(self, problem: Exception) -> None:
        self.problem = problem

    def add_note(self, *told: str, key: str) -> None:
        raise self.problem


def test_what_may_pass_is_tried_again() -> None:
    with pytest.raises(CrmUnavailable):
        deliveries.deliveries(Failing(CrmUnavailable("down")))[deliveries.NOTE](NOTE, "k")


def test_what_will_not_pass_is_given_up(crm: SqlCrm) -> None:
    stranger = deliveries.note("conversation", "nobody", "Sam", "Hello")
    for records, told in ((Failing(RecordRefused("400")), NOTE), (crm, stranger)):
        with pytest.raises(Undeliverable, match="do not take it"):
            deliveries.deliveries(records)[deliveries.NOTE](told, "k")


def test_records_that_have_no_room_for_notes_are_spared_them() -> None:
    deliveries.deliveries(Failing(NotSupported("add_note")))[deliveries.NOTE](NOTE, "k")
