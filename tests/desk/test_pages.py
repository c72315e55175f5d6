"""Pages, files, the health check, and the doors for the demo shop and our own processes."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import jwt
import pytest
from fastapi.testclient import TestClient

from bot.desk.app import create_app
from bot.desk.pages import PAGES
from bot.settings import Settings
from tests.gateway.served import parts


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings.load({"KINDHAND_VAR": str(tmp_path_factory.mktemp("pages") / "var")})


@pytest.fixture(scope="module")
def web(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings, parts=parts())) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_every_page_and_all_that_it_names_is_there(web: TestClient, path: str) -> None:
    page = web.get(path)
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    named = re.findall(r'(?:href|src)="(/[^"#]*)"', page.text)
    assert named and {name: web.get(name).status_code for name in named} == dict.fromkeys(named, 200)
    assert not re.search(r'(?:src|href)="https?://|<style|<script>|\son\w+=', page.text)


@pytest.mark.parametrize("path", [*PAGES, "/widget.js", "/health", "/static/tokens.css"])
def test_whoever_asks_for_the_headers_only_gets_them(web: TestClient, path: str) -> None:
    head = web.head(path)
    assert head.status_code == 200 and not head.content
    assert head.headers["content-type"] == web.get(path).headers["content-type"]


@pytest.mark.parametrize("path", ["/", "/console", "/health", "/static/tokens.css", "/nowhere"])
def test_every_answer_carries_the_safe_headers(web: TestClient, path: str) -> None:
    headers = web.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert "connect-src 'self' ws://testserver wss://testserver" in policy


def test_a_strange_host_is_not_repeated_in_the_policy(web: TestClient) -> None:
    policy = web.get("/", headers={"host": "evil; script-src *"}).headers["content-security-policy"]
    assert "evil" not in policy


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/widget.js", "text/javascript; charset=utf-8"),
        ("/static/embed/main.js", "text/javascript; charset=utf-8"),
        ("/static/tokens.css", "text/css; charset=utf-8"),
        ("/static/shop/kettle.svg", "image/svg+xml"),
    ],
)
def test_the_widgets_files_may_be_used_on_other_sites(web: TestClient, path: str, kind: str) -> None:
    answer = web.get(path)
    assert answer.headers["content-type"] == kind
    assert answer.headers["access-control-allow-origin"] == "*"
    again = web.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304 and again.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", ["/", "/openapi.json", "/demo/customers", "/health", "/api/console/me"])
def test_nothing_else_is_open_to_other_sites(web: TestClient, path: str) -> None:
    answer = web.get(path, headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/swagger/index.html",
        "/static/swagger/../swagger/index.html",
        "/static/",
        "/static//etc/passwd",
        "/static/%00",
        "/static/swagger/%00",
        "/static/%ff",
    ],
)
def test_nothing_outside_is_served(web: TestClient, path: str) -> None:
    assert web.get(path).status_code == 404


def test_health(web: TestClient) -> None:
    assert web.get("/health").json() == {"status": "ok"}


def test_the_description_of_the_api_leaves_out_our_own_door(web: TestClient) -> None:
    paths = web.get("/openapi.json").json()["paths"]
    assert "/demo/customers" in paths and "/api/console/login" in paths
    assert not any(path.startswith("/internal") for path in paths)


def test_the_demo_shop_signs_its_customers(web: TestClient, settings: Settings) -> None:
    customers = web.get("/demo/customers").json()
    listed = [customer["id"] for customer in customers]
    assert listed[:5] == ["c-mara", "c-tom", "c-ines", "c-george", "c-aiko"]
    assert all(customer["name"] and customer["about"] for customer in customers)
    signed = web.post("/demo/identity", json={"customer": "c-mara"}).json()
    claims = jwt.decode(signed["identity"], settings.identity_secret, algorithms=["HS256"])
    assert (claims["sub"], claims["name"]) == ("c-mara", "Mara Lindqvist")


@pytest.mark.parametrize("customer", ["c-nobody", "", "' OR 1=1 --"])
def test_the_demo_shop_signs_nobody_else(web: TestClient, customer: str) -> None:
    answer = web.post("/demo/identity", json={"customer": customer})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_without_the_demo_there_is_no_shop_and_nobody_is_signed(settings: Settings, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/desk.db"
    plain = replace(settings, demo=False, database_url=url)
    with TestClient(create_app(plain, parts=parts())) as web:
        assert web.post("/demo/identity", json={"customer": "c-mara"}).status_code in (404, 405)
        assert [web.get(path).status_code for path in ("/demo", "/shop", "/demo/customers")] == [404] * 3
        links = re.findall(r'<a href="(/[^"#]*)', web.get("/").text)
        assert links and [web.get(link).status_code for link in links] == [200] * len(links)
        assert web.get("/console").status_code == 200


@pytest.mark.parametrize("secret", [None, "", "wrong", "ü"])
def test_our_own_door_needs_the_secret(web: TestClient, secret: str | None) -> None:
    headers = {} if secret is None else {"x-kindhand-secret": secret.encode()}
    answer = web.post("/internal/handoffs", json={"conversation": "c", "cause": "x@1"}, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_authenticated")


def test_nothing_is_read_of_what_a_stranger_sends_to_our_own_door(web: TestClient) -> None:
    answer = web.post("/internal/handoffs", content=b"{ no JSON", headers={"x-kindhand-secret": "wrong"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "not_authenticated")


def test_our_own_door_and_a_conversation_that_is_not_there(web: TestClient, settings: Settings) -> None:
    headers = {"x-kindhand-secret": settings.secret}
    answer = web.post("/internal/handoffs", json={"conversation": "c", "cause": "x@1"}, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
    assert web.post("/internal/handoffs", json={}, headers=headers).status_code == 422
