import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest

from bot.crm import wire
from bot.crm.wire import LARGEST, AccessDenied, Wire
from bot.errors import CrmUnavailable, RecordNotFound, RecordRefused, SettingsError
from tests.crm.served import Answer, Asked, served_api, unused_address

PLENTY = 20.0  # seconds, for what is not about time
HUGE = {"Content-Length": "50000000"}  # is promised and does not come


def always(answer: Answer) -> Callable[[Asked], Answer]:
    return lambda asked: answer


def in_turn(*answers: Answer) -> Callable[[Asked], Answer]:
    left = list(answers)
    return lambda asked: left.pop(0)


def test_json_goes_out_and_comes_back() -> None:
    with served_api(lambda asked: Answer({"method": asked.method, "sent": asked.json})) as api:
        wire = Wire(f"{api.address}/below/", headers={"X-Key": "k"}, seconds=PLENTY)
        assert wire.ask("POST", "orders", json={"a": 1}) == {"method": "POST", "sent": {"a": 1}}
    assert api.asked[0].path == "/below/orders" and api.asked[0].headers["x-key"] == "k"


def test_nothing_is_none() -> None:
    with served_api(always(Answer(b"", status=200))) as api:
        assert Wire(api.address, seconds=PLENTY).ask("GET", "/") is None


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer({}, status=404), RecordNotFound),
        (Answer({}, status=401), AccessDenied),
        (Answer({}, status=403), AccessDenied),
        (Answer({}, status=400), RecordRefused),
        (Answer({}, status=302, headers={"Location": "http://127.0.0.1:1/"}), RecordRefused),
        (Answer({}, status=429), CrmUnavailable),
        (Answer({}, status=429, headers={"Retry-After": "soon"}), CrmUnavailable),
        (Answer({}, status=500), CrmUnavailable),
        (Answer({}, status=503, headers={"Retry-After": "nan"}), CrmUnavailable),
        (Answer(b"<html>no</html>"), RecordRefused),
        (Answer(b'{"half": '), RecordRefused),
        (Answer(b"\xff\xfe"), RecordRefused),
        (Answer(b"[" * 100_000), RecordRefused),
        (Answer(b'"' + b"x" * LARGEST + b'"'), RecordRefused),
    ],
    ids=lambda value: "",
)
def test_other_answers_are_our_errors(answer: Answer, error: type[Exception]) -> None:
    with served_api(always(answer)) as api, pytest.raises(error) as raised:
        Wire(api.address, seconds=PLENTY).ask("GET", "/")
    assert isinstance(raised.value, CrmUnavailable | RecordNotFound)
    assert len(api.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [Answer({}, wait=5), Answer({"a": "long"}, drip=0.2), Answer(b"{}", headers=HUGE)],
    ids=["late", "drip", "huge"],
)
def test_slow_answers_are_given_up(answer: Answer) -> None:
    with served_api(always(answer)) as api, pytest.raises(CrmUnavailable):
        Wire(api.address, seconds=0.3).ask("GET", "/")


def test_nobody_there_is_unavailable() -> None:
    with pytest.raises(CrmUnavailable):
        Wire(unused_address()).ask("GET", "/")


def test_questions_of_one_call_share_its_time() -> None:
    with served_api(always(Answer({}, wait=0.2))) as api:
        ask = Wire(api.address, seconds=0.5).asking()
        with pytest.raises(CrmUnavailable):
            for _ in range(5):
                ask("GET", "/")
    assert len(api.asked) < 5


def test_a_short_pause_is_waited_for() -> None:
    pause = Answer({}, status=429, headers={"Retry-After": "0.05"})
    with served_api(in_turn(pause, pause, Answer({"done": True}))) as api:
        assert Wire(api.address, seconds=PLENTY).ask("GET", "/") == {"done": True}
    assert len(api.asked) == 3


@pytest.mark.parametrize(
    "told",
    ["30", format_datetime(datetime.now(timezone.utc) + timedelta(hours=1)), "1e400"],
    ids=["seconds", "moment", "endless"],
)
def test_a_long_pause_is_kept_without_asking_again(told: str) -> None:
    with served_api(always(Answer({}, status=429, headers={"Retry-After": told}))) as api:
        asking = Wire(api.address, seconds=PLENTY)
        for _ in range(3):
            with pytest.raises(CrmUnavailable, match="pause|429"):
                asking.ask("GET", "/")
    assert len(api.asked) == 1


def test_no_pause_is_longer_than_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    with served_api(in_turn(Answer({}, status=429, headers={"Retry-After": "1e9"}), Answer({}))) as api:
        asking = Wire(api.address)
        with pytest.raises(CrmUnavailable):
            asking.ask("GET", "/")
        now = time.monotonic()
        monkeypatch.setattr(wire.time, "monotonic", lambda: now + wire.LONGEST_REST)
        assert asking.ask("GET", "/") == {}


@pytest.mark.parametrize(
    "address",
    ["", "crm.example", "ftp://crm.example/", "https://", "http://crm.example/", "http://10.0.0.5/", "\x00"],
)
def test_addresses_that_will_not_do_are_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="KINDHAND_CRM_URL"):
        Wire(address)


@pytest.mark.parametrize("address", ["https://crm.example/", "http://localhost:1/", "http://[::1]:1/"])
def test_addresses_that_will_do(address: str) -> None:
    Wire(address).close()
