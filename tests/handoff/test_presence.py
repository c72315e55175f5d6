from bot.handoff.presence import Presence


def test_online_while_a_socket_is_open() -> None:
    presence = Presence()
    with presence.online("a"), presence.online("a"), presence.online("b"):
        assert presence.agents == {"a", "b"}
    assert presence.agents == set()
