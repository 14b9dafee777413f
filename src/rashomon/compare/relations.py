"""How two values of one field stand to each other: the relations of the reading format, with the reason in words."""

from __future__ import annotations

import math
from datetime import date
from typing import NamedTuple

from ..knowledge.comparison import ComparisonRules, Sides
from ..records import Ground, Quantity, gap_km, holds
from ..records.vocabulary import Relation
from .hours import WHOLE_DAY
from .things import Thing
from .told import Told, bounded

TOUCHING_KM = 5.0
# Accounts of one incident are not so far apart: one of the two places was taken for another of its name.
MISTAKEN_KM = 500.0
MISTAKEN_DAYS = 31  # nor months apart: a day was misread, or another thing is told
SMALL = 10  # a word of quantity that begins lower names no size, unless it counts tens ("several dozen")
WIDER = 4.0  # times the radius of the smaller place, from which an area that touches it is its vaguer name
DENIALS = frozenset({"denies-occurrence", "denies-responsibility"})


class Verdict(NamedTuple):
    """A relation and why it holds."""

    relation: Relation
    why: str


def relate(a: Told, b: Told, rules: ComparisonRules, sides: Sides) -> Verdict | None:
    """The relation of two values of one field; None where they cannot be compared. Who says them plays no part here."""
    if a.negative != b.negative:
        return _denial(a, b, rules, sides)
    if a.negative:
        return Verdict("agree", "both deny it") if a.names & b.names else None
    if a.quantity is not None and b.quantity is not None:
        if _attackers(a, rules) != _attackers(b, rules):
            return Verdict("compatible", f"{a.shown.text} and {b.shown.text} count attackers and those attacked")
        return figures(a.quantity, b.quantity, rules)
    if a.field == "place":
        return _places(a, b)
    if a.field == "time":
        return _times(a, b)
    if a.field == "outcome":
        return _outcomes(a, b)
    if a.field == "action":
        return _actions(a, b, rules)
    if a.thing is not None and b.thing is not None:
        return _things(a, b, a.thing, b.thing, rules)
    if a.thing is not None or b.thing is not None:
        return None
    return _names(a, b, rules, sides)


def _attackers(told: Told, rules: ComparisonRules) -> bool:
    return bool(rules.attackers & set(told.shown.text.lower().split()))


def _denial(a: Told, b: Told, rules: ComparisonRules, sides: Sides) -> Verdict | None:
    """What one voice says and the other denies: the same act, the same party or a part of it, or a figure."""
    yes, no = (a, b) if b.negative else (b, a)
    if yes.field == "action" and yes.voice.stance in DENIALS:
        # Whoever clears himself of an attack speaks of it and claims nothing.
        return None
    if yes.quantity is None:
        if not {a.field, b.field} <= {"action", "actor", "responsibility", "recipient"}:
            return None
        parts = any(sides.part(one, other) for one in yes.names for other in no.names)
        parts = parts or bool(yes.names & rules.forces and no.names & rules.forces) or _called_short(yes.names, no.names)
        parts = parts or (yes.thing is not None and yes.thing.head in no.names)
        whole = a.field == b.field == "action" and no.voice.stance in DENIALS
        if not whole and not yes.names & no.names and not parts:
            return None
    if yes.by and no.by and all(sides.opposed(one, other) for one in yes.by for other in no.by):
        return None
    named = {name for name in no.by if name != name.lower()}
    told_only = no.voice.stance not in DENIALS and bool(named) and a.field == b.field == "action"
    # What an author tells as not having happened denies nobody's word on what others did.
    if told_only and not any(
        one == other or sides.part(one, other) or sides.allied(one, other) for one in yes.by for other in named
    ):
        return None
    return Verdict("denied", f"{no.voice.label} denies what {yes.voice.label} says")


def _called_short(names: frozenset[str], others: frozenset[str]) -> bool:
    """True where one side calls by its last word whom the other names in full: "the coalition", "the Saudi-led coalition"."""
    last = [{name.lower().split()[-1] for name in each if name.split()} for each in (names, others)]
    short = {name for name in names | others if name == name.lower() and len(name.split()) == 1}
    return bool(last[0] & last[1] & short)


def _actions(a: Told, b: Told, rules: ComparisonRules) -> Verdict:
    if a.names == b.names:
        return Verdict("agree", "the same action")
    (one,), (other,) = a.names, b.names
    if rules.is_wider(one, other) or rules.is_wider(other, one):
        return Verdict("vaguer", f"{one} and {other}: the one is a wider word for the other")
    return Verdict("compatible", "two words for what was done")


