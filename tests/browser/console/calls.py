"""The fake desk's calls: lists and search, the moves of a conversation, people and canned replies."""

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from tests.browser.console.answers import error, now
from tests.browser.console.canned import FACTS
from tests.browser.console.people import BOT, CLOSED, WAITING, held_by
from tests.browser.console.shapes import ago

if TYPE_CHECKING:
    from tests.browser.console.desk import FakeDesk

PLACE = "/api/console/conversations"
PAGE = 50
KINDS = {
    "queue": ("waiting",),
    "mine": ("agent",),
    "all": ("bot", "waiting", "agent"),
    "resolved": ("closed",),
}
JOINED = {
    "claim": "{agent} has joined",
    "hand-back": "The assistant goes on",
    "resolve": "Resolved",
    "transfer": "A colleague takes over",
    "release": "Back in the queue",
    "reopen": "{agent} has joined",
}


def add_lists(app: FastAPI, desk: "FakeDesk") -> None:
    """Add reading conversations: lists, search, and one of them."""

    @app.get(PLACE)
    async def listed(request: Request) -> dict:
        asked = dict(request.query_params)
        desk.asked.append(asked)
        found = [one for one in desk.conversations.values() if fits(one, asked, request.state.agent)]
        found.sort(key=lambda one: one["summary"]["resolved_at"] or one["summary"]["opened_at"], reverse=True)
        start = int(asked.get("before", 0))
        page, rest = found[start : start + PAGE], found[start + PAGE :]
        return {
            "conversations": [one["summary"] for one in page],
            "counts": desk.counts(request.state.agent),
            "next": str(start + PAGE) if rest else None,
        }

    @app.get(PLACE + "/{identity}")
    async def one(identity: str) -> Response:
        found = desk.conversations.get(identity)
        if found is None:
            return error(404, "not_found", "There is no such conversation.")
        return JSONResponse({**found, "viewers": desk.watched.get(identity, [])})


def fits(conversation: dict, asked: dict[str, str], agent: dict) -> bool:
    """Tell whether a conversation is in a view and matches every filter."""
    summary = conversation["summary"]
    words = " ".join(
        [summary["customer"]["name"], *(said["text"] for said in conversation["messages"])]
    ).lower()
    return all(
        (
            summary["owner"]["kind"] in KINDS[asked["view"]],
            asked["view"] != "mine" or summary["owner"]["agent_id"] == agent["id"],
            asked.get("q", "").lower() in words,
            asked.get("mood", summary["mood"]["label"]) == summary["mood"]["label"],
            "survey" not in asked or (summary.get("survey") or {}).get("understood") == "no",
            "reason" not in asked or asked["reason"] in [one["code"] for one in summary["reasons"]],
            asked.get("agent", summary["owner"]["agent_id"]) == summary["owner"]["agent_id"],
        )
    )


def add_verbs(app: FastAPI, desk: "FakeDesk") -> None:
    """Add everything an agent does to a conversation."""

    @app.post(PLACE + "/{identity}/reply")
    async def reply(request: Request, identity: str) -> Response:
        given, agent = await request.json(), request.state.agent
        if desk.summary(identity)["owner"]["agent_id"] != agent["id"]:
            return error(409, "stale_version", "Somebody else has it.", current=desk.summary(identity))
        desk.replies.append(given["cmid"])
        message = desk.added(identity, "agent", given["text"], agent["name"], given["cmid"])
        if desk.forgetful:
            return error(503, "internal", "The answer got lost.")
        desk.summary(identity)["state"] = "awaiting_customer"
        await desk.told(identity, message)
        return JSONResponse({"message": message})

    @app.post(PLACE + "/{identity}/attachments")
    async def attach(request: Request, identity: str, cmid: str, name: str) -> Response:
        content, agent = await request.body(), request.state.agent
        if not content.startswith(b"\x89PNG"):
            return error(415, "unknown_kind", "That kind of file cannot be sent here.")
        message = desk.added(identity, "agent", name, agent["name"], cmid)
        file = {"id": f"f-{message['seq']}", "name": name, "kind": "image/png", "size": len(content)}
        message["attachment"] = {**file, "width": 40, "height": 30}
        desk.files[file["id"]] = content
        await desk.told(identity, message)
        return JSONResponse({"message": message})

    @app.get("/api/console/attachments/{file}")
    async def look(file: str) -> Response:
        return Response(desk.files[file], media_type="image/png")

    @app.post(PLACE + "/{identity}/notes")
    async def note(request: Request, identity: str) -> dict:
        given, notes = await request.json(), desk.conversations[identity]["notes"]
        known = next((one for one in notes if one["cmid"] == given["cmid"]), None)
        if known is None:
            known = {"id": f"n-{len(notes)}", "author": request.state.agent["name"], "at": now(), **given}
            notes.append(known)
        await desk.everyone({"op": "note", "conversation": identity, "note": known})
        return {"note": known}

    @app.post(PLACE + "/{identity}/verdict")
    async def verdict(request: Request, identity: str) -> dict:
        handoff = desk.conversations[identity]["handoff"]
        handoff["verdict"] = {
            "escalation": None,
            "mood": None,
            **(handoff["verdict"] or {}),
            **await request.json(),
        }
        return {"verdict": handoff["verdict"]}

    @app.post(PLACE + "/{identity}/pass")
    async def passed(request: Request, identity: str) -> dict:
        desk.heard.append({"op": "pass", "conversation": identity})
        desk.summary(identity).update(state="queued", offered_to=None, offered_until=None)
        await desk.told(identity)
        return {"summary": desk.summary(identity)}

    @app.post(PLACE + "/{identity}/transcript")
    async def transcript(request: Request, identity: str) -> dict:
        desk.heard.append({"op": "transcript", **await request.json()})
        return {}

    @app.post(PLACE + "/{identity}/snooze")
    async def snooze(request: Request, identity: str) -> dict:
        given = await request.json()
        desk.heard.append({"op": "snooze", **given})
        desk.summary(identity).update(state="snoozed", snoozed_until=given["until"])
        await desk.told(identity)
        return {"summary": desk.summary(identity)}

    @app.post(PLACE + "/{identity}/{verb}")
    async def move(request: Request, identity: str, verb: str) -> Response:
        given, agent, known = await request.json(), request.state.agent, desk.summary(identity)
        if given["version"] != known["version"]:
            return error(409, "stale_version", "It changed.", current=known)
        known.update(moved(desk, verb, given, agent), version=known["version"] + 1, unread=0)
        desk.heard.append({"op": verb, **given})
        said = JOINED[verb].format(agent=agent["name"])
        await desk.told(identity, desk.added(identity, "system", said, None))
        return JSONResponse({"summary": known})


