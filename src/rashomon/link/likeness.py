"""Two happenings set side by side: the named reasons for and against their being one."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from ..knowledge.linking import IncidentWeights
from ..records import Feature, Ground, Span, covered_share, gap_km, holds
from .happenings import Happening
from .stories import logistic
from .words import cosine

Shared = Mapping[tuple[str, str], tuple[Span, ...]]
Reason = tuple[str, float, str]
# Of so many kinds of things two accounts of one happening agree in their own words.
_SHARED = 1.5
_CAPITAL = re.compile(r"[^\W\d_]\w{4,}")


def comparable(a: Happening, b: Happening, weights: IncidentWeights) -> bool:
    """False for pairs that are never one: no type and no sense in common, plainly told of other days or other towns, or one of
    them told as background that no stated day ties to the other."""
    if not (set(a.types) & set(b.types) or a.senses & b.senses):
        return False
    return not (_other_days(a, b, weights) or _other_towns(a, b, weights) or _recalled(a, b, weights))


def candidates(happenings: Iterable[Happening], weights: IncidentWeights) -> Iterator[tuple[Happening, Happening]]:
    """All pairs that are `comparable`, and few others, each once: by type and sense, and by the day where it is plain.

    What is fresh news of a day meets that day and the two beside it, and what has no plain day. A story that goes on for
    weeks costs as much a day as one of a day.
    """
    known = sorted(happenings, key=lambda each: each.key)
    held: dict[tuple[str, int | None], list[int]] = {}
    days: dict[str, set[int | None]] = {}
    for at, one in enumerate(known):
        day = one.days.first if one.days is not None and _fresh(one, weights) else None
        signs = sorted(one.senses | set(one.types))
        near: set[int] = set()
        for sign in signs:
            wanted = days.get(sign, set()) if day is None else {None, day - 1, day, day + 1}
            for other in wanted:
                near.update(held.get((sign, other), ()))
        for other_at in sorted(near):
            yield known[other_at], one
        for sign in signs:
            held.setdefault((sign, day), []).append(at)
            days.setdefault(sign, set()).add(day)


def _other_days(a: Happening, b: Happening, weights: IncidentWeights) -> bool:
    """Each is fresh news of one day that its own words give, and not of the same; a night has two days."""
    if a.days is None or b.days is None or not (_fresh(a, weights) and _fresh(b, weights)):
        return False
    gap = max(a.days.first - b.days.last, b.days.first - a.days.last)
    return gap > 1 or (gap == 1 and not (a.night or b.night))


def _fresh(one: Happening, weights: IncidentWeights) -> bool:
    days = one.days
    if days is None or not days.firm or days.last > days.first:
        return False
    return one.told is None or 0 <= one.told - days.last <= weights.recent_days


def _other_towns(a: Happening, b: Happening, weights: IncidentWeights) -> bool:
    """Every place that the one names itself is a town far from every place that the other does."""
    return a.placed and b.placed and bool(a.places and b.places) and all(
        max(one.radius_km, other.radius_km) <= weights.local_radius_km and gap_km(one, other) > weights.vague_radius_km
        for one in a.places for other in b.places
    )


def _recalled(a: Happening, b: Happening, weights: IncidentWeights) -> bool:
    """One of two documents tells it as what was or goes on, and no day that both state says that the other means the same."""
    if a.document == b.document or not (a.recalled or b.recalled):
        return False
    if a.days is None or b.days is None or not (a.days.firm and b.days.firm):
        return True
    narrow = max(a.days.last - a.days.first, b.days.last - b.days.first) < weights.long_days
    return not narrow or a.days.first > b.days.last or b.days.first > a.days.last


def score_of(found: Iterable[Feature], weights: IncidentWeights) -> float:
    """How surely the two are one happening, 0 to 1."""
    return logistic(weights.bias + math.fsum(each.value * each.weight for each in found))


def features(a: Happening, b: Happening, shared: Shared, weights: IncidentWeights) -> tuple[Feature, ...]:
    """The reasons for and against, in a fixed order; those that say nothing are left out. Symmetric in a and b."""
    found: list[Reason] = []
    found += _action(a, b, weights)
    found += _where(a, b, weights)
    found += _when(a, b, weights)
    found += _who(a, b, weights)
    found += _what(a, b)
    found += _toll(a, b)
    likeness = cosine(a.text, b.text)
    if likeness:
        found.append(("words", likeness, f"the words are alike by {likeness:.2f}"))
    copied = _copied(a, b, shared)
    if copied >= weights.copied_share:
        found.append(("copied text", copied, f"{copied:.0%} of a sentence stands in the other document word for word"))
    if a.document == b.document:
        found.append(("one document", 1.0, "one report tells of both, and as of two things"))
    elif a.lead and b.lead:
        found.append(("lead of both", 1.0, "each is what its report tells first"))
    found += _in_common(a, b, {name for name, _, _ in found}, likeness, weights)
    if a.negative != b.negative:
        found.append(("one is denied", 1.0, "one is told as having happened, the other as not"))
    return tuple(Feature(name, round(value, 6), weights.weights[name], why) for name, value, why in found)


def _action(a: Happening, b: Happening, weights: IncidentWeights) -> list[Reason]:
    families = weights.families
    first = {families.get(action, action) for action in a.actions}
    second = {families.get(action, action) for action in b.actions}
    harm = weights.consequences
    common = sorted((first & second) - harm)
    if common:
        return [("same action", 1.0, f"both are {common[0]}")]
    told = f"{', '.join(sorted(first))} against {', '.join(sorted(second))}"
    if a.senses & b.senses - {"harm"}:
        return [("like action", 1.0, f"one sense: {told}")]
    if first & second:
        return [("same action", 1.0, f"both are {min(first & second)}")]
    if set(a.types) & set(b.types) and (first <= harm) != (second <= harm):
        return [("act and its harm", 1.0, told)]
    if set(a.types) & set(b.types):
        return [("other action", 1.0, told)]
    return [("other type", 1.0, f"{', '.join(a.types)} against {', '.join(b.types)}")]


# ----------------------------------------------------------------------------------------------------------- place, time


def _where(a: Happening, b: Happening, weights: IncidentWeights) -> list[Reason]:
    found: list[Reason] = []
    alike = cosine(a.names, b.names)
    if alike:
        found.append(("same names", alike, f"the names in the words are alike by {alike:.2f}"))
    common = sorted(a.unknown_places & b.unknown_places)
    if common:
        return [*found, ("same place", 1.0, f"{common[0]} in both")]
    if not a.places or not b.places:
        return found
    # The best of all pairs; sorted, so that it is the same whichever side comes first.
    relation, value, first, second = max(
        (*_place_value(one, other, weights), min(one, other), max(one, other)) for one in a.places for other in b.places
    )
    gap = gap_km(first, second)
    told = f"{first.name} and {second.name}" + (f", {gap:.0f} km apart" if gap else "")
    if not (a.placed and b.placed):
        if relation > 1:
            return [*found, ("place by context", value, f"{told}; the words of one name no place")]
        if relation == 0:
            return [*found, ("apart by context", value, f"{told}; the words of one name no place")]
    return [*found, (_PLACE[relation], value, told)]


_PLACE = ("places apart", "place within a wide area", "place within", "same place")


def _place_value(a: Ground, b: Ground, weights: IncidentWeights) -> tuple[int, float]:
    """(rank of the relation, value): the more exact the places, the more their agreement says."""
    wide = max(a.radius_km, b.radius_km)
    near = min(weights.local_radius_km, wide)
    if gap_km(a, b) > near:
        return 0, min(1.0, gap_km(a, b) / weights.vague_radius_km + 0.5)
    if wide > weights.vague_radius_km:
        return 1, 1.0
    if a.name != b.name and (holds(a, b) or holds(b, a)):
        return 2, 1.0
    return (3, 1.0) if wide <= weights.local_radius_km else (2, 1.0)


def _when(a: Happening, b: Happening, weights: IncidentWeights) -> list[Reason]:
    if a.days is not None and b.days is not None:
        gap = max(a.days.first - b.days.last, b.days.first - a.days.last, 0)
        longest = max(a.days.last - a.days.first, b.days.last - b.days.first) + 1
        if gap <= 1 and not (a.days.firm and b.days.firm):
            if gap:
                return [("about a day apart", 1.0, "a day apart, one of them by its sentence only")]
            return [("about the same day", 1.0, "the same day, one of them by its sentence only")]
        if gap == 0:
            if longest <= weights.long_days:
                return [("same day", 1.0 / longest, f"both within {longest} day{'s' * (longest > 1)}")]
            return []
        if gap == 1:
            if a.night or b.night:
                return [("next day, by night", 1.0, "a day apart, one of them by night")]
            return [("next day", 1.0, "a day apart")]
        return [("days apart", math.log(1 + gap), f"{gap} days apart")]
    if a.days is not None or b.days is not None:
        dated, other = (a, b) if a.days is not None else (b, a)
        if other.told is None or dated.days is None:
            return []
        gap = max(other.told - weights.recent_days - dated.days.last, dated.days.first - other.told, 0)
        if gap:
            return [("days before the report", math.log(1 + gap), f"{gap} days from what a report without a day would be of")]
        return [("as recent", 1.0, "the day is one of those before the other report, which gives none")]
    if a.told is None or b.told is None or a.told == b.told:
        return []
    gap = abs(a.told - b.told)
    return [("reports apart", math.log(1 + gap), f"no day is told; the reports are {gap} day{'s' * (gap > 1)} apart")]


# --------------------------------------------------------------------------------------------------- parties, things, tolls


def _who(a: Happening, b: Happening, weights: IncidentWeights) -> list[Reason]:
    found: list[Reason] = []
    for name, first, second in (("actor", a.actors, b.actors), ("recipient", a.recipients, b.recipients)):
        common = sorted(first & second)
        proper, other = ({each for each in side if each[:1].isupper()} for side in (first, second))
        akin = sorted((_stems(proper) & _stems(other)) - weights.party_stems)
        if common:
            value = 1.0 if any(each[:1].isupper() for each in common) else 0.5
            found.append((f"same {name}", value, f"{name} {common[0]} in both"))
        elif akin:
            found.append((f"same {name}", 0.5, f"{name}s named alike: {', '.join(sorted(proper | other))}"))
        elif proper and other:
            told = f"{', '.join(sorted(first))} against {', '.join(sorted(second))}"
            found.append((f"other {name}", 1.0, told))
    return found


def _in_common(a: Happening, b: Happening, found: Collection[str], likeness: float, weights: IncidentWeights) -> list[Reason]:
    """What is missing where two documents would tell of one thing: something of their own that they share."""
    if a.document == b.document:
        return []
    place = not {"same place", "place within"}.isdisjoint(found)
    named = place or cosine(a.names, b.names) >= weights.names_alike
    day = "same day" in found
    vaguely = 0.5 * (not {"about the same day", "as recent"}.isdisjoint(found))
    party = any(each[:1].isupper() for each in (a.actors & b.actors) | (a.recipients & b.recipients))
    worded = likeness >= weights.words_alike or "copied text" in found
    figure = not {"same figure", "like figures"}.isdisjoint(found)
    target = "same target" in found
    shared = vaguely + sum((named, day, party, worded, target, figure, "lead of both" in found))
    missing: list[Reason] = []
    if shared < _SHARED:
        told = "too little that they say themselves agrees: place, day, party, thing hit, figure, words"
        missing.append(("little in common", _SHARED - shared, told))
    if not (a.senses | b.senses) & weights.material and not (place and (day or party or worded)):
        told = "there are many of the kind, and no place with day, party or words singles this one out"
        missing.append(("could be many", 1.0, told))
    return missing


def _stems(names: Iterable[str]) -> set[str]:
    """First five letters of the names' words with a capital: "Russian Aerospace Forces" is named like "Russia"."""
    return {word[:5].lower() for name in names for word in _CAPITAL.findall(name) if word[0].isupper()}


