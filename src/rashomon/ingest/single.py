"""One document that is a file or an answer of a server by itself: its bytes into its text."""

from __future__ import annotations

import re
from typing import NamedTuple, cast
from urllib.parse import urlsplit

from ..config import Limits
from ..errors import EmptyDocument
from ..knowledge.html_head import HtmlHead, load_html_head
from ..records import Arrival, Document, RawDocument, Unopened
from .formats import MEDIA_TYPES, Kind
from .html import EXTRACTOR, page
from .language import Languages
from .paper import DOCX_EXTRACTOR, PDF_EXTRACTOR, pdf, word
from .text import decode

_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_FRONT = re.compile(r"^(?:www|m|amp|mobile)\.")


class Carried(NamedTuple):
    """What brought the bytes says of them: the address they were fetched from, when (ISO 8601), with which headers."""

    url: str | None = None
    fetched: str | None = None
    headers: dict[str, str] = {}  # noqa: RUF012

    @property
    def charset(self) -> str | None:
        """The encoding that the headers name."""
        found = _CHARSET.search(self.headers.get("content-type", ""))
        return found.group(1) if found else None


class Singles:
    """Makes documents of bytes; what it needs for that is loaded once."""

    def __init__(self, limits: Limits, languages: Languages) -> None:
        self._limits = limits
        self._languages = languages
        self._head: HtmlHead = load_html_head()

    def arrival(self, content: bytes, kind: Kind, id: str, where: str, carried: Carried = Carried()) -> Arrival:  # noqa: B008
        """The document that the bytes are. InputError, with `where` in it, says why they are none."""
        limits, media_type = self._limits, MEDIA_TYPES[kind]
        url, title, publisher, author, published, extractor = carried.url, None, None, None, None, None
        if kind == "html":
            found = page(content, where, limits, self._head, carried.charset)
            media_type, text, extractor = f"{media_type}; charset={found.encoding}", found.text, EXTRACTOR
            title, publisher, author, published = found.title, found.publisher, found.author, found.published
            url = own_address(found.url, url)
        elif kind == "text":
            text, encoding = decode(content, where, limits, carried.charset)
            media_type = f"{media_type}; charset={encoding}"
        elif kind in ("pdf", "docx"):
            paper, extractor = (
                (pdf(content, where, limits), PDF_EXTRACTOR) if kind == "pdf" else (word(content, where, limits), DOCX_EXTRACTOR)
            )
            text, title, author = paper.text, paper.title, paper.author
        else:
            raise ValueError(f"{kind} holds documents, and is none itself")
        return Arrival(
            RawDocument(id, where, media_type, content, url=url, fetched=carried.fetched, headers=carried.headers),
            Document(
                id=id, source=where, text=text, language=self._languages.of(text), url=url, title=title,
                publisher=publisher, author=author, published=published, extractor=extractor,
            ),
        )

    def opened(self, found: Unopened) -> Arrival:
        """The document of bytes that were found. InputError says why they are none."""
        raw = found.raw
        if found.kind is None:
            return self.fetched(raw)
        return self.arrival(raw.content, cast(Kind, found.kind), raw.id, raw.source)

    def fetched(self, raw: RawDocument) -> Arrival:
        """The document of a page that was fetched; what its bytes are is told by its media type, else by its first bytes."""
        if not raw.content.strip():
            raise EmptyDocument(f"{raw.source} is empty ({len(raw.content)} bytes): leave it out, or fetch it again")
        kind = kind_of(raw.media_type, raw.content)
        headers = {"content-type": raw.media_type, **raw.headers}
        return self.arrival(raw.content, kind, raw.id, raw.source, Carried(raw.url, raw.fetched, headers))


def kind_of(media_type: str, content: bytes) -> Kind:
    """What bytes of that media type are. A PDF, or a page, is known by its beginning whatever its server calls it."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    bare = media_type.partition(";")[0].strip().lower()
    if bare == MEDIA_TYPES["docx"]:
        return "docx"
    if bare == MEDIA_TYPES["pdf"]:
        return "pdf"
    opening = content[:1024].lstrip()[:20].lower()
    return "text" if bare == MEDIA_TYPES["text"] and not opening.startswith((b"<!doctype html", b"<html")) else "html"


def own_address(told: str | None, fetched: str | None) -> str | None:
    """The address of a page: the one it tells of itself, where that can be its own, else the one it was fetched from.

    A page that names another site's address, or merely its site's front page, is not believed.
    """
    if told is None or fetched is None:
        return fetched or told
    try:
        there, here = urlsplit(told), urlsplit(fetched)
        same = _FRONT.sub("", there.hostname or "") == _FRONT.sub("", here.hostname or "")
    except ValueError:
        return fetched
    return told if same and there.scheme in ("http", "https") and there.path not in ("", "/") else fetched
