"""What may be sent, told by its first bytes; a name or a header says nothing about what is in a file."""

from dataclasses import dataclass

ENOUGH = 32  # bytes at the beginning that tell a kind


@dataclass(frozen=True)
class Kind:
    """A kind of file; `endings` are those that people's devices give it, the first is ours."""

    mime: str
    endings: tuple[str, ...]

    @property
    def is_picture(self) -> bool:
        return self.mime.startswith("image/")


JPEG = Kind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
PNG = Kind("image/png", ("png",))
GIF = Kind("image/gif", ("gif",))
WEBP = Kind("image/webp", ("webp",))
PDF = Kind("application/pdf", ("pdf",))
HEIC = Kind("image/heic", ("heic", "heif"))  # known only so that it can be refused by its name
TAKEN = (JPEG, PNG, GIF, WEBP, PDF)
_OF_APPLE = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


def kind_of(head: bytes) -> Kind | None:
    """Return the kind of a file by its first `ENOUGH` bytes; None is no kind of ours."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"%PDF-"):
        return PDF
    return HEIC if head[4:8] == b"ftyp" and head[8:12] in _OF_APPLE else None
