"""What is known of a document as a publication: the carrier's word first, then the clues in its text."""

from __future__ import annotations

from ..knowledge.boilerplate import Furniture
from ..records import Clue, Document, Layout, Metadata, Publication, Syntax
from .genre import genre_of


def describe(document: Document, layout: Layout, syntax: Syntax | None, published: Publication, phrases: Furniture) -> Metadata:
    """The reading's `document`. Values are as the carrier or the text words them; None where neither says.

    `syntax` is taken so that a later rule may use it; the rules of today read the text alone.
    """
    title, publisher = _value(layout.title), _value(layout.publisher)
    return Metadata(
        title=title,
        publisher=publisher,
        author=_value(layout.author),
        published=published,
        language=document.language,
        genre=genre_of(document.text, layout, publisher, title, phrases.genres, document.url),
        republished_from=_value(layout.republished_from),
        credits=tuple(clue.value for clue in layout.credits),
        section=_value(layout.section),
    )


def _value(clue: Clue | None) -> str | None:
    return clue.value if clue is not None else None
