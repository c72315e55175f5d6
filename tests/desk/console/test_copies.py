from bot.desk.attempts import Attempts
from bot.reach.customers import Transcripts
from tests.desk.console.desk import SAM, ConsoleUnderTest


def mailing(desk: ConsoleUnderTest) -> None:
    state = desk.app.state
    state.transcripts = Transcripts(desk.database, state.outbox, state.business, on=True)


def test_an_agent_has_a_copy_sent(desk: ConsoleUnderTest) -> None:
    mailing(desk)
    id, client = desk.visitor("Where is it?"), desk.client(SAM)
    answer = client.post(f"conversations/{id}/transcript", json={"email": "mara@shop.example"})
    assert answer.status_code == 200 and "mara@shop.example" in answer.json()["text"]
    (delivery,) = desk.app.state.outbox.lease({"email": 1})
    assert delivery.payload["conversation"] == id and delivery.payload["to"] == "mara@shop.example"


def test_what_is_no_address_is_refused(desk: ConsoleUnderTest) -> None:
    mailing(desk)
    id, client = desk.visitor("Where is it?"), desk.client(SAM)
    for email in ("mara", "", "a@shop.example, b@shop.example"):
        answer = client.post(f"conversations/{id}/transcript", json={"email": email})
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_address")


def test_without_a_mail_server_it_is_said(desk: ConsoleUnderTest) -> None:
    id, client = desk.visitor("Where is it?"), desk.client(SAM)
    answer = client.post(f"conversations/{id}/transcript", json={"email": "mara@shop.example"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "not_available")


def test_one_agent_sends_only_so_many(desk: ConsoleUnderTest) -> None:
    mailing(desk)
    desk.app.state.copies = Attempts(limit=1, seconds=60)
    id, client = desk.visitor("Where is it?"), desk.client(SAM)
    asked = [client.post(f"conversations/{id}/transcript", json={"email": "m@shop.example"}) for _ in "12"]
    assert [answer.status_code for answer in asked] == [200, 429]
