"""The desk: one ASGI application, built from its parts by `create_app`."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from bot import wiring
from bot.attachments.keeper import Keeper
from bot.business import Business
from bot.crm.adapter import Crm
from bot.crm.deliveries import deliveries as crm_deliveries
from bot.desk import console, demo, internal, pages, studio, visitor
from bot.desk.brain import Brain
from bot.desk.embedding import Embedding
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
from bot.widget import Widget

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

    @property
    def widget(self) -> Widget:
        """How the owner wants the chat on the website."""
        return self.business.widget


class Desk:
    """All that lives as long as the application."""

    def __init__(self, settings: Settings, parts: Parts) -> None:
        self.database = Database(settings.database_url)
        self.brain = Brain(settings.brain_url, settings.secret)
        self.briefing = Briefing(
            self.database,
            business=parts.business,
            crm=parts.crm,
            detector=parts.detector,
            similar=parts.similar,
        )
        bus = Bus()
        self.service = HandoffService(
            self.database, business=parts.business, briefs=self.briefing, bus=bus, presence=Presence()
        )
        self.moods = Moods(self.briefing, bus)
        self.business = parts.business
        outbox = Outbox(self.database)
        self.reach = Reach(
            self.database, outbox, settings=settings, business=parts.business, rules=parts.reach
        )
        deliveries = {**crm_deliveries(parts.crm), **self.reach.deliveries, FORGET: self.brain.forget}
        deliveries |= parts.deliveries
        self.courier = Courier(outbox, deliveries)
        self.turns = Turns(
            self.brain,
            self.service,
            bot_name=parts.business.assistant_name,
            wants_person=_request_for_person,
            as_asked=lambda question: as_asked(question, parts.business.texts),
            patience=parts.patience,
        )
        self.keeper = Keeper(
            settings.var / "attachments",
            self.database,
            self.service,
            largest=parts.widget.largest_file,
        )
        self.gateway = Gateway(
            self.service,
            Entrance(self.database, bus),
            self.turns,
            parts.business,
            transcripts=self.reach.transcripts,
            continuations=self.reach.continuations,
            keeper=self.keeper,
            identity_secret=settings.identity_secret,
            limits=parts.limits,
        )

    @asynccontextmanager
    async def running(self, vips: Vips) -> AsyncIterator[None]:
        """Take up what a stop cut short, work, and put everything down in order."""
        await asyncio.to_thread(self.database.migrate)
        await asyncio.to_thread(self.keeper.sweep)
        bus = self.service.bus
        attendant = Attendant(self.service, self.database, business=self.business, vips=vips)
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
    app.state.service, app.state.gateway = desk.service, desk.gateway
    app.add_exception_handler(ProtocolError, _refused)
    app.add_exception_handler(HandoffError, _refused)
    visitor.routes(app, gateway=desk.gateway, origins=_origins(settings))
    console.routes(
        app,
        business=parts.business,
        database=desk.database,
        service=desk.service,
        crm=parts.crm,
        secret=settings.secret,
        by_email=bool(settings.smtp_host),
        transcripts=desk.reach.transcripts,
        keeper=desk.keeper,
    )
    studio.routes(app, settings=settings, database=desk.database)
    internal.routes(app)
    if settings.demo:
        demo.routes(app)
    embedded = Embedding(parts.widget, name=parts.business.name, origins=settings.allowed_origins)
    pages.routes(app, demo=settings.demo, embedded=embedded)
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
