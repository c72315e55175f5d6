"""Why the assistant answered as it did, in words: from what it wrote down of a message, not from a guess."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.dialogue.topics import title
from bot.empathy.ladder import LadderSettings, Reason
from bot.empathy.reading import Cue
from bot.lessons import Answer, Flow, Lessons
from bot.studio.files.workspace import digest

Event = Mapping[str, Any]
NOT_UNDERSTOOD = "nlu_fallback"
OUTSIDE = "out_of_scope"
SURE, FAIRLY = 0.85, 0.6
SILENT = ("action_listen", "action_session_start", "action_sense_mood")
ESCALATE, OFFER = "action_escalate", "action_offer_human"
# Slots that the mood and the decision are kept in; they have their own words.
INNER = ("mood", "tone", "ladder", "reasons", "cause", "vip", "sensed", "requested_slot")
NAMES = {"order_number": "order number", "email": "e-mail address", "postcode": "postcode"}
LEVELS = ((0.3, "calm"), (0.5, "uneasy"), (0.75, "upset"), (1.01, "very upset"))
STEPS = {
    "none": "answer as usual",
    "acknowledge": "name the trouble in a few words, then answer",
    "repair": "say first what went wrong, then answer",
    "offer": "offer a person",
    "hand_over": "hand over to a person",
}
TONES = {"plain": "plain", "warm": "warm", "careful": "careful"}
# What each action asks of the customer records.
ASKED = {
    "action_order_status": "this customer's orders",
    "action_ask_order_number": "this customer's orders",
    "action_cancel_order": "to cancel the order {order_number}",
    "action_change_address": "to change the address of the order {order_number}",
    "action_report_problem": "for the order {order_number}, and to note the complaint",
    "action_request_callback": "to note that a call is wanted",
}
UNREACHED = ("utter_sign_in_needed", "utter_need_sign_in")


@dataclass
class Turn:
    """What was written down of one message of the visitor. `before` and `after` are the slots."""

    user: Event
    before: dict[str, Any]
    after: dict[str, Any] = field(default_factory=dict)
    actions: list[Event] = field(default_factory=list)
    said: list[tuple[str, int, int]] = field(default_factory=list)  # response, wording, how often before

    @property
    def text(self) -> str:
        return str(self.user.get("text") or "")

    @property
    def intent(self) -> str:
        return str((self._parsed.get("intent") or {}).get("name") or "")

    @property
    def confidence(self) -> float:
        return float((self._parsed.get("intent") or {}).get("confidence") or 0.0)

    @property
    def ranking(self) -> Sequence[Mapping[str, Any]]:
        return self._parsed.get("intent_ranking") or ()

    @property
    def entities(self) -> Sequence[Mapping[str, Any]]:
        return self._parsed.get("entities") or ()

    @property
    def clicked(self) -> bool:
        return self.text.startswith("/")

    @property
    def mood(self) -> Mapping[str, Any]:
        """The mood as it was read from this message; empty if it was not read."""
        same = str(self.after.get("sensed")) == str(self.user.get("message_id"))
        return (self.after.get("mood") or {}) if same else {}

    @property
    def customer(self) -> str:
        metadata = self.user.get("metadata") or self._parsed.get("metadata") or {}
        return str(metadata.get("customer_id") or "")

    @property
    def _parsed(self) -> Mapping[str, Any]:
        return self.user.get("parse_data") or {}


def turn(events: Iterable[Event], number: int) -> Turn | None:
    """Return what Rasa's events say of the message with the desk's `number`; None if it never came there."""
    slots: dict[str, Any] = {}
    times: dict[tuple[str, int], int] = {}
    found: Turn | None = None
    mine = False
    for event in events:
        kind = event["event"]
        if kind == "user":
            mine = str(event.get("message_id")) == str(number)
            found = Turn(event, dict(slots)) if mine and found is None else found
        elif kind == "slot":
            slots[event["name"]] = event["value"]
        elif kind == "action" and mine and found:
            found.actions.append(event)
        elif kind == "bot":
            metadata = event.get("metadata") or {}
            said = (str(metadata.get("utter_action") or ""), int(metadata.get("variation") or 0))
            if mine and found and said[0]:
                found.said.append((*said, times.get(said, 0)))
            times[said] = times.get(said, 0) + 1
        if mine and found:
            found.after = dict(slots)
    return found


def inspected(
    turn: Turn,
    lessons: Lessons,
    ladder: LadderSettings,
    *,
    nearest: Mapping[str, Any] | None = None,
    cues: Sequence[Cue] = (),
) -> dict[str, Any]:
    """Return the turn in words, by what the owner wants to know of it.

    `nearest` is `{example, likeness}` of the question that was understood; `cues` are what is heard in the
    message's own words.
    """
    return {
        "understood": _understood(turn, nearest),
        "noticed": list(_noticed(turn)),
        "mood": _mood(turn, cues),
        "step": _step(turn, ladder),
        "decided": _decided(turn, lessons.flows),
        "wordings": [_wording(turn, said, lessons.answers) for said in turn.said],
        "records": list(_records(turn)),
    }


def differences(live: Mapping[str, Any], draft: Mapping[str, Any], texts: tuple[str, str]) -> list[str]:
    """Say in words what differs between two inspections; `texts` are the answers, live first."""
    found = []
    before, now = live["understood"], draft["understood"]
    if before["intent"] != now["intent"]:
        found.append(f"Understood as “{now['title']}”; live as “{before['title']}”.")
    elif abs(before["confidence"] - now["confidence"]) >= 0.05:
        surer = "surer" if now["confidence"] > before["confidence"] else "less sure"
        found.append(
            f"Understood the same, but {surer}: {now['confidence']:.2f}, live {before['confidence']:.2f}."
        )
    if live["mood"]["label"] != draft["mood"]["label"]:
        found.append(f"Reads the customer as {draft['mood']['label']}; live as {live['mood']['label']}.")
    if live["step"]["step"] != draft["step"]["step"]:
        found.append(f"Decides to {draft['step']['words']}; live to {live['step']['words']}.")
    return [*found, *_answers_differ(live["wordings"], draft["wordings"], texts)]


def _answers_differ(
    live: Sequence[Mapping[str, Any]], draft: Sequence[Mapping[str, Any]], texts: tuple[str, str]
) -> Iterator[str]:
    """Tell of a change of the answer; that a chat begins with another of its wordings is chance, and none."""

    def same(key: str) -> bool:
        return [one[key] for one in live] == [one[key] for one in draft]

    if not same("response"):
        yield "Gives another answer."
    elif texts[0] != texts[1] and not same("mark"):
        yield "Gives the same answer in other words."
    elif texts[0] != texts[1] and same("variation"):
        yield "Gives the same answer with other facts in it."


def _understood(turn: Turn, nearest: Mapping[str, Any] | None) -> dict[str, Any]:
    intent, confidence = turn.intent, round(turn.confidence, 4)
    others = [one for one in turn.ranking if one.get("name") not in (intent, NOT_UNDERSTOOD)]
    second = (
        {"title": title(others[0]["name"]), "confidence": round(float(others[0]["confidence"]), 4)}
        if others
        else None
    )
    if turn.clicked:
        words = f"A button was pressed: “{title(intent)}”."
    elif intent == NOT_UNDERSTOOD:
        best = f" The best guess was “{second['title']}” with {second['confidence']:.2f}." if second else ""
        words = f"Not understood: no question is near enough.{best}"
    elif intent == OUTSIDE:
        words = f"Understood as something that you do not deal with, {_sure(confidence)} ({confidence:.2f})."
    else:
        words = f"Understood as “{title(intent)}”, {_sure(confidence)} ({confidence:.2f})."
    known = intent if intent not in ("", NOT_UNDERSTOOD) else ""
    return {
        "words": words,
        "intent": known,
        "title": title(known) if known else "not understood",
        "confidence": confidence,
        "second": None if turn.clicked else second,
        "nearest": nearest if known and not turn.clicked else None,
    }


def _sure(confidence: float) -> str:
    return "sure" if confidence >= SURE else "fairly sure" if confidence >= FAIRLY else "not very sure"


def _noticed(turn: Turn) -> Iterator[str]:
    told = set()
    for entity in turn.entities:
        kind, value = str(entity.get("entity")), str(entity.get("value"))
        told.add((kind, value))
        yield f"{NAMES.get(kind, kind.replace('_', ' ')).capitalize()}: {value}"
    for name, value in turn.after.items():
        new = value is not None and value != turn.before.get(name)
        if new and name not in INNER and not name.startswith("session_") and (name, str(value)) not in told:
            yield f"{NAMES.get(name, name.replace('_', ' ')).capitalize()}: {value}"


def _mood(turn: Turn, cues: Sequence[Cue]) -> dict[str, Any]:
    mood = turn.mood
    if not mood:
        return {"words": "The mood was not read from this.", "label": "unread", "level": 0.0, "cues": []}
    level, distress = float(mood.get("level", 0)), float(mood.get("distress", 0))
    label = next(name for most, name in LEVELS if level < most)
    emotion = str(mood.get("emotion", "neutral"))
    trend = {"rising": ", and rising", "easing": ", and easing"}.get(str(mood.get("trend")), "")
    return {
        "words": f"This message reads as {emotion} (distress {distress:.2f}); "
        f"the customer is {label} by now (level {level:.2f}{trend}).",
        "label": label,
        "level": level,
        "cues": [{"quote": cue.quote, "label": cue.label} for cue in cues],
    }


def _step(turn: Turn, ladder: LadderSettings) -> dict[str, Any]:
    sensed = bool(turn.mood)
    step = str(turn.after.get("ladder") or "none") if sensed else "none"
    reasons = [Reason.from_dict(one) for one in (turn.after.get("reasons") or ())] if sensed else []
    why = [
        f"{reason.label}: score {reason.score:.2f}, {reason.threshold:.2f} is enough{_quoted(reason)}"
        for reason in reasons
    ]
    if sensed and not why:
        why = list(_levels(float(turn.mood.get("level", 0)), bool(turn.after.get("vip")), step, ladder))
    return {"step": step, "words": STEPS.get(step, step), "reasons": why}


def _levels(level: float, vip: bool, step: str, ladder: LadderSettings) -> Iterator[str]:
    """Say where the level stands between the steps of the ladder."""
    counted = min(1.0, level * ladder.sensitivity + (ladder.vip_bonus if vip else 0.0))
    steps = [("acknowledge", ladder.acknowledge), ("repair", ladder.repair), ("offer", ladder.offer)]
    reached = [f"“{STEPS[name]}” begins at {at:.2f}" for name, at in steps if name == step]
    following = [f"“{STEPS[name]}” would begin at {at:.2f}" for name, at in steps if at > counted]
    told = "; ".join([*reached, *following[:1]])
    yield f"The level counts as {counted:.2f}; {told or 'no step is above that'}."


def _quoted(reason: Reason) -> str:
    quotes = [f"“{quote}”" for _, quote in reason.evidence if quote]
    return f" ({', '.join(quotes[:3])})" if quotes else ""


def _decided(turn: Turn, flows: Sequence[Flow]) -> dict[str, Any]:
    """Say what decided the first thing that was done, and where that is written."""
    first = next((one for one in turn.actions if one.get("name") not in SILENT), None)
    if first is None:
        return {"words": "Nothing was done.", "file": "", "line": 0}
    name, policy = str(first["name"]), str(first.get("policy") or "")
    if "Ladder" in policy:
        what = "a person was called" if name == ESCALATE else "a person was offered"
        ask = turn.intent == "speak_to_human"
        why = "the customer asks for one" if ask else "of how the customer feels"
        return {"words": f"Before any rule: {what}, because {why}.", "file": "", "line": 0}
    flow = _flow(flows, turn.intent, name, "story" if "Memo" in policy else "rule")
    if flow:
        words = f"The {flow.kind} “{flow.name}” decided it."
        return {"words": words, "file": flow.place.name, "line": flow.place.line}
    if turn.before.get("requested_slot"):
        return {"words": "It goes on with the questions that it had begun to ask.", "file": "", "line": 0}
    kind = "A story" if "Memo" in policy else "A rule" if "Rule" in policy else "The assistant itself"
    return {"words": f"{kind} decided it.", "file": "", "line": 0}


def _flow(flows: Sequence[Flow], intent: str, action: str, kind: str) -> Flow | None:
    """Find the rule or story in which this action follows this intent."""
    for flow in flows:
        if flow.kind != kind:
            continue
        for one, following in zip(flow.steps, flow.steps[1:], strict=False):
            heard = {one.name, *(choice.name for choice in one.choices)}
            if intent in heard and following.kind == "action" and following.name == action:
                return flow
    return None


def _wording(turn: Turn, said: tuple[str, int, int], answers: Sequence[Answer]) -> dict[str, Any]:
    response, number, times = said
    wordings = next((answer.wordings for answer in answers if answer.name == response), ())
    tone = str(turn.after.get("tone") or "plain")
    tones = [_tone(one.slots) for one in wordings]
    mine = tones[number] if number < len(tones) else ""
    of = f"wording {number + 1} of {len(wordings)}" if len(wordings) > 1 else "its only wording"
    why = []
    if mine:
        why.append(f"it is for the {TONES.get(mine, mine)} tone, which fits how the customer feels")
    elif tone != "plain" and tone in tones:
        why.append(f"those in the {tone} tone were said before")
    elif tone != "plain" and len(wordings) > 1:
        why.append(f"there is none in the {tone} tone, so one for every tone")
    if len(wordings) > 1:
        again = "not said before in this chat"
        why.append(again if times == 0 else "all that fit were said before, this one least often")
    place = wordings[number].place if number < len(wordings) else None
    return {
        "words": f"{_named(response)}, {of}" + (f": {'; '.join(why)}." if why else "."),
        "response": response,
        "variation": number,
        "mark": digest("\0".join(one.text for one in wordings)),  # of all that the answer may be
        "file": place.name if place else "",
        "line": place.line if place else 0,
    }


def _named(response: str) -> str:
    """Name an answer as an owner would: utter_shipping_time is “Shipping time”."""
    return f"“{title(response.removeprefix('utter_'))}”"


def _tone(slots: Sequence[tuple[str, Any]]) -> str:
    return next((str(value) for name, value in slots if name == "tone"), "")


def _records(turn: Turn) -> Iterator[str]:
    if turn.customer and turn.before.get("vip") is None and turn.mood:
        vip = "yes" if turn.after.get("vip") else "no"
        yield f"Asked whether this is one of your best customers: {vip}."
    for action in turn.actions:
        asked = ASKED.get(str(action.get("name")))
        if not asked:
            continue
        if not turn.customer:
            yield "Not asked: the visitor is not signed in, and orders are shown to nobody else."
            return
        number = turn.after.get("order_number") or turn.before.get("order_number") or "that was meant"
        yield f"Asked {asked.format(order_number=number)}."
