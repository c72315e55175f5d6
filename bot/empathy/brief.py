"""What an agent should know before the first word, taken from what was said, with the message it is from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from bot.empathy import lines
from bot.empathy.case import Case
from bot.empathy.cues import explicit_request
from bot.empathy.ladder import Reason
from bot.empathy.lines import Line, shortened
from bot.empathy.reading import Turn
from bot.empathy.state import MoodState
from bot.empathy.wording import DONTS, DOS, FOREIGN, GRAVE, LIFE, OURS, STEP, TROUBLE, UNTOLD, listed


class HasDict(Protocol):
    """A record of the CRM room, which this room does not import."""

    def as_dict(self) -> dict[str, Any]: ...


Card = Mapping[str, Any] | HasDict | None


@dataclass(frozen=True)
class Detail:
    """Something the bot asked for; without a value it is still missing. `seq`: the message that told it."""

    name: str
    label: str
    value: str | None = None
    seq: int | None = None

    def as_dict(self) -> dict[str, Any]:
        known = {"value": self.value, "seq": self.seq}
        return {"name": self.name, "label": self.label} | {k: v for k, v in known.items() if v is not None}


@dataclass(frozen=True)
class Brief:
    """The whole context on one screen. `*_seq` name the messages that a sentence rests on."""

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
    suggestion_seq: tuple[int, ...]
    dos: tuple[str, ...]
    donts: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return plain data for the console."""
        parts = ("tried", "promised", "filled", "missing")
        return {
            **vars(self),
            **{name: [part.as_dict() for part in getattr(self, name)] for name in parts},
            "situation_seq": list(self.situation_seq),
            "suggestion_seq": list(self.suggestion_seq),
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
    reasons = _once_each([_checked(reason, turns) for reason in decision_reasons])
    details = tuple(_detail(known, turns) for known in filled)
    known = _plain(card)
    orders = {str(order["number"]): str(order.get("status", "")) for order in known.get("orders") or ()}
    case = Case.of(turns, state, orders)
    situation, situation_seq = _situation(case, state, known)
    suggestion, suggestion_seq = _suggestion(case, state, known)
    codes = [reason.code for reason in reasons]
    return Brief(
        situation=situation,
        situation_seq=situation_seq,
        wants=case.wants.text if case.wants else "",
        wants_seq=case.wants.seq if case.wants else None,
        reasons=reasons,
        tried=lines.tried(turns),
        promised=lines.promised(turns),
        filled=details,
        missing=tuple(Detail(d["name"], d.get("label", d["name"])) for d in missing),
        mood=_mood(state),
        suggestion=suggestion,
        suggestion_seq=suggestion_seq,
        dos=_advice(DOS, codes, case),
        donts=_advice(DONTS, codes, case),
    )


def _reason(reason: Reason) -> dict[str, Any]:
    evidence = [{"seq": seq, "quote": quote} for seq, quote in reason.evidence]
    return {**reason.as_dict(), "evidence": evidence}


def _checked(reason: Reason, turns: Sequence[Turn]) -> Reason:
    """Keep only evidence that stands in the message it names."""
    said = {turn.seq: _bare(turn.text) for turn in turns}
    kept = tuple((seq, quote) for seq, quote in reason.evidence if _bare(quote) in said.get(seq, ""))
    return replace(reason, evidence=kept)


def _once_each(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Show a quote under the first reason that it speaks for; no reason is left without any."""
    shown: set[tuple[int, str]] = set()
    kept = []
    for reason in reasons:
        new = tuple(quote for quote in reason.evidence if quote not in shown)
        shown.update(new)
        kept.append(replace(reason, evidence=new or reason.evidence[:1]))
    return tuple(kept)


def _bare(text: str) -> str:
    return " ".join(text.split()).casefold()


def _detail(known: Mapping[str, Any], turns: Sequence[Turn]) -> Detail:
    """Return a detail with the visitor's latest message that holds it; what the record told has none."""
    value = str(known.get("value", ""))
    found = [turn.seq for turn in lines.visitor(turns) if value and _bare(value) in _bare(turn.text)]
    return Detail(known["name"], known.get("label", known["name"]), value, found[-1] if found else None)


def _mood(state: MoodState) -> dict[str, Any]:
    """Say how it went: where it stands, where it is going, and the worst moment."""
    course = {"level": state.level, "label": state.label, "trend": state.trend}
    worst = max(state.moments, key=lambda moment: moment.level, default=None)
    if worst is None or not worst.cues:
        return course
    return {**course, "worst": {"seq": worst.seq, "level": worst.level, "quote": worst.quote}}


def _plain(card: Card) -> Mapping[str, Any]:
    if card is None:
        return {}
    return card if isinstance(card, Mapping) else card.as_dict()


def _name(card: Mapping[str, Any]) -> str:
    return str((card.get("customer") or {}).get("name") or "").strip()


def _situation(case: Case, state: MoodState, card: Mapping[str, Any]) -> tuple[str, tuple[int, ...]]:
    """Say in one sentence who it is, what it is about, which order, and how far we are."""
    who = _name(card) or "A visitor"
    if (card.get("customer") or {}).get("vip"):
        who += " (VIP)"
    about, seqs = _about(case)
    order = case.order
    if order and (case.telling or case.matter):
        about += f", order {order.number}" + (f" ({order.status})" if order.status else "")
        seqs |= {order.seq} if order.seq is not None else set()
    if _unsolved(state):
        about += f"; asked {state.repeats + 1} times" if state.repeats else "; our answers have not solved it"
        seqs |= {moment.seq for moment in state.hurts()} or {state.seq}
    return f"{who} {about}.", tuple(sorted(seqs))


def _about(case: Case) -> tuple[str, set[int]]:
    """Say what it is about, or in their own words, or honestly that we do not know."""
    if case.telling and not case.foreign:
        named = f"writes about {listed([TROUBLE[cause][0] for cause in case.telling])}"
        seqs = {seq for seqs in case.telling.values() for seq in seqs}
        if not (case.is_vague and case.matter):
            return named, seqs
        return f"{named}: “{case.matter.text.rstrip('.')}”", seqs | {case.matter.seq}
    if not case.said:
        return "has not written anything", set()
    if case.matter and not case.foreign:
        return f"writes: “{case.matter.text.rstrip('.')}”", {case.matter.seq}
    asked = {turn.seq for turn in case.said if explicit_request(turn.text)}
    if asked and not case.foreign:
        return "asks for a person and has not said what about", asked
    longest = max(case.said, key=lambda turn: min(len(turn.text), lines.LONGEST))
    wrote = "writes in another language:" if case.foreign else "wrote"
    return f"{wrote} “{shortened(longest.text, 120).rstrip('.')}”", {longest.seq}


def _suggestion(case: Case, state: MoodState, card: Mapping[str, Any]) -> tuple[str, tuple[int, ...]]:
    """Word a first sentence that names the trouble and the next step, and return what it rests on."""
    cause, order = case.foremost, case.order
    if case.foreign or not (cause or case.matter):
        return FOREIGN if case.foreign else UNTOLD, tuple(turn.seq for turn in case.said)
    seqs = set(case.causes.get(cause, ()))
    if not cause and case.matter:
        seqs.add(case.matter.seq)
    if order and order.seq is not None:
        seqs.add(order.seq)
    if cause:
        seen = TROUBLE[cause][1].format(order=f" (order {order.number})" if order else "")
    else:
        topic = f"your messages about order {order.number}" if order else "what you have written"
        seen = f"I have read {topic}, so you need not repeat it"
    if cause not in ("", *LIFE) and _unsolved(state):
        seen += ", and our answers so far have not solved it"
        seqs |= {moment.seq for moment in state.hurts()}
    step = ("I am sorry. " if cause in OURS else "") + STEP[cause]
    if "deadline" in case.causes and cause not in GRAVE:
        step += " I will start with what is possible in time."
        seqs |= set(case.causes["deadline"])
    name = _name(card).split(" ")[0]
    first = f"{name}, {seen}" if name else f"{seen[0].upper()}{seen[1:]}"
    return f"{first}. {step}", tuple(sorted(seqs))


def _unsolved(state: MoodState) -> bool:
    return bool(state.unresolved or state.repeats)


def _advice(table: Mapping[str, str], codes: Sequence[str], case: Case) -> tuple[str, ...]:
    keys = [*(["foreign"] if case.foreign else []), *codes]
    keys += [*(["deadline"] if "deadline" in case.causes else []), "always"]
    return tuple(dict.fromkeys(table[key] for key in keys if key in table))[:4]
