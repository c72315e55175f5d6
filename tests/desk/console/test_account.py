"""What agents do for themselves, and what a borrowed browser or a stolen cookie must not do."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pyotp
import pytest
from sqlalchemy import select

from bot.desk.access import COOKIE
from bot.desk.codes import Codes
from bot.desk.seal import Seal, is_sealed
from bot.handoff.model import utc_now
from bot.storage.tables import agent_sessions, agents, recovery_codes
from tests.desk.console.desk import NOOR, PASSWORD, SAM, ConsoleUnderTest, Screen

STRONG = "Kupferkessel Morgen Regen"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:131.0) Gecko/20100101 Firefox/131.0"


@pytest.fixture
def sam(desk: ConsoleUnderTest) -> httpx.Client:
    return desk.client(SAM)


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("error", {}).get("code", "")


def login(client: httpx.Client, password: str = PASSWORD, **more: str) -> httpx.Response:
    return client.post("login", json={"email": SAM, "password": password, **more})


class App:
    """An authenticator app, which shows each code once."""

    def __init__(self, secret: str) -> None:
        self._totp, self._at = pyotp.TOTP(secret), utc_now() - timedelta(seconds=30)

    def code(self) -> str:
        self._at += timedelta(seconds=30)
        return self._totp.at(self._at)


def with_second_factor(client: httpx.Client) -> tuple[App, list[str]]:
    """Switch the second factor on; return the app and the recovery codes."""
    secret = client.post("me/second-factor/start", json={"password": PASSWORD}).json()["secret"]
    app = App(secret)
    app._at -= timedelta(seconds=30)  # so that one more fits into the clocks that may differ
    answer = client.post("me/second-factor/confirm", json={"code": app.code()})
    assert answer.status_code == 200, answer.text
    return app, answer.json()["codes"]


def test_a_new_password_ends_other_sessions_and_changes_the_cookie(
    desk: ConsoleUnderTest, sam: httpx.Client
) -> None:
    elsewhere, old = desk.client(SAM), sam.cookies[COOKIE]
    answer = sam.post("me/password", json={"old": PASSWORD, "new": STRONG})
    assert answer.status_code == 200 and answer.json()["ended"] == 1
    assert sam.cookies[COOKIE] != old and sam.get("me").json()["csrf"] == answer.json()["csrf"]
    assert desk.client().get("me", headers={"Cookie": f"{COOKIE}={old}"}).status_code == 401
    assert elsewhere.get("me").status_code == 401
    assert login(desk.client()).status_code == 401 and login(desk.client(), STRONG).status_code == 200
    assert code(sam.post("logout")) == (403, "wrong_csrf"), "the old token is worth nothing"


def test_a_password_that_will_not_do(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    for new in ("short", "password1234", "Sam Reyes 2026", "x" * 300):
        assert code(sam.post("me/password", json={"old": PASSWORD, "new": new})) == (400, "weak_password")
    assert code(sam.post("me/password", json={"old": "x", "new": STRONG})) == (403, "wrong_password")
    assert login(desk.client()).status_code == 200


def test_a_stolen_cookie_does_not_find_the_password(sam: httpx.Client) -> None:
    for number in range(5):
        guess = {"old": f"guess {number}", "new": STRONG}
        assert code(sam.post("me/password", json=guess)) == (403, "wrong_password")
    assert code(sam.post("me/password", json={"old": PASSWORD, "new": STRONG})) == (429, "too_many")
    for path in ("start", "codes", "off"):
        body = {"password": PASSWORD, "code": "000000"}
        assert code(sam.post(f"me/second-factor/{path}", json=body)) == (429, "too_many")


def test_sessions_are_listed_in_words_and_hide_what_opens_them(desk: ConsoleUnderTest) -> None:
    sam = desk.client(SAM, **{"User-Agent": FIREFOX})
    desk.client(SAM, **{"User-Agent": "<b>curl</b>/8"})
    desk.client(NOOR)
    answer = sam.get("me/sessions")
    newest, own = answer.json()["sessions"]
    assert (own["device"], own["current"], newest["current"]) == ("Firefox on Windows", True, False)
    with desk.database.read() as connection:
        kept = connection.execute(select(agent_sessions)).all()
    secrets = [sam.cookies[COOKIE], *(row.token_hash for row in kept), *(row.csrf for row in kept)]
    assert not any(secret in answer.text for secret in secrets)


async def test_a_session_is_ended_from_another(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    other = await asyncio.to_thread(desk.client, SAM)
    async with desk.socket() as socket:
        screen = Screen(socket)
        ticket = (await asyncio.to_thread(other.post, "ticket")).json()["ticket"]
        await screen.send("hello", ticket=ticket)
        await screen.frame("snapshot")
        listed = (await asyncio.to_thread(sam.get, "me/sessions")).json()["sessions"]
        (id,) = [one["id"] for one in listed if not one["current"]]
        assert (await asyncio.to_thread(sam.post, f"me/sessions/{id}/revoke")).json() == {"ended": 1}
        await asyncio.wait_for(socket.wait_closed(), 30)
        assert socket.close_code == 4401
    assert (await asyncio.to_thread(other.get, "me")).status_code == 401
    assert (await asyncio.to_thread(sam.get, "me")).status_code == 200
    again = await asyncio.to_thread(sam.post, f"me/sessions/{id}/revoke")
    assert code(again) == (404, "not_found")


def test_all_others_or_ones_own(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    others = [desk.client(SAM), desk.client(SAM)]
    assert sam.post("me/sessions/others/revoke").json() == {"ended": 2}
    assert [other.get("me").status_code for other in others] == [401, 401]
    (own,) = sam.get("me/sessions").json()["sessions"]
    assert sam.post(f"me/sessions/{own['id']}/revoke").status_code == 200
    assert COOKIE not in sam.cookies and sam.get("me").status_code == 401


def test_nobody_ends_a_colleagues_session(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    noor = desk.client(NOOR)
    (hers,) = noor.get("me/sessions").json()["sessions"]
    assert code(sam.post(f"me/sessions/{hers['id']}/revoke")) == (404, "not_found")
    assert noor.get("me").status_code == 200


def test_when_a_session_was_used_is_kept_to_the_minute(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    desk.change(agent_sessions, seen_at=desk.long_ago)
    sam.get("me")
    (own,) = sam.get("me/sessions").json()["sessions"]
    assert own["seen_at"] > desk.long_ago.isoformat()


def test_a_second_factor_from_start_to_end(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    assert sam.get("me/second-factor").json() == {"on": False, "codes_left": 0}
    started = sam.post("me/second-factor/start", json={"password": PASSWORD}).json()
    assert started["picture"].startswith("data:image/svg+xml") and started["secret"] in started["address"]
    assert login(desk.client()).status_code == 200, "not before it is confirmed"
    app, codes = with_second_factor(sam)
    assert sam.get("me/second-factor").json() == {"on": True, "codes_left": 10}
    assert code(login(desk.client())) == (401, "second_factor_needed")
    assert code(login(desk.client(), code="000000")) == (401, "wrong_code")
    assert login(desk.client(), code=app.code()).status_code == 200
    assert login(desk.client(), code=codes[0].upper()).status_code == 200
    assert sam.get("me/second-factor").json()["codes_left"] == 9
    both = {"password": PASSWORD, "code": codes[1]}
    assert sam.post("me/second-factor/off", json=both).status_code == 200
    assert login(desk.client()).status_code == 200
    assert sam.get("me/second-factor").json() == {"on": False, "codes_left": 0}


def test_no_code_counts_twice(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    app, codes = with_second_factor(sam)
    seen = app.code()
    assert login(desk.client(), code=seen).status_code == 200
    assert code(login(desk.client(), code=seen)) == (401, "wrong_code")
    assert login(desk.client(), code=codes[0]).status_code == 200
    assert code(login(desk.client(), code=codes[0])) == (401, "wrong_code")


def test_guessing_codes_is_slowed_down_wherever_it_comes_from(
    desk: ConsoleUnderTest, sam: httpx.Client
) -> None:
    _, codes = with_second_factor(sam)
    for number in range(10):
        assert code(login(desk.client(), code=f"{number:06}")) == (401, "wrong_code")
    access = desk.app.state.access
    assert code(login(desk.client(), code=codes[0])) == (429, "too_many")
    with pytest.raises(Exception, match="five minutes"):
        access.login(SAM, PASSWORD, "another address", code=codes[0])


def test_without_the_password_a_code_tells_nothing(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    _, codes = with_second_factor(sam)
    wrong, unknown = (
        login(desk.client(), "wrong", code=codes[0]),
        desk.client().post("login", json={"email": "who@example.com", "password": "wrong", "code": codes[0]}),
    )
    assert wrong.json() == unknown.json() and wrong.status_code == 401
    assert login(desk.client(), code=codes[0]).status_code == 200, "nor was it used up"


def test_new_recovery_codes_replace_the_old(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    _, old = with_second_factor(sam)
    new = sam.post("me/second-factor/codes", json={"password": PASSWORD, "code": old[0]}).json()["codes"]
    assert code(login(desk.client(), code=old[1])) == (401, "wrong_code")
    assert login(desk.client(), code=new[0]).status_code == 200
    with desk.database.read() as connection:
        kept = str(connection.execute(select(recovery_codes)).all())
    assert not any(one in kept or one.replace("-", "") in kept for one in new)


@pytest.mark.parametrize("path", ["off", "codes"])
@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"password": "wrong", "code": "right"}, "wrong_password"),
        ({"password": PASSWORD, "code": "000000"}, "wrong_code"),
        ({"password": PASSWORD, "code": " "}, "wrong_code"),
    ],
)
def test_it_takes_both_to_weaken_it(sam: httpx.Client, path: str, body: dict[str, Any], error: str) -> None:
    _, codes = with_second_factor(sam)
    body = body | ({"code": codes[0]} if body["code"] == "right" else {})
    assert code(sam.post(f"me/second-factor/{path}", json=body)) == (403, error)
    assert sam.get("me/second-factor").json() == {"on": True, "codes_left": 10}


def test_nobody_swaps_the_app_of_a_second_factor_that_is_on(sam: httpx.Client) -> None:
    with_second_factor(sam)
    assert code(sam.post("me/second-factor/start", json={"password": PASSWORD})) == (409, "refused")
    assert code(sam.post("me/second-factor/confirm", json={"code": "123456"})) == (409, "too_late")


def test_a_secret_is_confirmed_by_the_session_that_asked_for_it(
    desk: ConsoleUnderTest, sam: httpx.Client
) -> None:
    secret = sam.post("me/second-factor/start", json={"password": PASSWORD}).json()["secret"]
    other, right = desk.client(SAM), {"code": pyotp.TOTP(secret).now()}
    assert code(other.post("me/second-factor/confirm", json=right)) == (409, "too_late")
    assert code(sam.post("me/second-factor/confirm", json={"code": "000000"})) == (403, "wrong_code")
    assert sam.post("me/second-factor/confirm", json=right).status_code == 200


def test_a_breather_and_its_end(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    until = sam.post("me/breather", json={"minutes": 15}).json()["breather_until"]
    assert sam.get("me").json()["agent"]["breather_until"] == until
    with desk.database.read() as connection:
        kept = connection.scalar(select(agents.c.breather_until).where(agents.c.id == "a-sam"))
    assert timedelta(minutes=14) < kept - utc_now() <= timedelta(minutes=15)
    assert sam.post("me/breather", json={"minutes": 0}).json() == {"breather_until": None}
    for wrong in (-1, 481, 1.5, "15", True, None):
        assert code(sam.post("me/breather", json={"minutes": wrong})) == (400, "bad_request")


def kept(desk: ConsoleUnderTest) -> str:
    with desk.database.read() as connection:
        return connection.scalar(select(agents.c.totp_secret).where(agents.c.id == "a-sam"))


def test_the_database_alone_lets_nobody_in(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    app, _ = with_second_factor(sam)
    assert app._totp.secret not in kept(desk) and is_sealed(kept(desk))
    assert login(desk.client(), code=app.code()).status_code == 200


def test_a_secret_from_before_it_was_sealed_is_sealed_when_it_is_used(desk: ConsoleUnderTest) -> None:
    app = App("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    desk.change(agents, agents.c.id == "a-sam", totp_secret=app._totp.secret)
    assert code(login(desk.client(), code="000000"))[1] == "wrong_code" and not is_sealed(kept(desk))
    assert login(desk.client(), code=app.code()).status_code == 200 and is_sealed(kept(desk))
    assert login(desk.client(), code=app.code()).status_code == 200


def test_with_another_key_only_recovery_codes_are_left(desk: ConsoleUnderTest, sam: httpx.Client) -> None:
    app, codes = with_second_factor(sam)
    desk.app.state.access.codes = Codes(desk.database, Seal("another secret of the desk's own"))
    assert code(login(desk.client(), code=app.code())) == (401, "wrong_code")
    assert login(desk.client(), code=codes[0]).status_code == 200
