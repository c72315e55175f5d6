from bot.handoff.bus import Bus
from bot.handoff.events import EVENTS, Event, TypingChanged


def _typing(conversation: str) -> Event:
    return TypingChanged(conversation, "visitor", None, True)


def test_who_hears_what() -> None:
    bus, all_of_it, only_one = Bus(), [], []
    with bus.subscribe(all_of_it.append), bus.subscribe(only_one.append, "c1"):
        bus.publish(_typing("c1"), _typing("c2"))
    bus.publish(_typing("c1"))
    assert [event.conversation_id for event in all_of_it] == ["c1", "c2"]
    assert [event.conversation_id for event in only_one] == ["c1"]
    assert bus._listeners == {}


def test_a_broken_listener_keeps_nobody_from_hearing() -> None:
    def broken(event: Event) -> None:
        raise RuntimeError("deaf")

    bus, heard = Bus(), []
    with bus.subscribe(broken), bus.subscribe(heard.append):
        bus.publish(_typing("c1"))
    assert len(heard) == 1


def test_a_listener_may_leave_while_it_hears() -> None:
    bus, heard = Bus(), []
    leaving = bus.subscribe(lambda event: (heard.append(event), leaving.__exit__(None, None, None)))
    leaving.__enter__()
    with bus.subscribe(heard.append):
        bus.publish(_typing("c1"), _typing("c1"))
    assert len(heard) == 3


def test_every_event_has_a_wire_name_of_its_own() -> None:
    assert len({event.wire for event in EVENTS}) == len(EVENTS)
