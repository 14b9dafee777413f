"""Do two passages speak of one thing? Seen in the names and the longer words that they share."""

from __future__ import annotations

from datetime import date

from ..records import Span
from .speakers import Speaker
from .voiced import Figure, Paper

_LOCAL = frozenset({"point", "town", "district"})
_APART_DAYS = 1
_COMMON = 3  # longer words that two passages share besides a name


def one_subject(a: Paper, at: Span, b: Paper, to: Span, source: Speaker) -> bool:
    """One story or one address; else a place in common, or two other names, that are not the source's own."""
    if a.key == b.key or (a.address is not None and a.address == b.address):
        return True
    names = strength(a, at, b, to, source)
    common = len(a.stems(a.near(at)) & b.stems(b.near(to)))
    return names >= 2 or (names == 1 and common >= _COMMON)


def strength(a: Paper, at: Span, b: Paper, to: Span, source: Speaker) -> int:
    """How much two passages share: 2 for a town or what is smaller, 1 for another name or for a common story."""
    left, right = a.near(at), b.near(to)
    own = set(source.key.split()) | set(source.name.lower().split())
    shared = (a.proper(left) & b.proper(right)) - own
    local = (places_in(a, left) & places_in(b, right)) - own
    days = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    words = shared - days - _broad(a) - _broad(b)
    return 2 * len(local) + len(words - local) + int(a.story is not None and a.story == b.story)


def places_in(paper: Paper, span: Span) -> set[str]:
    """Words of the towns, and of what is smaller, that the passage names."""
    return {
        word for place in paper.reading.places if span.covers(place.span) and place.precision in _LOCAL
        for word in place.span.of(paper.text).lower().split() if word[:1].isalpha()
    }


def _broad(paper: Paper) -> set[str]:
    """Names of countries and regions, and of months: they tie nothing together."""
    broad = {
        word for place in paper.reading.places if place.precision in {"country", "region"}
        for word in place.span.of(paper.text).lower().split()
    }
    times = {word.lower() for time in paper.reading.times for word in time.span.of(paper.text).split()}
    return broad | times


def within_days(a: Paper, b: Paper, most: int) -> bool:
    """Not further apart than that, as far as their days are known."""
    first, second = a.published[0], b.published[0]
    if first is None or second is None:
        return True
    return abs((date.fromisoformat(second[:10]) - date.fromisoformat(first[:10])).days) <= most


def other_days(one: Figure, other: Figure) -> bool:
    """True where the text ties the two to days that lie apart."""
    if one.days is None or other.days is None:
        return False
    gap = max(_day(other.days[0]) - _day(one.days[1]), _day(one.days[0]) - _day(other.days[1]))
    return gap > _APART_DAYS


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()
