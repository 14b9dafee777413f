"""Which statements of control are about one place, and which place is a part of which."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from ..errors import UsageError
from ..knowledge.control_time import ControlTime
from ..knowledge.folding import likeness, skeleton
from ..knowledge.places import place_key
from ..records import Control, Ground, Stated, digest, distance_km

_NEAREST = 5  # names offered for one that is not known
_ALIKE = 0.72
_KM_A_DEGREE = 111.2


class Spot(msgspec.Struct, frozen=True):
    """One place that statements speak of. Degrees and km; no coordinates where no statement has any.

    `names`: as the texts word it, the commonest first. `part_of`: the id of the larger place. `area`: plain words for ground
    ("two hundred kilometres of coast") that no map has; those of another document are another area.
    """

    id: str
    name: str
    names: tuple[str, ...]
    lat: float | None
    lon: float | None
    radius_km: float | None
    part_of: str | None
    area: bool

    @property
    def ground(self) -> Ground | None:
        """The circle; None without coordinates."""
        if self.lat is None or self.lon is None:
            return None
        return Ground(self.lat, self.lon, self.radius_km or 0.0, self.name)


class _Group(msgspec.Struct):
    """Statements of one place while places are being made."""

    members: list[Stated[Control]]
    names: list[str]
    ground: Ground | None
    area: bool
    within: tuple[str, Ground | None] | None = None


class Spots:
    """The places of some statements. `of` maps a statement's key to its place's id."""

    def __init__(self, spots: Sequence[Spot], of: Mapping[str, str], rules: ControlTime) -> None:
        self.all = tuple(spots)
        self.of = of
        self._rules = rules
        self._by_id = {spot.id: spot for spot in spots}
        self._parts: dict[str, list[Spot]] = {}
        for spot in spots:
            if spot.part_of is not None:
                self._parts.setdefault(spot.part_of, []).append(spot)

    def spot(self, id: str) -> Spot:
        """The place of that id."""
        return self._by_id[id]

    def parts(self, id: str) -> tuple[Spot, ...]:
        """The places that lie in it directly, by name."""
        return tuple(self._parts.get(id, ()))

    def down(self, spot: Spot) -> tuple[Spot, ...]:
        """The place, then its parts with theirs, by name."""
        found, rest = {spot.id: spot}, list(reversed(self.parts(spot.id)))
        while rest:
            part = rest.pop()
            if part.id not in found:
                found[part.id] = part
                rest.extend(reversed(self.parts(part.id)))
        return tuple(found.values())

    def named(self, name: str, sites: Callable[[str], Iterable[Ground]] = lambda name: ()) -> Spot:
        """The place of that name, in any case and like spelling. UsageError for none, with the nearest names, and for several.

        `sites`: the circles that the world's gazetteers have for a name, asked where no text has it ("Halab" is Aleppo).
        """
        wanted = bare(name, self._rules)
        if name in self._by_id:
            return self._by_id[name]
        found = [spot for spot in self.all if any(bare(each, self._rules) == wanted for each in spot.names)]
        if not found:
            found = self._at(tuple(sites(name)))
        if not found and skeleton(wanted):
            found = [
                spot for spot in self.all if not spot.area
                and any(_sound_alike(wanted, bare(each, self._rules)) for each in spot.names)
            ]
        if len(found) > 1:
            found = [spot for spot in found if bare(spot.name, self._rules) == wanted] or found
        if len(found) > 1:
            where = "; ".join(
                f"--near {spot.lat},{spot.lon},{max(spot.radius_km or 1.0, 1.0):g}" for spot in found if spot.lat is not None
            )
            raise UsageError(f"{name!r} is the name of {len(found)} places of the ledger: say which with {where or 'its id'}")
        if not found:
            raise UsageError(f"the ledger has no statement about control of {name!r}{self._offer(wanted)}")
        return found[0]

    def _at(self, sites: Sequence[Ground]) -> list[Spot]:
        """The place at one of the sites, the one of the likest size."""
        at = [
            (abs(ground.radius_km - site.radius_km), spot.id, spot) for spot in self.all for site in sites
            if (ground := spot.ground) is not None and distance_km(ground, site) <= self._rules.same_km
        ]
        return [min(at)[-1]] if at else []

    def near(self, circle: tuple[float, float, float]) -> tuple[Spot, ...]:
        """Places whose centre lies in the circle (latitude, longitude, km), by name. UsageError where there is none."""
        centre = Ground(circle[0], circle[1], 0.0, "")
        away = [(distance_km(centre, ground), spot) for spot in self.all if (ground := spot.ground) is not None]
        found = tuple(spot for distance, spot in away if distance <= circle[2])
        if not found:
            nearest = min(away, key=lambda row: (row[0], row[1].id), default=None)
            tail = f"; the nearest is {nearest[1].name}, {nearest[0]:,.0f} km away" if nearest else ""
            where = f"{circle[2]:g} km of {circle[0]:g}, {circle[1]:g}"
            raise UsageError(f"the ledger has no statement about control within {where}{tail}")
        return found

    def _offer(self, wanted: str) -> str:
        rows: dict[str, float] = {}
        for spot in self.all:
            for name in spot.names if not spot.area else ():
                key = bare(name, self._rules)
                score = likeness(wanted, key)
                if wanted and wanted in key.split():
                    score += 1.0
                rows[spot.name] = max(rows.get(spot.name, 0.0), score)
        best = sorted((name for name, score in rows.items() if score >= _ALIKE), key=lambda name: (-rows[name], name))[:_NEAREST]
        if best:
            return f"; the nearest names that it has are {', '.join(best)}"
        return "; `rashomon control` lists the places that it has" if self.all else ": it has none about any place"


def find_spots(stated: Iterable[Stated[Control]], grounds: Mapping[str, Ground], rules: ControlTime) -> Spots:
    """The places of the statements. `grounds`: the circle of each statement's place, by the statement's key, where there is one.

    Does not depend on the order of the statements.
    """
    groups = _by_name(_by_ground(sorted(stated, key=lambda each: each.key), grounds, rules), rules)
    ids = {id(group): digest("place", *_identity(group, rules)) for group in groups}
    order = sorted(groups, key=lambda group: (bare(_name(group.names), rules), ids[id(group)]))
    spots = []
    for group in order:
        parent = _parent(group, order, rules)
        ground = group.ground
        count = Counter(group.names)
        names = tuple(sorted(count, key=lambda name: (is_area(name, rules), -count[name], len(name), name)))
        spots.append(Spot(
            ids[id(group)], names[0], names, ground.lat if ground else None, ground.lon if ground else None,
            ground.radius_km if ground else None, ids[id(parent)] if parent is not None else None, group.area,
        ))
    of = {each.key: ids[id(group)] for group in groups for each in group.members}
    return Spots(spots, of, rules)


def bare(name: str, rules: ControlTime) -> str:
    """The name as it is compared: folded, without article, "city of" and "town"."""
    key = place_key(name)
    for opening in (*rules.articles, *rules.before_names, *rules.articles):
        key = key.removeprefix(f"{opening} ")
    for ending in rules.after_names:
        key = key.removesuffix(f" {ending}")
    return key


def is_area(name: str, rules: ControlTime) -> bool:
    """True for words that name no place: none begins with a capital letter, or what they speak of is mere ground."""
    words = name.split()
    while words and words[0].lower() in (*rules.articles, *rules.amounts):
        words = words[1:]
    ends = [at for at, word in enumerate(words) if at and word.lower().strip(",") in rules.area_ends]
    head = words[: ends[0]] if ends else words
    mere = bool(head) and head[-1].lower().strip(",") in rules.area_heads
    return mere or not any(word[:1].isupper() for word in words)


def _by_ground(stated: Sequence[Stated[Control]], grounds: Mapping[str, Ground], rules: ControlTime) -> list[_Group]:
    """Groups of one circle, the others by their words: a name anywhere, area words and parts by what they lie in."""
    located: dict[tuple[float, float, float], _Group] = {}
    words: dict[tuple[str, ...], _Group] = {}

    def at(ground: Ground | None, name: str) -> _Group:
        if ground is None:
            found = words.setdefault(("name", bare(name, rules)), _Group([], [], None, False))
        else:
            found = located.setdefault((ground.lat, ground.lon, ground.radius_km), _Group([], [], ground, False))
        found.names.append(name)
        return found

    for each in stated:
        name, within, ground = each.said.place, each.said.within, grounds.get(each.key)
        area = is_area(name, rules)
        if within is not None and _apart(name, within, ground, rules):
            larger = at(ground, within)
            own = (each.citation.document,) if area else ()
            key = ("part", bare(within, rules), bare(name, rules), *own)
            group = words.setdefault(key, _Group([], [], None, area, (within, larger.ground)))
            group.names.append(name)
        elif ground is None and area:
            group = words.setdefault(("area", each.citation.document, bare(name, rules)), _Group([], [], None, True))
            group.names.append(name)
        else:
            group = at(ground, ground.name if ground is not None else name)
        group.members.append(each)
    return [*_merged(list(located.values()), rules), *words.values()]


def _apart(name: str, within: str, ground: Ground | None, rules: ControlTime) -> bool:
    """True where the part needs a line of its own beside its larger place: the circle, if there is one, is the larger one's."""
    if ground is not None and bare(ground.name, rules) != bare(within, rules):
        return False
    return bare(name, rules) != bare(within, rules) and _side(name, within, rules) != bare(within, rules)


