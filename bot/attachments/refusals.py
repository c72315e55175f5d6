"""Why a file is not taken. The desk says each reason in the words of the one who sent it."""

from bot.errors import ProtocolError

STATUS = {
    "too_big": 413,
    "unknown_kind": 415,
    "heic": 415,
    "too_many_files": 429,
    "no_room": 507,
    "failed": 503,
}
CODES = (
    *("empty", "too_big", "unknown_kind", "heic", "broken", "too_large", "protected", "active"),
    *("too_many_files", "no_room", "failed"),
)


class AttachmentRefused(ProtocolError):
    """A file that is not taken; `code` is one of CODES, `problem` a few words for the log."""

    def __init__(self, code: str, problem: str = "") -> None:
        super().__init__(problem or code, code=code)
        self.status = STATUS.get(code, 422)
