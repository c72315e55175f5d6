"""What other sites get of the widget: one script, one page for a frame, and files that browsers may keep."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.desk.app import create_app
from bot.desk.embedding import ALL, SHEET, Embedding
from bot.phrase import Phrase
from bot.settings import Settings
from bot.widget import LANGUAGES, Widget
from tests.gateway.served import parts

SITES = ("https://www.shop.example", "https://shop.example")


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = Settings.load({"KINDHAND_VAR": str(tmp_path_factory.mktemp("embedding") / "var")})
    with TestClient(create_app(replace(settings, allowed_origins=SITES), parts=parts())) as client:
        yield client


def embedding(widget: Widget | None = None, name: str = "Copper Kettle") -> Embedding:
    return Embedding(widget or Widget(), name=name, origins=SITES)


def test_the_script_may_be_read_anywhere_and_is_asked_for_each_time(web: TestClient) -> None:
    answer = web.get("/widget.js", headers={"accept-encoding": "identity"})
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "no-cache"
    again = web.get("/widget.js", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304 and not again.content
    assert again.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/widget.js", "/chat"])
def test_who_can_unpack_gets_it_packed(web: TestClient, path: str) -> None:
    plain = web.get(path, headers={"accept-encoding": "identity"})
    packed = web.get(path, headers={"accept-encoding": "br, gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"].startswith("accept-encoding")
    assert packed.content == plain.content and int(packed.headers["content-length"]) < len(plain.content)


def test_only_the_named_sites_may_frame_the_chat_and_nothing_else_may_be_framed(web: TestClient) -> None:
    headers = web.get("/chat").headers
    assert f"frame-ancestors 'self' {SITES[1]} {SITES[0]}" in headers["content-security-policy"]
    assert "img-src 'self' data: blob:" in headers["content-security-policy"]
    assert "x-frame-options" not in headers and headers["cross-origin-embedder-policy"] == "require-corp"
    for path in ("/console", "/", "/widget.js", "/chat/", "/api/console/me"):
        others = web.get(path, follow_redirects=False).headers
        assert "frame-ancestors 'none'" in others["content-security-policy"]
        assert others["x-frame-options"] == "DENY"


def test_all_that_the_page_names_is_there_for_good(web: TestClient) -> None:
    page = web.get("/chat").text
    named = re.findall(r'(?:href|src)="(/static/[0-9a-f]{12}/[^"]+)"', page)
    assert [name.rsplit("/", 1)[1] for name in named] == ["chat.css", "all.js", "en.js"]
    for name in named:
        answer = web.get(name)
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].startswith("text/")


def test_every_module_that_one_imports_is_served(web: TestClient) -> None:
    files = embedding().files
    for path, content in files.items():
        for named in re.findall(rb'(?:from|import\()\s*"(\.[^"]+)"', content):
            steps = list(Path(path).parent.parts)
            for step in Path(named.decode()).parts:
                steps = steps[:-1] if step == ".." else [*steps, step]
            assert "/".join(steps) in files, (path, named)


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        ("de-AT,fr", "es", "de"),
        ("nl", "pt-BR;q=0.9,en", "pt"),
        ("", "ar", "ar"),
        ("", "", "en"),
        ("../x", "*", "en"),
    ],
)
def test_the_words_that_will_be_needed_are_named_too(
    web: TestClient, asked: str, accepted: str, language: str
) -> None:
    page = web.get("/chat", params={"lang": asked}, headers={"accept-language": accepted})
    assert re.findall(r"/widget/words/(.*?)\.js", page.text) == [language]
    assert page.headers["vary"] == "accept-encoding, accept-language"


def test_nothing_but_the_chats_files_lies_under_the_version(web: TestClient) -> None:
    version = re.search(r"/static/([0-9a-f]{12})/", web.get("/chat").text)[1]  # type: ignore[index]
    for path in ("console/main.js", "../app.py", "%2e%2e/app.py", "widget/", "chat/index.html"):
        assert web.get(f"/static/{version}/{path}").status_code == 404


def test_the_version_changes_with_the_files_only() -> None:
    one, other = embedding(), embedding(name="Another Kettle")
    assert one.version == other.version
    other.files = {**one.files, "widget/main.js": b"//"}  # type: ignore[misc]
    other.__dict__.pop("version", None)
    assert one.version != other.version


def test_the_owners_words_stay_words() -> None:
    evil = '</script><script>alert(1)</script>" onload="\u2028'
    made = embedding(Widget(launcher=Phrase.plain(evil), colour="#b00"), name=evil)
    script = made.script.decode()
    assert "</script" not in script and "\u2028" not in script and json.dumps(evil)[1:9] not in script
    page = made.page().decode()
    assert "<script>" not in page and page.count("onload") == page.count("&quot; onload")
    settings = re.search(r'data-kindhand="([^"]*)"', page)
    assert settings and json.loads(unescape(settings[1]))["name"] == evil


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_opened_chat_loads_is_under_forty_kilobytes(language: str) -> None:
    made = embedding()
    files = [made.files[path] for path in (ALL, SHEET, f"widget/words/{language}.js")]
    loaded = [made.script, made.page([language]), *files]
    assert sum(len(gzip.compress(content, 9)) for content in loaded) < 40 * 1024