def _side(name: str, within: str, rules: ControlTime) -> str:
    """A side of a place as its name has it: "the east" and "the east of the city" of P are "eastern P"; itself of "eastern P"."""
    words = place_key(name)
    for opening in rules.articles:
        words = words.removeprefix(f"{opening} ")
    for whole in (*rules.wholes, bare(within, rules)):
        words = words.removesuffix(f" of {whole}").removesuffix(f" of the {whole}")
    key = bare(within, rules)
    return key if key == words or key.startswith(f"{words} ") else f"{words} {key}"


def _merged(groups: list[_Group], rules: ControlTime) -> list[_Group]:
    """Groups that are one by their circles, joined; the commonest circle stays."""
    root = list(range(len(groups)))

    def top(at: int) -> int:
        while root[at] != at:
            at = root[at]
        return at

    for a in range(len(groups)):
        for b in range(a):
            if _one_place(groups[a], groups[b], rules):
                root[max(top(a), top(b))] = min(top(a), top(b))
    joined: dict[int, list[_Group]] = {}
    for at, group in enumerate(groups):
        joined.setdefault(top(at), []).append(group)
    found = []
    for some in joined.values():
        main = min(some, key=lambda group: (-len(group.members), group.ground or ()))
        members = [each for group in some for each in group.members]
        found.append(_Group(members, [name for group in some for name in group.names], main.ground, False))
    return found


