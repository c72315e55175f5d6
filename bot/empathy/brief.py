"""What an agent should know before the first word, taken from what was said, with the message it is from."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from bot.empathy.ladder import Reason
from bot.empathy.reading import Turn
from bot.empathy.state import MoodState
from bot.empathy.wording import DONTS, DOS, STEP, TROUBLE, listed

LONGEST_LINE = 200
MOST_LINES = 6
_ORDER = re.compile(r"\b[A-Z]{2}-?\d{4,8}\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_PROMISE = re.compile(
    r"\b(?:(?:i|we)(?:['’]ll| will|['’]ve| have)|you(?:['’]ll| will) (?:get|receive|have|hear|be)|"
    r"(?:is|are|has been|have been|will be) "
    r"(?:on (?:its|their) way|booked|cancelled|refunded|changed|sent|arranged)|"
    r"within (?:\d+|one|two|three|a few) |by (?:tomorrow|today|monday|tuesday|wednesday|thursday|friday))",
    re.IGNORECASE,
)
_NO_PROMISE = re.compile(r"(?:\?|\b(?:if|cannot|can['’]t|don['’]t|didn['’]t|not)\b)", re.IGNORECASE)
_WISH = re.compile(
    r"\b(?:i(?:['’]d| would)? (?:want|need|like|expect)|(?:can|could) (?:i|you|we)|please|will you|"
    r"would you|how (?:do|can)|where|when|why|what)\b|\?",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:human|person|agent|someone|somebody|representative|manager|bot|robot)\b", re.IGNORECASE
)
_GREETING = re.compile(r"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening))\b[\s,!.]*", re.IGNORECASE)


class HasDict(Protocol):
    """A record of the CRM room, which this room does not import."""

    def as_dict(self) -> dict[str, Any]: ...


Card = Mapping[str, Any] | HasDict | None


@dataclass(frozen=True)
class Line:
    """Something that was said, and in which message."""

    seq: int
    text: str

    def as_dict(self) -> dict[str, Any]:
        return {"seq": self.seq, "text": self.text}


@dataclass(frozen=True)
class Detail:
    """Something the bot asked for; without a value it is still missing."""

    name: str
    label: str
    value: str | None = None

    def as_dict(self) -> dict[str, Any]:
        known = {"name": self.name, "label": self.label}
        return known if self.value is None else {**known, "value": self.value}


@dataclass(frozen=True)
class Brief:
    """The whole context on one screen. `*_seq` name the messages that a sentence comes from."""

    situation: str
    situation_seq: tuple[int, ...]
    wants: str
    wants_seq: int | None
    reasons: tuple[Reason, ...]
    tried: tuple[Line, ...]
    promised: tuple[Line, ...]
    filled: tuple[Detail, ...]
    missing: tuple[Detail, ...]
    mood: dict[str, Any]
    suggestion: str
    dos: tuple[str, ...]
    donts: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for the console."""
        parts = ("tried", "promised", "filled", "missing")
        return {
            **vars(self),
            **{name: [part.as_dict() for part in getattr(self, name)] for name in parts},
            "situation_seq": list(self.situation_seq),
            "reasons": [_reason(reason) for reason in self.reasons],
            "dos": list(self.dos),
            "donts": list(self.donts),
        }


def compose(
    turns: Sequence[Turn],
    state: MoodState,
    decision_reasons: Iterable[Reason],
    card: Card,
    filled: Iterable[Mapping[str, Any]],
    missing: Iterable[Mapping[str, Any]],
    *,
    business_name: str,
) -> Brief:
    """Compose the brief from what was said, what is known and why a person is called."""
    reasons = tuple(decision_reasons)
    known = _plain(card)
    order = _order(turns, known)
    wants = _wants(turns)
    situation, sources = _situation(turns, state, known, order)
    codes = [reason.code for reason in reasons]
    return Brief(
        situation=situation,
        situation_seq=sources,
        wants=wants.text if wants else "",
        wants_seq=wants.seq if wants else None,
        reasons=reasons,
        tried=_tried(turns),
        promised=_promised(turns),
        filled=tuple(Detail(d["name"], d.get("label", d["name"]), str(d.get("value", ""))) for d in filled),
        missing=tuple(Detail(d["name"], d.get("label", d["name"])) for d in missing),
        mood={"level": state.level, "label": state.label, "trend": state.trend},
        suggestion=_suggestion(state, known, order, codes, business_name),
        dos=_advice(DOS, codes, state),
        donts=_advice(DONTS, codes, state),
    )


def _reason(reason: Reason) -> dict[str, Any]:
    evidence = [{"seq": seq, "quote": quote} for seq, quote in reason.evidence]
    return {**reason.as_dict(), "evidence": evidence}


def _plain(card: Card) -> Mapping[str, Any]:
    if card is None:
        return {}
    return card if isinstance(card, Mapping) else card.as_dict()


def _name(card: Mapping[str, Any]) -> str:
    return str((card.get("customer") or {}).get("name") or "").strip()


