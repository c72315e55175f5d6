"""HTTP to a CRM's API: JSON in and out, within a time and a size, and no error of its own but ours."""

import json
import time
from collections.abc import Mapping
from typing import Any

import httpx

from bot.errors import CrmUnavailable, RecordNotFound, RecordRefused

SECONDS = 2.5  # for a whole answer; less than callers wait, so that no thread is left hanging
LARGEST = 1_000_000  # bytes of one answer


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
        self._seconds = seconds
        self._client = httpx.Client(
            base_url=address,
            headers={"Accept": "application/json", "Accept-Encoding": "identity", **(headers or {})},
            auth=auth,
            timeout=seconds,
            trust_env=False,  # customers' records do not go through a proxy that happens to be set
        )

    def ask(self, method: str, path: str, **options: Any) -> Any:
        """Return the JSON of an answer; None for an empty one. `options` are those of `httpx.request`.

        Redirects are not followed: they could lead our secret elsewhere.

        Raises:
            RecordNotFound: the system says 404.
            RecordRefused: too big, not JSON, or a request that it does not take.
            CrmUnavailable: not reached, not in time, too many requests (429), or trouble of its own (5xx).
        """
        until = time.monotonic() + self._seconds
        try:
            with self._client.stream(method, path, **options) as answer:
                body = self._read(answer, until)
        except httpx.HTTPError as problem:
            raise CrmUnavailable(f"{method} {path}: {type(problem).__name__}.") from problem
        except (httpx.InvalidURL, UnicodeError) as problem:
            raise RecordRefused(f"{method} {path}: {type(problem).__name__}.") from problem
        if answer.status_code == 404:
            raise RecordNotFound(f"{method} {path}: there is no such record.")
        if answer.status_code == 429 or answer.status_code >= 500:
            raise CrmUnavailable(f"{method} {path}: the answer is {answer.status_code}.")
        if answer.status_code >= 300:
            raise RecordRefused(f"{method} {path}: the answer is {answer.status_code}.")
        try:
            return json.loads(body) if body else None
        except (ValueError, RecursionError) as problem:
            raise RecordRefused(f"{method} {path}: the answer is no JSON.") from problem

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
