import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot.handoff.model import Attachment
from tests.attachments.files import paper, picture
from tests.desk.console.desk import NOOR, SAM, ConsoleUnderTest


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


def from_visitor(desk: ConsoleUnderTest, id: str, content: bytes, name: str = "kettle.jpg") -> Attachment:
    sent = desk.do(desk.keeper.from_visitor(id, "v-file", name, pieces(content)))
    assert sent.attachment
    return sent.attachment


def send(client: httpx.Client, id: str, content: bytes | Any, **about: str) -> httpx.Response:
    asked = {"cmid": "f1", "name": "invoice.pdf", **about}
    return client.post(f"conversations/{id}/attachments", params=asked, content=content)


def test_a_visitors_picture_can_be_looked_at_and_saved(desk: ConsoleUnderTest) -> None:
    client, id = desk.client(SAM), desk.visitor("Look", reason="person")
    file = from_visitor(desk, id, picture("JPEG", (900, 600)))
    said = client.get(f"conversations/{id}").json()["messages"]
    assert [message["attachment"] for message in said if message["attachment"]] == [file.as_dict()]
    looked, small = (client.get(f"attachments/{file.id}{query}") for query in ("", "?small=1"))
    assert looked.content[:3] == small.content[:3] == b"\xff\xd8\xff"
    assert len(small.content) < len(looked.content) == file.size
    headers = looked.headers
    assert headers["content-type"] == "image/jpeg" and headers["x-content-type-options"] == "nosniff"
    assert headers["content-disposition"] == "inline; filename*=UTF-8''kettle.jpg"
    assert "sandbox" in headers["content-security-policy"] and "no-store" in headers["cache-control"]
    saved = client.get(f"attachments/{file.id}?save=1")
    assert saved.headers["content-disposition"] == "attachment; filename*=UTF-8''kettle.jpg"


def test_a_document_is_always_saved(desk: ConsoleUnderTest) -> None:
    client, id = desk.client(SAM), desk.visitor("Look", reason="person")
    file = from_visitor(desk, id, paper(), 'Rechnung März\u202e "1"; x.pdf')
    answer = client.get(f"attachments/{file.id}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''Rechnung%20M%C3%A4rz%20_1__%20x.pdf"
    )


def test_a_part_of_a_file_is_not_given(desk: ConsoleUnderTest) -> None:
    client, id = desk.client(SAM), desk.visitor("Look", reason="person")
    file = from_visitor(desk, id, picture())
    answer = client.get(f"attachments/{file.id}", headers={"Range": "bytes=0-3,5-"})
    assert answer.status_code == 200 and len(answer.content) == file.size


def test_an_agent_sends_a_file_once(desk: ConsoleUnderTest) -> None:
    client, id = desk.client(SAM), desk.visitor("Hello", reason="person")
    client.post(f"conversations/{id}/claim", json={"version": 2})
    sent = [send(client, id, paper()).json()["message"] for _ in range(2)]
    assert sent[0] == sent[1] and sent[0]["text"] == "invoice.pdf" and sent[0]["name"] == "Sam Reyes"
    said = client.get(f"conversations/{id}").json()["messages"]
    assert [message["attachment"] for message in said if message["attachment"]] == [sent[0]["attachment"]]


def test_only_the_agent_who_has_it_sends_one(desk: ConsoleUnderTest) -> None:
    id = desk.visitor("Hello", reason="person")
    desk.client(SAM).post(f"conversations/{id}/claim", json={"version": 2})
    refused = send(desk.client(NOOR), id, paper())
    assert refused.status_code == 409 and "Sam Reyes" in refused.json()["error"]["text"]


@pytest.mark.parametrize(
    ("content", "status", "code", "words"),
    [
        (b"<svg onload='alert(1)'/>", 415, "unknown_kind", "Pictures"),
        (picture()[:200], 422, "broken", "damaged"),
        (b"x" * 100_001, 413, "too_big", "0.1 MB"),
        (b"", 422, "empty", "nothing"),
    ],
    ids=["svg", "half", "big", "nothing"],
)
def test_what_is_not_taken_says_why(
    desk: ConsoleUnderTest, content: bytes, status: int, code: str, words: str
) -> None:
    client, id = desk.client(SAM), desk.visitor("Hello", reason="person")
    client.post(f"conversations/{id}/claim", json={"version": 2})
    answer = send(client, id, content)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code) and words in error["text"]


@pytest.mark.parametrize("about", [{"cmid": ""}, {"cmid": "a b"}, {"cmid": "x" * 65}, {"name": "x" * 1001}])
def test_a_call_without_a_proper_id_is_refused(desk: ConsoleUnderTest, about: dict[str, str]) -> None:
    client, id = desk.client(SAM), desk.visitor("Hello", reason="person")
    assert send(client, id, paper(), **about).json()["error"]["code"] == "bad_request"


async def test_erasing_while_it_arrives_leaves_nothing(desk: ConsoleUnderTest) -> None:
    client, id = desk.client(SAM), desk.visitor("Hello", reason="person")
    await asyncio.to_thread(client.post, f"conversations/{id}/claim", json={"version": 2})

    def slow() -> Any:
        yield paper()[:100]
        desk.do(desk.service.erase(id))
        yield paper()[100:]

    answer = await asyncio.to_thread(send, client, id, slow())
    assert answer.status_code == 404
    assert not [path for path in desk.keeper._shelf._folder.rglob("*") if path.is_file()]