def _what(a: Happening, b: Happening) -> list[Reason]:
    common = sorted(a.targets & b.targets)
    if common:
        return [("same target", 1.0, f"{common[0]} in both")]
    if a.targets and b.targets:
        told = f"{', '.join(sorted(a.targets))} against {', '.join(sorted(b.targets))}"
        return [("other target", 1.0, told)]
    return []


def _toll(a: Happening, b: Happening) -> list[Reason]:
    for what in sorted(a.tolls.keys() & b.tolls.keys()):
        first, second = a.tolls[what], b.tolls[what]
        if set(first) & set(second):
            return [("same figure", 1.0, f"the same figure of {what}")]
        if _apart(first, second, 3) or _apart(second, first, 3):
            return [("figures far apart", 1.0, f"figures of {what} differ more than threefold")]
        if not (_apart(first, second, 1.5) or _apart(second, first, 1.5)):
            return [("like figures", 1.0, f"figures of {what} differ by less than half")]
    return []


def _apart(low: tuple[tuple[float, float], ...], high: tuple[tuple[float, float], ...], times: float) -> bool:
    return max(top for _, top in low) * times < min(bottom for bottom, _ in high)


def _copied(a: Happening, b: Happening, shared: Shared) -> float:
    if a.document == b.document:
        return 0.0
    first = max((covered_share(shared.get((a.document, b.document), ()), span) for span in a.sentences), default=0.0)
    second = max((covered_share(shared.get((b.document, a.document), ()), span) for span in b.sentences), default=0.0)
    return min(first, second)
