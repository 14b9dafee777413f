"""How far coders agree, field by field: Cohen's kappa for two of them, Krippendorff's alpha for any number.

Both for nominal values (Cohen 1960; Krippendorff, Content Analysis, 4th ed., ch. 12). A unit is one field of what stands at
one span of one document; a coder's value is the verdict, with the words for a correction. "unsure" is no value. The package
krippendorff does the same under a licence that this project cannot take in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations

import msgspec

from ..records import Judgement


class Agreement(msgspec.Struct, frozen=True):
    """One field: how many units several coders judged, how often two agree, and how far beyond chance.

    `kappa` is of the two coders named in `coders`, None for another number of them or where chance leaves nothing to agree on;
    `alpha` None likewise.
    """

    field: str
    coders: tuple[str, ...]
    units: int
    agree: float
    kappa: float | None
    alpha: float | None


def agreement(judgements: Iterable[Judgement]) -> tuple[Agreement, ...]:
    """A row a field, in the order of names, over the judgements that hold."""
    fields: dict[str, dict[tuple[str, object], dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for each in judgements:
        if each.retired is None and each.verdict != "unsure":
            value = f"correct: {each.value}" if each.verdict == "correct" else each.verdict
            fields[each.field][each.document, each.span][each.person] = value
    found = []
    for field in sorted(fields):
        units = [unit for unit in fields[field].values() if len(unit) > 1]
        if units:
            coders = tuple(sorted({person for unit in units for person in unit}))
            found.append(Agreement(field, coders, len(units), _observed(units), _kappa(units, coders), _alpha(units)))
    return tuple(found)


def _observed(units: list[dict[str, str]]) -> float:
    """The share of pairs of values of one unit that are equal."""
    pairs = [a == b for unit in units for a, b in combinations(unit.values(), 2)]
    return sum(pairs) / len(pairs)


def _kappa(units: list[dict[str, str]], coders: tuple[str, ...]) -> float | None:
    if len(coders) != 2:
        return None
    first, second = (Counter(unit[coder] for unit in units) for coder in coders)
    chance = sum(first[value] * second[value] for value in first) / len(units) ** 2
    return None if chance == 1 else (_observed(units) - chance) / (1 - chance)


def _alpha(units: list[dict[str, str]]) -> float | None:
    """1 - observed / expected disagreement; each unit's pairs weigh 1 / (its values - 1)."""
    every = Counter(value for unit in units for value in unit.values())
    total = sum(every.values())
    expected = 1 - sum(count * (count - 1) for count in every.values()) / (total * (total - 1))
    if expected == 0:
        return None
    observed = 0.0
    for unit in units:
        held = Counter(unit.values())
        size = len(unit)
        observed += (size * size - sum(count * count for count in held.values())) / (size - 1)
    return 1 - observed / total / expected
