"""The book of names: which voice calls which actor what, by outlet, voice and month; and where an outlet's own word changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from ..records import Citation, Naming, Reuse, SharedPassage, Span, Stated
from ..records.cluster import components

_SHIFT = 40  # characters by which changed words before it may move a name inside a copied passage
_CARRIED = frozenset({"text", "quotation"})
_LATEST = "9999"


class Named(msgspec.Struct, frozen=True):
    """One place at which a voice calls somebody something.

    `actor` is None where the text does not tell who is meant. `label` is the name without capitals, one and many alike ("rebel"
    for "Rebels"), `words` as written. `voice`: "own" is the outlet's, "quoted" that of `speaker`. `month` ("2016-09") is None
    where the days of publication do not lie in one. `carried` is the key of the statement whose words these are, in a text that
    was published before; None for words that stand for themselves.
    """

    key: str
    citation: Citation
    published: tuple[str | None, str | None]
    outlet: str
    voice: str
    speaker: str | None
    actor: str | None
    label: str
    words: str
    month: str | None
    carried: str | None = None


class Cell(msgspec.Struct, frozen=True):
    """What one voice called one actor in one month. `mentions` and `documents` leave out what is carried from elsewhere;
    `carried` counts that. `words` is the wording used most; `places` are all mentions, the first published first."""

    actor: str | None
    label: str
    words: str
    outlet: str
    voice: str
    speaker: str | None
    month: str | None
    documents: int
    mentions: int
    carried: int
    places: tuple[Named, ...]


class Used(msgspec.Struct, frozen=True):
    """The word that an outlet used most in a month: how often, of how many mentions of the actor, and where first."""

    month: str
    label: str
    words: str
    mentions: int
    of: int
    first: Named


class Shift(msgspec.Struct, frozen=True):
    """An outlet's own word for an actor that changed between two months."""

    outlet: str
    actor: str
    before: Used
    after: Used


def label_of(words: str) -> str:
    """What makes two labels one: no capitals, straight marks, the singular of the last word."""
    low = " ".join(words.casefold().replace("’", "'").split())
    last = low.rpartition(" ")[2]
    if last.endswith("ies") and len(last) > 5:
        return low[:-3] + "y"
    if last.endswith("s") and not last.endswith(("ss", "us")) and len(last) > 3:
        return low[:-1]
    return low


def named(stated: Iterable[Stated[Naming]], reuses: Iterable[Reuse], ids: Mapping[str, str]) -> tuple[Named, ...]:
    """Every mention, the first published first; those that stand in a copied passage of a later text are marked `carried`.

    `ids`: document key -> what stands for an outlet that is not known. A passage that an agency is credited with is the agency's
    word wherever it is printed, and counted once.
    """
    given = {each.key: each for each in stated}
    order = {key: (_first(each), key) for key, each in given.items()}
    by_document: dict[str, list[Stated[Naming]]] = defaultdict(list)
    for each in given.values():
        by_document[each.citation.document].append(each)
    pairs: list[tuple[str, str]] = []
    agency: dict[str, str] = {}
    before: set[tuple[str, str]] = set()
    for reuse in reuses:
        for one, other in _shared(reuse, by_document.get(reuse.a, ()), by_document.get(reuse.b, ())):
            pairs.append((one, other))
            if reuse.agency:
                agency[one] = agency[other] = reuse.agency
            if reuse.first is not None:
                before.add((one, other) if reuse.first == reuse.a else (other, one))
    # Both of a pair stand in one group.
    later = {other for _, other in before}
    origin: dict[str, str] = {}
    keys = sorted(order, key=lambda key: order[key])
    for group in components(keys, pairs):
        if len(group) > 1:
            first = min(group, key=lambda key: (key in later, order[key]))
            origin.update((key, first) for key in group if key != first)
    found = [_one(given[key], origin.get(key), agency.get(key), ids) for key in keys]
    # "Damask Herald" and "The Damask Herald" are one outlet, by the name that is printed more often.
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in found:
        names[_bare(mention.outlet)][mention.outlet] += 1
    shown = {bare: min(some, key=lambda name: (-some[name], name)) for bare, some in names.items()}
    return tuple(msgspec.structs.replace(mention, outlet=shown[_bare(mention.outlet)]) for mention in found)


def _bare(outlet: str) -> str:
    return " ".join(outlet.casefold().removeprefix("the ").split())


def _first(each: Stated[Naming]) -> str:
    return each.published[0] or each.published[1] or _LATEST