def _things(a: Told, b: Told, one: Thing, other: Thing, rules: ComparisonRules) -> Verdict | None:
    """Two things hit: the same by its last word, a place of civilians against a military one, or one that says less."""
    shown = f"{one.words} and {other.words}"
    if one.head == other.head:
        return Verdict("agree", f"both say {one.words}")
    if {one.kind, other.kind} == {"civilian", "military"}:
        return Verdict("disagree", f"{shown}: the one is a place of civilians, the other a military target")
    if (one.head in rules.vague_targets) != (other.head in rules.vague_targets):
        return Verdict("vaguer", f"{shown}: the one says less of what was hit")
    return Verdict("compatible", f"{shown}: two words for what was hit")


def is_vaguer(a: Told, b: Told) -> bool:
    """True where a says of one thing no more than b, and less exactly: the province of the town, the week of the day,
    "dozens" for 56."""
    if a.field != b.field or a.negative != b.negative:
        return False
    if a.ground is not None and b.ground is not None:
        return holds(a.ground, b.ground)
    if a.place is not None and b.place is not None:
        return a.place.name in b.inside
    if a.days is not None and b.days is not None:
        if a.days == b.days:
            return a.hours != b.hours and a.hours[0] <= b.hours[0] and b.hours[1] <= a.hours[1]
        return a.days[0] <= b.days[0] and b.days[1] <= a.days[1]
    if a.quantity is not None and b.quantity is not None:
        low, high, inner_low, inner_high = *_range(a.quantity), *_range(b.quantity)
        same = (_harmed(a.quantity), a.quantity.scope) == (_harmed(b.quantity), b.quantity.scope)
        totals = a.quantity.total_or_subset == b.quantity.total_or_subset == "total"
        return same and totals and a.quantity.bound == "vague" and b.quantity.bound != "vague" and (
            low <= inner_low and inner_high <= high
        )
    return False


def figures(a: Quantity, b: Quantity, rules: ComparisonRules) -> Verdict | None:
    """Two counts of one thing. Bounds, subsets and other scopes are compatible as long as both can be true."""
    low_a, high_a, low_b, high_b = *_range(a), *_range(b)
    shown = f"{_shown(a)} and {_shown(b)}"
    if a.scope != b.scope:
        return Verdict("compatible", f"{shown} reach over different spans of time ({a.scope}, {b.scope})")
    if (low_a, high_a, a.bound) == (low_b, high_b, b.bound) and "unstated" in (a.status, b.status):
        return Verdict("agree", f"the same figure, {_shown(a)}")
    fighters = {a.status, b.status} == {"civilian", "combatant"}
    if "vague" in (a.bound, b.bound) and a.bound != b.bound and a.total_or_subset == b.total_or_subset and not fighters:
        vague, exact = (a, b) if a.bound == "vague" else (b, a)
        if (vague.low or 0.0) < SMALL and rules.indefinite & set(vague.words.lower().split()):
            # "Several", "a number of": words that name no size contradict no figure.
            return Verdict("vaguer", f"“{vague.words}” against {_shown(exact)}")
        inside = _range(vague)[0] <= _range(exact)[1] and _range(exact)[0] <= _range(vague)[1]
        return Verdict("vaguer" if inside else "disagree", f"“{vague.words}” against {_shown(exact)}")
    part = _part(a, b)
    if part is not None:
        subset, total = (a, b) if part else (b, a)
        fits = _range(subset)[0] <= _range(total)[1]
        told = f"{_shown(subset)} is a part of {_shown(total)}"
        if fits:
            return Verdict("compatible", told)
        return Verdict("disagree", f"{shown} cannot both be true")
    if _harmed(a) != _harmed(b):
        return Verdict("compatible", f"{shown} count different people")
    if (low_a, high_a) == (low_b, high_b):
        return Verdict("agree", f"the same figure, {_shown(a)}")
    if "about" in (a.bound, b.bound) and low_a == high_a and low_b == high_b:
        if abs(low_a - low_b) <= rules.near * max(low_a, low_b):
            return Verdict("agree", f"{shown} are within {rules.near:.0%}")
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
    """Whom the figure counts. "Mixed" and unsaid are both the whole of them."""
    return "unstated" if quantity.status == "mixed" else quantity.status, quantity.side


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
    if a.place.name.startswith(f"{b.place.name} ") or b.place.name.startswith(f"{a.place.name} "):
        return Verdict("agree", f"both say {min(a.place.name, b.place.name, key=len)}")
    for inner, outer in ((a, b), (b, a)):
        held = outer.ground is not None and any(holds(outer.ground, each) for each in inner.around)
        if outer.place is not None and (held or _named_in(outer.place.name, inner.inside)):
            return Verdict("vaguer", f"{inner.shown.text} lies in {outer.shown.text}")
    if a.ground is None or b.ground is None:
        return None
    if holds(a.ground, b.ground) or holds(b.ground, a.ground):
        inner, outer = (a, b) if holds(b.ground, a.ground) else (b, a)
        return Verdict("vaguer", f"{inner.shown.text} lies in {outer.shown.text}")
    gap = gap_km(a.ground, b.ground)
    if gap == 0.0 and _much_wider(a.ground, b.ground):
        small, wide = sorted((a, b), key=lambda each: each.ground.radius_km if each.ground is not None else 0.0)
        return Verdict("vaguer", f"{small.shown.text} lies at the edge of {wide.shown.text}, which is much wider")
    if gap <= TOUCHING_KM:
        return Verdict("compatible", f"{names} touch or overlap")
    if gap > MISTAKEN_KM:
        return None
    return Verdict("disagree", f"{names} lie {gap:.0f} km apart")


