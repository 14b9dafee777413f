"""Routes of the books: control of places over time, pledges, forecasts, who calls whom what. Filters as the command line has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Literal, get_args

from fastapi import Depends, FastAPI, HTTPException, Query, Request

from ..bookkeeping import (
    chosen_names,
    forecast_entries,
    forecast_names,
    is_called,
    names_it,
    namings,
    pledge_entries,
    touches,
)
from ..records import Citation
from ..records.vocabulary import PledgeKind
from ..track.forecasts import ForecastEntry
from ..track.naming import Named, Used, cells, shifts
from ..track.pledges import PledgeEntry, Worded
from ..track.voices import Voice
from .answers import Answer, Packed, answers
from .book_shapes import (
    BearingRow,
    ForecastPage,
    ForecastRow,
    NameMonth,
    NameRow,
    NameShift,
    NameUsed,
    NamingPage,
    OutcomeRow,
    PledgePage,
    PledgeRow,
    Standings,
    StatusRow,
    VoiceRow,
    Wording,
)
from .choosing import Period, period
from .library import Library
from .quoting import articles, quote

_NAMES = 400
_QUOTES = 5  # of a month of a name
Chosen = Annotated[Period, Depends(period)]
Word = Annotated[str | None, Query(max_length=200)]
Start = Annotated[int, Query(ge=0)]
Limit = Annotated[int, Query(ge=1, le=200)]


def routes(app: FastAPI, library: Library) -> None:
    """Adds the routes to the app."""

    @app.get("/api/pledges", summary="Pledges, who tells of them, and what is said to have become of them")
    @answers(PledgePage)
    def pledges(
        request: Request, days: Chosen, id: Word = None, kind: Word = None, party: Word = None, place: Word = None,
        status: Annotated[Word, Query(description="unresolved, contested, or said by some voice: broken, kept ...")] = None,
        start: Start = 0, limit: Limit = 50,
    ) -> Answer:
        if kind is not None and kind not in get_args(PledgeKind):
            raise HTTPException(422, f"kind: {kind!r} is none of {', '.join(get_args(PledgeKind))}.")
        every, unsure = library.book(("pledges", days.as_of), lambda: pledge_entries(library.view, days.as_of))
        found = [
            entry for entry in every
            if (id is None or is_called(id, [telling.key for telling in entry.tellings]))
            and (kind is None or any(word.text == kind for word in entry.kinds))
            and (party is None or names_it(party, (word.text for word in (*entry.by, *entry.to))))
            and (place is None or names_it(place, (word.text for word in entry.places)))
            and (status is None or status == entry.standing or any(said.status == status for said in entry.said))
            and touches(entry.day, days.since, days.until)
        ]
        shown = found[start : start + limit]
        standing = [entry.standing for entry in found]
        keys = {telling.stated.citation.document for entry in shown for telling in entry.tellings}
        keys |= {said.citation.document for entry in shown for said in entry.said}
        return Answer(PledgePage(
            len(found), Standings(standing.count("unresolved"), standing.count("said"), standing.count("contested")),
            tuple(_pledge(library, entry) for entry in shown), start + limit if len(found) > start + limit else None,
            articles(library, keys), articles(library, unsure),
        ), request)

    @app.get("/api/forecasts", summary="Forecasts, what later documents tell beside them, and how people say they came out")
    @answers(ForecastPage)
    def forecasts(
        request: Request, days: Chosen, id: Word = None, by: Word = None, open: bool = False, start: Start = 0, limit: Limit = 50
    ) -> Answer:
        every, unsure, _ = library.book(("forecasts", days.as_of), lambda: forecast_entries(library.view, days.as_of))
        found = [
            entry for entry in every
            if (id is None or is_called(id, [one.key for one in entry.outlooks]))
            and (by is None or names_it(by, forecast_names(entry)))
            and not (open and entry.outcome != "unresolved")
            and any(touches(one.stated.published, days.since, days.until) for one in entry.outlooks)
        ]
        shown = found[start : start + limit]
        keys = {one.stated.citation.document for entry in shown for one in entry.outlooks}
        keys |= {each.claim.citation.document for entry in shown for each in entry.bearings}
        return Answer(ForecastPage(
            len(found), sum(entry.outcome == "unresolved" for entry in found),
            tuple(forecast_row(library, entry) for entry in shown), start + limit if len(found) > start + limit else None,
            articles(library, keys), articles(library, unsure),
        ), request)

    @app.get("/api/naming", summary="Who calls whom what, by outlet, voice and month")
    @answers(NamingPage)
    def naming(
        request: Request, days: Chosen, actor: Word = None, outlet: Word = None,
        voice: Literal["author", "quoted"] | None = None, least: Annotated[int, Query(ge=1, le=1000)] = 3,
    ) -> Answer:
        every, unsure = library.book(("naming", days.as_of), lambda: namings(library.view, days.as_of))
        def answer() -> Packed:
            some = chosen_names(every, actor=actor, outlet=outlet, voice=voice, since=days.since, until=days.until)
            return Packed.of(_naming(library, some, unsure, least))

        return Answer(library.once(("naming", days, actor, outlet, voice, least), answer, every), request)


def _pledge(library: Library, entry: PledgeEntry) -> PledgeRow:
    speaks = {key: voice.name for voice in entry.voices for key in (*voice.statements, *voice.copies)}

    def said(some: Sequence[Worded]) -> tuple[Wording, ...]:
        return tuple(Wording(each.text, tuple(dict.fromkeys(speaks[key] for key in each.by))) for each in some)

    return PledgeRow(
        entry.id, said(entry.kinds), said(entry.by), said(entry.to), said(entry.terms), said(entry.conditions),
        said(entry.deadlines), said(entry.durations), said(entry.places), entry.day,
        _voices(library, entry.voices, {telling.key: telling.stated.citation for telling in entry.tellings}), entry.standing,
        tuple(
            StatusRow(
                each.status, each.voice, each.published, each.when, quote(library, each.citation), each.features, each.copies
            )
            for each in entry.said
        ),
    )


def forecast_row(library: Library, entry: ForecastEntry) -> ForecastRow:
    """The forecast with its voices, what stands beside it, and people's words on its outcome."""
    return ForecastRow(
        entry.id, entry.forecaster, entry.statement, (entry.horizon.start, entry.horizon.end) if entry.horizon else None,
        entry.condition, entry.certainty_words, entry.certainty, entry.topic,
        _voices(library, entry.voices, {one.key: one.stated.citation for one in entry.outlooks}),
        tuple(
            BearingRow(
                each.stance, each.claim.sort, each.claim.published, each.claim.time, quote(library, each.claim.citation),
                each.features, each.copies,
            )
            for each in entry.bearings
        ),
        entry.outcome,
        tuple(OutcomeRow(each.outcome, each.person, each.note, each.decided, each.holds) for each in entry.outcomes),
    )