def _one(each: Stated[Naming], carried: str | None, agency: str | None, ids: Mapping[str, str]) -> Named:
    said = each.said
    label = label_of(said.label)
    quoted = said.voice == "quoted"
    chain = each.citation.chain
    speaker = (said.speaker or (chain[-1] if len(chain) > 1 else None) or "somebody") if quoted else None
    start, end = each.published
    month = start[:7] if start is not None and end is not None and start[:7] == end[:7] else None
    outlet = each.publisher or ids.get(each.citation.document, each.citation.document)
    if agency is not None and carried is None:
        outlet = agency
    actor = None if label_of(said.actor) == label else said.actor
    return Named(
        each.key, each.citation, each.published, outlet, "quoted" if quoted else "own", speaker, actor, label, said.label, month,
        carried,
    )


def _shared(reuse: Reuse, one: Sequence[Stated[Naming]], other: Sequence[Stated[Naming]]) -> Iterable[tuple[str, str]]:
    """Keys of the mentions that stand at one place of a passage that both documents have, with one label."""
    for passage in reuse.passages:
        if passage.kind not in _CARRIED:
            continue
        left = [each for each in one if passage.a.covers(each.said.span)]
        right = [each for each in other if passage.b.covers(each.said.span)]
        taken: set[str] = set()
        for a in left:
            best = min(
                (
                    (moved, b.key) for b in right
                    if b.key not in taken and label_of(a.said.label) == label_of(b.said.label)
                    and (moved := _moved(a.said.span, b.said.span, passage)) <= _SHIFT + 0.02 * passage.a.width
                ),
                default=None,
            )
            if best is not None:
                taken.add(best[1])
                yield a.key, best[1]


def _moved(a: Span, b: Span, passage: SharedPassage) -> int:
    from_start = abs((a.start - passage.a.start) - (b.start - passage.b.start))
    return min(from_start, abs((passage.a.end - a.start) - (passage.b.end - b.start)))


def cells(some: Iterable[Named]) -> tuple[Cell, ...]:
    """One row for each actor, label, outlet, voice and month; by actor, outlet, voice, label, month, the unknown month last."""
    groups: dict[tuple[str, ...], list[Named]] = defaultdict(list)
    for each in some:
        key = (
            each.actor or "\uffff", each.outlet, each.voice, each.speaker or "", each.label, each.month or _LATEST,
        )
        groups[key].append(each)
    found = []
    for _, some_places in sorted(groups.items(), key=lambda item: item[0]):
        places = sorted(some_places, key=lambda each: (each.published[0] or _LATEST, each.citation.document, each.citation.span))
        own = [each for each in places if each.carried is None]
        first = places[0]
        found.append(Cell(
            first.actor, first.label, usual(places), first.outlet, first.voice, first.speaker, first.month,
            len({each.citation.document for each in own}), len(own), len(places) - len(own), tuple(places),
        ))
    return tuple(found)


def usual(places: Iterable[Named]) -> str:
    """The wording used most, without the capital of a sentence's beginning where it also stands without; the first of equals."""
    forms: Counter[str] = Counter()
    for each in places:
        begins = each.citation.span.start == each.citation.sentence.start
        forms[each.words[:1].lower() + each.words[1:] if begins else each.words] += 1
    plain = {form for form in forms if form == form.lower()}
    merged: Counter[str] = Counter()
    for form, count in forms.items():
        merged[form.lower() if form.lower() in plain else form] += count
    return min(merged, key=lambda form: (-merged[form], form))


def shifts(some: Iterable[Named], least: int) -> tuple[Shift, ...]:
    """Where the word that an outlet uses most, in its own voice, for an actor changes from one month to the next that has one:
    with at least `least` mentions of that word in both months, carried ones not counted. A tie is no change."""
    by_subject: dict[tuple[str, str], dict[str, list[Named]]] = defaultdict(lambda: defaultdict(list))
    for each in some:
        if each.voice == "own" and each.carried is None and each.actor is not None and each.month is not None:
            by_subject[each.outlet, each.actor][each.month].append(each)
    found = []
    for (outlet, actor), months in sorted(by_subject.items()):
        used = [most for month in sorted(months) if (most := _most(month, months[month], least)) is not None]
        found += [
            Shift(outlet, actor, one, other) for one, other in pairwise(used) if one.label != other.label
        ]
    return tuple(found)


def _most(month: str, some: Sequence[Named], least: int) -> Used | None:
    counts = Counter(each.label for each in some)
    (label, most), *others = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if most < least or (others and others[0][1] == most):
        return None
    places = [each for each in some if each.label == label]
    first = min(places, key=lambda each: (each.published[0] or _LATEST, each.citation.document, each.citation.span))
    return Used(month, label, usual(places), most, len(some), first)
