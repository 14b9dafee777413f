"""Wholes and parts: the strike inside an offensive is an incident of its own, and told as a part of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..knowledge.linking import IncidentWeights
from ..records import gap_km, holds
from .happenings import Happening


class Part(NamedTuple):
    """The group (its place in the list) that another is a part of, and why."""

    whole: int
    why: str


def parts_of(groups: Sequence[Sequence[Happening]], weights: IncidentWeights) -> Mapping[int, Part]:
    """Which groups are part of which: one report tells of both, the whole goes on for days or is of a kind that does, and neither
    place nor time of the part lies outside it. Of several wholes the one told most often beside it, then the first."""
    of = dict(enumerate(groups))
    wholes = [index for index, group in of.items() if _goes_on(group, weights)]
    found: dict[int, Part] = {}
    for index, group in of.items():
        if index in wholes or not any("ASSAULT" in each.types or "taking" in each.senses for each in group):
            continue
        ranked = []
        for whole in wholes:
            beside = _beside(group, of[whole], weights)
            if beside and _inside(group, of[whole], weights):
                ranked.append((-beside, whole))
        if ranked:
            count, whole = min(ranked)
            told = "one report tells" if count == -1 else f"{-count} reports tell"
            found[index] = Part(whole, f"{told} it beside a longer {_kind(of[whole], weights)} that its place and time lie in")
    return found


def _goes_on(group: Sequence[Happening], weights: IncidentWeights) -> bool:
    """True for what one may call an offensive, a campaign, a siege; a report that gives it one day speaks against it."""
    named = sum(bool(weights.wholes.intersection(each.actions)) for each in group)
    brief = sum(bool(each.senses & {"taking"}) or bool(each.targets) for each in group)
    return named > len(group) / 2 and named > brief


def _beside(part: Sequence[Happening], whole: Sequence[Happening], weights: IncidentWeights) -> int:
    """How many documents tell of both within a few sentences."""
    near = set()
    for one in part:
        for other in whole:
            if one.document == other.document and one.key != other.key:
                first, last = min(one.sentences).start, max(one.sentences).end
                gap = max(first - max(other.sentences).end, min(other.sentences).start - last)
                if gap <= weights.part_characters:
                    near.add(one.document)
    return len(near)


def _inside(part: Sequence[Happening], whole: Sequence[Happening], weights: IncidentWeights) -> bool:
    places = [place for each in whole for place in each.places]
    own = [place for each in part for place in each.places]
    if places and own and not any(
        holds(outer, inner) or gap_km(outer, inner) <= weights.local_radius_km for outer in places for inner in own
    ):
        return False
    spans = [each.days for each in whole if each.days is not None and each.days.firm]
    days = [each.days for each in part if each.days is not None and each.days.firm]
    if not spans or not days:
        return True
    first, last = min(each.first for each in spans), max(each.last for each in spans)
    told = max((each.told for each in whole if each.told is not None), default=last)
    return any(first <= each.last and each.first <= max(last, told) for each in days)


def _kind(whole: Sequence[Happening], weights: IncidentWeights) -> str:
    return min(action for each in whole for action in each.actions if action in weights.wholes)
