"""A small HubSpot in memory: the parts of its CRM API that the adapter asks, as the reference has them."""

import itertools
import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.crm.served import Answer, Asked

PAYLOADS = Path(__file__).parent / "payloads" / "hubspot"
TOKEN = "pat-eu1-of-the-tests"
UNIQUE = {"contacts": ("email", "kindhand_customer"), "tickets": ("kindhand_key",)}
TYPES = {202: ("notes", "contacts"), 16: ("tickets", "contacts")}
ROUTES = {
    r"POST /crm/v3/objects/(\w+)/batch/read": "batch",
    r"POST /crm/v3/objects/(\w+)/search": "search",
    r"POST /crm/v3/objects/(\w+)": "create",
    r"DELETE /crm/v3/objects/(\w+)/(\d+)": "delete",
    r"GET /crm/v4/objects/(\w+)/(\d+)/associations/(\w+)": "associations",
    r"POST /crm/v4/associations/(\w+)/(\w+)/batch/read": "batch_associations",
    r"GET /crm/v3/pipelines/(\w+)": "pipelines",
    r"GET /account-info/v3/details": "account",
}


def payload(name: str) -> Any:
    return json.loads((PAYLOADS / f"{name}.json").read_text())


class HubSpot:
    """Answers requests: `page` results at once, and before all else what is in `first`."""

    def __init__(self, page: int = 2) -> None:
        kinds = ("contacts", "orders", "deals", "tickets", "notes", "line_items")
        self.records = {kind: {one["id"]: one for one in payload(kind)} for kind in kinds}
        self.links = [tuple(link) for link in payload("links")]
        self.page = page
        self.first: list[Answer] = []
        self.numbers = itertools.count(701)

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer({"status": "error", "category": "INVALID_AUTHENTICATION"}, status=401)
        if self.first:
            return self.first.pop(0)
        place = urlsplit(asked.path)
        for route, name in ROUTES.items():
            found = re.fullmatch(route, f"{asked.method} {place.path}")
            if found:
                query = {key: values[0] for key, values in parse_qs(place.query).items()}
                given = asked.json if asked.body else query
                return getattr(self, name)(given, *found.groups())
        return Answer({"status": "error", "message": "no such route"}, status=404)

    def batch(self, given: Any, kind: str) -> Answer:
        by = given.get("idProperty")
        if by and by not in UNIQUE.get(kind, ()):
            return Answer({"status": "error", "category": "VALIDATION_ERROR"}, status=400)
        wanted = [one["id"] for one in given["inputs"]]
        assert 0 < len(wanted) <= 100
        known = {(one["properties"].get(by) if by else id): one for id, one in self.records[kind].items()}
        if by == "email":
            wanted = [one.lower() for one in wanted]
        results = [self.shown(known[one], given["properties"]) for one in wanted if one in known]
        answer = {"status": "COMPLETE", "results": results}
        if len(results) == len(wanted):
            return Answer(answer)
        answer["errors"] = [
            {"status": "error", "category": "OBJECT_NOT_FOUND", "message": "some are missing"}
        ]
        return Answer({**answer, "numErrors": 1}, status=207)

    def search(self, given: Any, kind: str) -> Answer:
        (group,) = given["filterGroups"]
        (rule,) = group["filters"]
        assert rule["operator"] == "CONTAINS_TOKEN"
        found = [
            self.shown(one, given["properties"])
            for one in self.records[kind].values()
            if rule["value"].lower() in re.findall(r"\w+", one["properties"][rule["propertyName"]].lower())
        ]
        return Answer({"total": len(found), **self.paged(found, given)})

    def create(self, given: Any, kind: str) -> Answer:
        for name in UNIQUE.get(kind, ()):
            value = given["properties"].get(name)
            if value and value in {one["properties"].get(name) for one in self.records[kind].values()}:
                return Answer(payload("error.409"), status=409)
        made = {"id": str(next(self.numbers)), "properties": given["properties"], "archived": False}
        made["createdAt"] = made["updatedAt"] = "2026-03-06T12:00:00.000Z"
        self.records[kind][made["id"]] = made
        for link in given["associations"]:
            (kind_of,) = link["types"]
            start, end = TYPES[kind_of["associationTypeId"]]
            assert start == kind and kind_of["associationCategory"] == "HUBSPOT_DEFINED"
            self.links.append((end, link["to"]["id"], start, made["id"]))
        return Answer(made, status=201)

    def delete(self, given: Any, kind: str, id: str) -> Answer:
        gone = self.records[kind].pop(id, None)
        self.links = [link for link in self.links if (kind, id) not in (link[:2], link[2:])]
        return Answer(b"", status=204) if gone else Answer({"status": "error"}, status=404)

    def associations(self, given: Any, kind: str, id: str, other: str) -> Answer:
        links = [{"toObjectId": int(one), "associationTypes": []} for one in self.linked(kind, id, other)]
        return Answer(self.paged(links, given))

    def batch_associations(self, given: Any, kind: str, other: str) -> Answer:
        results = []
        for one in given["inputs"]:
            to = [
                {"toObjectId": int(id), "associationTypes": []} for id in self.linked(kind, one["id"], other)
            ]
            if to:
                results.append({"from": {"id": one["id"]}, "to": to})
        return Answer({"status": "COMPLETE", "results": results}, status=200 if results else 207)

    def pipelines(self, given: Any, kind: str) -> Answer:
        return Answer(payload(f"pipelines.{kind}"))

    def account(self, given: Any) -> Answer:
        return Answer(payload("account"))

    def linked(self, kind: str, id: str, other: str) -> list[str]:
        there = [link[3] for link in self.links if link[:3] == (kind, id, other)]
        return there + [link[1] for link in self.links if link[2:] == (kind, id) and link[0] == other]

    def paged(self, results: list[Any], given: Any) -> dict[str, Any]:
        start = int(given.get("after", 0))
        end = start + min(self.page, int(given["limit"]))
        answer: dict[str, Any] = {"results": results[start:end]}
        if end < len(results):
            answer["paging"] = {"next": {"after": str(end), "link": "https://api.hubapi.com/not-followed"}}
        return answer

    @staticmethod
    def shown(record: Any, properties: list[str]) -> Any:
        wanted = {name: record["properties"].get(name) for name in properties}
        return {**deepcopy(record), "properties": wanted}
