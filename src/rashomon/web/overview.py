"""Routes of the overview: incidents as a list, on a map and in time; the ledger itself; the search."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import PurePath
from typing import Annotated, Literal

from fastapi import Depends, FastAPI, HTTPException, Query, Request

from ..errors import UsageError
from ..ledger import Order, Selection
from .answers import Answer, Packed, answers
from .choosing import after, cursor, selection
from .judged import judged_incidents
from .library import Library
from .quoting import article
from .shapes import Facet, Found, FoundPassage, IncidentList, LedgerPage, OverviewPage

_KEYS: dict[Order, int] = {"newest": 2, "oldest": 2, "most-told": 3}
# More areas than the eye can tell apart; the list has them all.
AREAS = 1500
Chosen = Annotated[Selection, Depends(selection)]


def routes(app: FastAPI, library: Library) -> None:
    """Adds the routes to the app."""
    view = library.view

    @app.get("/api/ledger", summary="The ledger in figures")
    @answers(LedgerPage)
    def ledger(request: Request) -> Answer:
        return Answer(library.once(("ledger",), lambda: _ledger(library)), request)

    @app.get("/api/incidents", summary="Incidents, a page at a time")
    @answers(IncidentList)
    def incidents(
        request: Request, chosen: Chosen, order: Order = "newest", page: Annotated[str | None, Query(max_length=400)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Answer:
        rows = library.lists.page(chosen, order=order, after=after(page, _KEYS[order]), limit=limit + 1)
        following = cursor(rows[limit - 1][1]) if len(rows) > limit else None
        drawn, _late = library.drawn(entry for entry, _ in rows[:limit])
        judged = judged_incidents(library)
        return Answer(IncidentList(drawn, following, tuple(each.id for each in drawn if each.id in judged)), request)

    @app.get("/api/overview", summary="A selection of incidents in figures, in time and on the map")
    @answers(OverviewPage)
    def overview(request: Request, chosen: Chosen, by: Literal["auto", "month", "day"] = "auto") -> Answer:
        return Answer(library.once(("overview", chosen, by), lambda: Packed.of(_overview(library, chosen, by))), request)

    @app.get("/api/search", summary="Passages that hold all the words")
    @answers(Found)
    def search(
        request: Request, q: Annotated[str, Query(min_length=1, max_length=500)], limit: Annotated[int, Query(ge=1, le=100)] = 30
    ) -> Answer:
        try:
            hits = view.search(q, limit)
        except UsageError as error:
            raise HTTPException(422, str(error))
        entries = library.entries(hit.document for hit in hits)
        return Answer(Found(tuple(
            FoundPassage(article(entries[hit.document]), hit.span, hit.text, hit.marks)
            for hit in hits if hit.document in entries
        )), request)


def _ledger(library: Library) -> LedgerPage:
    status = library.view.status()
    where = library.where
    name = where.rsplit("/", 1)[-1] if "://" in where else PurePath(where).name
    return LedgerPage(
        name, version("rashomon"), status.documents, status.read, len(status.not_read), len(status.failed), status.claims,
        status.events, status.incidents, status.stories, status.pending, *library.view.publication_days(),
    )


def _overview(library: Library, chosen: Selection, by: Literal["auto", "month", "day"]) -> OverviewPage:
    found = library.lists.summary(chosen, by=by, areas=AREAS)
    drawn, late = library.drawn(found.areas)
    return OverviewPage(
        found.totals, found.by, found.periods, tuple(Facet(*each) for each in found.types),
        tuple(Facet(*each) for each in found.places), drawn, found.left_out, late, library.caution.delay_days,
    )
