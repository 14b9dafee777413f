"""What was said and changed later by the same source, as the page marks it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec
from fastapi import FastAPI, Query, Request
from msgspec.structs import replace

from ..records import Incident, Revision
from ..revising import changing_cited, revised_later
from .answers import Answer, answers, nothing
from .library import Library
from .quoting import article, quote
from .shapes import Article, Quote

_MOST = 40  # documents at once: each is held against many others


class LaterRow(msgspec.Struct, frozen=True):
    """One source's passage `a` and what it put in its place, `b`. `unannounced`: no note in the text says so."""

    id: str
    kind: str
    source: str
    why: str
    unannounced: bool
    a: Quote
    b: Quote
    before: Article
    after: Article


class LaterList(msgspec.Struct, frozen=True):
    """Revisions, the earliest first."""

    revisions: tuple[LaterRow, ...]


def routes(app: FastAPI, library: Library) -> None:
    """Adds the routes to the app."""

    @app.get("/api/incidents/{id}/later", summary="What an incident's accounts say that its source changed later")
    @answers(LaterList, missing=True)
    def later(request: Request, id: str) -> Answer:
        found = library.view.incident(id)
        if found is None:
            raise nothing("incident", id)
        return Answer(library.once(("later", found.id), lambda: LaterList(rows(library, _of(library, found)))), request)


    @app.get("/api/later", summary="What these documents say that its source changed later")
    @answers(LaterList)
    def of_documents(
        request: Request,
        document: Annotated[list[str], Query(min_length=1, max_length=_MOST, description="Keys of documents.")],
    ) -> Answer:
        keys = tuple(sorted(set(document)))
        found = library.once(("later of", keys), lambda: LaterList(rows(library, revised_later(library.view, keys))))
        return Answer(found, request)


def _of(library: Library, incident: Incident) -> tuple[Revision, ...]:
    cited = [value.citation for account in incident.accounts for value in account.fields]
    found = revised_later(library.view, incident.documents, ready=library.ready())
    return changing_cited(found, [replace(each, span=each.sentence) for each in cited])


def rows(library: Library, some: Iterable[Revision]) -> tuple[LaterRow, ...]:
    """The revisions with their sentences and documents, by the day of the newer passage."""
    held = tuple(some)
    entries = library.entries({key for each in held for key in (each.a.document, each.b.document)})
    made = [
        LaterRow(
            each.id, each.kind, each.source, each.why, each.unannounced, quote(library, each.a), quote(library, each.b),
            article(entries[each.a.document]), article(entries[each.b.document]),
        )
        for each in held
    ]
    return tuple(sorted(made, key=lambda row: (row.after.published[0] or "9999", row.b.document, row.b.span, row.id)))
