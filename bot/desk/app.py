"""The desk: one ASGI application, built from its parts by `create_app`."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from bot import wiring
from bot.attachments.keeper import Keeper
from bot.business import Business
from bot.crm.adapter import Crm
from bot.crm.deliveries import deliveries as crm_deliveries
from bot.desk import console, demo, internal, pages, studio, visitor
from bot.desk.brain import Brain
from bot.desk.edition import Editions
from bot.desk.visitor.gateway import Gateway, Origins
from bot.desk.visitor.limits import Limits
from bot.desk.visitor.tongues import as_asked
from bot.desk.visitor.turns import Patience, Turns
from bot.empathy.cues import explicit_request
from bot.empathy.language import language
from bot.empathy.reading import Detector
from bot.empathy.repeats import Similarity, likeness
from bot.errors import HandoffError, ProtocolError
from bot.handoff.attendant import Attendant
from bot.handoff.briefing import Briefing
from bot.handoff.bus import Bus
from bot.handoff.entrance import Entrance
from bot.handoff.moods import Moods
from bot.handoff.offers import Vips
from bot.handoff.postings import FORGET
from bot.handoff.presence import Presence
from bot.handoff.service import HandoffService
from bot.outbox.courier import Courier, Deliver
from bot.outbox.outbox import Outbox
from bot.reach.reach import Reach
from bot.reach.rules import Rules
from bot.settings import Settings
from bot.storage.engine import Database

ABOUT = "What the agent console uses, and the calls of the demo shop. Visitors use a socket instead."
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parts:
    """What the desk is built from; a test brings its own."""

    business: Business
    crm: Crm
    detector: Detector
    limits: Limits = Limits()
    patience: Patience = Patience()
    similar: Similarity = likeness
    deliveries: Mapping[str, Deliver] = field(default_factory=dict)  # by kind, in place of our own
    reach: Rules = Rules()  # who is told what outside the console


class Desk:
    """All that lives as long as the application."""

    def __init__(self, settings: Settings, parts: Parts) -> None:
        self.database = Database(settings.database_url)
        self.brain = Brain(settings.brain_url, settings.secret)
        self.taking_up = asyncio.Lock()  # one after the other: what was asked for last is what holds
        self.editions = Editions(settings, business=parts.business, rules=parts.reach, crm=parts.crm)
        # Whoever gets these follows what is published.
        business, crm, rules = self.editions.business, self.editions.crm, self.editions.rules
        self.briefing = Briefing(
            self.database, business=business, crm=crm, detector=parts.detector, similar=parts.similar
        )
        bus = Bus()
        self.service = HandoffService(
            self.database, business=business, briefs=self.briefing, bus=bus, presence=Presence()
        )
        self.moods = Moods(self.briefing, bus)
        outbox = Outbox(self.database)
        self.reach = Reach(self.database, outbox, settings=settings, business=business, rules=rules)
        deliveries = {**crm_deliveries(crm), **self.reach.deliveries, FORGET: self.brain.forget}
        deliveries |= parts.deliveries
        self.courier = Courier(outbox, deliveries)
        self.turns = Turns(
            self.brain,
            self.service,
            bot_name=lambda: business.assistant_name,
            wants_person=_request_for_person,
            as_asked=lambda question: as_asked(question, business.texts),
            patience=parts.patience,
        )
        self.keeper = Keeper(
            settings.var / "attachments",
            self.database,
            self.service,
            largest=lambda: business.widget.largest_file,
        )
        self.gateway = Gateway(
            self.service,
            Entrance(self.database, bus),
            self.turns,
            business,
            transcripts=self.reach.transcripts,
            continuations=self.reach.continuations,
            keeper=self.keeper,
            identity_secret=settings.identity_secret,
            limits=parts.limits,
        )

    async def take_up(self, brain: str, folder: Path) -> None:
        """Ask the assistant at that address from now on, and work by the owner's files in that folder.

        Both at once: nobody is answered by one version and told the facts of another.

        Raises:
            OwnerFileError: a file there cannot be used; nothing has changed.
        """
        async with self.taking_up:
            edition = await asyncio.to_thread(self.editions.read, folder)
            before, self.editions.present = self.editions.present, edition
            self.brain.switch(brain)
            await self.brain.hang_up()
            self.service.tell_places()  # by other hours and rules, who waits may wait longer or shorter
            if before.crm is not edition.crm:
                await asyncio.to_thread(before.crm.close)

    @asynccontextmanager
    async def running(self, vips: Vips) -> AsyncIterator[None]:
        """Take up what a stop cut short, work, and put everything down in order."""
        await asyncio.to_thread(self.database.migrate)
        await asyncio.to_thread(self.keeper.sweep)
        bus = self.service.bus
        attendant = Attendant(self.service, self.database, business=self.editions.business, vips=vips)
        # The keeper first: nobody hears that something was erased before its files are gone.
        with bus.subscribe(self.keeper.hear), bus.subscribe(self.turns.hear), bus.subscribe(self.moods.hear):
            for question in await self.service.resume():
                self.turns.submit(question)
            # First what each next message waits for: what finds a language, or a wish for a person.
            await asyncio.to_thread(_build, lambda: language("Guten Morgen, wie geht es Ihnen?"))
            await asyncio.to_thread(_build, lambda: _request_for_person("Good morning"))
            warming = asyncio.create_task(asyncio.to_thread(_build, self.briefing.warm_up))
            try:
                reaching = self.reach.running(bus, self.service.presence)
                async with self.courier.running(), attendant.running(), reaching:
                    yield
            finally:
                await self.turns.close()
                await self.moods.close()
                await self.service.close()
        await warming
        await self.brain.close()
        self.briefing.close()
        self.database.close()


def create_app(settings: Settings | None = None, *, parts: Parts | None = None) -> FastAPI:
    """Build the desk; nothing runs before its lifespan begins."""
    settings = settings or wiring.settings()
    parts = parts or Parts(
        wiring.business(settings),
        wiring.crm(settings),
        wiring.detector(),
        similar=wiring.similarity(),
        reach=wiring.reach(settings),
    )
    desk = Desk(settings, parts)
    app = FastAPI(
        title="Kindhand", description=ABOUT, docs_url=None, redoc_url=None, lifespan=_lifespan(desk)
    )
    app.state.settings, app.state.database = settings, desk.database
    app.state.service, app.state.gateway, app.state.desk = desk.service, desk.gateway, desk
    app.add_exception_handler(ProtocolError, _refused)
    app.add_exception_handler(HandoffError, _refused)
    visitor.routes(app, gateway=desk.gateway, origins=_origins(settings))
    console.routes(
        app,
        business=desk.editions.business,
        database=desk.database,
        service=desk.service,
        crm=desk.editions.crm,
        secret=settings.secret,
        by_email=bool(settings.smtp_host),
        transcripts=desk.reach.transcripts,
        keeper=desk.keeper,
    )
    studio.routes(app, settings=settings, database=desk.database)
    internal.routes(app)
    if settings.demo:
        demo.routes(app)
    pages.routes(app, demo=settings.demo, embedded=desk.editions.embedding)
    return app


def _lifespan(desk: Desk) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    def lifespan(app: FastAPI) -> AbstractAsyncContextManager[None]:
        return desk.running(app.state.console.cards)

    return lifespan


def _origins(settings: Settings) -> Origins:
    """Sockets come from our own pages only: the chat's frame is one, whatever site it stands on."""
    own = {settings.address, *(f"http://{name}:{settings.port}" for name in ("localhost", "127.0.0.1"))}
    return Origins(frozenset({settings.public_url or settings.address, *own}))


def _request_for_person(text: str) -> str | None:
    cue = explicit_request(text)
    return cue.quote if cue else None


def _build(part: Callable[[], object]) -> None:
    try:
        part()
    except Exception:
        # Without a detector there is no mood; visitors and agents can still talk.
        logger.exception("the detector could not be built")


async def _refused(request: Request, problem: Exception) -> Response:
    """Answer a refusal of ours as the API promises."""
    status, code = getattr(problem, "status", 409), getattr(problem, "code", "internal")
    text = getattr(problem, "text", str(problem))
    return JSONResponse({"error": {"code": code, "text": text}}, status)
