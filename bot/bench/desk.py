"""The hand-over desk under load: agents and visitors on real sockets, with a long past behind them."""

import asyncio
import hashlib
import random
import secrets
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta, timezone
from itertools import cycle, takewhile
from string import ascii_lowercase
from time import perf_counter

from sqlalchemy import insert

from bot.bench.ends import AgentEnd, VisitorEnd
from bot.bench.figure import Figure, percentile
from bot.bench.past import Past
from bot.desk.access import hash_password
from bot.storage.engine import Database
from bot.storage.tables import agents, visitor_tokens

AGENTS, OPEN, PAST = 20, 200, 50_000
EVERY = 4.0  # seconds between two exchanges of one agent: with 20 agents ten messages a second
AT_ONCE = 10  # visitors who come in together
PAUSE = 0.25  # seconds between two looks at a list
AIM = "95 % within 300 ms"
WORDS = ("zadie", "the", "refund", "my order", "CK-10423", "zadie grinder", "where is the order", "qqqq")
NARROWED = (
    {},
    {"mood": "urgent"},
    {"reason": "safety"},
    {"agent": "bench-3"},
    {"mood": "calm", "reason": "anger"},
)
TITLES = {
    "to agent": "desk: visitor to agent, in the open conversation",
    "to lists": "desk: visitor to agent, in everybody's list",
    "to visitor": "desk: agent to visitor",
    "inbox": "desk: a page of the inbox",
    "search": "desk: search",
    "whole": "desk: opening a conversation",
}
Timings = dict[str, list[float]]  # seconds that things took


class Crowd:
    """The people of the measurement, in a database of their own."""

    def __init__(self) -> None:
        self.password = secrets.token_urlsafe(12)
        self.agents = [f"bench-{number}" for number in range(AGENTS)]
        self.tokens = {f"open-{number:04}": secrets.token_urlsafe(32) for number in range(OPEN)}
        self.past: Past | None = None

    def fill(self, database: Database, past: int = PAST) -> None:
        """Give a desk that is not running its people, its past and its open conversations."""
        database.migrate()
        now = datetime.now(timezone.utc)
        self.past = Past(self.agents, now - timedelta(days=1))
        known = {"password_hash": hash_password(self.password), "role": "agent", "disabled": False}
        people = [
            {"id": id, "email": _email(id), "name": self.past.name(), "created_at": now, **known}
            for id in self.agents
        ]
        with database.write() as connection:
            connection.execute(insert(agents), people)
            self.past.add(connection, past)
            for number, (id, token) in enumerate(self.tokens.items()):
                has_it = self.agents[number % AGENTS]
                self.past.add_open(connection, id, has_it, now - timedelta(minutes=30))
                row = {"token_hash": hashlib.sha256(token.encode()).hexdigest(), "conversation_id": id}
                connection.execute(insert(visitor_tokens), [{**row, "at": now}])

    async def measure(self, port: int, seconds: float) -> Timings:
        """Let everybody talk for so long, and one agent look through lists all the while."""
        timings: Timings = {what: [] for what in TITLES}
        async with AsyncExitStack() as held:
            visitors = {id: VisitorEnd(port, n) for n, id in enumerate(self.tokens)}
            coming = [visitor.entered(self.tokens[id]) for id, visitor in visitors.items()]
            for start in range(0, len(coming), AT_ONCE):
                arriving = coming[start : start + AT_ONCE]
                await asyncio.gather(*(held.enter_async_context(one) for one in arriving))
            ends = [AgentEnd(port, _email(id), self.password) for id in self.agents]
            for end in ends:
                await held.enter_async_context(end.signed_in())
            talks = [
                self._talk(end, ends[n - 1], self._of(n, visitors), seconds, timings)
                for n, end in enumerate(ends)
            ]
            over = asyncio.Event()
            looking = asyncio.ensure_future(_look(ends[0], list(visitors), timings, over))
            await asyncio.gather(*talks)
            over.set()
            await looking
        return timings

    def _of(self, number: int, visitors: dict[str, VisitorEnd]) -> Iterator[tuple[str, VisitorEnd]]:
        return cycle(list(visitors.items())[number::AGENTS])

    async def _talk(
        self,
        agent: AgentEnd,
        colleague: AgentEnd,
        visitors: Iterator[tuple[str, VisitorEnd]],
        seconds: float,
        timings: Timings,
    ) -> None:
        """Let an agent's visitors say something in turn, and the agent answer each."""
        assert self.past is not None
        end = perf_counter() + seconds
        await asyncio.sleep(random.uniform(0, EVERY))
        first = True
        while (began := perf_counter()) < end:
            id, visitor = next(visitors)
            await agent.watch(id)
            asked, answer = (f"{self.past.message()} {_mark()}" for _ in "ab")
            here, listed = agent.hears(asked), colleague.lists(asked)
            said = perf_counter()
            await visitor.say(asked)
            took = {"to agent": await here - said, "to lists": await listed - said}
            there, replied = visitor.hears(answer), perf_counter()
            await agent.reply(id, answer)
            took["to visitor"] = await there - replied
            await visitor.read()
            for what, value in took.items() if not first else ():
                timings[what].append(value)  # the first of each agent fills caches
            first = False
            await asyncio.sleep(max(0.0, EVERY - (perf_counter() - began)))


async def _look(agent: AgentEnd, ids: list[str], timings: Timings, over: asyncio.Event) -> None:
    """Go through lists, searches and conversations until it is over."""
    words, narrowed, before = cycle(WORDS), cycle(NARROWED), ""
    for id in takewhile(lambda _: not over.is_set(), cycle(ids)):
        page = {"view": "resolved", **next(narrowed)}
        inbox = await _timed(agent, "conversations", page | ({"before": before} if before else {}))
        before = inbox[1].get("next") or ""
        search = await _timed(agent, "conversations", {"view": "resolved", "q": next(words)})
        whole = await _timed(agent, f"conversations/{id}", {})
        for what, (took, _) in (("inbox", inbox), ("search", search), ("whole", whole)):
            timings[what].append(took)
        await asyncio.sleep(PAUSE)


async def _timed(agent: AgentEnd, path: str, asked: dict[str, str]) -> tuple[float, dict]:
    began = perf_counter()
    answer = await agent.get(path, asked)
    return perf_counter() - began, answer


def figures(timings: Timings) -> list[Figure]:
    """Return median and 95th percentile of everything."""
    found = []
    for what, title in TITLES.items():
        values, aim = timings[what], "" if what == "whole" else AIM
        note = f"{len(values)} of them"
        found.append(Figure(f"{title}, median", "ms", 1000 * percentile(values, 0.5), note=note))
        found.append(Figure(f"{title}, 95th percentile", "ms", 1000 * percentile(values, 0.95), aim=aim))
    return found


def _email(id: str) -> str:
    return f"{id}@example.com"


def _mark() -> str:
    """Make up what tells a message from all others; letters, for digits might be a card's."""
    return "".join(random.choices(ascii_lowercase, k=12))
