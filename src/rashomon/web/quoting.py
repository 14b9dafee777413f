"""Articles and quotations as the API shows them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ..ledger import DocumentEntry
from ..records import Citation
from .library import Library
from .shapes import Article, Quote


def article(entry: DocumentEntry) -> Article:
    """The document's line."""
    return Article(
        entry.key, entry.id, entry.title, entry.publisher, (entry.published_start, entry.published_end),
        entry.published_basis, entry.url, entry.added, entry.genre, entry.state,
    )


def articles(library: Library, keys: Iterable[str], *, captured: bool = False) -> tuple[Article, ...]:
    """Lines of the documents (keys), the earliest first, those of unknown day last; `captured`: with when they were fetched."""
    found = [article(entry) for entry in library.entries(keys).values()]
    if captured:
        found = [replace(each, captured=_captured(library, each)) for each in found]
    return tuple(sorted(found, key=lambda each: (each.published[0] or "9999", each.id, each.key)))


def _captured(library: Library, each: Article) -> str | None:
    captures = library.view.captures(each.url or each.id)
    return min((one.fetched for one in captures if each.key in one.documents and one.fetched), default=None)


def quote(library: Library, citation: Citation) -> Quote:
    """The cited words in their sentence."""
    text = library.document(citation.document).text
    return Quote(
        citation.document, citation.span, citation.sentence, citation.span.of(text), citation.sentence.of(text),
        citation.chain, citation.attribution,
    )
