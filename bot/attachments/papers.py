"""PDF, written anew without anything that acts: scripts, actions, links, files and media inside.

Runs in a process of its own, see `bot.attachments.workbench`.
"""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream
from pikepdf.sanitize import Sanitizer

from bot.attachments.refusals import AttachmentRefused

MOST_PAGES = 200
# Actions by their kind (the value of /S), and keys under which something lies that runs or is a file.
ACTIONS = frozenset(
    Name(f"/{kind}")
    for kind in (
        *("JavaScript", "Launch", "URI", "GoToR", "GoToE", "SubmitForm", "ImportData", "Thread"),
        *("Rendition", "Movie", "Sound", "RichMediaExecute", "GoTo3DView"),
    )
)
HOLDERS = ("/JS", "/JavaScript", "/XFA", "/EF", "/EmbeddedFiles", "/RichMediaContent", "/3DD")
_CLEANER = (
    Sanitizer()
    .remove_javascript()
    .remove_external_access()
    .remove_multimedia()
    .remove_attachments()
    .remove_collection()
    .remove_web_capture()
    .remove_private_app_data()
    .remove_thumbnails()
)


def rewrite(source: Path, target: Path) -> None:
    """Write a PDF anew, without what acts and without who made it when and where.

    Raises:
        AttachmentRefused: it is broken, protected or too long, or hides something active too well.
    """
    try:
        _rewrite(source, target)
        _check(target)
    except AttachmentRefused:
        raise
    except pikepdf.PasswordError:
        raise AttachmentRefused("protected") from None
    except Exception as problem:
        # What a broken file makes a parser raise is no closed list.
        raise AttachmentRefused("broken", type(problem).__name__) from None


def _rewrite(source: Path, target: Path) -> None:
    with pikepdf.open(source, attempt_recovery=False, suppress_warnings=True) as pdf:
        if pdf.is_encrypted:
            raise AttachmentRefused("protected")
        if not pdf.pages:
            raise AttachmentRefused("broken", "no page")
        if len(pdf.pages) > MOST_PAGES:
            raise AttachmentRefused("too_large", f"{len(pdf.pages)} pages")
        _CLEANER.apply(pdf)
        form = pdf.Root.get(Name.AcroForm)
        if isinstance(form, Dictionary) and Name.XFA in form:
            del form[Name.XFA]
        for key in (Name.Metadata, Name.OpenAction, Name.AA):
            if key in pdf.Root:
                del pdf.Root[key]
        for key in ("/Info", "/ID"):
            if key in pdf.trailer:
                del pdf.trailer[key]
        pdf.save(target, fix_metadata_version=False)


def _check(written: Path) -> None:
    """Look through all that was written for what the cleaner did not find."""
    with pikepdf.open(written, attempt_recovery=False) as pdf:
        for thing in (pdf.trailer, *pdf.objects):
            for found in _dictionaries(thing):
                if found.get(Name.S) in ACTIONS or any(key in found for key in HOLDERS):
                    raise AttachmentRefused("active")
                if isinstance(found, Stream) and Name.F in found:
                    raise AttachmentRefused("active", "a stream in another file")


def _dictionaries(thing: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Return a dictionary and those that lie in it; what it only points to has its own turn."""
    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Array):
            parts = list(one)
        elif isinstance(one, (Dictionary, Stream)):
            yield one
            parts = [value for _, value in one.items()]
        else:
            continue
        waiting += [
            part for part in parts if isinstance(part, (Array, Dictionary, Stream)) and not part.is_indirect
        ]
