import pytest

from bot.desk.access import Session, SignedIn
from bot.desk.console import tickets
from bot.desk.console.tickets import Tickets
from bot.errors import NotAuthenticated

SESSION = Session("s", SignedIn("a-sam", "Sam Reyes", "sam@example.com", "agent"), "csrf")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_ticket_is_worth_something_once_and_for_a_while() -> None:
    clock = Clock()
    issued = Tickets(clock)
    first, second = issued.issue(SESSION), issued.issue(SESSION)
    assert first != second and issued.take(first) is SESSION
    clock.now = 30.1
    for worthless in (first, second, "", "made-up"):
        with pytest.raises(NotAuthenticated):
            issued.take(worthless)


def test_forgotten_tickets_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tickets, "MOST", 3)
    issued = Tickets()
    first, *rest = [issued.issue(SESSION) for _ in range(4)]
    assert all(issued.take(ticket) is SESSION for ticket in rest)
    with pytest.raises(NotAuthenticated):
        issued.take(first)
