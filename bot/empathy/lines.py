"""What was said that an agent must know: the wish, the answers, the promises; each with its message."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.empathy.cues import explicit_request
from bot.empathy.reading import Turn
from bot.empathy.state import MoodState

LONGEST = 200  # characters of a line
MOST = 6  # lines of a kind; the latest count
FEWEST_WORDS = 3  # fewer tell nothing of a matter
VENTED = ("abuse", "legal_threat", "churn_threat", "public_review_threat", "bot_refusal")
TROUBLES = ("order_trouble", "trouble", "payment_dispute", "privacy_or_security", "safety")

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_GREETING = re.compile(
    r"^\W*(?:(?:hi|hiya|hello|hey|dear|good (?:morning|afternoon|evening|day))\b"
    r"(?: (?:there|all|team|everyone|folks|pip|sir or madam))?[\s,!.:–-]*)+",
    re.IGNORECASE,
)
# A wish in so many words, and a question, which may be one.
_WISH = re.compile(
    r"\b(?:(?:i(?:['’]d| would)?|we(?:['’]d| would)?) (?:just |only |really |still )?"
    r"(?:want|need|like|expect|wish|hope|prefer|rather)|(?:can|could|may) (?:i|we|you)|please|pls|plz|"
    r"would you|will you|are you able|is it possible|if you (?:could|would|can)|kindly|tell me|let me know|"
    r"how (?:do|can|long|much)|where(?:['’]?s| is| are)|when (?:will|can|is|do)|"
    r"what (?:is|are|do|can|about|happens))\b|"
    r"^\W*(?:just |then |so |and )?"
    r"(?:send|refund|replace|cancel|call|ring|give|change|stop|delete|confirm)\b",
    re.IGNORECASE,
)
# Said to vent, or to find out who is there: no answer would be an answer.
_RHETORICAL = re.compile(
    r"\b(?:are you (?:serious|kidding|joking|stupid|deaf|blind|listening|even|a |an |there|human|real)|"
    r"(?:do|can|does) (?:you|anyone|anybody)(?: people| guys| lot)? (?:even|ever|actually|read|listen|care)|"
    r"is (?:any(?:one|body)|this) (?:there|reading|listening|a joke|for real|how|what)|"
    r"how (?:hard|difficult|dare|many times|often do i)|what(?:['’]s| is| the (?:hell|fuck)| on earth)? "
    r"(?:wrong with|the (?:point|matter with)|your problem|is going on|is this)|who cares|what a joke|"
    r"why (?:should i|do i (?:bother|even|have to)|am i|is (?:it|this) so|would i|on earth)|"
    r"(?:please )?(?:stop|don['’]t) (?:wasting|telling|sending me|repeating|saying)|happy now|"
    r"do i look|am i (?:talking|speaking|chatting)|(?:do something|help me|sort (?:it|this)(?: out)?)\W*$)",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:(?:i|we|they|it|she|he|somebody|someone|a colleague)(?:['’]ll| will| shall)|"
    r"(?:i|we)(?:['’]ve| have)|"
    r"(?:i|we)(?:['’]m| am|['’]re| are) (?:sending|refunding|arranging|posting|ordering|calling|putting)|"
    r"you(?:['’]ll| will) (?:get|receive|have|hear|be)|you get|"
    r"(?:is|are|was|were|has been|have been|will be|now) "
    r"(?:on (?:its|their) way|booked|cancelled|refunded|changed|sent|arranged|goes|noted)|"
    r"within (?:\d+|one|two|three|a few) |by (?:tomorrow|today|monday|tuesday|wednesday|thursday|friday)|"
    r"answers (?:within|by))\b",
    re.IGNORECASE,
)
_NO_PROMISE = re.compile(
    r"\?|\b(?:if|unless|when you|once you|cannot|can['’]?t|don['’]t|didn['’]t|won['’]t|not|you can|tell us|"
    r"give me|they['’]ll see|they['’]d see|could|i have to|i['’]ve got to|i will only|i['’]ll only|"
    r"understood)\b",
    re.IGNORECASE,
)
# A sentence of the bot answers something when it brings facts, or is longer than a courtesy.
_FACTS = re.compile(r"\d|https?://|\S+@\S+")
_PERSON = re.compile(r"\b(?:person|human|colleague|somebody|someone)\b", re.IGNORECASE)
_ASKED = re.compile(r"\?$|^please\b", re.IGNORECASE)
COURTESY = 10  # words


@dataclass(frozen=True)
class Line:
    """Something that was said, and in which message."""

    seq: int
    text: str

    def as_dict(self) -> dict[str, Any]:
        return {"seq": self.seq, "text": self.text}


def sentences(text: str) -> list[str]:
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def shortened(text: str, most: int = LONGEST, *, around: int = 0) -> str:
    """Put a text on one line of at most `most` characters, with what stands at `around` in it."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    if around > most // 2:
        start = plain.find(" ", max(0, min(around - most // 4, len(plain) - most))) + 1
        plain = "…" + plain[start:]
    return plain if len(plain) <= most else plain[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"


def without_greeting(text: str) -> str:
    return _GREETING.sub("", text).strip()


def visitor(turns: Iterable[Turn]) -> list[Turn]:
    return [turn for turn in turns if turn.speaker == "visitor" and turn.text.strip()]


def wish(turns: Sequence[Turn], state: MoodState) -> Line | None:
    """Return what the visitor wants in the matter: the latest wish, else the latest question.

    Asking for a person is the way to it, and venting is none.
    """
    for asks in (_WISH.search, re.compile(r"\?").search):
        for turn, sentence in reversed(_telling(turns, state)):
            found = asks(sentence)
            if found:
                return Line(turn.seq, shortened(sentence, around=found.start()))
    return None


def matter(turns: Sequence[Turn], state: MoodState) -> Line | None:
    """Return the first sentence that says what is wrong, else the first that says anything, ungreeted."""
    told = _telling(turns, state)
    troubles = {signal.quote.lower() for signal in state.signals if signal.code in TROUBLES}
    wrong = [(turn, said) for turn, said in told if any(quote in said.lower() for quote in troubles)]
    turn, sentence = next(iter(wrong or told), (None, ""))
    return Line(turn.seq, shortened(sentence, 120)) if turn else None


def _telling(turns: Sequence[Turn], state: MoodState) -> list[tuple[Turn, str]]:
    """List the visitor's sentences about the matter, since an agent last answered if there are any."""
    vented = {signal.quote.lower() for signal in state.signals if signal.code in VENTED}
    told = [
        (turn, sentence)
        for turn in visitor(turns)
        for sentence in map(without_greeting, sentences(turn.text))
        if len(sentence.split()) >= FEWEST_WORDS and not _vents(sentence, vented)
    ]
    answered = max((turn.seq for turn in turns if turn.speaker == "agent"), default=0)
    return [(turn, sentence) for turn, sentence in told if turn.seq > answered] or told


def _vents(sentence: str, vented: Iterable[str]) -> bool:
    """Tell whether a sentence is all threat, insult or outcry, or asks for a person."""
    plain = sentence.lower()
    mostly = any(quote in plain and 2 * len(quote) >= len(plain) for quote in vented)
    return mostly or bool(_RHETORICAL.search(sentence) or explicit_request(sentence))


def tried(turns: Sequence[Turn]) -> tuple[Line, ...]:
    """List what was answered, by the bot or an agent; a failure to understand is named as such."""
    lines = []
    for turn in turns:
        if turn.speaker == "bot" and turn.failed:
            lines.append(Line(turn.seq, shortened("Did not understand: " + turn.text)))
        elif turn.speaker == "bot" and not turn.offered and (answer := _answer(turn.text)):
            lines.append(Line(turn.seq, shortened(answer)))
        elif turn.speaker == "agent" and turn.text.strip():
            lines.append(Line(turn.seq, shortened("A colleague: " + turn.text)))
    return tuple(lines[-MOST:])


def _answer(text: str) -> str:
    """Return what a message of the bot answers; "" if it only asked, offered a person or was polite."""
    said = [sentence for sentence in sentences(text) if not _ASKED.search(sentence)]
    for sentence in said:
        told = len(sentence.split()) > COURTESY and not _PERSON.search(sentence)
        if told or _FACTS.search(sentence):
            return " ".join(said)
    return ""


def promised(turns: Sequence[Turn]) -> tuple[Line, ...]:
    """List the sentences in which we said that something will happen or has been done."""
    found = {
        sentence.lower(): Line(turn.seq, shortened(sentence))
        for turn in turns
        if turn.speaker in ("bot", "agent")
        for sentence in sentences(turn.text)
        if _PROMISE.search(sentence) and not _NO_PROMISE.search(sentence)
    }
    return tuple(found.values())[-MOST:]
