"""What a file is called once it is ours: a plain name that fits every disk and hides nothing."""

import re
import unicodedata

from bot.attachments.kinds import HEIC, TAKEN, Kind
from bot.handoff.plain import one_line

LONGEST, LARGEST = 100, 200  # characters, and bytes of UTF-8
# What means something to a shell or a disk of any system, besides what marks a folder.
_MEANINGFUL = re.compile(r'[<>:"|?*%;&$`\'{}]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_ENDINGS = frozenset(ending for kind in (*TAKEN, HEIC) for ending in kind.endings)


def tidy(name: str, kind: Kind) -> str:
    """Return a name to show and to save a file of this kind under, by what its sender called it."""
    last = re.split(r"[/\\]", one_line(name, 4096))[-1]
    # Marks that no eye sees turn names round (\u202e) or make two of them look alike.
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cc", "Cf", "Co", "Cn", "Cs"))
    stem, dot, ending = _MEANINGFUL.sub("_", seen).rpartition(".")
    if not dot or ending.lower() not in _ENDINGS:
        stem = f"{stem}{dot}{ending}"
    stem = _short(" ".join(stem.split()).strip(". "))
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem or ('picture' if kind.is_picture else 'document')}.{kind.endings[0]}"


def _short(stem: str) -> str:
    return stem[:LONGEST].encode()[:LARGEST].decode("utf-8", "ignore").strip(". ")
