"""Webhooks as Standard Webhooks has them: signed over id, time and body, one id for all tries."""

import asyncio
import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.errors import ChannelUnavailable, Undeliverable

SECONDS = 15.0  # for a whole call
GONE = 410


def delivery_id(key: str) -> str:
    """Return the id of a delivery: the same for every try, so that a receiver can tell a second copy."""
    return f"msg_{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def signature(secret: str, id: str, timestamp: int, body: bytes) -> str:
    """Sign what is sent. `secret` is `whsec_` and the key in base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(signed).decode()}"


class Webhooks:
    """The receivers of webhooks, by the owner's names for them."""

    def __init__(
        self,
        targets: Mapping[str, str],
        secret: str,
        *,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._targets, self._secret, self._seconds, self._clock = dict(targets), secret, seconds, clock

    @property
    def names(self) -> list[str]:
        return list(self._targets)

    def send(self, name: str, content: Mapping[str, Any], key: str) -> None:
        """Post JSON to one receiver, which has to answer with 2xx. Blocks.

        Raises:
            Undeliverable: there is no such receiver, its address cannot be used, or it says 410: no more.
            ChannelUnavailable: not reached, not in time, or any other answer.
        """
        if name not in self._targets:
            raise Undeliverable(f"KINDHAND_WEBHOOKS names no “{name}”.")
        address = self._targets[name]
        if not is_safe(address):
            raise Undeliverable(f"The address of “{name}” in KINDHAND_WEBHOOKS has to begin with https://.")
        body = json.dumps(content, ensure_ascii=False).encode()
        id, timestamp = delivery_id(key), int(self._clock())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Kindhand",
            "webhook-id": id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(self._secret, id, timestamp, body),
        }
        try:
            status = asyncio.run(asyncio.wait_for(self._post(address, body, headers), self._seconds))
        except (asyncio.TimeoutError, httpx.TimeoutException):
            raise ChannelUnavailable(f"“{name}” took longer than {self._seconds:g} seconds.") from None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError, OSError) as problem:
            raise ChannelUnavailable(f"“{name}” is not reached: {type(problem).__name__}.") from None
        if status == GONE:
            raise Undeliverable(f"“{name}” wants no more webhooks (410).")
        if 300 <= status < 400:
            raise ChannelUnavailable(
                f"“{name}” answers with a redirect ({status}), which is not followed."
                " Put the address that it leads to in KINDHAND_WEBHOOKS."
            )
        if not 200 <= status < 300:
            raise ChannelUnavailable(f"“{name}” answers with {status}.")

    async def _post(self, address: str, body: bytes, headers: Mapping[str, str]) -> int:
        # No proxy that happens to be set, no redirect, and nobody's answer is read.
        async with (
            httpx.AsyncClient(timeout=self._seconds, trust_env=False, follow_redirects=False) as client,
            client.stream("POST", address, content=body, headers=dict(headers)) as answer,
        ):
            return answer.status_code


def is_safe(address: str) -> bool:
    """Tell whether nobody on the way can read what is sent there: https, or this machine itself."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and _is_here(host)))


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
