import re
import socket
import time

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from bot.errors import ChannelUnavailable, Undeliverable
from bot.reach.webhook import Webhooks, is_safe
from bot.settings import ROOT
from tests.reach.receiver import Receiver, receiving

SECRET = "whsec_a2V0dGxlLW9uLXRoZS1zdG92ZS1rZXR0bGUtb24tdGhlLXN0b3Zl"
NEWS = {"type": "handoff.waiting", "data": {"name": "Inês ☕"}}


def webhooks(address: str, **options: float) -> Webhooks:
    return Webhooks({"shop": address}, SECRET, **options)


def test_a_receiver_can_tell_that_it_is_from_us(receiver: Receiver) -> None:
    webhooks(f"{receiver.address}/hooks?from=us").send("shop", NEWS, "key")
    ((path, headers, body),) = receiver.calls
    assert path == "/hooks?from=us" and headers["content-type"] == "application/json"
    assert Webhook(SECRET).verify(body, headers) == NEWS


@pytest.mark.parametrize("change", ["body", "webhook-id", "webhook-timestamp", "secret"])
def test_a_receiver_can_tell_when_something_was_changed(receiver: Receiver, change: str) -> None:
    webhooks(receiver.address).send("shop", NEWS, "key")
    ((_, headers, body),) = receiver.calls
    stranger = "whsec_c29tZWJvZHktZWxzZXMtc2VjcmV0LXNvbWVib2R5LWVsc2Vz"
    if change in headers:
        headers = headers | {change: headers[change][:-1] + ("0" if headers[change][-1] != "0" else "1")}
    with pytest.raises(WebhookVerificationError):
        Webhook(stranger if change == "secret" else SECRET).verify(
            body.replace(b"waiting", b"claimed") if change == "body" else body, headers
        )


def test_the_example_in_the_docs_verifies(receiver: Receiver) -> None:
    page = (ROOT / "docs" / "reach.md").read_text()
    example = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert example and len(example[1].strip().splitlines()) <= 12
    known: dict = {}
    exec(example[1], known)
    webhooks(receiver.address).send("shop", NEWS, "key")
    ((_, headers, body),) = receiver.calls
    assert known["is_genuine"](SECRET, headers, body)
    assert not known["is_genuine"](SECRET, headers, body + b" ")
    old = headers | {"webhook-timestamp": str(int(time.time()) - 3600)}
    assert not known["is_genuine"](SECRET, old, body)


def test_all_tries_of_one_delivery_have_one_id_and_their_own_time(receiver: Receiver) -> None:
    now = [1_000_000.0]
    sending = Webhooks({"shop": receiver.address}, SECRET, clock=lambda: now[0])
    receiver.answers = [503]
    with pytest.raises(ChannelUnavailable, match="503"):
        sending.send("shop", NEWS, "key")
    now[0] += 60
    sending.send("shop", NEWS, "key")
    sending.send("shop", NEWS, "another")
    ids, times, signatures = (
        [headers[f"webhook-{name}"] for _, headers, _ in receiver.calls]
        for name in ("id", "timestamp", "signature")
    )
    assert ids[0] == ids[1] != ids[2] and times == ["1000000", "1000060", "1000060"]
    assert len({*signatures}) == 3


def test_a_receiver_that_wants_no_more_gets_no_more(receiver: Receiver) -> None:
    receiver.answers = [410]
    with pytest.raises(Undeliverable, match="410"):
        webhooks(receiver.address).send("shop", NEWS, "key")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(receiver: Receiver, status: int) -> None:
    with receiving() as elsewhere:
        receiver.answers, receiver.location = [status], elsewhere.address
        with pytest.raises(ChannelUnavailable, match="redirect"):
            webhooks(receiver.address).send("shop", NEWS, "key")
    assert elsewhere.calls == []


def test_a_slow_receiver_is_given_up_in_time(receiver: Receiver) -> None:
    receiver.holding = True
    with pytest.raises(ChannelUnavailable, match="longer than 0.2 seconds"):
        webhooks(receiver.address, seconds=0.2).send("shop", NEWS, "key")


def test_a_receiver_that_is_not_there_is_tried_later() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(ChannelUnavailable, match="not reached"):
        webhooks(f"http://127.0.0.1:{port}").send("shop", NEWS, "key")


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        *(("https://shop.example/hook", True), ("http://localhost:8000/", True), ("http://[::1]/", True)),
        *(("http://shop.example/", False), ("http://127.0.0.1.shop.example/", False), ("http://", False)),
        *(("ftp://localhost/", False), ("http://localhost@shop.example/", False), ("https://[::1/", False)),
    ],
)
def test_only_https_leaves_this_machine(address: str, safe: bool) -> None:
    assert is_safe(address) is safe
    if not safe:
        with pytest.raises(Undeliverable, match="https"):
            webhooks(address).send("shop", NEWS, "key")


def test_a_name_that_nobody_gave_is_said() -> None:
    with pytest.raises(Undeliverable, match="names no “kitchen”"):
        webhooks("https://shop.example").send("kitchen", NEWS, "key")
