"""Routes of saved searches, and of what new documents brought to the incidents that a selection chooses."""

from __future__ import annotations

import inspect
from typing import Annotated

import msgspec
from fastapi import Depends, FastAPI, HTTPException, Query, Request
from msgspec.structs import replace

from ..ledger import IncidentEntry, Search, Selection
from ..news import news
from ..records import Incident
from .answers import Answer, answers
from .choosing import selection
from .library import Library
from .private import Asked, Person, Sent, understood
from .quoting import articles, quote
from .shapes import Article, Quote

_SHOWN = 100
# The filters that may be saved: those of the list of incidents but the day of the change.
FILTERS = tuple(name for name in inspect.signature(selection).parameters if name != "changed_since")
Chosen = Annotated[Selection, Depends(selection)]


class SearchRow(msgspec.Struct, frozen=True):
    """A saved search, and how many of its incidents have got new documents since its person last looked."""

    search: Search
    changed: int


class SearchList(msgspec.Struct, frozen=True):
    """A person's saved searches by name."""

    searches: tuple[SearchRow, ...]


class ToSave(Asked, frozen=True, forbid_unknown_fields=True):
    """A selection (the filters of `/api/incidents`) to be kept under a name; one of that name is put in its place."""

    filters: dict[str, str]


class NewsRow(msgspec.Struct, frozen=True):
    """One thing that is new: "new account", "moved toll", "new denial" or "correction"."""

    kind: str
    what: str
    quotes: tuple[Quote, ...]


class NewsOf(msgspec.Struct, frozen=True):
    """What is new in one incident; `documents` are the keys of its documents that came in since, which without
    rows only repeat."""

    entry: IncidentEntry
    documents: tuple[str, ...]
    rows: tuple[NewsRow, ...]


class NewsPage(msgspec.Struct, frozen=True):
    """What documents that the ledger took in since an instant brought to the selection; `found` counts its incidents."""

    since: str
    found: int
    incidents: tuple[NewsOf, ...]
    articles: tuple[Article, ...]


def routes(app: FastAPI, library: Library) -> None:
    """Adds the routes to the app."""
    private = library.ledger.private()

    def saved(person: str) -> SearchList:
        return SearchList(tuple(
            SearchRow(each, _count(library, replace(_selection(each.filters), added_since=each.visited)))
            for each in private.searches(person)
        ))

    @app.get("/api/searches", summary="A person's saved searches")
    @answers(SearchList)
    def searches(request: Request, person: Person) -> Answer:
        return Answer(saved(person), request)

    @app.post("/api/searches", status_code=201, summary="Save a search")
    @answers(Search, status=201)
    def save(given: Sent) -> Answer:
        asked = understood(given, ToSave)
        if unknown := sorted(set(asked.filters) - set(FILTERS)):
            raise HTTPException(422, f"filters: {unknown[0]!r} is none of {', '.join(FILTERS)}.")
        _selection(asked.filters)
        return Answer(private.save_search(asked.person, asked.name, asked.filters), status_code=201)

    @app.post("/api/searches/{id}/visit", summary="Note that a person looks at what a saved search finds")
    @answers(Search, missing=True)
    def visit(id: str, person: Person) -> Answer:
        return Answer(private.visit_search(person, id))

    @app.delete("/api/searches/{id}", summary="Forget a saved search")
    @answers(SearchList, missing=True)
    def drop(id: str, person: Person) -> Answer:
        private.drop_search(person, id)
        return Answer(saved(person))

    @app.get("/api/changes", summary="What documents that came in since a day brought to a selection of incidents")
    @answers(NewsPage)
    def changes(
        request: Request, chosen: Chosen, changed_since: Annotated[str, Query(description="A day or instant.")],
    ) -> Answer:
        return Answer(library.once(("changes", chosen), lambda: _changes(library, chosen, changed_since)), request)


def _selection(filters: dict[str, str]) -> Selection:
    """The selection that saved filters spell. 422 where they cannot be understood."""
    given = {name: filters.get(name) for name in FILTERS}
    contested = given.pop("contested")
    return selection(**given, contested=None if contested is None else contested == "true", changed_since=None)


def _changes(library: Library, chosen: Selection, since: str) -> NewsPage:
    found = library.lists.page(chosen, order="most-told", limit=_SHOWN)
    drawn, _late = library.drawn(entry for entry, _ in found)
    whole = [(entry, incident) for entry in drawn if (incident := library.view.incident(entry.id)) is not None]
    known = library.entries({key for _, incident in whole for key in incident.documents})
    new = frozenset(key for key, entry in known.items() if entry.added >= since)
    made = tuple(_of(library, entry, incident, new) for entry, incident in whole)
    cited = {each.document for one in made for row in one.rows for each in row.quotes}
    return NewsPage(since, _count(library, chosen), made, articles(library, cited | new))


def _of(library: Library, entry: IncidentEntry, incident: Incident, new: frozenset[str]) -> NewsOf:
    known = library.entries(incident.documents)
    rows = tuple(
        NewsRow(each.kind, each.what, tuple(quote(library, cited) for cited in each.cited))
        for each in news(incident, new, lambda key: known[key].publisher or known[key].id)
    )
    return NewsOf(entry, tuple(key for key in incident.documents if key in new), rows)


def _count(library: Library, chosen: Selection) -> int:
    return library.lists.summary(chosen, areas=1).totals.incidents