def _much_wider(a: Ground, b: Ground) -> bool:
    return max(a.radius_km, b.radius_km) >= WIDER * min(a.radius_km, b.radius_km)


def _named_in(name: str, inside: frozenset[str]) -> bool:
    """True where the place, or the one that it is a side of ("northern Yemen"), is among those."""
    return any(name == other or name.endswith(f" {other}") or other.endswith(f" {name}") for other in inside)


def _times(a: Told, b: Told) -> Verdict | None:
    if a.days is None or b.days is None:
        return None
    shown = f"{a.shown.text} and {b.shown.text}"
    if a.days == b.days:
        return _hours(a, b, shown)
    if not (a.firm and b.firm):
        return Verdict("compatible", f"{shown}: one is known by its report's date only")
    if a.days[0] <= b.days[0] and b.days[1] <= a.days[1]:
        return Verdict("vaguer", f"{b.shown.text} lies within {a.shown.text}")
    if b.days[0] <= a.days[0] and a.days[1] <= b.days[1]:
        return Verdict("vaguer", f"{a.shown.text} lies within {b.shown.text}")
    if a.days[0] <= b.days[1] and b.days[0] <= a.days[1]:
        return Verdict("compatible", f"{shown} overlap")
    if _days_between(a.days, b.days) > MISTAKEN_DAYS:
        return None
    return Verdict("disagree", f"{shown} have no day in common")


def _days_between(a: tuple[str, str], b: tuple[str, str]) -> int:
    first, second = sorted((a, b))
    return (date.fromisoformat(second[0]) - date.fromisoformat(first[1])).days


def _hours(a: Told, b: Told, shown: str) -> Verdict:
    """One day: its hours compare where the text gives any."""
    if a.hours == b.hours:
        return Verdict("agree", f"both say {a.shown.text}")
    if not (a.firm and b.firm):
        return Verdict("compatible", f"{shown}: one is known by its report's date only")
    for one, other in ((a, b), (b, a)):
        if one.hours[0] <= other.hours[0] and other.hours[1] <= one.hours[1]:
            return Verdict("vaguer", f"{other.shown.text} lies within {one.shown.text}")
    if max(a.hours[0], b.hours[0]) <= min(a.hours[1], b.hours[1]) or WHOLE_DAY in (a.hours, b.hours):
        return Verdict("compatible", f"{shown} overlap")
    return Verdict("disagree", f"{shown} have no hour in common")


def _outcomes(a: Told, b: Told) -> Verdict | None:
    if a.names != b.names:
        return None
    told = f"{a.voice.label}: {a.shown.text}; {b.voice.label}: {b.shown.text}"
    if a.outcome == b.outcome:
        return Verdict("agree", told)
    if (a.voice.stance in DENIALS) != (b.voice.stance in DENIALS) and "ongoing" not in (a.outcome, b.outcome):
        return Verdict("denied", told)
    # What was going on when the one spoke may have ended when the other did.
    return Verdict("compatible" if "ongoing" in (a.outcome, b.outcome) else "disagree", told)


def _names(a: Told, b: Told, rules: ComparisonRules, sides: Sides) -> Verdict | None:
    common = a.names & b.names
    if a.field == b.field == "recipient" and common and common <= rules.anybody:
        # To say "people" both is no agreement.
        return None
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
