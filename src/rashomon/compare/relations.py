"""How two values of one field stand to each other: the relations of the reading format, with the reason in words."""

from __future__ import annotations

import math
from typing import NamedTuple

from ..knowledge.comparison import ComparisonRules, Sides
from ..records import Quantity, gap_km, holds
from ..records.vocabulary import Relation
from .told import Told, bounded

TOUCHING_KM = 5.0


class Verdict(NamedTuple):
    """A relation and why it holds."""

    relation: Relation
    why: str


def relate(a: Told, b: Told, rules: ComparisonRules, sides: Sides) -> Verdict | None:
    """The relation of two values of one field; None where they cannot be compared. Who says them plays no part here."""
    if a.negative != b.negative and {a.field, b.field} <= {"action", "actor", "responsibility"}:
        yes, no = (a, b) if b.negative else (b, a)
        if not yes.names & no.names:
            return None
        return Verdict("denied", f"{no.voice.label} denies what {yes.voice.label} says")
    if a.quantity is not None and b.quantity is not None:
        return figures(a.quantity, b.quantity, rules.near)
    if a.field == "place":
        return _places(a, b)
    if a.field == "time":
        return _times(a, b)
    if a.field == "outcome":
        return _outcomes(a, b)
    if a.field == "action":
        same = a.names == b.names
        return Verdict("agree", "the same action") if same else Verdict("compatible", "two words for what was done")
    return _names(a, b, sides)


def is_vaguer(a: Told, b: Told) -> bool:
    """True where a says of one thing no more than b, and less exactly: the province of the town, the week of the day,
    "dozens" for 56."""
    if a.field != b.field or a.negative != b.negative:
        return False
    if a.ground is not None and b.ground is not None:
        return holds(a.ground, b.ground)
    if a.days is not None and b.days is not None:
        return a.days != b.days and a.days[0] <= b.days[0] and b.days[1] <= a.days[1]
    if a.quantity is not None and b.quantity is not None:
        low, high, inner_low, inner_high = *_range(a.quantity), *_range(b.quantity)
        same = (_harmed(a.quantity), a.quantity.scope) == (_harmed(b.quantity), b.quantity.scope)
        totals = a.quantity.total_or_subset == b.quantity.total_or_subset == "total"
        return same and totals and a.quantity.bound == "vague" and b.quantity.bound != "vague" and (
            low <= inner_low and inner_high <= high
        )
    return False


def figures(a: Quantity, b: Quantity, near: float) -> Verdict | None:
    """Two counts of one thing. Bounds, subsets and other scopes are compatible as long as both can be true."""
    low_a, high_a, low_b, high_b = *_range(a), *_range(b)
    shown = f"{_shown(a)} and {_shown(b)}"
    if a.scope != b.scope:
        return Verdict("compatible", f"{shown} reach over different spans of time ({a.scope}, {b.scope})")
    if (low_a, high_a, a.bound) == (low_b, high_b, b.bound) and "unstated" in (a.status, b.status):
        return Verdict("agree", f"the same figure, {_shown(a)}")
    part = _part(a, b)
    if part is not None:
        subset, total = (a, b) if part else (b, a)
        fits = _range(subset)[0] <= _range(total)[1]
        told = f"{_shown(subset)} is a part of {_shown(total)}"
        if fits:
            return Verdict("compatible", told)
        return Verdict("disagree", f"{_shown(subset)} would be a part of {_shown(total)}, and is more")
    if _harmed(a) != _harmed(b):
        return Verdict("compatible", f"{shown} count different people")
    if (low_a, high_a) == (low_b, high_b):
        return Verdict("agree", f"the same figure, {_shown(a)}")
    if "vague" in (a.bound, b.bound) and (a.bound != b.bound):
        vague, exact = (a, b) if a.bound == "vague" else (b, a)
        inside = _range(vague)[0] <= _range(exact)[1] and _range(exact)[0] <= _range(vague)[1]
        return Verdict("vaguer" if inside else "disagree", f"“{vague.words}” against {_shown(exact)}")
    if "about" in (a.bound, b.bound) and low_a == high_a and low_b == high_b:
        if abs(low_a - low_b) <= near * max(low_a, low_b):
            return Verdict("agree", f"{shown} are within {near:.0%}")
        return Verdict("disagree", f"{shown} are further apart than “about” allows")
    if max(low_a, low_b) <= min(high_a, high_b):
        if "range" in (a.bound, b.bound) and (low_a == high_a or low_b == high_b):
            return Verdict("vaguer", f"{shown}: the one lies within the other")
        return Verdict("compatible", f"{shown} can both be true")
    return Verdict("disagree", f"{shown} cannot both be true")


