"""The text of PDF and Word files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

import docx
import pypdf
from docx.table import Table
from docx.text.paragraph import Paragraph

from ..config import Limits
from ..errors import DocumentTooLarge, EmptyDocument, InputError, MalformedRecord
from .quiet import quiet
from .text import checked, too_large

PDF_EXTRACTOR = f"pypdf {pypdf.__version__}"
DOCX_EXTRACTOR = f"python-docx {docx.__version__}"


class Paper(NamedTuple):
    """A file's text with the title and author of its properties (null where it gives none)."""

    text: str
    title: str | None
    author: str | None


def pdf(content: bytes, where: str, limits: Limits) -> Paper:
    """Text of a PDF, a blank line between its pages. The date in its properties is when the file was made, so it is no
    day of publication and is left out.
    """
    if not content.strip():
        raise EmptyDocument(f"{where} is empty ({len(content)} bytes): leave it out, or fetch it again")
    with quiet("pypdf"):
        try:
            reader = pypdf.PdfReader(io.BytesIO(content))
            if reader.is_encrypted and not reader.decrypt(""):
                raise MalformedRecord(f"{where} is locked with a password: save a copy without one")
            pages, size = [], 0
            for sheet in reader.pages:
                pages.append(sheet.extract_text())
                size += len(pages[-1])
                if size > limits.max_characters:
                    raise too_large(where, limits)
            text = "\n\n".join(pages)
            about = reader.metadata
            title, author = (about.title, about.author) if about else (None, None)
        except InputError:
            raise
        except Exception as error:  # pypdf answers a broken file with whatever its parser stumbles over
            raise MalformedRecord(f"{where} is a broken PDF ({_first_line(error)}): fetch or export it again") from error
    if not text.strip():
        raise EmptyDocument(f"{where} has no text layer (a scan?): run text recognition on it first")
    return Paper(checked(text, where, limits), _clean(title), _clean(author))


def word(content: bytes, where: str, limits: Limits) -> Paper:
    """Text of a Word file: a paragraph a line, a table row a line with tabs between its cells."""
    if not content:
        raise EmptyDocument(f"{where} is empty (0 bytes): leave it out, or fetch it again")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > 4 * limits.max_bytes:
            raise DocumentTooLarge(f"{where} unpacks to {unpacked:,} bytes, too many for one document: save its text")
        file = docx.Document(io.BytesIO(content))
        text = "\n".join(_lines(file.iter_inner_content()))
        about = file.core_properties
        title, author = about.title, about.author
    except InputError:
        raise
    except Exception as error:  # zipfile, lxml and python-docx each answer a broken file in ways of their own
        raise MalformedRecord(f"{where} is a broken Word file ({_first_line(error)}): save it again as .docx") from error
    if not text.strip():
        raise EmptyDocument(f"{where} holds no text: leave it out, or save its text")
    return Paper(checked(text, where, limits), _clean(title), _clean(author))


def _lines(content: Iterator[Paragraph | Table]) -> Iterator[str]:
    for item in content:
        if isinstance(item, Paragraph):
            yield item.text
        else:
            yield from ("\t".join(cell.text for cell in row.cells) for row in item.rows)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _clean(value: str | None) -> str | None:
    return (value or "").strip() or None
