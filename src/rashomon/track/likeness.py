"""How much two statements have in common: their words, parties, places and days, each as a reason that can be read aloud."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache

from ..knowledge.comparison import ComparisonRules, Sides
from ..knowledge.rarity import Rarity
from ..records import Feature, Ground, gap_km, holds

Days = tuple[str | None, str | None]
Reason = tuple[str, float, str]
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_STEM = 5
_LOCAL_KM = 30.0


def stems(text: str, rarity: Rarity, without: Collection[str] = ()) -> dict[str, float]:
    """Beginnings of the words (five letters, small) with the rarity of the rarest word that begins so; `without` these stems."""
    found: dict[str, float] = {}
    for word in _WORD.findall(text.lower()):
        for part in {word, *word.split("-")}:
            stem = part[:_STEM]
            if len(part) > 1 and stem not in without:
                found[stem] = max(found.get(stem, 0.0), rarity.of(part))
    return found


def alike(a: Mapping[str, float], b: Mapping[str, float]) -> tuple[float, tuple[str, ...]]:
    """(Dice's coefficient weighted by rarity, 0 to 1; the shared stems, the rarest first)."""
    both = sorted(a.keys() & b.keys(), key=lambda stem: (-max(a[stem], b[stem]), stem))
    whole = math.fsum(sorted(a.values())) + math.fsum(sorted(b.values()))
    if not both or not whole:
        return 0.0, ()
    shared = math.fsum(sorted(max(a[stem], b[stem]) for stem in both))
    return round(min(1.0, 2 * shared / whole), 6), tuple(both)


def proper(name: str) -> bool:
    """True for a name with a capital: "aid officials" is somebody, but nobody in particular."""
    return any(word[:1].isupper() for word in name.split())


class Parties:
    """Whether two names are one party, or one a part of the other, by what is known of actors."""

    def __init__(self, sides: Sides, rules: ComparisonRules) -> None:
        self._sides, self._rules = sides, rules

    def named(self, name: str) -> str:
        """The name as it is compared."""
        own = self._rules.own_name(name)
        return own.removeprefix("the ")

    def one(self, a: str, b: str) -> bool:
        """True when the two names are the same but for titles, articles and capitals."""
        return self.named(a) == self.named(b)

    def akin(self, a: str, b: str) -> bool:
        """True when one is a part of the other, as known or as its name says ("garrison of Dervish Pass", "Kesh army")."""
        if self._sides.part(a, b):
            return True
        if self._sides.opposed(a, b):
            return False
        first, second = (frozenset(word.removesuffix("'s") for word in self.named(name).split()) for name in (a, b))
        return proper(a) and proper(b) and (first < second or second < first)

    def identified(self, name: str | None) -> bool:
        """True when the name is somebody's own and not a word for a kind of people."""
        return self._rules.identified(name)

    def compare(self, a: Collection[str], b: Collection[str]) -> Reason | None:
        """The reason that two sets of parties give; None where one is empty, or they differ only in nameless ones."""
        if not a or not b:
            return None
        fewer, more = sorted((sorted(set(a)), sorted(set(b))), key=lambda side: (len(side), side))
        same = [name for name in fewer if any(self.one(name, other) for other in more)]
        part = [name for name in fewer if name not in same and any(self.akin(name, other) for other in more)]
        if same and len(same) >= len(part):
            return "same parties", len(same) / len(fewer), f"{', '.join(same)} in both"
        if same or part:
            value = (len(same) + len(part)) / len(fewer)
            return "parties in part", value, f"{', '.join([*same, *part])} named with or as a part of {', '.join(more)}"
        if any(self._sides.allied(name, other) for name in fewer for other in more):
            return "one side", 1.0, f"{', '.join(fewer)} and {', '.join(more)} fight on one side"
        if any(map(proper, a)) and any(map(proper, b)):
            return "other parties", 1.0, f"{', '.join(fewer)} against {', '.join(more)}"
        return None


def where(a: tuple[str | None, Ground | None], b: tuple[str | None, Ground | None]) -> Reason | None:
    """The reason that two places give, each by name and, where it is located, as ground."""
    (first, ground), (second, other) = a, b
    if not first or not second:
        return None
    told = f"{' and '.join(sorted({first, second}))}"
    if first.casefold() == second.casefold():
        return "same place", 1.0, f"{first} in both"
    if ground is not None and other is not None:
        if gap_km(ground, other) > _LOCAL_KM:
            return "places apart", 1.0, f"{told}, {gap_km(ground, other):.0f} km apart"
        if holds(ground, other) or holds(other, ground):
            return "place within", 1.0, f"{told}, one within the other"
        return "same place", 0.5, f"{told}, near each other"
    one, two = set(first.casefold().split()), set(second.casefold().split())
    if one < two or two < one:
        return "place within", 1.0, told
    return "other place", 1.0, told


def best_where(a: Collection[tuple[str | None, Ground | None]], b: Collection[tuple[str | None, Ground | None]]) -> Reason | None:
    """The nearest relation of any two of the places."""
    order = ("same place", "place within", "other place", "places apart")
    found = [reason for one in a for two in b if (reason := where(one, two)) is not None]
    return min(found, key=lambda reason: (order.index(reason[0]), -reason[1], reason[2])) if found else None


@lru_cache(maxsize=65_536)
def ordinal(day: str | None) -> int | None:
    """Number of an ISO day or instant; None for none, or for one that no calendar has."""
    try:
        return None if day is None else date.fromisoformat(day[:10]).toordinal()
    except ValueError:
        return None


def gap(a: Days, b: Days) -> int | None:
    """Days between two intervals, 0 where they touch; None where one of them is open on both sides."""
    first, second = ([ordinal(day) for day in each] for each in (a, b))
    if first == [None, None] or second == [None, None]:
        return None
    low = [each[0] if each[0] is not None else each[1] for each in (first, second)]
    high = [each[1] if each[1] is not None else each[0] for each in (first, second)]
    assert low[0] is not None and low[1] is not None and high[0] is not None and high[1] is not None
    return max(low[0] - high[1], low[1] - high[0], 0)


def bucket(days: Days, width: int) -> int | None:
    """Number of the stretch of `width` days in which the interval begins; what lies so near lies in it or beside it."""
    first = ordinal(days[0] or days[1])
    return None if first is None else first // width


def near_buckets(days: Days, width: int) -> tuple[int | None, ...]:
    """The stretches in which something within `width` days of the interval may begin, and that of what has no day."""
    at, last = bucket(days, width), bucket((days[1] or days[0], None), width)
    return (None,) if at is None or last is None else (None, *range(at - 1, last + 2))


def length(days: Days) -> int:
    """Days that an interval spans, one at least; an open one counts as its known end."""
    first, last = ordinal(days[0] or days[1]), ordinal(days[1] or days[0])
    return 1 if first is None or last is None else max(1, last - first + 1)


def far(days: int) -> float:
    """ln(1 + days): a week more says less the further apart two things are."""
    return math.log(1 + days)


def score(features: Collection[Feature], bias: float) -> float:
    """1 / (1 + e^-(bias + sum of weight * value)), the same whatever the order."""
    at = bias + math.fsum(sorted(each.value * each.weight for each in features))
    return 1 / (1 + math.exp(-at)) if at > -700 else 0.0


def features(reasons: Collection[Reason | None], weights: Mapping[str, float]) -> tuple[Feature, ...]:
    """The reasons with their weights, in the order given; those that say nothing are left out."""
    told = [reason for reason in reasons if reason is not None]
    return tuple(Feature(name, round(value, 6), weights[name], why) for name, value, why in told)
