"""The chat's page for the studio, and the words that fill an answer's gaps; for owners only."""

import httpx

from bot.desk.pages import WEB
from tests.desk.studio.desk import StudioUnderTest

BUSINESS = "data/business/business.yml"


def test_the_page_has_the_chats_own_look_and_stands_only_in_the_studio(
    desk: StudioUnderTest, owner: httpx.Client
) -> None:
    answer = owner.get(f"{desk.address}/studio/preview")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    sheets = [path.relative_to(WEB).as_posix() for path in (WEB / "widget").rglob("*.css")]
    assert len(sheets) > 5
    assert all(f'href="/static/{sheet}"' in answer.text for sheet in ["tokens.css", *sheets])


def test_what_fills_gaps_is_read_from_the_files_as_they_are_now(
    desk: StudioUnderTest, owner: httpx.Client
) -> None:
    look = desk.call(owner, "GET", "preview")
    facts = {fact["name"]: fact["value"] for fact in look["facts"]}
    assert facts["business_name"] == look["chat"]["name"] == "Copper Kettle Coffee"
    assert {"name", "assistant", "theme", "colour", "language"} <= look["chat"].keys()
    assert "tone" in look["slots"] and "shipping_time" in facts
    changed = desk.text(BUSINESS).replace("Copper Kettle Coffee", "Crumb & Daughters")
    (desk.files / BUSINESS).write_text(changed, encoding="utf-8")
    assert desk.call(owner, "GET", "preview")["chat"]["name"] == "Crumb & Daughters"


def test_a_broken_file_is_named(desk: StudioUnderTest, owner: httpx.Client) -> None:
    (desk.files / BUSINESS).write_text("name: [\n", encoding="utf-8")
    answer = owner.get("studio/preview")
    assert answer.status_code == 422 and answer.json()["error"]["file"] == BUSINESS


def test_agents_and_strangers_see_neither(desk: StudioUnderTest, agent: httpx.Client) -> None:
    page = f"{desk.address}/studio/preview"
    assert agent.get("studio/preview").status_code == agent.get(page).status_code == 403
    with desk.client() as stranger:
        assert stranger.get("studio/preview").status_code == stranger.get(page).status_code == 401
