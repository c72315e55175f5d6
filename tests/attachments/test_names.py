import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.attachments.kinds import JPEG, PDF
from bot.attachments.names import tidy


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("kettle.jpg", "kettle.jpg"),
        ("IMG 0042.JPEG", "IMG 0042.jpg"),
        ("Küche – vorher.jpeg", "Küche – vorher.jpg"),
        ("صورة.jpg", "صورة.jpg"),
        ("kettle.png", "kettle.jpg"),
        ("kettle", "kettle.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("C:\\Users\\me\\kettle.jpg", "kettle.jpg"),
        ("..\\..\\", "picture.jpg"),
        ("/", "picture.jpg"),
        ("", "picture.jpg"),
        (" . ", "picture.jpg"),
        (".jpg", "picture.jpg"),
        (".htaccess", "htaccess.jpg"),
        ("con", "_con.jpg"),
        ("CON.jpg", "_CON.jpg"),
        ("aux.tar.jpg", "_aux.tar.jpg"),
        ("lpt1", "_lpt1.jpg"),
        ("console.jpg", "console.jpg"),
        ("holiday\u202egpj.exe", "holidaygpj.exe.jpg"),
        ("a\0b\nc\x1b[31m.jpg", "ab c[31m.jpg"),
        ("ket\u200btle\ufeff.jpg", "kettle.jpg"),
        ('<img src=x onerror="alert(1)">.jpg', "_img src=x onerror=_alert(1)__.jpg"),
        ("$(rm -rf ~).jpg", "_(rm -rf ~).jpg"),
        ("page.html", "page.html.jpg"),
        ("4111 1111 1111 1111.jpg", "•••• 1111.jpg"),
        ("half \ud800.jpg", "half �.jpg"),
    ],
)
def test_a_name_is_plain(sent: str, kept: str) -> None:
    assert tidy(sent, JPEG) == kept


def test_a_document_has_its_own_ending_and_name() -> None:
    assert (tidy("invoice.jpg", PDF), tidy("", PDF)) == ("invoice.pdf", "document.pdf")


@given(st.text(max_size=400))
def test_every_name_fits_and_is_the_same_when_tidied_again(name: str) -> None:
    kept = tidy(name, JPEG)
    assert kept.endswith(".jpg") and len(kept) <= 110 and len(kept.encode()) <= 210
    assert not set(kept) & set('/\\\0<>:"|?*\u202e\u200b\n') and kept[0] not in ". "
    assert tidy(kept, JPEG) == kept
