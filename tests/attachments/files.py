"""Files of all kinds, good and evil, made when a test asks for them."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image

PLACE = b"51 deg 30' 26.00\" N"


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object
) -> bytes:
    """A picture, red on the left and blue on the right."""
    drawn = Image.new(mode, size, "red" if mode != "P" else 1)
    if mode == "RGB":
        drawn.paste("blue", (size[0] // 2, 0, *size))
    written = io.BytesIO()
    drawn.save(written, kind, **options)
    return written.getvalue()


def photo(size: tuple[int, int] = (40, 30), turned: int = 1) -> bytes:
    """A photo as a telephone takes it, with the place in it; `turned` is Exif's orientation."""
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x010E] = PLACE.decode()
    return picture("JPEG", size, exif=exif.tobytes(), comment=b"taken at home")


def archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        # The same bytes at any time: tests are named by them.
        file.writestr(zipfile.ZipInfo("Evil.class"), b"\xca\xfe\xba\xbe")
    return written.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    lines = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


def paper(change: object = None, **options: object) -> bytes:
    """A PDF with one page; `change` gets it before it is written."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    pdf.pages[0].Contents = pdf.make_stream(b"0 0 m 100 100 l S")
    if callable(change):
        change(pdf)
    written = io.BytesIO()
    same = {} if "encryption" in options else {"deterministic_id": True}  # or the clock would be in it
    pdf.save(written, **same, **options)
    return written.getvalue()
