"""Settings: one door, clear words for wrong values."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, described


def test_defaults_lie_in_the_var_folder(tmp_path: Path) -> None:
    settings = Settings.load({"KINDHAND_VAR": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path / 'desk.db'}"
    assert settings.address == "http://localhost:8030"


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("KINDHAND_PORT", "eighty", "whole number"),
        ("KINDHAND_PORT", "70000", "65535"),
        ("KINDHAND_DEMO", "perhaps", "true or false"),
        ("KINDHAND_LOG_LEVEL", "LOUD", "DEBUG"),
        ("KINDHAND_SECRET", "short", "32 characters"),
        ("KINDHAND_PROT", "8030", "not a setting"),
        ("KINDHAND_CRM", "excel", "embedded, shop, tryton, hubspot, http"),
        ("KINDHAND_PUBLIC_URL", "chat.example", "https://"),
        ("KINDHAND_ALLOWED_ORIGINS", "shop.example", "https://www.yourshop.example"),
        ("KINDHAND_ALLOWED_ORIGINS", "https://shop.example/page", "without a path"),
        ("KINDHAND_ALLOWED_ORIGINS", "https://shop.example; script-src *", "by comma"),
        ("KINDHAND_SMTP_TLS", "ssl3", "starttls, tls, none"),
        ("KINDHAND_SMTP_SENDER", "Kettle\nBcc: all@shop.example", "hello@"),
        ("KINDHAND_CHAT", "slack://token", "name=address"),
        ("KINDHAND_CHAT", "a=slack://x a=slack://y", "name of its own"),
        ("KINDHAND_WEBHOOK_SECRET", "whsec_c2hvcnQ=", "24 to 64 bytes"),
        ("KINDHAND_WEBHOOK_SECRET", "a secret that is long enough, but none", "whsec_"),
    ],
)
def test_a_wrong_value_names_the_key_and_the_mend(tmp_path: Path, key: str, value: str, word: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.load({"KINDHAND_VAR": str(tmp_path), key: value})
    assert key in str(caught.value) and word in str(caught.value)


@pytest.mark.parametrize("key", ["KINDHAND_CHAT", "KINDHAND_SECRET", "KINDHAND_WEBHOOK_SECRET"])
def test_a_wrong_secret_is_not_shown(tmp_path: Path, key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.load({"KINDHAND_VAR": str(tmp_path), key: "hush"})
    assert "hush" not in str(caught.value)


def test_secrets_stay_out_of_what_is_printed(tmp_path: Path) -> None:
    given = {"KINDHAND_SMTP_PASSWORD": "hush", "KINDHAND_CHAT": "team=slack://hush"}
    assert "hush" not in repr(Settings.load({"KINDHAND_VAR": str(tmp_path), **given}))


def test_targets_are_parted_by_blanks_and_commas(tmp_path: Path) -> None:
    chat = "team=slack://a/b?to=x,y, me=ntfys://ntfy.example/t \n you=json://h/p"
    settings = Settings.load({"KINDHAND_VAR": str(tmp_path), "KINDHAND_CHAT": chat})
    assert settings.chat == ("team=slack://a/b?to=x,y", "me=ntfys://ntfy.example/t", "you=json://h/p")
    assert Settings.load(settings.environment()) == settings


@pytest.mark.parametrize(("tls", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_mail_port_goes_with_the_encryption(tmp_path: Path, tls: str, port: int) -> None:
    given = {"KINDHAND_VAR": str(tmp_path), "KINDHAND_SMTP_TLS": tls}
    assert Settings.load(given).smtp_port == port
    assert Settings.load(given | {"KINDHAND_SMTP_PORT": "2525"}).smtp_port == 2525


def test_a_password_never_travels_in_the_open(tmp_path: Path) -> None:
    given = {"KINDHAND_VAR": str(tmp_path), "KINDHAND_SMTP_TLS": "none", "KINDHAND_SMTP_PASSWORD": "hush"}
    assert Settings.load(given | {"KINDHAND_SMTP_HOST": "localhost"}).smtp_password == "hush"
    with pytest.raises(SettingsError, match="KINDHAND_SMTP_TLS is none"):
        Settings.load(given | {"KINDHAND_SMTP_HOST": "mail.example"})


def test_the_secret_of_webhooks_is_made_when_there_are_some(tmp_path: Path) -> None:
    given = {"KINDHAND_VAR": str(tmp_path)}
    assert Settings.load(given).webhook_secret == "" and not (tmp_path / "webhook_secret").exists()
    made = Settings.load(given | {"KINDHAND_WEBHOOKS": "shop=https://shop.example/hook"}).webhook_secret
    assert made.startswith("whsec_") and (tmp_path / "webhook_secret").read_text() == made


def test_the_environment_wins_over_the_env_file(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text(f"KINDHAND_PORT=9000\nKINDHAND_LOG_LEVEL=debug\nKINDHAND_VAR={tmp_path}\nOTHER=1\n")
    settings = Settings.load({"KINDHAND_PORT": "9001"}, env_file)
    assert (settings.port, settings.log_level) == (9001, "DEBUG")


def test_secrets_are_made_once_and_kept_private(tmp_path: Path) -> None:
    first, second = (Settings.load({"KINDHAND_VAR": str(tmp_path)}) for _ in range(2))
    assert first.secret == second.secret != first.identity_secret
    assert len(first.secret) >= 32
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_nobody_else_on_the_machine_may_look_into_the_folder(tmp_path: Path) -> None:
    Settings.load({"KINDHAND_VAR": str(tmp_path / "var")})
    assert (tmp_path / "var").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "var"):
        with pytest.raises(SettingsError, match="KINDHAND_VAR cannot be used") as refusal:
            Settings.load({"KINDHAND_VAR": str(folder)})
        assert str(folder) in str(refusal.value)


@pytest.mark.parametrize("name", ["secret", "identity_secret"])
def test_an_empty_secret_opens_no_door(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(" \n")
    with pytest.raises(SettingsError, match=f"{name} is empty"):
        Settings.load({"KINDHAND_VAR": str(tmp_path)})


def test_what_children_get_reads_back_the_same(tmp_path: Path) -> None:
    settings = Settings.load(
        {
            "KINDHAND_VAR": str(tmp_path),
            "KINDHAND_DEMO": "no",
            "KINDHAND_ALLOWED_ORIGINS": "https://a.example/, https://b.example",
        }
    )
    assert settings.allowed_origins == ("https://a.example", "https://b.example")
    assert Settings.load(settings.environment()) == settings


def test_every_setting_says_what_it_is_for() -> None:
    assert all(help.endswith(".") and len(help) > 15 for _, _, help in described())


def test_customer_records_elsewhere_need_an_address(tmp_path: Path) -> None:
    given = {"KINDHAND_VAR": str(tmp_path), "KINDHAND_CRM": "shop"}
    with pytest.raises(SettingsError, match="KINDHAND_CRM_URL is empty.*shop"):
        Settings.load(given)
    assert Settings.load(given | {"KINDHAND_CRM_URL": "postgresql://x/y"}).crm == "shop"
    assert Settings.load(given | {"KINDHAND_CRM": "HubSpot"}).crm_url == "https://api.hubapi.com"
