from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from bot.attachments.papers import MOST_PAGES, rewrite
from bot.attachments.refusals import AttachmentRefused
from tests.attachments.files import archive, paper, photo

EVIL = "app.alert('evil')"


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=EVIL)


def link(address: str = "https://evil.example") -> Dictionary:
    return Dictionary(S=Name.URI, URI=address)


def clicked(pdf: Pdf, action: Dictionary, **more: object) -> None:
    box = Array([0, 0, 200, 200])
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, A=action, **more)
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


def opened(pdf: Pdf) -> None:
    pdf.Root.OpenAction = script()


def named(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([pikepdf.String("evil"), script()])))


def chained(pdf: Pdf) -> None:
    clicked(pdf, Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]), Next=script()))


def page_turned(pdf: Pdf) -> None:
    pdf.pages[0].AA = Dictionary(O=script())


def launched(pdf: Pdf) -> None:
    clicked(pdf, Dictionary(S=Name.Launch, F="evil.exe"))


def linked(pdf: Pdf) -> None:
    clicked(pdf, link())


def submitted(pdf: Pdf) -> None:
    clicked(pdf, Dictionary(S=Name.SubmitForm, F="https://evil.example"))


def enclosed(pdf: Pdf) -> None:
    pdf.attachments["evil.exe"] = b"MZ evil"


def form(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp>evil</xdp>"))


def field(pdf: Pdf) -> None:
    box = pdf.make_indirect(
        Dictionary(FT=Name.Tx, T="evil", Type=Name.Annot, Subtype=Name.Widget, AA=Dictionary(K=script()))
    )
    pdf.pages[0].Annots = Array([box])
    pdf.Root.AcroForm = Dictionary(Fields=Array([box]))


def outlined(pdf: Pdf) -> None:
    item = pdf.make_indirect(Dictionary(Title="evil", A=script()))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=item, Last=item, Count=1))


ACTIVE = [opened, named, chained, page_turned, launched, linked, submitted, enclosed, form, field, outlined]


def written(folder: Path, content: bytes) -> bytes:
    """Return what is kept, with everything in it that can be unpacked unpacked."""
    (folder / "sent").write_bytes(content)
    rewrite(folder / "sent", folder / "whole")
    with pikepdf.open(folder / "whole") as kept:
        plain = folder / "plain"
        kept.save(
            plain,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
        )
    return plain.read_bytes()


def test_what_is_on_the_page_stays(tmp_path: Path) -> None:
    assert b"100 100 l" in written(tmp_path, paper())


@pytest.mark.parametrize("change", ACTIVE, ids=lambda change: change.__name__)
@pytest.mark.parametrize("packed", [True, False])
def test_what_acts_is_taken_out(tmp_path: Path, change: Callable[[Pdf], None], packed: bool) -> None:
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    sent = paper(change, object_stream_mode=mode)
    kept = written(tmp_path, sent)
    for evil in (
        b"evil.e",
        b"alert",
        b"JavaScript",
        b"Launch",
        b"SubmitForm",
        b"MZ evil",
        b"xdp",
        b"/OpenAction",
    ):
        assert evil not in kept, evil


def hidden_deep(pdf: Pdf) -> None:
    action = script()
    for _ in range(60):  # deeper than cleaners follow
        action = Dictionary(S=Name.GoTo, D="home", Next=action)
    clicked(pdf, action)


def hidden_elsewhere(pdf: Pdf) -> None:
    pdf.Root.Custom = Dictionary(Somewhere=Array([script()]))


def outside(pdf: Pdf) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"", F=Dictionary(Type=Name.Filespec, F="/etc/passwd"))


@pytest.mark.parametrize(
    "change", [hidden_deep, hidden_elsewhere, outside], ids=lambda change: change.__name__
)
def test_what_hides_too_well_is_refused(tmp_path: Path, change: Callable[[Pdf], None]) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        written(tmp_path, paper(change))
    assert refused.value.code == "active"


def test_who_made_it_is_gone(tmp_path: Path) -> None:
    def signed(pdf: Pdf) -> None:
        pdf.docinfo["/Author"] = "Mara at home"
        with pdf.open_metadata() as data:
            data["dc:creator"] = ["Mara at home"]

    assert b"Mara" not in written(tmp_path, paper(signed))


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_protected_one_is_refused(tmp_path: Path, password: str) -> None:
    locked = paper(encryption=pikepdf.Encryption(owner="boss", user=password))
    with pytest.raises(AttachmentRefused) as refused:
        written(tmp_path, locked)
    assert refused.value.code == "protected"


def empty(pdf: Pdf) -> None:
    del pdf.pages[0]


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", paper()[:-60], paper()[: len(paper()) // 2], paper(empty)],
)
def test_a_broken_one_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(AttachmentRefused) as refused:
        written(tmp_path, content)
    assert refused.value.code == "broken"


def test_a_book_is_refused(tmp_path: Path) -> None:
    def long(pdf: Pdf) -> None:
        for _ in range(MOST_PAGES):
            pdf.add_blank_page(page_size=(200, 200))

    with pytest.raises(AttachmentRefused) as refused:
        written(tmp_path, paper(long))
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("hidden", [archive(), photo(), b"<script>alert(1)</script>"])
def test_what_hides_behind_is_gone(tmp_path: Path, hidden: bytes) -> None:
    assert hidden not in written(tmp_path, paper() + b"\n" + hidden)
