"""The audit log: who opened which conversation and who changed what, in ids and names of fields."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection, Row

from bot.desk.attempts import Attempts
from bot.handoff.model import iso, utc_now
from bot.storage import agents, audit
from bot.storage.engine import Database

PAGE = 100  # entries at once
AGAIN = 900.0  # seconds after which opening the same conversation is written down again
# What keeps its own author and time, or is written down where it happens, with what it changed.
ELSEWHERE = frozenset({"login", "logout", "ticket", "me", "team", "accept", "invitation"})
QUIET = frozenset({"conversations.reply", "conversations.notes", "conversations.attachments"})
OPENED = "conversations.opened"
LONGEST_ID = 64  # letters; a question's name may have more
VERBS = {"POST": "added", "PUT": "changed", "PATCH": "changed", "DELETE": "removed"}
# What owners do in the studio, by its call below studio/. Whatever else changes something there has a name
# too, made as elsewhere.
STUDIO = {
    "POST questions": "questions.added",
    "PUT questions/{intent}": "questions.changed",
    "POST questions/{intent}/examples": "questions.changed",
    "DELETE questions/{intent}": "questions.removed",
    "POST questions/import": "questions.imported",
    "POST stories": "stories.added",
    "PUT stories/one": "stories.changed",
    "POST stories/duplicate": "stories.added",
    "POST stories/split": "stories.split",
    "DELETE stories/one": "stories.removed",
    "POST rehearsals": "scenes.added",
    "PUT rehearsals": "scenes.changed",
    "POST rehearsals/delete": "scenes.removed",
    "POST asked/teach": "asked.taught",
    "POST asked/unteach": "asked.untaught",
    "POST asked/put-away": "asked.put_away",
    "POST asked/bring-back": "asked.brought_back",
    "PUT settings/escalation": "escalation.changed",
    "PUT settings/opening": "hours.changed",
    "PUT settings/sentences": "sentences.changed",
    "PUT files/text": "files.changed",
    "POST publish": "published",
    "POST publish/back": "taken_back",
    "POST publish/cancel": "called_off",
    "POST publish/discard": "given_up",
    "POST publish/bring-back": "brought_back",
}
# What is posted there and changes nothing: asked while somebody types, tried, read in the background.
READING = ("questions/near", "trial/", "settings/replay", "rehearsals/{name}/")
RETOLD = ("studio/stories/from/{conversation}", "studio/rehearsals/from/{conversation}")
IMPORTED = "studio.questions.imported"
NAMED = ("agent", "skill", "outcome", "escalation", "mood")  # fields whose values are ids or codes


def act_of(method: str, path: str) -> str | None:
    """Name what a call does, such as `conversations.claim`; nothing for a call that is not written down.

    `path` is the route below /api/console/, such as `conversations/{id}/claim`.
    """
    noun, *rest = path.split("/")
    if noun in ELSEWHERE:
        return None
    if method == "GET":
        return OPENED if path in ("conversations/{id}", *RETOLD) else None
    if noun == "studio":
        return _act_of_studio(method, "/".join(rest))
    verb = rest[-1] if rest and not rest[-1].startswith("{") else VERBS.get(method)
    act = f"{noun}.{verb}"
    return None if verb is None or act in QUIET else act


def _act_of_studio(method: str, path: str) -> str | None:
    if path.startswith(READING):
        return None
    plain = ".".join(part for part in path.split("/") if not part.startswith("{"))
    return f"studio.{STUDIO.get(f'{method} {path}') or f'{plain}.{VERBS.get(method, method.lower())}'}"


class Audit:
    """Write down, and read out. Calls block, and are safe between threads."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._database, self._now = database, clock
        self._opened = Attempts(limit=1, seconds=AGAIN)

    def opened(self, agent_id: str, conversation_id: str) -> None:
        """Write down that an agent looked at a conversation; looking again soon is the same look."""
        if self._opened.take((agent_id, conversation_id)):
            with self._database.write() as connection:
                values = {"conversation_id": conversation_id}
                audit.add(connection, self._now(), agent_id, OPENED, **values)

    def did(self, agent_id: str, act: str, id: str | None, body: Mapping[str, Any]) -> None:
        """Write down a change that an agent made; of what was sent only ids and codes are kept."""
        if act == OPENED:
            self.opened(agent_id, id or "")
            return
        if act == IMPORTED and body.get("dry") is not False:  # only looked at, row by row
            return
        detail = {name: body[name] for name in NAMED if isinstance(body.get(name), str)}
        detail = {name: value[:64] for name, value in detail.items()} or None
        about = "conversation_id" if act.startswith("conversations.") else "subject"
        with self._database.write() as connection:
            audit.add(
                connection, self._now(), agent_id, act, detail=detail, **{about: id and id[:LONGEST_ID]}
            )

    def entries(
        self, before: int | None = None, *, agent_id: str = "", conversation_id: str = ""
    ) -> dict[str, Any]:
        """Return a page of entries, the newest first, and where the next one begins."""
        with self._database.read() as connection:
            rows = audit.before(
                connection, before, PAGE + 1, agent_id=agent_id, conversation_id=conversation_id
            )
            names = _names(connection, rows)
        shown = rows[:PAGE]
        following = shown[-1].id if len(rows) > PAGE else None
        return {"entries": [_entry(row, names) for row in shown], "next": following}


def _names(connection: Connection, rows: list[Row]) -> dict[str, str]:
    wanted = {id for row in rows for id in (row.agent_id, row.subject, (row.detail or {}).get("agent")) if id}
    return {id: name for id, name in agents.names(connection).items() if id in wanted}


def _entry(row: Row, names: Mapping[str, str]) -> dict[str, Any]:
    detail = row.detail or {}
    return {
        "id": row.id,
        "at": iso(row.at),
        "agent": _named(row.agent_id, names),
        "act": row.act,
        "conversation": row.conversation_id,
        "subject": _named(row.subject, names),
        "detail": detail | ({"agent": _named(detail["agent"], names)} if "agent" in detail else {}),
    }


def _named(id: str | None, names: Mapping[str, str]) -> dict[str, Any] | None:
    return {"id": id, "name": names.get(id)} if id else None
