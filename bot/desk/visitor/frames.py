"""What a widget may send: each frame's fields, and what is wrong with one that we refuse."""

import json
from datetime import datetime, timezone
from typing import Any

from pydantic import BaseModel, StrictBool, StrictInt, StrictStr, ValidationError, conint, constr, validator

from bot.errors import ProtocolError

LONGEST = 32_768  # characters of one frame
LAST_SEQ = 2**31 - 1
Cmid = constr(strict=True, regex=r"^[A-Za-z0-9_-]{1,64}\Z")
Locale = constr(strict=True, regex=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}\Z")  # such as pt-BR
Seq = conint(strict=True, ge=0, le=LAST_SEQ)


class Link(BaseModel):
    """The code of a link in a letter, and this browser's key to it."""

    code: constr(strict=True, regex=r"^[A-Za-z0-9_-]{20,100}\Z")  # type: ignore[valid-type]
    key: Cmid  # type: ignore[valid-type]


class Hello(BaseModel):
    """Who the visitor is and what the widget has seen."""

    token: constr(strict=True, max_length=200) | None = None  # type: ignore[valid-type]
    identity: constr(strict=True, max_length=4096) | None = None  # type: ignore[valid-type]
    last_seq: Seq = 0  # type: ignore[valid-type]
    page: StrictStr | None = None
    locale: Locale | None = None  # type: ignore[valid-type]
    link: Link | None = None


class Say(BaseModel):
    """A message."""

    cmid: Cmid  # type: ignore[valid-type]
    text: StrictStr


class Choose(BaseModel):
    """A button under the message `seq`."""

    cmid: Cmid  # type: ignore[valid-type]
    seq: Seq  # type: ignore[valid-type]
    button: constr(strict=True, max_length=64)  # type: ignore[valid-type]


class Person(BaseModel):
    """Talk to a person."""

    cmid: Cmid  # type: ignore[valid-type]


class LeaveQueue(BaseModel):
    """Go on with the bot instead of waiting for a person."""

    cmid: Cmid  # type: ignore[valid-type]


class Read(BaseModel):
    """All up to a message was seen."""

    seq: Seq  # type: ignore[valid-type]


class Transcript(BaseModel):
    """Send a copy of the conversation."""

    cmid: Cmid | None = None  # type: ignore[valid-type]
    email: constr(strict=True, max_length=254)  # type: ignore[valid-type]


class Continue(BaseModel):
    """Send a link that opens the conversation on another device."""

    cmid: Cmid | None = None  # type: ignore[valid-type]
    email: constr(strict=True, max_length=254)  # type: ignore[valid-type]


class Prechat(BaseModel):
    """Answers to what is asked before the first message, by key."""

    cmid: Cmid  # type: ignore[valid-type]
    answers: dict[constr(strict=True, max_length=64), constr(strict=True, max_length=2000)]  # type: ignore[valid-type]
    consent: StrictBool = False


class Callback(BaseModel):
    """Answer me there, in place of waiting; `at` is the moment of a call, with its zone."""

    cmid: Cmid  # type: ignore[valid-type]
    email: constr(strict=True, max_length=254) | None = None  # type: ignore[valid-type]
    phone: constr(strict=True, max_length=40) | None = None  # type: ignore[valid-type]
    at: constr(strict=True, max_length=40) | None = None  # type: ignore[valid-type]

    @validator("at")
    def is_moment(cls, at: str | None) -> datetime | None:
        moment = datetime.fromisoformat(at.replace("Z", "+00:00")) if at else None
        if moment and moment.tzinfo is None:
            raise ValueError("without a zone")
        return moment.astimezone(timezone.utc) if moment else None


class End(BaseModel):
    """End the chat."""

    cmid: Cmid  # type: ignore[valid-type]


class Erase(BaseModel):
    """Delete all of the conversation."""

    cmid: Cmid | None = None  # type: ignore[valid-type]


class Survey(BaseModel):
    """Answers to what is asked afterwards: some, or with `done` all there will be. `id` names the survey."""

    cmid: Cmid  # type: ignore[valid-type]
    id: constr(strict=True, max_length=32) | None = None  # type: ignore[valid-type]
    understood: constr(strict=True, max_length=8) | None = None  # type: ignore[valid-type]
    satisfaction: StrictInt | None = None
    effort: StrictInt | None = None
    recommend: StrictInt | None = None
    comment: StrictStr | None = None
    done: StrictBool = False
    skipped: StrictBool = False


class Typing(BaseModel):
    on: StrictBool


class Ping(BaseModel):
    pass


OPS: dict[str, type[BaseModel]] = {
    "hello": Hello,
    "say": Say,
    "choose": Choose,
    "person": Person,
    "leave_queue": LeaveQueue,
    "seen": Read,
    "transcript": Transcript,
    "continue": Continue,
    "prechat": Prechat,
    "callback": Callback,
    "end": End,
    "erase": Erase,
    "survey": Survey,
    "typing": Typing,
    "ping": Ping,
}


def parse(text: str | None) -> BaseModel:
    """Read one frame.

    Raises:
        FrameRefused: it is none of ours; carries the `cmid` if there is one.
    """
    fields = _fields(text)
    op, cmid = fields.get("op"), fields.get("cmid")
    # Half a character could not be sent back.
    cmid = cmid if isinstance(cmid, str) and len(cmid) <= 64 and cmid.isprintable() else None
    frame = OPS.get(op) if isinstance(op, str) else None
    if frame is None:
        raise FrameRefused("That operation is not known.", code="unknown_op", cmid=cmid)
    try:
        return frame(**{name: fields[name] for name in frame.__fields__ if name in fields})
    except ValidationError as problem:
        wrong = ", ".join(str(error["loc"][0]) for error in problem.errors())
        raise FrameRefused(f"Missing or wrong: {wrong}.", code="bad_frame", cmid=cmid) from None


class FrameRefused(ProtocolError):
    """A frame that cannot be read."""

    code = "bad_frame"

    def __init__(self, text: str, *, code: str = "bad_frame", cmid: str | None = None) -> None:
        super().__init__(text, code=code)
        self.cmid = cmid


def _fields(text: str | None) -> dict[str, Any]:
    if text is None:
        raise FrameRefused("Frames are text.")
    if len(text) > LONGEST:
        raise FrameRefused(f"A frame has at most {LONGEST} characters.", code="too_long")
    try:
        fields = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise FrameRefused("That is not JSON.") from None
    if not isinstance(fields, dict):
        raise FrameRefused("A frame is an object.")
    return fields


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field twice")
    return fields


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