def moved(desk: "FakeDesk", verb: str, given: dict, agent: dict) -> dict[str, Any]:
    """Give what a move changes in a summary."""
    gone = {
        "waiting_since": None,
        "offered_to": None,
        "offered_until": None,
        "resolved_at": None,
        "outcome": None,
    }
    if verb in ("claim", "reopen"):
        return {**gone, "owner": held_by(agent), "state": "accepted"}
    if verb == "hand-back":
        return {**gone, "owner": BOT, "state": "handed_back"}
    if verb == "resolve":
        return {
            **gone,
            "owner": CLOSED,
            "state": "resolved",
            "resolved_at": now(),
            "outcome": given["outcome"],
        }
    offer: dict[str, Any] = {"state": "queued"}
    if "agent" in given:
        to = next(one for one in desk.team if one["id"] == given["agent"])
        offer = {
            "state": "offered",
            "offered_to": {"id": to["id"], "name": to["name"]},
            "offered_until": ago(-0.75),
        }
    return {**gone, "owner": WAITING, "waiting_since": now(), **offer}


def add_people(app: FastAPI, desk: "FakeDesk") -> None:
    """Add the team, breathers and canned replies."""

    @app.get("/api/console/team")
    async def team() -> dict:
        return {"agents": desk.team}

    @app.get("/api/console/outbox/failed")
    async def failed() -> dict:
        return {"failed": desk.undelivered}

    @app.post("/api/console/outbox/{identity}/retry")
    async def retry(identity: int) -> dict:
        desk.undelivered = [one for one in desk.undelivered if one["id"] != identity]
        return {}

    @app.post("/api/console/me/breather")
    async def breather(request: Request) -> dict:
        given = await request.json()
        me = next(one for one in desk.team if one["id"] == request.state.agent["id"])
        me["breather_until"] = ago(-given["minutes"]) if given["minutes"] else None
        return {"breather_until": me["breather_until"]}

    @app.get("/api/console/canned")
    async def canned() -> dict:
        return {"canned": desk.canned, "facts": FACTS}

    @app.post("/api/console/canned")
    async def write(request: Request) -> Response:
        given = await request.json()
        if any(one["code"] == given["code"] for one in desk.canned):
            return error(409, "code_taken", f"/{given['code']} exists already. Choose another code.")
        made = {
            "id": f"r-{len(desk.canned) + 1}",
            "changed_by": request.state.agent["name"],
            "changed_at": now(),
        }
        desk.canned.append({**made, **given})
        return JSONResponse({"canned": desk.canned[-1]})

    @app.put("/api/console/canned/{identity}")
    async def change(request: Request, identity: str) -> dict:
        known = next(one for one in desk.canned if one["id"] == identity)
        known.update(await request.json(), changed_at=now())
        return {"canned": known}

    @app.delete("/api/console/canned/{identity}")
    async def delete(identity: str) -> dict:
        desk.canned = [one for one in desk.canned if one["id"] != identity]
        return {}
