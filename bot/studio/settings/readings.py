"""How past messages read, computed once and kept: by keyed digests, without anybody's words.

As a program (`python -m bot.studio.settings.readings`) it reads what is missing and forgets what
is no longer there.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.empathy import detector as shipped
from bot.empathy.mood_model import FOLDER
from bot.empathy.reading import Cue, Detector, Reading
from bot.empathy.repeats import SAME, Similarity, likeness
from bot.empathy.state import LONGEST, REMEMBERED, MoodState, advance
from bot.errors import CrmError, CrmUnavailable
from bot.studio import progress
from bot.studio.settings import past
from bot.studio.settings.replay import Stretch

if TYPE_CHECKING:
    from bot.crm.adapter import Crm
    from bot.settings import Settings

FILE = "readings.json"
STEP = "Reading past conversations"
EVERY = 25  # conversations, between two words on how it gets on
DIGITS = 4
NICE = 10  # whoever is served just now goes first


class Unread(Exception):  # noqa: N818
    """A message came after the others were read."""


class Readings:
    """What is known of past messages: a detector and a judge of likeness that only look things up."""

    def __init__(self, path: Path, secret: str) -> None:
        self._path, self._secret = path, secret.encode()
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = {}
        if kept.get("by") != fingerprint():
            kept = {}
        self._read: dict[str, Any] = kept.get("read", {})
        self._same: dict[str, bool] = kept.get("same", {})
        self._vips: dict[str, bool] = kept.get("vips", {})
        self._used: set[str] = set()

    def read(self, text: str, *, context: str = "") -> Reading:
        """Return how a message reads after the bot's message `context`.

        Raises:
            Unread: that is not known yet.
        """
        known = self._read.get(self._key("read", context, text))
        if known is None:
            raise Unread
        return _as_reading(known, text)

    def similar(self, one: str, other: str) -> float:
        """Return 1 for two messages that ask the same, else 0; by their words where that is not known."""
        known = self._same.get(self._key("same", one, other))
        return likeness(one, other) if known is None else float(known)

    def knows(self, stretch: Stretch) -> bool:
        """Tell whether all that was said in a stretch is read."""
        context = ""
        for turn in stretch.turns:
            if turn.speaker == "visitor" and self._key("read", context, turn.text) not in self._read:
                return False
            context = turn.text[:LONGEST] if turn.speaker in ("bot", "agent") else context
        return True

    def is_vip(self, customer: str | None) -> bool:
        return bool(customer) and self._vips.get(self._key("vip", customer or ""), False)

    def learn(self, stretches: Iterable[Stretch], build: Callable[[], Detector], similar: Similarity) -> int:
        """Read what is missing of these; return how many messages that were."""
        every, new = list(stretches), 0
        detector = lru_cache(maxsize=1)(build)
        for number, stretch in enumerate(every):
            if number % EVERY == 0:
                progress.step(STEP, done=number, of=len(every))
            heard: list[str] = []
            state = MoodState()
            for turn in stretch.turns:
                if turn.speaker == "visitor":
                    new += self._learn(turn.text, state.context, heard, detector, similar)
                    heard = [*heard, turn.text[:LONGEST]][-REMEMBERED:]
                state = advance(state, turn, self, self.similar)
        progress.step(STEP, done=len(every), of=len(every))
        return new

    def _learn(
        self,
        text: str,
        context: str,
        heard: list[str],
        detector: Callable[[], Detector],
        similar: Similarity,
    ) -> int:
        key, new = self._key("read", context, text), 0
        self._used.add(key)
        if key not in self._read:
            self._read[key], new = _as_kept(detector().read(text, context=context)), 1
        for earlier in heard:
            pair = self._key("same", text[:LONGEST], earlier)
            self._used.add(pair)
            if pair not in self._same:
                self._same[pair] = similar(text[:LONGEST], earlier) >= SAME
        return new

    def learn_vips(self, customers: Iterable[str], crm: "Crm") -> bool:
        """Look up who is a VIP now; tell whether the records could be asked."""
        self._vips = {}
        for customer in sorted(set(customers)):
            try:
                self._vips[self._key("vip", customer)] = crm.card(customer).customer.vip
            except CrmUnavailable:
                return False
            except CrmError:
                continue  # nobody whom the records know
        return True

    def keep(self) -> None:
        """Write it down: what was used of it, readable by the owner only."""
        kept = {
            "by": fingerprint(),
            "read": {key: value for key, value in self._read.items() if key in self._used},
            "same": {key: value for key, value in self._same.items() if key in self._used},
            "vips": self._vips,
        }
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._path.with_suffix(".tmp")
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            json.dump(kept, file)
        draft.replace(self._path)

    def _key(self, *parts: str) -> str:
        return hmac.new(self._secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()[:24]


def _as_kept(reading: Reading) -> dict[str, Any]:
    """Leave out all that is anybody's words: a quote is only where it stands."""
    cues = [{**asdict(cue), "quote": len(cue.quote)} for cue in reading.cues]
    scores = {name: round(score, DIGITS) for name, score in reading.scores.items()}
    return {**vars(reading), "scores": scores, "distress": round(reading.distress, DIGITS), "cues": cues}


def _as_reading(kept: dict[str, Any], text: str) -> Reading:
    cues = tuple(
        Cue(**{**cue, "quote": text[cue["start"] : cue["start"] + cue["quote"]]}) for cue in kept["cues"]
    )
    return Reading(**{**kept, "cues": cues})


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return what tells whether messages would read otherwise: the code that reads and its model."""
    found = hashlib.sha256()
    folder = Path(shipped.__file__).parent
    for path in [*sorted(folder.rglob("*.py")), FOLDER / "SHA256SUMS"]:
        found.update(path.read_bytes() if path.exists() else b"")
    return found.hexdigest()[:16]


def readings_of(settings: "Settings") -> Readings:
    """Return what is known so far."""
    return Readings(settings.var / "studio" / FILE, settings.secret)


def with_vips(
    stretches: list[Stretch], owners: dict[tuple[str, int], str], readings: Readings
) -> list[Stretch]:
    """Return the stretches, each knowing whether its customer is a VIP now."""
    return [replace(one, vip=True) if readings.is_vip(owners.get(one.key)) else one for one in stretches]


def _work() -> dict[str, Any]:
    from bot import wiring
    from bot.empathy.detector import build_detector
    from bot.storage.engine import Database

    progress.step("Getting ready")
    os.nice(NICE)
    settings = wiring.settings()
    database, readings = Database(settings.database_url), readings_of(settings)
    with database.read() as connection:
        found, owners = past.stretches(connection, datetime.now(timezone.utc))
    database.close()
    new = readings.learn(found, build_detector, lambda one, other: wiring.similarity()(one, other))
    known = readings.learn_vips(owners.values(), wiring.crm(settings))
    readings.keep()
    return {"conversations": len(found), "read": new, "vips_known": known}


if __name__ == "__main__":
    progress.main(_work)
