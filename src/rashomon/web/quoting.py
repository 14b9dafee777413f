"""Articles and quotations as the API shows them."""

from __future__ import annotations

from collections.abc import Iterable

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


def articles(library: Library, keys: Iterable[str]) -> tuple[Article, ...]:
    """Lines of the documents (keys), the earliest first, those of unknown day last."""
    found = [article(entry) for entry in library.entries(keys).values()]
    return tuple(sorted(found, key=lambda each: (each.published[0] or "9999", each.id, each.key)))


def quote(library: Library, citation: Citation) -> Quote:
    """The cited words in their sentence."""
    text = library.document(citation.document).text
    return Quote(
        citation.document, citation.span, citation.sentence, citation.span.of(text), citation.sentence.of(text),
        citation.chain, citation.attribution,
    )
