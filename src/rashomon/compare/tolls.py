"""The history of a toll: every figure of an incident, or of tallies, by who gave it and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..knowledge.comparison import ComparisonRules
from ..records import FieldValue, Incident, Tally, TollFigure
from ..records.incident import Field

Published = Mapping[str, tuple[str | None, str | None]]
NUMBERS: tuple[Field, ...] = ("killed", "injured", "strength")


def toll_history(incident: Incident, published: Published) -> tuple[TollFigure, ...]:
    """Every figure of the incident's accounts and every figure set beside them as counting something else, in the order of
    publication; each once for each place it stands in. `published` gives the first and last possible day of documents."""
    found: dict[tuple[str, int, int, Field], TollFigure] = {}
    values = [(value, False) for account in incident.accounts for value in account.fields]
    for pair in incident.comparisons:
        if pair.relation == "different_referent" and pair.b is not None:
            values.append((pair.b, True))
    for value, apart in values:
        figure = _figure(value, published) if value.field in NUMBERS else None
        if figure is not None and (not apart or figure.tally):
            cited = value.citation
            found.setdefault((cited.document, cited.span.start, cited.span.end, value.field), figure)
    return tuple(sorted(found.values(), key=_order))


def tally_history(tallies: Iterable[Tally], published: Published, rules: ComparisonRules) -> tuple[TollFigure, ...]:
    """The same of tallies: what is counted over days, an area or a campaign."""
    found = []
    for tally in tallies:
        field = rules.field_of(tally.what)
        if field is not None:
            found.append(TollFigure(
                field, tally.text, tally.low, tally.high, "", tally.status, tally.scope, tally.total_or_subset, tally.citation,
                published.get(tally.citation.document, (None, None)), tally.as_of, True, tally.since, tally.counted_by,
                tally.place.name if tally.place is not None else None,
            ))
    return tuple(sorted(found, key=_order))


def _figure(value: FieldValue, published: Published) -> TollFigure | None:
    """The figure that a value's key spells: "14.. at-least unstated incident total"; None for a figure that is denied."""
    parts = value.value.split()
    if len(parts) != 5 or ".." not in parts[0]:
        return None
    low, _, high = parts[0].partition("..")
    return TollFigure(
        value.field, value.text, float(low) if low else None, float(high) if high else None, parts[1], parts[2], parts[3],
        parts[4], value.citation, published.get(value.citation.document, (None, None)), None, parts[3] != "incident",
    )


def _order(figure: TollFigure) -> tuple[Field, bool, str, str, int]:
    cited = figure.citation
    return figure.field, figure.tally, figure.published[0] or "9999", cited.document, cited.span.start
