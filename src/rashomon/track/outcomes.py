"""How forecasts came out, as people say: kept as judgements on the words of the forecast, shown in every view."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from ..records import Judgement, Verdict
from .forecasts import ForecastEntry, Outcome

FIELD = "forecasts.outcome"
# A person's words, each with the verdict under which it is kept; "unresolved" takes one's word back.
VERDICTS: dict[str, Verdict] = {
    "came-true": "accept", "did-not": "accept", "partly": "accept", "undecidable": "unsure", "unresolved": "reject",
}
_SHARED = 0.5


def with_outcomes(
    entries: Iterable[ForecastEntry], judgements: Iterable[Judgement], day: str | None = None
) -> tuple[tuple[ForecastEntry, ...], tuple[Judgement, ...]]:
    """(the entries with what people said of them, judgements whose words no forecast holds any more). `judgements`: every one
    of the field, those retired as well; with a day, as they stood at its end. A person's latest word holds."""
    known = [each for each in judgements if each.field == FIELD and (day is None or each.decided[:10] <= day)]
    placed: set[str] = set()
    found = []
    for entry in entries:
        mine = sorted((each for each in known if _about(entry, each)), key=lambda each: (each.decided, each.id))
        placed |= {each.id for each in mine}
        latest = {each.person: each for each in mine}
        outcomes = tuple(
            Outcome(each.value or "unresolved", each.person, each.note, each.decided, latest[each.person] is each)
            for each in mine
        )
        said = sorted({each.outcome for each in outcomes if each.holds and each.outcome != "unresolved"})
        summary = "unresolved" if not said else said[0] if len(said) == 1 else "persons differ"
        found.append(msgspec.structs.replace(entry, outcome=summary, outcomes=outcomes))
    lost = tuple(each for each in known if each.id not in placed and each.retired is None)
    return tuple(found), lost


def _about(entry: ForecastEntry, judgement: Judgement) -> bool:
    """True where the judgement was made on words that a statement of the forecast holds, or most of them."""
    span = judgement.span
    return span is not None and any(
        outlook.stated.citation.document == judgement.document
        and outlook.forecast.span.shared(span) >= _SHARED * max(1, min(span.width, outlook.forecast.span.width))
        for outlook in entry.outlooks
    )