def _range(quantity: Quantity) -> tuple[float, float]:
    low = quantity.low if quantity.low is not None else 0.0
    return low, quantity.high if quantity.high is not None else math.inf


def _shown(quantity: Quantity) -> str:
    return bounded(quantity.words or "a figure", quantity)


def _harmed(quantity: Quantity) -> tuple[str, str | None]:
    return quantity.status, quantity.side


def _part(a: Quantity, b: Quantity) -> bool | None:
    """True: a counts a part of b; False: b of a; None: neither is known to."""
    if a.total_or_subset != b.total_or_subset:
        return a.total_or_subset == "subset"
    one_status = a.status in {"civilian", "combatant"}, b.status in {"civilian", "combatant"}
    whole = a.status in {"mixed", "unstated"}, b.status in {"mixed", "unstated"}
    # "12 dead, 4 of them civilians" counts civilians within the dead; equal figures are left to be the same people.
    if one_status[0] and whole[1] and _range(a) != _range(b):
        return True
    if one_status[1] and whole[0] and _range(a) != _range(b):
        return False
    return None


def _places(a: Told, b: Told) -> Verdict | None:
    if a.place is None or b.place is None:
        return None
    names = f"{a.place.name} and {b.place.name}"
    if a.place.name == b.place.name:
        return Verdict("agree", f"both say {a.place.name}")
    if a.ground is None or b.ground is None:
        return None
    if holds(a.ground, b.ground) or holds(b.ground, a.ground):
        inner, outer = (a, b) if holds(b.ground, a.ground) else (b, a)
        return Verdict("vaguer", f"{inner.shown.text} lies in {outer.shown.text}")
    gap = gap_km(a.ground, b.ground)
    if gap <= TOUCHING_KM:
        return Verdict("compatible", f"{names} touch or overlap")
    return Verdict("disagree", f"{names} lie {gap:.0f} km apart")


def _times(a: Told, b: Told) -> Verdict | None:
    if a.days is None or b.days is None:
        return None
    shown = f"{a.shown.text} and {b.shown.text}"
    if a.days == b.days:
        return Verdict("agree", f"both say {a.shown.text}")
    if not (a.firm and b.firm):
        return Verdict("compatible", f"{shown}: one is known by its report's date only")
    if a.days[0] <= b.days[0] and b.days[1] <= a.days[1]:
        return Verdict("vaguer", f"{b.shown.text} lies within {a.shown.text}")
    if b.days[0] <= a.days[0] and a.days[1] <= b.days[1]:
        return Verdict("vaguer", f"{a.shown.text} lies within {b.shown.text}")
    if a.days[0] <= b.days[1] and b.days[0] <= a.days[1]:
        return Verdict("compatible", f"{shown} overlap")
    return Verdict("disagree", f"{shown} have no day in common")


def _outcomes(a: Told, b: Told) -> Verdict | None:
    if a.names != b.names:
        return None
    told = f"{a.voice.label}: {a.shown.text}; {b.voice.label}: {b.shown.text}"
    if a.outcome == b.outcome:
        return Verdict("agree", told)
    # What was going on when the one spoke may have ended when the other did.
    return Verdict("compatible" if "ongoing" in (a.outcome, b.outcome) else "disagree", told)


def _names(a: Told, b: Told, sides: Sides) -> Verdict | None:
    common = a.names & b.names
    if a.names == b.names:
        return Verdict("agree", f"both name {a.shown.text}")
    if common:
        return Verdict("compatible", f"both name {', '.join(sorted(common))}; one names more")
    shown = f"{a.shown.text} and {b.shown.text}"
    if any(sides.part(one, other) for one in a.names for other in b.names):
        return Verdict("vaguer", f"{shown}: the one is a part of the other")
    if all(sides.opposed(one, other) for one in a.names for other in b.names):
        return Verdict("disagree", f"{shown} are on different sides")
    if any(sides.allied(one, other) for one in a.names for other in b.names):
        return Verdict("compatible", f"{shown} are on one side")
    return None
