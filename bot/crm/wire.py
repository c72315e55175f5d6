"""HTTP to a CRM's API: JSON in and out, within a time and a size, and no error of its own but ours."""

import functools
import json
import math
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import Any

import httpx

from bot.errors import CrmUnavailable, RecordNotFound, RecordRefused, SettingsError

SECONDS = 2.5  # for a whole answer; less than callers wait, so that no thread is left hanging
LARGEST = 1_000_000  # bytes of one answer
LONGEST_REST = 60.0  # seconds that a system can ask to be left alone

Ask = Callable[..., Any]


class AccessDenied(CrmUnavailable):
    """The system does not let us in (401, 403): our user, secret or rights are wrong, or ran out."""


class Wire:
    """Ask one system. `address` is what all paths are below; nothing is opened before the first call."""

    def __init__(
        self,
        address: str,
        *,
        headers: Mapping[str, str] | None = None,
        auth: httpx.Auth | None = None,
        seconds: float = SECONDS,
    ) -> None:
        """Raises: SettingsError, as `checked_address` has it."""
        self._seconds = seconds
        self._rest_until = 0.0
        self._client = httpx.Client(
            base_url=checked_address(address),
            headers={"Accept": "application/json", "Accept-Encoding": "identity", **(headers or {})},
            auth=auth,
            timeout=seconds,
            trust_env=False,  # customers' records do not go through a proxy that happens to be set
        )

    def asking(self) -> Ask:
        """Return an `ask` for several questions that together take no longer than one may."""
        return functools.partial(self.ask, until=time.monotonic() + self._seconds)

    def ask(self, method: str, path: str, *, until: float | None = None, **options: Any) -> Any:
        """Return the JSON of an answer; None for an empty one. `options` are those of `httpx.request`.

        Redirects are not followed: they could lead our secret elsewhere. A system that asks for a pause
        (`Retry-After`) gets it: the question is put again where there is time, and until then no other
        is asked. `until` is a moment of `time.monotonic`.

        Raises:
            RecordNotFound: the system says 404.
            RecordRefused: too big, not JSON, or a request that it does not take.
            AccessDenied: it does not let us in.
            CrmUnavailable: not reached, not in time, too many requests (429), or trouble of its own (5xx).
        """
        until = time.monotonic() + self._seconds if until is None else until
        while True:
            left = until - time.monotonic()
            rest = self._rest_until - time.monotonic()
            if rest > 0 and rest >= left:
                raise CrmUnavailable(f"The system asked for a pause, {math.ceil(rest)} s more.")
            if left <= 0:
                raise CrmUnavailable(f"{method} {path}: no time was left within {self._seconds} s.")
            if rest > 0:
                time.sleep(rest)
                continue
            status, pause, body = self._once(method, path, until, {"timeout": left, **options})
            if not pause:
                break
            self._rest_until = time.monotonic() + pause
        return _judged(f"{method} {path}", status, body)

    def _once(
        self, method: str, path: str, until: float, options: dict[str, Any]
    ) -> tuple[int, float, bytes]:
        """Return status, the pause that is asked for in seconds, and body."""
        try:
            with self._client.stream(method, path, **options) as answer:
                pause = _pause(answer) if answer.status_code in (429, 503) else 0.0
                return answer.status_code, pause, b"" if pause else self._read(answer, until)
        except httpx.HTTPError as problem:
            raise CrmUnavailable(f"{method} {path}: {type(problem).__name__}.") from problem
        except (httpx.InvalidURL, UnicodeError) as problem:
            raise RecordRefused(f"{method} {path}: {type(problem).__name__}.") from problem

    def _read(self, answer: httpx.Response, until: float) -> bytes:
        """Read an answer piece by piece, so that neither size nor slowness can get out of hand.

        It is read raw: a compressed one, which we did not ask for, could hold anything.
        """
        body = b""
        for piece in answer.iter_raw():
            body += piece
            if len(body) > LARGEST:
                raise RecordRefused(f"The answer is longer than {LARGEST} bytes.")
            if time.monotonic() > until:
                raise CrmUnavailable(f"The answer did not come to its end within {self._seconds} s.")
        return body

    def close(self) -> None:
        self._client.close()


def checked_address(address: str) -> httpx.URL:
    """Return the address of a system.

    Raises:
        SettingsError: it is none, or in plain text over a network.
    """
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in ("http", "https") or not url.host:
        raise SettingsError("KINDHAND_CRM_URL", "is no address", "Write it as https://host/path.")
    if url.scheme == "http" and not _on_this_machine(url.host):
        raise SettingsError(
            "KINDHAND_CRM_URL",
            "would send customers' records in plain text over a network",
            "Use https; http is for the same machine only.",
        )
    return url


def _on_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _judged(question: str, status: int, body: bytes) -> Any:
    if status == 404:
        raise RecordNotFound(f"{question}: there is no such record.")
    if status in (401, 403):
        raise AccessDenied(
            f"{question}: the answer is {status}. Check KINDHAND_CRM_USER and KINDHAND_CRM_SECRET."
        )
    if status == 429 or status >= 500:
        raise CrmUnavailable(f"{question}: the answer is {status}.")
    if status >= 300:
        raise RecordRefused(f"{question}: the answer is {status}.")
    try:
        return json.loads(body) if body else None
    except (ValueError, RecursionError) as problem:
        raise RecordRefused(f"{question}: the answer is no JSON.") from problem


def _pause(answer: httpx.Response) -> float:
    """Return for how many seconds the system wants to be left alone; 0 if it does not say."""
    told = answer.headers.get("Retry-After", "")
    try:
        seconds = float(told)
    except ValueError:
        seconds = _seconds_to(told)
    return min(seconds, LONGEST_REST) if seconds > 0 else 0.0


def _seconds_to(date: str) -> float:
    try:
        moment = parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return 0.0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    return (moment - datetime.now(timezone.utc)).total_seconds()