def _voices(library: Library, some: Iterable[Voice], cited: dict[str, Citation]) -> tuple[VoiceRow, ...]:
    return tuple(
        VoiceRow(
            voice.name, voice.chain, tuple(quote(library, cited[key]) for key in voice.statements),
            tuple(dict.fromkeys(cited[key].document for key in voice.copies)),
        )
        for voice in some
    )


def _naming(library: Library, some: Sequence[Named], unsure: Iterable[str], least: int) -> NamingPage:
    rows: dict[tuple[str | None, str, str, str, str | None], list[NameMonth]] = {}
    words: dict[tuple[str | None, str, str, str, str | None], str] = {}
    most: dict[tuple[str | None, str, str, str, str | None], int] = {}
    cited: set[str] = set()
    for cell in cells(some):
        key = (cell.actor, cell.outlet, cell.voice, cell.label, cell.speaker)
        if key not in rows and len(rows) >= _NAMES:
            rows.setdefault(key, [])
            continue
        if len(rows.setdefault(key, [])) == 0 or cell.mentions > most[key]:
            words[key], most[key] = cell.words, cell.mentions
        own = [each for each in cell.places if each.carried is None] or list(cell.places)
        quotes = tuple(quote(library, each.citation) for each in own[:_QUOTES])
        cited |= {each.document for each in quotes}
        rows[key].append(NameMonth(cell.month, cell.mentions, cell.documents, cell.carried, quotes))
    moved = shifts(some, least)
    cited |= {used.first.citation.document for shift in moved for used in (shift.before, shift.after)}
    return NamingPage(
        len(rows), tuple(sorted({each.month for each in some if each.month is not None})),
        tuple(
            NameRow(actor, words[key], outlet, voice, speaker, tuple(months))
            for key, months in rows.items() if months for actor, outlet, voice, _, speaker in (key,)
        ),
        tuple(NameShift(each.outlet, each.actor, _used(library, each.before), _used(library, each.after)) for each in moved),
        articles(library, cited), articles(library, unsure),
    )


def _used(library: Library, used: Used) -> NameUsed:
    return NameUsed(used.month, used.words, used.mentions, used.of, quote(library, used.first.citation))
