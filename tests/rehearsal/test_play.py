"""Scenes over the whole product, and a copy of it that touches nothing of the owner's."""

from pathlib import Path

import pytest

from bot.rehearsal.play import apart, play, settings_of
from bot.rehearsal.scene import Expectation, Scene
from bot.settings import Settings
from bot.supervisor.product import Product

SCENES = [
    Scene(
        "asks",
        "request",
        ("do you take amex", "I want to talk to a person please"),
        Expectation("yes", 2, 0, frozenset({"explicit_request"})),
    ),
    Scene("lost", "stuck", ("blorf quannel drusk", "vemmit ploon zarg"), Expectation("offer", 2)),
    Scene("calm", "question", ("what time do you open on sunday?", "thanks!"), Expectation("no")),
]


@pytest.mark.slow
async def test_scenes_are_decided_by_the_running_product(product: Product) -> None:
    score = await play(SCENES, settings_of(product))
    asks, lost, calm = (one.course for one in score.played)
    assert score.right.percent == 100
    assert asks.handed_over == 2 and asks.reasons == {"explicit_request"}
    assert [note and note.intent for note in asks.notes][0] == "payment_methods"
    assert lost.offers == (2,) and lost.only_stuck and lost.handed_over is None
    assert not calm.offers
    assert [note and note.distress for note in calm.notes] == pytest.approx([0, 0], abs=0.2)


def test_a_copy_keeps_to_its_folder_whatever_the_owner_has_set(tmp_path: Path) -> None:
    theirs = "postgresql://shop@db.example/kindhand"
    urls = {f"KINDHAND_{name}_URL": theirs for name in ("DATABASE", "TRACKER", "CRM")}
    owners = {**urls, "KINDHAND_VAR": str(tmp_path / "owner"), "KINDHAND_HOST": "0.0.0.0"}
    env_file = tmp_path / ".env"
    env_file.write_text("".join(f"{key}={value}\n" for key, value in owners.items()))
    settings = Settings.load({}, env_file)
    product = Product(tmp_path / "copy", **apart(tmp_path / "copy", settings))
    copy = Settings.load(product.environment, env_file)  # the copy reads the owner's `.env` too
    databases = {copy.database_url, copy.tracker_url, copy.crm_url}
    assert len(databases) == 3 and all(f"{tmp_path}/copy/" in url for url in databases)
    assert copy.host == "127.0.0.1" and copy.var == tmp_path / "copy" / "var"
    assert copy.models == settings.models.resolve()  # trained once, for both


def test_nothing_that_a_copy_sends_leaves_this_machine(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.write_text(
        "KINDHAND_CHAT=team=slack://a/b/c me=ntfys://ntfy.example/me\n"
        "KINDHAND_WEBHOOKS=shop=https://shop.example/hook\n"
        "KINDHAND_SMTP_HOST=mail.example\nKINDHAND_SMTP_USER=sam\nKINDHAND_SMTP_PASSWORD=pass\n"
        f"KINDHAND_PUBLIC_URL=https://chat.example\nKINDHAND_VAR={tmp_path / 'owner'}\n"
    )
    settings = Settings.load({}, env_file)
    product = Product(tmp_path / "copy", **apart(tmp_path / "copy", settings))
    copy = Settings.load(product.environment, env_file)
    assert [target.partition("=")[0] for target in copy.chat] == ["team", "me"], "reach.yml still finds them"
    places = [*copy.chat, *copy.webhooks, copy.smtp_host, copy.address]
    assert all("127.0.0.1" in place or "localhost" in place for place in places)
    assert copy.smtp_password == "" and copy.public_url == ""


def test_a_copy_serves_what_it_was_asked_for(tmp_path: Path) -> None:
    settings = Settings.load({"KINDHAND_VAR": str(tmp_path), "KINDHAND_LIVE": str(tmp_path / "version")})
    product = Product(tmp_path / "copy", **apart(tmp_path / "copy", settings))
    assert Settings.load(product.environment).served == tmp_path / "version"
