from pathlib import Path

import pytest
from PIL import Image

from bot.attachments.kinds import JPEG, PNG, WEBP
from bot.attachments.pictures import LONGEST_SIDE, SMALL_SIDE, Drawn, draw
from bot.attachments.refusals import AttachmentRefused
from tests.attachments.files import PLACE, archive, bomb, paper, photo, picture

SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg><!--"


def drawn(folder: Path, content: bytes) -> Drawn:
    (folder / "sent").write_bytes(content)
    return draw(folder / "sent", folder / "whole", folder / "small")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("JPEG"), JPEG),
        (picture("JPEG", mode="L"), JPEG),
        (picture("JPEG", mode="CMYK"), JPEG),
        (picture("PNG"), PNG),
        (picture("PNG", mode="P"), PNG),
        (picture("PNG", mode="I;16"), PNG),
        (picture("GIF"), PNG),
        (picture("WEBP"), WEBP),
        (picture("MPO", save_all=True, append_images=[Image.new("RGB", (40, 30))]), JPEG),
    ],
)
def test_a_picture_is_drawn_anew(tmp_path: Path, content: bytes, kind: object) -> None:
    assert drawn(tmp_path, content) == (kind, 40, 30)
    for name in ("whole", "small"):
        with Image.open(tmp_path / name) as kept:
            assert kept.get_format_mimetype() == kind.mime and kept.size == (40, 30)


def test_it_shows_the_same(tmp_path: Path) -> None:
    drawn(tmp_path, picture("PNG"))
    with Image.open(tmp_path / "whole") as kept:
        assert (kept.getpixel((1, 1)), kept.getpixel((38, 28))) == ((255, 0, 0), (0, 0, 255))


def test_what_is_clear_stays_clear(tmp_path: Path) -> None:
    drawn(tmp_path, picture("PNG", mode="RGBA"))
    with Image.open(tmp_path / "whole") as kept:
        assert kept.mode == "RGBA"


def test_a_photo_is_upright_and_says_no_longer_where_it_was_taken(tmp_path: Path) -> None:
    sent = photo((40, 30), turned=6)
    assert PLACE in sent and b"taken at home" in sent
    assert drawn(tmp_path, sent) == (JPEG, 30, 40)
    for name in ("whole", "small"):
        kept = (tmp_path / name).read_bytes()
        assert PLACE not in kept and b"Exif" not in kept and b"taken at home" not in kept


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("hidden", [archive(), SCRIPT, paper()])
def test_what_hides_behind_a_picture_is_gone(tmp_path: Path, kind: str, hidden: bytes) -> None:
    drawn(tmp_path, picture(kind) + hidden)
    kept = (tmp_path / "whole").read_bytes()
    assert hidden not in kept and b"PK\x03\x04" not in kept and b"<script" not in kept and b"%PDF" not in kept


def test_what_hides_within_a_picture_is_gone(tmp_path: Path) -> None:
    drawn(tmp_path, picture("GIF", comment=SCRIPT))
    assert b"<script" not in (tmp_path / "whole").read_bytes()
    drawn(tmp_path, picture("JPEG", comment=SCRIPT, icc_profile=SCRIPT))
    assert b"<script" not in (tmp_path / "whole").read_bytes()


def test_an_animation_stays_as_its_first_picture(tmp_path: Path) -> None:
    others = [Image.new("RGB", (40, 30), colour) for colour in ("green", "yellow")]
    drawn(tmp_path, picture("GIF", save_all=True, append_images=others))
    with Image.open(tmp_path / "whole") as kept:
        assert getattr(kept, "n_frames", 1) == 1 and kept.convert("RGB").getpixel((1, 1)) == (255, 0, 0)


@pytest.mark.parametrize(("size", "kept"), [((6144, 20), (3072, 10)), ((1, 20_000), (1, 3072))])
def test_a_giant_becomes_smaller(tmp_path: Path, size: tuple[int, int], kept: tuple[int, int]) -> None:
    assert drawn(tmp_path, picture("PNG", size))[1:] == kept
    assert max(kept) == LONGEST_SIDE
    with Image.open(tmp_path / "small") as small:
        assert max(small.size) == SMALL_SIDE


@pytest.mark.parametrize(
    "size", [(5001, 5000), (30_000, 30_000), (1, 60_000_000), (2**31 - 1, 1), (2**31 - 1, 2**31 - 1)]
)
def test_a_bomb_is_not_opened(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        drawn(tmp_path, bomb(*size))
    assert refused.value.code == "too_large"
    assert not (tmp_path / "whole").exists()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("part", [0.05, 0.5, 0.9])
def test_half_a_picture_is_refused(tmp_path: Path, kind: str, part: float) -> None:
    whole = picture(kind, (300, 200))
    with pytest.raises(AttachmentRefused) as refused:
        drawn(tmp_path, whole[: int(len(whole) * part)])
    assert refused.value.code == "broken"


@pytest.mark.parametrize(
    "content", [b"\xff\xd8\xff", b"GIF89a", b"\x89PNG\r\n\x1a\n", bomb(0, 0), bomb(100, 100)]
)
def test_nonsense_with_the_right_beginning_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        drawn(tmp_path, content)
    assert refused.value.code == "broken"


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "PPM", "ICO"])
def test_other_pictures_are_not_opened(tmp_path: Path, kind: str) -> None:
    with pytest.raises(AttachmentRefused):
        drawn(tmp_path, picture(kind))
