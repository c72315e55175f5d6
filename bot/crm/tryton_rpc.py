"""The JSON-RPC of `trytond`: sessions, calls, and its marked values."""

import base64
import functools
import itertools
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from bot.crm.wire import SECONDS, AccessDenied, Ask, Wire
from bot.errors import CrmUnavailable, RecordNotFound, RecordRefused, SettingsError

Call = Callable[..., Any]


class TrytonRpc:
    """Call the models of one database. `address` is its RPC address, such as `https://host/database/rpc/`."""

    def __init__(self, address: str, *, user: str, password: str, seconds: float = SECONDS) -> None:
        """Raises: SettingsError, when address, user or password will not do."""
        for key, value in (("KINDHAND_CRM_USER", user), ("KINDHAND_CRM_SECRET", password)):
            if not value:
                raise SettingsError(key, "is empty", "Tryton lets nobody in without user and password.")
        self._wire = Wire(address, seconds=seconds)
        self._user, self._password = user, password
        self._session = ""
        self._ids = itertools.count(1)

    def close(self) -> None:
        self._wire.close()

    def calling(self) -> Call:
        """Return a `call(model, method, *params)`; all its calls together take no longer than one may.

        It raises `RecordRefused` for what Tryton does not allow or answers in a way that makes no sense,
        `AccessDenied` when our user or password is wrong, `CrmUnavailable` for any trouble of Tryton's.
        """
        return functools.partial(self._call, self._wire.asking())

    def _call(self, ask: Ask, model: str, method: str, *params: Any) -> Any:
        """Call a method of a model, signing in first where there is no session or it ran out."""
        name = f"model.{model}.{method}"
        if self._session:
            try:
                return self._rpc(ask, name, [*params, {}], self._session)
            except AccessDenied:
                pass
        self._session = session = self._sign_in(ask)
        return self._rpc(ask, name, [*params, {}], session)

    def _sign_in(self, ask: Ask) -> str:
        told = self._rpc(ask, "common.db.login", [self._user, {"password": self._password}, "en"])
        if not isinstance(told, list) or len(told) < 2:
            raise RecordRefused("Tryton's answer to the sign-in makes no sense.")
        whole = f"{self._user}:{told[0]}:{told[1]}"
        return f"Session {base64.b64encode(whole.encode()).decode()}"

    def _rpc(self, ask: Ask, method: str, params: list[Any], session: str = "") -> Any:
        number = next(self._ids)
        question = {"id": number, "method": method, "params": params}
        headers = {"Authorization": session} if session else {}
        try:
            answer = ask("POST", "", json=question, headers=headers)
        except RecordNotFound as problem:
            raise CrmUnavailable("Tryton is not at this address. Check KINDHAND_CRM_URL.") from problem
        if not isinstance(answer, dict) or answer.get("id") != number:
            raise RecordRefused(f"Tryton's answer to {method} is none.")
        if "error" in answer:
            kind = answer["error"][0] if isinstance(answer["error"], list) and answer["error"] else None
            # What Tryton says may name customers, so it stays in Tryton's log.
            if kind in ("UserError", "UserWarning"):
                raise RecordRefused(f"Tryton refuses {method}; its log says why.")
            raise CrmUnavailable(f"Tryton failed at {method}; its log says why.")
        try:
            return _values(answer.get("result"))
        except (KeyError, TypeError, ValueError, RecursionError) as problem:
            raise RecordRefused(f"Tryton's answer to {method} cannot be read.") from problem


def _values(value: Any) -> Any:
    """Turn Tryton's marked values into JSON's own: moments (UTC) and days as ISO 8601, decimals as text."""
    if isinstance(value, list):
        return [_values(each) for each in value]
    if not isinstance(value, dict):
        return value
    kind = value.get("__class__")
    if kind == "datetime":
        parts = (value[name] for name in ("year", "month", "day", "hour", "minute", "second", "microsecond"))
        return datetime(*parts, tzinfo=timezone.utc).isoformat()
    if kind == "date":
        return datetime(value["year"], value["month"], value["day"]).date().isoformat()
    if kind == "Decimal":
        return str(value["decimal"])
    return {name: _values(each) for name, each in value.items()}
