"""Offering those who wait to the right person, the most pressing first."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.engine import Connection

from bot.business import Business
from bot.empathy.language import language
from bot.handoff.life import OFFERED, QUEUED
from bot.handoff.model import VISITOR, utc_now
from bot.handoff.routing import VIP, Candidate, Contact, Need, choose
from bot.handoff.service import HandoffService
from bot.handoff.staff import codes, level
from bot.handoff.urgency import urgency
from bot.storage import handoffs, messages, workload
from bot.storage.engine import Database
from bot.storage.workload import Open, Waiting

BRIEF = 3.0  # seconds that an offer waits for its brief
LATEST = 5  # messages of the visitor that tell the language
AGAIN = 300.0  # seconds after which those who passed are asked again, if nobody else is there


class Vips(Protocol):
    """Whoever knows which customers are VIPs."""

    async def learn(self, customer_ids: Iterable[str | None]) -> None:
        """Find out, as far as that is possible in a moment."""

    def is_vip(self, customer_id: str | None) -> bool:
        """Tell what is known."""


@dataclass(frozen=True)
class _Matter:
    """What does not change while somebody waits."""

    skills: tuple[str, ...]
    language: str | None
    before: Contact | None


@dataclass
class _Wait:
    """How long somebody has waited, by a clock that nobody sets: `first` is when this process saw them."""

    first: float
    until_then: timedelta
    asked: float  # when an agent was asked last

    def so_far(self, now: float) -> timedelta:
        return self.until_then + timedelta(seconds=now - self.first)


class Offers:
    """Who was offered what, and who is to be asked next. One agent is asked one thing at a time."""

    def __init__(
        self,
        service: HandoffService,
        database: Database,
        *,
        business: Business,
        vips: Vips,
        clock: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._service, self._database, self._business = service, database, business
        self._vips = vips
        self._clock, self._monotonic = clock, monotonic
        self._waits: dict[str, _Wait] = {}
        self._matters: dict[str, _Matter] = {}
        self._given: dict[str, datetime] = {}  # when each agent was offered something last

    async def make(self, found: Sequence[Open]) -> None:
        """Offer what can be offered now; `found` are the open hand-overs that are in line."""
        queued = [one for one in found if one.state == QUEUED]
        in_line = {one.id for one in found}
        self._waits = {id: wait for id, wait in self._waits.items() if id in in_line}
        self._matters = {one.id: self._matters[one.id] for one in queued if one.id in self._matters}
        if not queued:
            return
        asked = {one.offered_to for one in found if one.state == OFFERED}
        agents = await self._database.run(self._agents, asked)
        if not any(one.works(self._clock()) and not one.asked for one in agents):
            return
        waiting = await self._database.run(self._waiting, [one.id for one in queued])
        ready = [one for one in waiting if self._is_ready(one)]
        await self._vips.learn(one.customer_id for one in ready)
        await self._database.run(self._read, ready)
        needs = [(one, self._need(one, agents)) for one in ready]
        for one, need in sorted(needs, key=lambda pair: (-pair[1].urgency, -pair[1].waited)):
            agents = await self._offer(one, need, agents)

    async def _offer(self, one: Waiting, need: Need, agents: list[Candidate]) -> list[Candidate]:
        """Offer one conversation, if somebody can have it; return the agents with who was asked."""
        now, rules = self._clock(), self._business.routing
        found = choose(need, agents, now=now, settings=rules, zone=self._business.zone)
        if found is None:
            return agents
        until = now + rules.offer
        offer = self._service.offer(one.conversation_id, found.agent_id, until=until, assignment=found.line)
        if not await offer:
            return agents
        self._given[found.agent_id] = now
        self._waits[one.id].asked = self._monotonic()
        return [replace(agent, asked=agent.asked or agent.id == found.agent_id) for agent in agents]

    def _agents(self, asked: set[str | None]) -> list[Candidate]:
        with self._database.read() as connection:
            found = self._service.staff.candidates(connection)
        return [replace(one, asked=one.id in asked, last_at=self._given.get(one.id)) for one in found]

    # What one who waits needs.

    def _is_ready(self, one: Waiting) -> bool:
        """Tell whether the agent would find a brief; without one it is offered after a moment."""
        waited = self._monotonic() - self._wait(one).first
        return one.briefed or waited >= BRIEF

    def _wait(self, one: Waiting) -> _Wait:
        if one.id not in self._waits:
            now, since = self._monotonic(), one.waiting_since or self._clock()
            self._waits[one.id] = _Wait(now, max(self._clock() - since, timedelta()), now)
        return self._waits[one.id]

    def _need(self, one: Waiting, agents: Sequence[Candidate]) -> Need:
        matter, wait, now = self._matters[one.id], self._waits[one.id], self._monotonic()
        vip, waited = self._vips.is_vip(one.customer_id), wait.so_far(now)
        passed = set(one.passed_by)
        others = [agent for agent in agents if agent.works(self._clock()) and agent.id not in passed]
        if not others and now - wait.asked >= AGAIN:
            passed = set()  # nobody must wait for ever because somebody once had no time
        for_vips = self._business.routing.needed([VIP]) if vip else ()
        return Need(
            waited=waited,
            skills=tuple(dict.fromkeys((*matter.skills, *for_vips))),
            language=matter.language,
            weight=one.weight,
            urgency=urgency(level=level(one.mood), reasons=codes(one.reasons), vip=vip, waited=waited),
            vip=vip,
            customer=one.customer_name,
            before=matter.before,
            passed_by=passed,
        )

    def _waiting(self, ids: Sequence[str]) -> list[Waiting]:
        with self._database.read() as connection:
            return workload.waiting(connection, ids)

    def _read(self, ready: Sequence[Waiting]) -> None:
        """Find out what must be known of each to find the right person, once for each."""
        fresh = [one for one in ready if one.id not in self._matters]
        if not fresh:
            return
        with self._database.read() as connection:
            read = {one.id: self._matter(connection, one) for one in fresh}
        with self._database.write() as connection:
            for one in fresh:
                if read[one.id].language != one.language:
                    handoffs.change(connection, one.id, language=read[one.id].language)
        self._matters |= read

    def _matter(self, connection: Connection, one: Waiting) -> _Matter:
        before = workload.earlier(connection, one)
        causes = (one.mood or {}).get("causes", ())
        skills = tuple(one.skills) or self._business.routing.needed((*codes(one.reasons), *causes))
        said = [m.text for m in messages.after(connection, one.conversation_id) if m.speaker == VISITOR]
        spoken = one.language or language(" ".join(said[-LATEST:]))
        return _Matter(skills, spoken, Contact(*before) if before else None)
