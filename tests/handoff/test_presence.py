from datetime import timedelta

from bot.handoff.presence import Presence


def test_online_while_a_socket_is_open() -> None:
    presence = Presence()
    with presence.online("a"), presence.online("a"), presence.online("b"):
        assert presence.agents == {"a", "b"}
    assert presence.agents == set()


def test_time_away_is_counted_from_the_last_socket() -> None:
    now = 100.0
    presence = Presence(lambda: now)
    with presence.online("a"):
        with presence.online("a"):
            now += 60
        now += 60
        assert presence.away("a") == timedelta()
    now += 5
    assert presence.away("a") == timedelta(seconds=5)
    with presence.online("a"):
        assert presence.away("a") == timedelta()


def test_who_was_not_seen_yet_is_away_since_the_start() -> None:
    now = 100.0
    presence = Presence(lambda: now)
    now += 30
    assert presence.away("a") == timedelta(seconds=30)
    assert presence.lately(timedelta(minutes=1)) == set()


def test_a_reload_is_no_absence() -> None:
    now = 100.0
    presence = Presence(lambda: now)
    with presence.online("a"):
        now += 1
    now += 10
    assert presence.lately(timedelta(seconds=11)) == {"a"}
    assert presence.lately(timedelta(seconds=10)) == set()
