"""Figures that look alike and count something else: a tally beside an incident's toll, or the toll of another incident.

Each is said once, where a reader may take the one for the other: beside the figure of the same document, else of the first
account that has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..knowledge.comparison import ComparisonRules
from ..records import Comparison, EventGroup, FieldValue, gap_km
from ..records.incident import Field
from .accounts import Version
from .tallies import WIDE
from .told import Told, quantity_key, quantity_words
from .voices import AUTHOR, Source

_FIELDS: tuple[Field, ...] = ("killed", "injured")
_MOST = 3  # other incidents that one incident is set beside


def different(
    groups: Sequence[EventGroup], told: Sequence[Sequence[Version]], sources: Mapping[str, Source], rules: ComparisonRules
) -> list[list[Comparison]]:
    """For each group, its figures beside the tallies of its documents, and beside the incidents that these also tell of."""
    found: list[list[Comparison]] = []
    for number, accounts in enumerate(told):
        own = {field: _figures(accounts, field) for field in _FIELDS}
        rows = list(_tallies(own, accounts, sources, rules))
        beside = [
            other for other in range(number + 1, len(told))
            if any(own[field] and _figures(told[other], field) for field in _FIELDS)
            and _told_together(groups[number], groups[other], sources) and _plainly_apart(accounts, told[other])
        ]
        for other in beside[:_MOST]:
            for field in _FIELDS:
                pair = _nearest(own[field], _figures(told[other], field))
                if pair is not None:
                    pair = min(pair, key=_place), max(pair, key=_place)
                    why = f"{pair[0].shown.text} and {pair[1].shown.text} are of two incidents"
                    rows.append(Comparison(
                        field, "different_referent", rules.questions[field], why, pair[0].shown, pair[1].shown))
        found.append(rows)
    return found


def _plainly_apart(a: Sequence[Version], b: Sequence[Version]) -> bool:
    """True where day or place say that the two are not one: held apart for want of signs, they may be one all the same."""
    one, other = [[value for version in side for value in version.told] for side in (a, b)]
    days = [[value.days for value in side if value.days is not None and value.firm] for side in (one, other)]
    if days[0] and days[1] and all(first[1] < second[0] or second[1] < first[0] for first in days[0] for second in days[1]):
        return True
    places = [[value.ground for value in side if value.ground is not None] for side in (one, other)]
    return bool(places[0] and places[1]) and all(gap_km(first, second) > 0 for first in places[0] for second in places[1])


def _told_together(a: EventGroup, b: EventGroup, sources: Mapping[str, Source]) -> bool:
    one, other = set(a.events), set(b.events)
    return any(one & source.events.keys() and other & source.events.keys() for source in sources.values())


def _figures(accounts: Sequence[Version], field: Field) -> list[Told]:
    values = [value for version in accounts for value in version.told if value.field == field and value.quantity is not None]
    return [value for value in values if value.quantity is not None and value.quantity.total_or_subset == "total"]


def _place(told: Told) -> tuple[str, int]:
    return told.shown.citation.document, told.shown.citation.span.start


def _nearest(a: Sequence[Told], b: Sequence[Told]) -> tuple[Told, Told] | None:
    """Two figures of one document where there are any, else the first of each."""
    for one in a:
        for other in b:
            if one.shown.citation.document == other.shown.citation.document:
                return one, other
    return (a[0], b[0]) if a and b else None


def _tallies(
    own: Mapping[Field, Sequence[Told]], accounts: Sequence[Version], sources: Mapping[str, Source], rules: ComparisonRules
) -> Iterator[Comparison]:
    documents = sorted({key for version in accounts for key in version.account.documents})
    for key in documents:
        source = sources[key]
        for quantity in sorted(source.reading.quantities, key=lambda each: each.span):
            field = rules.field_of(quantity.what)
            if field not in _FIELDS or field is None or quantity.scope not in WIDE or not own[field]:
                continue
            if not any(block.covers(quantity.span) for block in source.reading.body):
                continue
            if any(value.shown.citation.span.overlaps(quantity.span) for value in own[field]):
                continue
            mine = [value for value in own[field] if value.shown.citation.document == key]
            figure = (mine or own[field])[0]
            words = quantity_words(quantity, source.reading.text)
            voice = source.voice(source.around(quantity.span) or AUTHOR, rules)
            other = FieldValue(field, words, quantity_key(quantity), source.cite(quantity.span, voice))
            why = f"{words} counts a {quantity.scope}, {figure.shown.text} this incident"
            yield Comparison(field, "different_referent", rules.questions[field], why, figure.shown, other)
