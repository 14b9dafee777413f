"""What two documents' texts have to do with each other: nothing, a copy, an excerpt, a quotation that both carry."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import IntFlag

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..knowledge.lineage import LineageRules
from ..records import PassageKind, Reuse, ReuseKind, SharedPassage, Span
from .alignment import Runs, Shared, chained, covered_words, posted, shared_runs
from .prints import Print, runs_of


class Own(msgspec.Struct, frozen=True, eq=False):
    """A print ready for comparing: without the lines that its publisher repeats. `count`: how many words are left."""

    print: Print
    allowed: NDArray[np.bool_]
    runs: Runs
    count: int


def own_of(one: Print, repeated: Collection[int], rules: LineageRules) -> Own:
    """The print without the lines whose numbers are in `repeated`."""
    allowed = np.ones(len(one.words), bool)
    for line in one.lines:
        if line.number in repeated:
            allowed[line.first : line.last] = False
    runs = posted(runs_of(one.words, rules.run_words), allowed, rules.run_words)
    return Own(one, allowed, runs, int(allowed.sum()))


class By(IntFlag):
    """What two documents were found by: a run of words that few hold, or that their whole texts are alike."""

    RUN = 1
    WHOLE = 2


def shared_text(one: Own, other: Own, rules: LineageRules, by: By = By.RUN) -> Reuse | None:
    """What the two share, as one record whichever comes first; None where it is too little.

    Where whole texts are alike, shorter runs are aligned if the long ones cover little. Those that share no run which few
    hold must be copies as a whole: else a phrase that all the world has would count by chance.
    """
    a, b = (one, other) if one.print.key < other.print.key else (other, one)
    if a.print.key == b.print.key or not a.count or not b.count:
        return None
    chains = _passages(a.runs, b.runs, rules)
    shares = _shares(chains, a, b)
    if By.WHOLE in by and max(shares) < rules.copy_share:
        closer = _passages(_short(a, rules), _short(b, rules), rules)
        if max(_shares(closer, a, b)) >= rules.copy_share:
            chains, shares = closer, _shares(closer, a, b)
    if not chains or (By.RUN not in by and max(shares) < rules.copy_share):
        return None
    found = tuple(sorted((_passage(chain, a.print, b.print, rules) for chain in chains), key=lambda each: (each.a, each.b)))
    same = np.array_equal(a.print.words[a.allowed], b.print.words[b.allowed])
    agency = _agency(a.print, b.print)
    return Reuse(
        a=a.print.key, b=b.print.key, kind=_kind(found, shares, same, agency, a.print, b.print, rules),
        first=_first(a.print, b.print), agency=agency, share_a=round(shares[0], 3), share_b=round(shares[1], 3),
        passages=found,
    )


def _passages(a: Runs, b: Runs, rules: LineageRules) -> list[list[Shared]]:
    found = chained(shared_runs(a, b), rules.gap_words)
    return [chain for chain in found if covered_words([(run.a, run.a + run.words) for run in chain]) >= rules.passage_words]


def _short(own: Own, rules: LineageRules) -> Runs:
    return posted(runs_of(own.print.words, rules.short_run_words), own.allowed, rules.short_run_words)


def _shares(chains: Sequence[Sequence[Shared]], a: Own, b: Own) -> tuple[float, float]:
    """The parts of both texts that stand in the passages, changed words between their runs included."""
    in_a = covered_words([(chain[0].a, max(run.a + run.words for run in chain)) for chain in chains])
    in_b = covered_words([(chain[0].b, max(run.b + run.words for run in chain)) for chain in chains])
    return min(1.0, in_a / a.count), min(1.0, in_b / b.count)


def _passage(chain: Sequence[Shared], a: Print, b: Print, rules: LineageRules) -> SharedPassage:
    end_a, end_b = max(run.a + run.words for run in chain), max(run.b + run.words for run in chain)
    quoted_a = bool(a.quoted[chain[0].a : end_a].mean() >= rules.quoted_share)
    quoted_b = bool(b.quoted[chain[0].b : end_b].mean() >= rules.quoted_share)
    kinds: dict[tuple[bool, bool], PassageKind] = {
        (True, True): "quotation", (True, False): "quoted-in-a", (False, True): "quoted-in-b", (False, False): "text",
    }
    return SharedPassage(
        Span(int(a.starts[chain[0].a]), int(a.ends[end_a - 1])), Span(int(b.starts[chain[0].b]), int(b.ends[end_b - 1])),
        covered_words([(run.a, run.a + run.words) for run in chain]), kinds[quoted_a, quoted_b],
    )


def _kind(
    found: Sequence[SharedPassage], shares: tuple[float, float], same: bool, agency: str | None, a: Print, b: Print,
    rules: LineageRules,
) -> ReuseKind:
    words = sum(each.words for each in found)
    both, one = (
        sum(each.words for each in found if each.kind in kinds) >= rules.quotation_share * words
        for kinds in (("quotation",), ("quotation", "quoted-in-a", "quoted-in-b"))
    )
    if max(shares) < rules.copy_share and one:
        return "shared-quotation" if both else "quoted"
    # One outlet that brings its story up to date copies nobody.
    elsewhere = a.publisher is None or b.publisher is None or a.publisher != b.publisher
    if agency is not None and elsewhere and max(shares) >= rules.part_share:
        return "wire-copy"
    if same:
        return "same-text"
    if min(shares) >= rules.copy_share:
        return "light-edit"
    if max(shares) >= rules.copy_share:
        return "republication"
    return "partial-copy" if max(shares) >= rules.part_share else "shared-passage"


def _agency(a: Print, b: Print) -> str | None:
    """The agency that both name, or that one names and the other is; the first of several by name."""
    by_a, by_b = {a.author, *a.credits}, {b.author, *b.credits}
    named = (by_a & {b.publisher, *b.credits}) | (by_b & {a.publisher, *a.credits})
    return min((name for name in named if name), default=None)


def _first(a: Print, b: Print) -> str | None:
    """The document that had appeared when the other could appear at the earliest."""
    if a.days is None or b.days is None:
        return None
    if a.days[1] < b.days[0]:
        return a.key
    return b.key if b.days[1] < a.days[0] else None
