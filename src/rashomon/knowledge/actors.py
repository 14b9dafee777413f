"""Who takes part in wars and who speaks of them: states, leaders, organisations, media, the parties to each war.

The files lie in `actors/`; every file with a `war` key is one war, so that another is added by adding a file. Run
`python -m rashomon.knowledge.actors [FOLDER]` to check them. docs/actors.md explains every key.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from ..errors import KnowledgeError
from ..records.vocabulary import EntityKind
from .files import HERE, load_yaml

FOLDER = HERE / "actors"
_FIXED = ("states", "leaders", "organisations", "media", "composition", "descriptions")


class DatedName(msgspec.Struct, frozen=True, rename={"since": "from", "until": "to"}, forbid_unknown_fields=True):
    """A name with the days on which it was first and last in use, both included."""

    name: str
    since: date | None = None
    until: date | None = None


class Sponsor(msgspec.Struct, frozen=True, rename={"since": "from", "until": "to"}, forbid_unknown_fields=True):
    """Who supports a party, and when; `disputed` where the support is denied or unproven."""

    by: str
    since: date | None = None
    until: date | None = None
    disputed: bool = False


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A party to a war or an organisation. `bodies` of `state` are what it is ("army" of SYR).

    `backed_by` are the sponsors whose "X-backed rebels", without a name, means this party.
    """

    id: str
    name: str
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    names: tuple[DatedName, ...] = ()
    side: str | None = None
    sponsors: tuple[Sponsor, ...] = ()
    state: str | None = None
    bodies: tuple[str, ...] = ()
    backed_by: tuple[str, ...] = ()
    part_of: str | None = None
    ucdp: int | None = None
    note: str | None = None

    def name_on(self, day: date | None) -> str:
        """The name in use on that day; the plain name where the day is unknown or no dated name covers it."""
        if day is not None:
            for dated in reversed(self.names):
                if (dated.since is None or dated.since <= day) and (dated.until is None or day <= dated.until):
                    return dated.name
        return self.name


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A state; `id` is its ISO 3166-1 alpha-3 code. `radius_km` is that of a circle of the same area.

    `attributive` goes before a body in canonical names where the adjective would not ("United States Armed Forces").
    """

    id: str
    iso2: str
    name: str
    lat: float
    lon: float
    radius_km: float
    cow: int | None = None
    aliases: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    capital: str | None = None
    seats: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    attributive: str | None = None


class Term(msgspec.Struct, frozen=True, rename={"since": "from", "until": "to"}, forbid_unknown_fields=True):
    """An office with its first and last day."""

    office: str
    since: date
    until: date | None = None


class Leader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person who acts for `of`, a state or a party. `alone` are the names that need no first name."""

    name: str
    of: str
    terms: tuple[Term, ...]
    alone: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    gender: Literal["man", "woman"] = "man"

    def in_office(self, day: date) -> bool:
        """True when one of the terms covers that day."""
        return any(term.since <= day and (term.until is None or day <= term.until) for term in self.terms)


