"""Pairs of happenings that are passed over are those that would score as nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.knowledge.linking import load_linking
from rashomon.link.happenings import Days, Happening
from rashomon.link.incidents import comparable, features, score_of
from rashomon.link.likely import likely_pairs
from rashomon.records import Ground, Span

WEIGHTS = load_linking().incidents
LEAST, LEAST_SUM = 0.01, -4.6
NAMES = st.frozensets(st.sampled_from(("Reds", "Greens", "town")), max_size=2)
GROUNDS = (
    Ground(36.0, 37.0, 2.0, "A"), Ground(36.4, 37.0, 2.0, "B"), Ground(36.2, 37.2, 150.0, "C"), Ground(39.0, 37.0, 2.0, "D"),
)
PLACES = st.lists(st.sampled_from(GROUNDS), max_size=2, unique=True).map(tuple)
DAYS = st.none() | st.tuples(st.integers(0, 6), st.integers(0, 3), st.booleans()).map(lambda d: Days(d[0], d[0] + d[1], d[2]))
TOLLS = st.dictionaries(st.sampled_from(("killed", "injured")), st.just(((3.0, 3.0),)) | st.just(((20.0, 20.0),)), max_size=2)
TEXTS = st.sampled_from(({}, {"bridge": 1.0}, {"bridge": 0.6, "shell": 0.8}))
KINDS = st.sampled_from((("ASSAULT",), ("CONSULT",), ("ASSAULT", "CONSULT")))
ACTS = st.sampled_from((("airstrike",), ("casualties",), ("talks",), ("attack", "talks")))


@st.composite
def stories(draw: st.DrawFn) -> list[Happening]:
    found = []
    for number in range(draw(st.integers(2, 6))):
        start = draw(st.integers(0, 3)) * 10
        found.append(
            Happening(
                key=f"k{number}", document=draw(st.sampled_from("xyz")), events=(f"k{number}",), types=draw(KINDS),
                actions=draw(ACTS), negative=draw(st.booleans()), places=draw(PLACES), days=draw(DAYS), actors=draw(NAMES),
                disputed=frozenset(), recipients=draw(NAMES), tolls=draw(TOLLS),
                sentences=(Span(start, start + 10),), text=draw(TEXTS),
            )
        )
    return found


@settings(max_examples=200, deadline=None)
@given(stories(), st.dictionaries(st.sampled_from([(a, b) for a in "xyz" for b in "xyz" if a != b]), st.just((Span(0, 17),))))
def test_no_pair_that_counts_is_passed_over(found: list[Happening], shared: dict[tuple[str, str], tuple[Span, ...]]) -> None:
    likely = set(likely_pairs(found, shared, WEIGHTS, LEAST_SUM))
    for second in range(len(found)):
        for first in range(second):
            a, b = found[first], found[second]
            if comparable(a, b) and score_of(features(a, b, shared, WEIGHTS), WEIGHTS) > LEAST:
                assert (first, second) in likely