def _one_place(a: _Group, b: _Group, rules: ControlTime) -> bool:
    if a.ground is None or b.ground is None:
        return False
    small, large = sorted((max(a.ground.radius_km, 0.1), max(b.ground.radius_km, 0.1)))
    if not _may_touch(a.ground, b.ground, large + rules.same_km):
        return False
    names = {bare(name, rules) for name in set(a.names)} & {bare(name, rules) for name in set(b.names)}
    if large > small * rules.same_size:
        # A city with what lies around it goes by the city's name; a province that has the name of its town does not.
        return bool(names) and large <= rules.parts_km and distance_km(a.ground, b.ground) <= rules.same_km
    reach = max(rules.same_km, small) if names else rules.same_km
    return distance_km(a.ground, b.ground) <= reach


def _may_touch(a: Ground, b: Ground, km: float) -> bool:
    """False where the parallels alone are further apart: spares most of the arithmetic."""
    return math.fabs(a.lat - b.lat) * _KM_A_DEGREE <= km + 1.0


def _by_name(groups: list[_Group], rules: ControlTime) -> list[_Group]:
    """A name without coordinates joins the one located place of that name, if there is just one."""
    located: dict[str, list[_Group]] = {}
    for group in groups:
        if group.ground is not None:
            for name in dict.fromkeys(bare(name, rules) for name in group.names):
                located.setdefault(name, []).append(group)
    kept = []
    for group in groups:
        name = bare(group.names[0], rules)
        known = located.get(name if group.within is None else _side(name, group.within[0], rules), [])
        if group.ground is None and (group.within is not None or not group.area) and len(known) == 1:
            known[0].members.extend(group.members)
            known[0].names.extend(group.names)
        else:
            kept.append(group)
    return kept


def _identity(group: _Group, rules: ControlTime) -> tuple[str, ...]:
    """What makes the place's id: its circle, else its words (and the document of area words)."""
    if group.ground is not None:
        return f"{group.ground.lat:.3f}", f"{group.ground.lon:.3f}", f"{group.ground.radius_km:g}"
    name = bare(group.names[0], rules)
    within = (bare(group.within[0], rules),) if group.within else ()
    return (*within, name, *((group.members[0].citation.document,) if group.area else ()))


def _parent(group: _Group, groups: Sequence[_Group], rules: ControlTime) -> _Group | None:
    """The place that it is a part of: the one that the text names, else the smallest circle around it."""
    if group.within is not None:
        wanted, circle = bare(group.within[0], rules), group.within[1]
        named = [other for other in groups if other is not group and wanted in {bare(name, rules) for name in other.names}]
        return min(
            named, default=None,
            key=lambda other: (other.ground != circle, other.within is not None, other.ground is None, other.ground or ()),
        )
    own = group.ground
    if own is None:
        return None
    if own.radius_km > rules.parts_km:
        return None
    around = [
        (not _words_more(group, other, rules), other.ground.radius_km, bare(_name(other.names), rules), other) for other in groups
        if other is not group and other.ground is not None and _lies_in(group, own, other, other.ground, rules)
    ]
    # "eastern P" is a part of P before it is one of what lies around it.
    return min(around, key=lambda row: row[:3], default=(None,))[-1]


def _lies_in(inner: _Group, own: Ground, outer: _Group, ground: Ground, rules: ControlTime) -> bool:
    if ground.radius_km > rules.parts_km or not _may_touch(ground, own, ground.radius_km):
        return False
    if distance_km(ground, own) > ground.radius_km:
        return False
    if _words_more(inner, outer, rules):
        # "around P", "suburbs of P" are told under P, also where they are the larger.
        return own.radius_km <= ground.radius_km * rules.around_size
    return ground.radius_km >= own.radius_km * rules.part_size and not _words_more(outer, inner, rules)


def _words_more(a: _Group, b: _Group, rules: ControlTime) -> bool:
    """True when the first one's name is the second one's with further words."""
    first, second = (set(bare(_name(group.names), rules).split()) for group in (a, b))
    return second < first


def _name(names: Sequence[str]) -> str:
    count = Counter(names)
    return min(count, key=lambda name: (not any(word[:1].isupper() for word in name.split()), -count[name], len(name), name))


def _sound_alike(a: str, b: str) -> bool:
    return skeleton(a) == skeleton(b) and likeness(a, b) >= 0.8