class Medium(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An outlet or agency, where it works from, and who directs it where that is known to matter."""

    name: str
    state: str | None = None
    control: Literal["state", "party"] | None = None
    aliases: tuple[str, ...] = ()


class WarDescription(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Plain words that mean one party in texts on this war."""

    party: str
    words: tuple[str, ...]


class LocalName(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name of wider reach that means its local branch in texts on this war."""

    name: str
    party: str


class War(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One war: its states, the names that show that a text is about it, its parties."""

    war: str
    since: date
    countries: tuple[str, ...]
    parties: tuple[Party, ...]
    cues: tuple[str, ...] = ()
    descriptions: tuple[WarDescription, ...] = ()
    local: tuple[LocalName, ...] = ()
    until: date | None = None


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body of a state: the words for it and the pattern of its canonical name."""

    body: str
    kind: EntityKind
    name: str
    words: tuple[str, ...]


class RelationWord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What follows the hyphen in "Turkey-backed"; `sponsor` when the first part takes part itself."""

    word: str
    sponsor: bool


class GroupWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns of one kind that a relation can stand before."""

    kind: EntityKind
    words: tuple[str, ...]


class LeaderBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words after a leader's name that mean a body of his state."""

    body: str
    words: tuple[str, ...]


class Acting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a seat of government takes part: prepositions before it, verbs it is the object of."""

    prepositions: tuple[str, ...]
    verbs: tuple[str, ...]


class Composition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How names combine with plain nouns into further actors."""

    bodies: tuple[Body, ...]
    relations: tuple[RelationWord, ...]
    groups: tuple[GroupWords, ...]
    leader_bodies: tuple[LeaderBody, ...]
    loyal: tuple[str, ...]
    acting: Acting
    offices: tuple[str, ...]
    titles: tuple[str, ...]
    ordinals: tuple[str, ...] = ()


class Plural(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Plain plural nouns of one kind."""

    kind: EntityKind
    words: tuple[str, ...]


class Singular(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that point back to somebody of one of the kinds in `refers`; `pair` to two at once."""

    words: tuple[str, ...]
    refers: tuple[EntityKind, ...]
    pair: bool = False


class Pronoun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pronouns of one number, and the kinds they can stand for."""

    words: tuple[str, ...]
    number: Literal["one", "many"]
    refers: tuple[EntityKind, ...]
    gender: Literal["man", "woman"] | None = None


class NameEnd(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """First or last words of organisations' names that show one kind."""

    kind: EntityKind
    words: tuple[str, ...]


class Descriptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Plain nouns and pronouns for people who take part in or speak of a war."""

    plural: tuple[Plural, ...]
    singular: tuple[Singular, ...]
    anonymous: tuple[str, ...]
    pronouns: tuple[Pronoun, ...]
    name_ends: tuple[NameEnd, ...] = ()
    name_starts: tuple[NameEnd, ...] = ()
    collective: tuple[str, ...] = ()


class Actors(msgspec.Struct, frozen=True):
    """All of it, checked."""

    states: tuple[State, ...]
    leaders: tuple[Leader, ...]
    organisations: tuple[Party, ...]
    media: tuple[Medium, ...]
    wars: tuple[War, ...]
    composition: Composition
    descriptions: Descriptions

    @property
    def parties(self) -> Iterator[Party]:
        """Organisations, then the parties of each war."""
        yield from self.organisations
        for war in self.wars:
            yield from war.parties


class _States(msgspec.Struct, forbid_unknown_fields=True):
    states: tuple[State, ...]


class _Leaders(msgspec.Struct, forbid_unknown_fields=True):
    leaders: tuple[Leader, ...]


class _Parties(msgspec.Struct, forbid_unknown_fields=True):
    parties: tuple[Party, ...]


class _Media(msgspec.Struct, forbid_unknown_fields=True):
    media: tuple[Medium, ...]


def load_states(folder: Path = FOLDER) -> tuple[State, ...]:
    """The states alone, for those who need no parties."""
    return load_yaml(folder / "states.yaml", _States).states


def load_actors(folder: Path = FOLDER) -> Actors:
    """Reads and checks every file in `folder`. KnowledgeError names the file and the row that breaks a rule."""
    wars = tuple(
        load_yaml(path, War) for path in sorted(folder.glob("*.yaml")) if path.stem not in _FIXED
    )
    actors = Actors(
        states=load_states(folder),
        leaders=load_yaml(folder / "leaders.yaml", _Leaders).leaders,
        organisations=load_yaml(folder / "organisations.yaml", _Parties).parties,
        media=load_yaml(folder / "media.yaml", _Media).media,
        wars=wars,
        composition=load_yaml(folder / "composition.yaml", Composition),
        descriptions=load_yaml(folder / "descriptions.yaml", Descriptions),
    )
    check(actors)
    return actors


def check(actors: Actors) -> None:
    """KnowledgeError for a doubled or unknown id, an interval that ends before it starts, or a word given twice."""
    states = _unique((state.id for state in actors.states), "states.yaml")
    _unique((state.name for state in actors.states), "states.yaml")
    _unique((medium.name for medium in actors.media), "media.yaml")
    _unique((leader.name for leader in actors.leaders), "leaders.yaml")
    ids = _unique((party.id for party in actors.parties), "the files of parties")
    known = states | ids
    bodies = {body.body for body in actors.composition.bodies}
    for party in actors.parties:
        where = f"party {party.id}"
        for sponsor in party.sponsors:
            _refer(sponsor.by, known, where, "sponsor")
            _ordered(sponsor.since, sponsor.until, f"{where}, sponsor {sponsor.by}")
        for backer in party.backed_by:
            _refer(backer, known, where, "backed_by")
        if party.part_of is not None:
            _refer(party.part_of, known, where, "part_of")
        if party.state is not None:
            _refer(party.state, states, where, "state")
        for body in party.bodies:
            _refer(body, bodies, where, "body")
        for name in party.names:
            _ordered(name.since, name.until, f"{where}, name {name.name}")
    for leader in actors.leaders:
        _refer(leader.of, known, f"leader {leader.name}", "of")
        for term in leader.terms:
            _ordered(term.since, term.until, f"leader {leader.name}, {term.office}")
    for medium in actors.media:
        if medium.state is not None:
            _refer(medium.state, states, f"medium {medium.name}", "state")
    for war in actors.wars:
        for country in war.countries:
            _refer(country, states, war.war, "country")
        _unique((word for row in war.descriptions for word in row.words), f"descriptions of {war.war}")
        for key in (*(row.party for row in war.descriptions), *(row.party for row in war.local)):
            _refer(key, ids, war.war, "party")


def _unique(values: Iterator[str], where: str) -> set[str]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise KnowledgeError(f"{where}: {value!r} stands twice; keep one row")
        seen.add(value)
    return seen


def _refer(value: str, known: set[str], where: str, key: str) -> None:
    if value not in known:
        raise KnowledgeError(f"{where}: {key} {value!r} is not the id of any row; add the row or mend the id")


def _ordered(since: date | None, until: date | None, where: str) -> None:
    if since is not None and until is not None and until < since:
        raise KnowledgeError(f"{where}: ends on {until}, before it starts on {since}")


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    try:
        loaded = load_actors(folder)
    except (KnowledgeError, yaml.YAMLError) as error:
        sys.exit(str(error))
    count = sum(1 for _ in loaded.parties)
    sys.stdout.write(f"{len(loaded.states)} states, {len(loaded.leaders)} leaders, {count} parties, "
                     f"{len(loaded.media)} media, {len(loaded.wars)} wars: all in order\n")
