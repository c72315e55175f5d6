"""Everything that can go wrong, in one tree.

KindhandError
├── SettingsError          a key in the environment or `.env` has a wrong value
├── OwnerFileError         a file under `data/` or `domain.yml` is wrong: file, line, problem, mend
├── StartError             a process, port or interpreter keeps the product from starting
├── RehearsalError         a scene could not be played to its end
├── StudioError            what an owner wanted to do in the studio cannot be done now
│   └── WrittenMeanwhile   somebody else changed it since it was read; `by` names them
├── PeopleError            somebody cannot be added to those who answer
├── ModelError             a shipped or trained model is missing, damaged or from another version
├── ProtocolError          a frame or request that we refuse, with a typed code
│   ├── NotAuthenticated
│   ├── NotFound           also when it exists but belongs to somebody else
│   └── TooMany            a limit was reached
├── HandoffError
│   ├── StaleVersion       the conversation has changed since the caller looked
│   └── IllegalTransition  that step is not possible from the present state
├── BrainError             Rasa gave no answer that can be shown
│   ├── BrainUnavailable
│   └── BrainTimeout
├── Undeliverable          what lies in the outbox can never arrive; trying again will not help
├── ChannelUnavailable     a mail server, chat tool or webhook did not take a message this time
└── CrmError
    ├── CrmUnavailable     down, slow, or lying; includes time-outs
    │   └── RecordRefused  it answered with what must not be shown: another customer's, too big
    ├── RecordNotFound     no such record for this customer (also when it is another customer's)
    └── PolicyRefusal      the business's rules forbid it; `reason` is a policy name
        └── NotSupported   the system behind cannot do that at all
Below ProtocolError the desk has three more of its own: `Forbidden`, `FrameRefused`, `Conflict`.
Errors from libraries stop at the border of the room that uses the library.
"""


class KindhandError(Exception):
    """Base of all our errors. The text is for owners and logs, never for visitors."""


class SettingsError(KindhandError):
    """A wrong setting. Names the key, what is wrong and the mend."""

    def __init__(self, key: str, problem: str, mend: str) -> None:
        super().__init__(f"{key} {problem}. {mend}")
        self.key, self.problem, self.mend = key, problem, mend


class OwnerFileError(KindhandError):
    """Something an owner wrote cannot be used. `line` counts from 1; 0 means the whole file."""

    def __init__(self, path: str, line: int, problem: str, mend: str) -> None:
        where = f"{path}:{line}" if line else path
        super().__init__(f"{where}: {problem}. {mend}")
        self.path, self.line, self.problem, self.mend = path, line, problem, mend

    def as_dict(self) -> dict[str, str | int]:
        """Return it as JSON can hold it."""
        return {"file": self.path, "line": self.line, "problem": self.problem, "mend": self.mend}


class StartError(KindhandError):
    """The product cannot start. The text is one sentence with the mend."""


class RehearsalError(KindhandError):
    """A scene could not be played to its end. The text is one sentence."""


class StudioError(KindhandError):
    """What an owner wanted cannot be done now. The text is a sentence or two with the mend."""

    code = "studio"


class WrittenMeanwhile(StudioError):
    """`what` was changed since the caller read it; by whom, unless it was an editor or git."""

    code = "written_meanwhile"

    def __init__(self, what: str, by: str | None) -> None:
        who = by or "Somebody"
        super().__init__(f"{who} has changed {what} meanwhile. Look at it, then decide which one to keep.")
        self.what, self.by = what, by


class PeopleError(KindhandError):
    """Somebody cannot be added to those who answer. The text is one sentence with the mend."""


class ModelError(KindhandError):
    """A model file is missing, damaged or made for another version."""


class ProtocolError(KindhandError):
    """A frame or request that we refuse. `code` goes over the wire, `text` may be shown."""

    code = "bad_request"
    status = 400

    def __init__(self, text: str, *, code: str | None = None) -> None:
        super().__init__(text)
        self.text = text
        if code:
            self.code = code


class NotAuthenticated(ProtocolError):
    code, status = "not_authenticated", 401


class NotFound(ProtocolError):
    code, status = "not_found", 404


class TooMany(ProtocolError):
    code, status = "too_many", 429


class HandoffError(KindhandError):
    """A change of a conversation's owner that did not happen. `code` goes over the wire."""

    code = "handoff"


class StaleVersion(HandoffError):
    """Somebody else changed the conversation first. `current` is the version that holds now."""

    code = "stale_version"

    def __init__(self, current: int) -> None:
        super().__init__(f"The conversation has moved on to version {current}.")
        self.current = current


class IllegalTransition(HandoffError):
    code = "illegal_transition"


class BrainError(KindhandError):
    """Rasa or its action server gave no answer that can be shown."""


class BrainUnavailable(BrainError):
    pass


class BrainTimeout(BrainError):
    pass


class BrainCannotRead(BrainError):
    """The bot does not read the language of a message."""


class Undeliverable(KindhandError):
    """A delivery will never arrive, however often it is tried. The text says why, and names nobody."""


class ChannelUnavailable(KindhandError):
    """A message could not be handed over now; later it may. The text says why, and names nobody."""


class CrmError(KindhandError):
    """The customer records could not be read or changed."""


class CrmUnavailable(CrmError):
    pass


class RecordRefused(CrmUnavailable):
    """The CRM answered, but not with a record that may be shown. Asking again will not help."""


class RecordNotFound(CrmError):
    pass


class PolicyRefusal(CrmError):
    """The business's own rules forbid it. `reason` names the policy, for the wording."""

    def __init__(self, reason: str, text: str = "") -> None:
        super().__init__(text or reason)
        self.reason = reason


class NotSupported(PolicyRefusal):
    """The system behind the CRM has no way to do `verb`."""

    def __init__(self, verb: str) -> None:
        super().__init__("not_supported", f"The customer records cannot do that: {verb}.")
