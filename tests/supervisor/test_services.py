"""What is started: three processes that find each other by the same settings."""

from pathlib import Path

import pytest

from bot.settings import Settings
from bot.supervisor.services import child_environment, services


def test_each_process_listens_where_the_others_look(settings: Settings) -> None:
    actions, brain, desk = services(settings, Path("model.tar.gz"))
    assert [one.name for one in (actions, brain, desk)] == ["actions", "brain", "desk"]
    assert actions.health.startswith(settings.actions_url) and actions.port == settings.actions_port
    assert brain.health.startswith(settings.brain_url) and str(settings.brain_port) in brain.argv
    assert desk.health.startswith(settings.desk_url) and desk.host == settings.host


def test_only_the_desk_can_be_reached_from_outside(settings: Settings) -> None:
    actions, brain, _ = services(settings, Path("model.tar.gz"))
    assert (actions.host, brain.host) == ("127.0.0.1", "127.0.0.1")
    assert brain.argv[brain.argv.index("--interface") + 1] == "127.0.0.1"


def test_the_children_read_the_same_settings_and_secrets(settings: Settings) -> None:
    for service in services(settings, Path("model.tar.gz")):
        assert Settings.load(service.environment) == settings


@pytest.mark.parametrize(("ours", "rasas"), [("DEBUG", "INFO"), ("INFO", "INFO"), ("ERROR", "ERROR")])
def test_rasa_never_writes_down_what_customers_say(tmp_path: Path, ours: str, rasas: str) -> None:
    settings = Settings.load({"KINDHAND_VAR": str(tmp_path), "KINDHAND_LOG_LEVEL": ours})
    given = child_environment(settings)
    assert (given["KINDHAND_LOG_LEVEL"], given["LOG_LEVEL"]) == (ours, rasas)


def test_beside_others_the_assistant_starts_gently_and_the_desk_is_not_concerned(settings: Settings) -> None:
    usual, gentle = (services(settings, Path("model.tar.gz"), gently=gently) for gently in (False, True))
    assert ["--gently" in one.argv for one in gentle] == [True, True, False]
    assert not any("--gently" in one.argv for one in usual)
