"""The team: invited, changed, disabled; and everything that somebody might try with a link."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from bot.desk.access import COOKIE
from bot.desk.invitations import Invitations
from bot.handoff.model import utc_now
from bot.outbox.outbox import Outbox
from bot.storage.tables import agents, audit, invitations, outbox
from tests.desk.console.desk import NOOR, PASSWORD, SAM, ConsoleUnderTest, Screen

STRONG = "Kupferkessel Morgen Regen"
ADA = "ada@copperkettle.example"


@pytest.fixture
def owner(desk: ConsoleUnderTest) -> httpx.Client:
    desk.change(agents, agents.c.id == "a-sam", role="owner")
    return desk.client(SAM)


@pytest.fixture
def guest(desk: ConsoleUnderTest) -> Iterator[httpx.Client]:
    with desk.client() as client:
        yield client


def invite(owner: httpx.Client, **given: Any) -> str:
    """Return the token of a new invitation."""
    answer = owner.post("team/invite", json={"email": ADA, "name": "Ada Bloom", "role": "agent", **given})
    assert answer.status_code == 200, answer.text
    return token(answer)


def token(answer: httpx.Response) -> str:
    return answer.json()["link"].rpartition("/accept/")[2]


def code(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("error", {}).get("code", "")


def accept(client: httpx.Client, token: str, **given: str) -> httpx.Response:
    return client.post("accept", json={"token": token, "password": STRONG, **given})


def test_invited_accepted_signed_in(desk: ConsoleUnderTest, owner: httpx.Client, guest: httpx.Client) -> None:
    answer = owner.post("team/invite", json={"email": " Ada@CopperKettle.example ", "role": "owner"}).json()
    assert answer["link"].startswith(f"{desk.address}/console#/accept/") and answer["sent"] is False
    link = answer["link"].rpartition("/")[2]
    known = guest.post("invitation", json={"token": link}).json()
    assert (known["kind"], known["email"], known["role"]) == ("invite", ADA, "owner")
    assert code(accept(guest, link)) == (400, "no_name")
    assert accept(guest, link, name="Ada Bloom").json() == {"email": ADA}
    assert COOKIE not in guest.cookies, "a link signs nobody in"
    signed_in = guest.post("login", json={"email": ADA, "password": STRONG}).json()
    assert (signed_in["agent"]["name"], signed_in["agent"]["role"]) == ("Ada Bloom", "owner")
    assert [one["name"] for one in owner.get("team").json()["agents"]] == [
        "Ada Bloom",
        "Noor Haddad",
        "Sam Reyes",
    ]


def test_a_link_is_good_once_and_only_its_hash_is_kept(
    desk: ConsoleUnderTest, owner: httpx.Client, guest: httpx.Client
) -> None:
    link = invite(owner)
    with desk.database.read() as connection:
        kept = str(connection.execute(select(invitations)).all())
        logged = str(connection.execute(select(audit)).all())
    assert link not in kept and link not in logged and ADA not in logged
    assert accept(guest, link).status_code == 200
    assert code(accept(guest, link, password="another good kettle of beans")) == (404, "not_found")
    assert code(guest.post("invitation", json={"token": link})) == (404, "not_found")
    assert guest.post("login", json={"email": ADA, "password": STRONG}).status_code == 200


def test_of_two_at_the_same_moment_one_joins(desk: ConsoleUnderTest, owner: httpx.Client) -> None:
    link = invite(owner)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: accept(desk.client(), link).status_code, range(4)))
    assert sorted(answers) == [200, 404, 404, 404]
    with desk.database.read() as connection:
        assert len(connection.execute(select(agents).where(agents.c.email == ADA)).all()) == 1


@pytest.mark.parametrize("how", ["expired", "withdrawn", "invited again", "made up", "empty", "its hash"])
def test_a_link_that_is_over_opens_nothing(
    desk: ConsoleUnderTest, owner: httpx.Client, guest: httpx.Client, how: str
) -> None:
    link = invite(owner)
    if how == "expired":
        desk.change(invitations, expires_at=desk.long_ago)
    elif how == "withdrawn":
        assert owner.post("team/withdraw", json={"email": ADA}).status_code == 200
        assert code(owner.post("team/withdraw", json={"email": ADA})) == (404, "not_found")
    elif how == "invited again":
        invite(owner)
    elif how == "its hash":
        with desk.database.read() as connection:
            link = connection.scalar(select(invitations.c.token_hash))
    else:
        link = {"made up": "x" * 43, "empty": ""}[how]
    for answer in (guest.post("invitation", json={"token": link}), accept(guest, link)):
        assert code(answer) == (404, "not_found") and ADA not in answer.text


def test_trying_links_is_slowed_down(desk: ConsoleUnderTest, guest: httpx.Client) -> None:
    for number in range(30):
        assert code(guest.post("invitation", json={"token": f"guess-{number}"}))[0] == 404
    assert code(guest.post("invitation", json={"token": "guess"})) == (429, "too_many")
    assert code(accept(guest, "guess")) == (429, "too_many")


@pytest.mark.parametrize("path", ["invitation", "accept"])
@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_no_link_is_taken_from_another_page(
    desk: ConsoleUnderTest, owner: httpx.Client, path: str, origin: str
) -> None:
    body = {"token": invite(owner), "password": STRONG}
    assert code(desk.client(Origin=origin).post(path, json=body)) == (403, "wrong_origin")


def test_a_weak_password_does_not_use_the_link_up(owner: httpx.Client, guest: httpx.Client) -> None:
    link = invite(owner)
    for weak in ("short", "password1234", "Ada Bloom 2026"):
        assert code(accept(guest, link, password=weak)) == (400, "weak_password")
    assert accept(guest, link).status_code == 200


@pytest.mark.parametrize(
    ("given", "status", "error"),
    [
        ({"email": SAM}, 409, "known"),
        ({"email": "no address"}, 400, "bad_email"),
        ({"email": "a@b.c\nBcc: x@y.z"}, 400, "bad_email"),
        ({"email": "@copperkettle.example"}, 400, "bad_email"),
        ({"role": "king"}, 400, "bad_request"),
        ({"role": None}, 400, "bad_request"),
        ({"name": "x" * 101}, 400, "bad_request"),
        ({"email": ["a@b.example"]}, 400, "bad_request"),
    ],
)
def test_invitations_that_cannot_be(owner: httpx.Client, given: dict, status: int, error: str) -> None:
    body = {"email": ADA, "name": "", "role": "agent", **given}
    assert code(owner.post("team/invite", json=body)) == (status, error)
    assert owner.get("team").json()["invited"] == []


def test_only_owners_change_the_team_or_read_the_log(desk: ConsoleUnderTest, owner: httpx.Client) -> None:
    noor = desk.client(NOOR)
    for path, body in (
        ("team/invite", {"email": ADA}),
        ("team/withdraw", {"email": ADA}),
        ("team/a-noor", {"role": "owner"}),
        ("team/a-sam", {"disabled": True}),
        ("team/a-sam/reset", {}),
    ):
        assert code(noor.post(path, json=body)) == (403, "owners_only")
    assert code(noor.get("audit")) == (403, "owners_only")
    invite(owner)
    shown = noor.get("team").json()
    assert set(shown) == {"agents"} and "@" not in json.dumps(shown)


def test_an_agent_who_becomes_owner_or_no_longer_is(desk: ConsoleUnderTest, owner: httpx.Client) -> None:
    noor = desk.client(NOOR)
    assert owner.post("team/a-noor", json={"role": "owner"}).status_code == 200
    assert noor.post("team/a-sam", json={"role": "agent"}).status_code == 200
    assert code(owner.get("audit")) == (403, "owners_only"), "it holds from the next call"
    assert code(noor.post("team/a-noor", json={"role": "agent"})) == (409, "refused")
    assert code(noor.post("team/a-noor", json={"disabled": True})) == (409, "refused")


def test_what_an_agent_can_do(owner: httpx.Client) -> None:
    usual = owner.get("team").json()["agents"][0]["capacity"]
    given = {"skills": ["returns", "coffee"], "languages": ["sv", "en"], "capacity": 3, "name": "Noor H."}
    (noor, _) = owner.post("team/a-noor", json=given).json()["agents"]
    assert {name: noor[name] for name in given} == given and noor["role"] == "agent"
    (noor, _) = owner.post("team/a-noor", json={"capacity": None}).json()["agents"]
    assert noor["own_capacity"] is None and noor["capacity"] == usual and noor["skills"] == given["skills"]


@pytest.mark.parametrize(
    "given",
    [
        {"skills": "returns"},
        {"skills": ["x"] * 51},
        {"skills": [""]},
        {"languages": ["english"]},
        {"languages": ["<b>"]},
        {"capacity": 0},
        {"capacity": True},
        {"capacity": 10**9},
        {"disabled": "yes"},
        {"role": "admin"},
        {"name": "   "},
    ],
    ids=str,
)
def test_changes_that_cannot_be(owner: httpx.Client, given: dict) -> None:
    before = owner.get("team").json()
    assert code(owner.post("team/a-noor", json=given)) == (400, "bad_request")
    assert owner.get("team").json() == before


@pytest.mark.parametrize("id", ["made-up", "x" * 200, "%00", "' OR 1=1"])
def test_nobody_of_that_name(owner: httpx.Client, id: str) -> None:
    assert code(owner.post(f"team/{id}", json={"role": "owner"})) == (404, "not_found")
    assert code(owner.post(f"team/{id}/reset", json={})) == (404, "not_found")


async def test_who_is_disabled_is_out_within_five_seconds(
    desk: ConsoleUnderTest, owner: httpx.Client
) -> None:
    noor = await asyncio.to_thread(desk.client, NOOR)
    async with desk.socket() as socket:
        screen = Screen(socket)
        ticket = (await asyncio.to_thread(noor.post, "ticket")).json()["ticket"]
        spare = (await asyncio.to_thread(noor.post, "ticket")).json()["ticket"]
        await screen.send("hello", ticket=ticket)
        await screen.frame("snapshot")
        answer = await asyncio.to_thread(owner.post, "team/a-noor", json={"disabled": True})
        assert answer.status_code == 200
        assert (await screen.frame("error"))["code"] == "not_authenticated"
        await asyncio.wait_for(socket.wait_closed(), 30)
        assert socket.close_code == 4401
    assert code(await asyncio.to_thread(noor.get, "me")) == (401, "not_authenticated")
    async with desk.socket() as socket:
        await Screen(socket).send("hello", ticket=spare)
        await asyncio.wait_for(socket.wait_closed(), 30)
        assert socket.close_code == 4401, "a ticket from before opens nothing"


def test_what_a_disabled_agent_had_goes_back_to_the_queue(
    desk: ConsoleUnderTest, owner: httpx.Client
) -> None:
    held, offered, free = (desk.visitor("Hello", reason="person") for _ in range(3))
    assert desk.client(NOOR).post(f"conversations/{held}/claim", json={"version": 2}).status_code == 200
    until = utc_now() + timedelta(minutes=1)
    assert desk.do(desk.service.offer(offered, "a-noor", until=until, assignment="Noor: free"))
    assert owner.get("conversations").json()["counts"]["queue"] == 2
    assert owner.post("team/a-noor", json={"disabled": True}).status_code == 200
    queue = owner.get("conversations").json()["conversations"]
    assert {one["id"]: one["state"] for one in queue} == dict.fromkeys((held, offered, free), "queued")


def test_who_is_disabled_stays_out_until_enabled(desk: ConsoleUnderTest, owner: httpx.Client) -> None:
    reset = token(owner.post("team/a-noor/reset", json={}))
    owner.post("team/a-noor", json={"disabled": True})
    guest = desk.client()
    assert code(accept(guest, reset)) == (404, "not_found"), "no way around it by an old link"
    assert code(owner.post("team/a-noor/reset", json={})) == (409, "refused")
    refused = guest.post("login", json={"email": NOOR, "password": PASSWORD})
    unknown = guest.post("login", json={"email": "who@example.com", "password": PASSWORD})
    assert refused.json() == unknown.json(), "nobody learns that the address is known"
    owner.post("team/a-noor", json={"disabled": False})
    assert guest.post("login", json={"email": NOOR, "password": PASSWORD}).status_code == 200


def test_a_reset_link_sets_the_password_and_ends_the_sessions(
    desk: ConsoleUnderTest, owner: httpx.Client, guest: httpx.Client
) -> None:
    noor = desk.client(NOOR)
    link = token(owner.post("team/a-noor/reset", json={}))
    assert noor.get("me").status_code == 200, "until the link is used, all stays"
    known = guest.post("invitation", json={"token": link}).json()
    assert (known["kind"], known["email"], known["name"]) == ("reset", NOOR, "Noor Haddad")
    accept(guest, link, name="Somebody Else")
    assert noor.get("me").status_code == 401
    assert code(guest.post("login", json={"email": NOOR, "password": PASSWORD}))[0] == 401
    signed_in = guest.post("login", json={"email": NOOR, "password": STRONG}).json()
    assert signed_in["agent"]["name"] == "Noor Haddad", "a reset renames nobody"


def test_a_new_password_ends_the_links_to_choose_one(
    desk: ConsoleUnderTest, owner: httpx.Client, guest: httpx.Client
) -> None:
    noor, link = desk.client(NOOR), token(owner.post("team/a-noor/reset", json={}))
    assert noor.post("me/password", json={"old": PASSWORD, "new": STRONG}).status_code == 200
    assert code(accept(guest, link)) == (404, "not_found")


def test_a_reset_leaves_the_second_factor_unless_the_owner_says_so(
    desk: ConsoleUnderTest, owner: httpx.Client, guest: httpx.Client
) -> None:
    desk.change(agents, agents.c.id == "a-noor", totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    signing_in = {"email": NOOR, "password": STRONG}
    accept(guest, token(owner.post("team/a-noor/reset", json={})))
    assert code(guest.post("login", json=signing_in)) == (401, "second_factor_needed")
    accept(guest, token(owner.post("team/a-noor/reset", json={"drop_second_factor": True})))
    assert guest.post("login", json=signing_in).status_code == 200


def test_letters_go_out_with_the_link_where_e_mail_is_set_up(
    desk: ConsoleUnderTest, owner: httpx.Client
) -> None:
    desk.app.state.invitations = Invitations(desk.database, Outbox(desk.database))
    answer = owner.post("team/invite", json={"email": ADA, "name": "Ada", "role": "agent"}).json()
    with desk.database.read() as connection:
        (letter,) = connection.execute(select(outbox)).all()
    assert answer["sent"] and letter.kind == "email" and letter.payload["to"] == ADA
    assert letter.payload["link"] == ["Join the team", answer["link"]] and answer["link"] not in letter.key
    assert letter.payload["text"].startswith("Hello Ada,\n\nSam Reyes invites you")
    assert letter.payload["until"] == answer["expires_at"]
    assert letter.payload["secret"] is True, "so that nobody finds the link in what was given up"


def test_the_team_as_everybody_sees_it(desk: ConsoleUnderTest, owner: httpx.Client) -> None:
    id = desk.visitor("Hello")
    assert owner.post(f"conversations/{id}/claim", json={"version": 1}).status_code == 200
    noor, sam = desk.client(NOOR).get("team").json()["agents"]
    assert (sam["load"], noor["load"], sam["online"]) == (1, 0, False)
    assert set(sam) == {
        *("id", "name", "role", "online", "load", "capacity"),
        *("breather_until", "skills", "languages"),
    }


def test_an_invitation_ends_by_itself(desk: ConsoleUnderTest, owner: httpx.Client) -> None:
    answer = owner.post("team/invite", json={"email": ADA}).json()
    (waiting,) = owner.get("team").json()["invited"]
    assert waiting["email"] == ADA and waiting["expires_at"] == answer["expires_at"]
    clock = Clock()
    late = Invitations(desk.database, clock=clock)
    clock.now += timedelta(days=7, seconds=1)
    with pytest.raises(Exception, match="not good any more"):
        late.look(answer["link"].rpartition("/")[2], "::1")


class Clock:
    def __init__(self) -> None:
        self.now = utc_now()

    def __call__(self) -> Any:
        return self.now
