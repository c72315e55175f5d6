"""Pictures, drawn anew from their pixels: what else was in the file, such as the place, is gone.

Runs in a process of its own, see `bot.attachments.workbench`.
"""

from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps

from bot.attachments.kinds import JPEG, PNG, WEBP, Kind
from bot.attachments.refusals import AttachmentRefused

# Of a picture that is opened at all. Only a photo can be that large in good faith, and a JPEG is read at a
# fraction of its size; anything else is unpacked as a whole.
MOST_PIXELS, MOST_PIXELS_OF_PHOTOS = 25_000_000, 50_000_000
LONGEST_SIDE = 3072  # pixels of what is kept: the small print on a label can be read
SMALL_SIDE = 640  # pixels of the one in the conversation
# An animation stays as its first picture: what moves by itself cannot be stopped by who is disturbed by it.
DRAWN_AS = {"JPEG": JPEG, "MPO": JPEG, "PNG": PNG, "GIF": PNG, "WEBP": WEBP}
HOW = {JPEG: {"quality": 88}, PNG: {}, WEBP: {"quality": 85}}


class Drawn(NamedTuple):
    """A picture as it is kept; sides in pixels."""

    kind: Kind
    width: int
    height: int


def draw(source: Path, target: Path, small: Path) -> Drawn:
    """Draw a picture twice: at most LONGEST_SIDE and SMALL_SIDE pixels long.

    Raises:
        AttachmentRefused: it cannot be read to its end, or would take too much memory.
    """
    try:
        with Image.open(source, formats=("JPEG", "PNG", "GIF", "WEBP")) as picture:
            kind = DRAWN_AS[picture.format or ""]
            most = MOST_PIXELS_OF_PHOTOS if kind is JPEG else MOST_PIXELS
            if picture.width * picture.height > most:
                raise AttachmentRefused("too_large", f"{picture.width} x {picture.height} pixels")
            return _draw(picture, kind, target, small)
    except AttachmentRefused:
        raise
    except (Image.DecompressionBombError, MemoryError) as problem:
        raise AttachmentRefused("too_large", type(problem).__name__) from None
    except Exception as problem:
        # What a broken file makes a decoder raise is no closed list.
        raise AttachmentRefused("broken", type(problem).__name__) from None


def _draw(picture: Image.Image, kind: Kind, target: Path, small: Path) -> Drawn:
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a big photo is decoded at the size that is kept
    whole = ImageOps.exif_transpose(picture.convert(_mode(picture, kind)))
    _save(whole, LONGEST_SIDE, kind, target)
    kept = Drawn(kind, whole.width, whole.height)
    _save(whole, SMALL_SIDE, kind, small)
    return kept


def _mode(picture: Image.Image, kind: Kind) -> str:
    clear = kind is not JPEG and (picture.has_transparency_data or "A" in picture.getbands())
    return "RGBA" if clear else "RGB"


def _save(picture: Image.Image, longest: int, kind: Kind, path: Path) -> None:
    picture.thumbnail((longest, longest))
    picture.info.clear()  # or profile, comments and Exif would be written again
    picture.save(path, kind.mime.partition("/")[2].upper(), **HOW[kind])