@dataclass(frozen=True)
class _Order:
    number: str
    status: str
    seq: int | None


def _order(turns: Sequence[Turn], card: Mapping[str, Any]) -> _Order | None:
    """Return the order they last spoke of; of a known customer, with its status."""
    statuses = {str(o["number"]).upper(): str(o.get("status", "")) for o in card.get("orders") or ()}
    for turn in reversed(turns):
        found = _ORDER.findall(turn.text) if turn.speaker in ("visitor", "bot") else []
        if found:
            number = found[-1].upper()
            return _Order(number, statuses.get(number, ""), turn.seq)
    return None


def _visitor(turns: Sequence[Turn]) -> list[Turn]:
    return [turn for turn in turns if turn.speaker == "visitor" and turn.text.strip()]


def _wants(turns: Sequence[Turn]) -> Line | None:
    """Return the visitor's last wish that is about the matter, not about whom to talk to."""
    said = _visitor(turns)
    for turn in reversed(said):
        for sentence in reversed(_SENTENCE.findall(turn.text)):
            if len(sentence.split()) > 2 and _WISH.search(sentence) and not _PERSON.search(sentence):
                return Line(turn.seq, _shortened(_GREETING.sub("", sentence)))
    longest = max(said, key=lambda turn: min(len(turn.text), LONGEST_LINE), default=None)
    return Line(longest.seq, _shortened(longest.text)) if longest else None


def _situation(
    turns: Sequence[Turn], state: MoodState, card: Mapping[str, Any], order: _Order | None
) -> tuple[str, tuple[int, ...]]:
    """Say in one sentence who it is, what it is about, and which order."""
    who = _name(card) or "A visitor"
    if (card.get("customer") or {}).get("vip"):
        who += " (VIP)"
    about = [TROUBLE[cause][0] for cause in state.causes if cause in TROUBLE][-2:]
    first = next(iter(_visitor(turns)), None)
    sources = {order.seq} if order and order.seq is not None else set()
    sources |= {moment.seq for moment in state.moments if moment.cues} or ({first.seq} if first else set())
    matter = (
        listed(about)
        if about
        else f"“{_shortened(_GREETING.sub('', first.text), 90)}”"
        if first
        else "no message"
    )
    place = f", order {order.number}" + (f" ({order.status})" if order.status else "") if order else ""
    return f"{who} writes about {matter}{place}.", tuple(sorted(sources))


def _tried(turns: Sequence[Turn]) -> tuple[Line, ...]:
    """List the bot's answers, its failures to understand named as such."""
    lines: list[Line] = []
    for turn in turns:
        if turn.speaker == "bot" and not turn.offered and turn.text.strip():
            text = "Did not understand: " + turn.text if turn.failed else turn.text
            lines.append(Line(turn.seq, _shortened(text)))
    return tuple(lines[-MOST_LINES:])


def _promised(turns: Sequence[Turn]) -> tuple[Line, ...]:
    """List the sentences in which we said that something will happen or has been done."""
    found = [
        Line(turn.seq, _shortened(sentence))
        for turn in turns
        if turn.speaker in ("bot", "agent")
        for sentence in _SENTENCE.findall(turn.text)
        if _PROMISE.search(sentence) and not _NO_PROMISE.search(sentence)
    ]
    return tuple(found[-MOST_LINES:])


def _suggestion(
    state: MoodState, card: Mapping[str, Any], order: _Order | None, codes: Sequence[str], business_name: str
) -> str:
    """Word a first sentence that names the trouble and the next step."""
    causes = [cause for cause in reversed(state.causes) if cause in TROUBLE]
    cause = next(
        (c for c in ("safety", "privacy_or_security", "grief", "payment_dispute") if c in causes), None
    )
    cause = (
        cause
        or next((c for c in causes if c not in ("deadline", "illness", "hardship")), None)
        or next(iter(causes), None)
    )
    name = _name(card).split(" ")[0]
    hello = f"{name}, " if name else ""
    number = f" with order {order.number}" if order else ""
    seen = TROUBLE[cause][1].format(order=number) if cause else ""
    if not seen:
        topic = f"your messages about order {order.number}" if order else "all that you have written"
        seen = f"I have read {topic}, so you need not repeat it"
    elif state.unresolved or state.repeats:
        seen += ", and our answers so far have not solved it"
    step = STEP.get(cause or "", STEP[""])
    if "deadline" in state.causes and cause != "deadline":
        step += " I will start with what is possible in time."
    return f"{hello}{seen[0].upper() + seen[1:] if not hello else seen}. {step}"


def _advice(table: Mapping[str, str], codes: Sequence[str], state: MoodState) -> tuple[str, ...]:
    keys = [*codes, *(["deadline"] if "deadline" in state.causes else []), "always"]
    return tuple(dict.fromkeys(table[key] for key in keys if key in table))[:4]


def _shortened(text: str, most: int = LONGEST_LINE) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"
