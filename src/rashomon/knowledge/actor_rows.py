"""The rows of the files of actors: states, leaders, organisations, media, the parties to each war, and how names combine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

import msgspec

from ..records.vocabulary import EntityKind


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

    def covers(self, day: date) -> bool:
        """True when the support lasted on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Tie(msgspec.Struct, frozen=True, rename={"since": "from", "until": "to"}, forbid_unknown_fields=True):
    """What a party belonged to, and when; `disputed` where it is denied or unproven that it (still) did."""

    of: str
    since: date | None = None
    until: date | None = None
    disputed: bool = False

    def covers(self, day: date) -> bool:
        """True when the tie lasted on that day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A party to a war or an organisation. `bodies` of `state` are what it is ("army" of SYR).

    `backed_by` are the sponsors whose "X-backed rebels", without a name, means this party. `part_of` is the larger
    organisation, `ties` the same where it changed. `acled` is its interaction code where `codes.yaml` gives its kind another.
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
    ties: tuple[Tie, ...] = ()
    acled: Literal[1, 2, 3, 4, 5, 6, 7, 8] | None = None
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

    def covers(self, day: date) -> bool:
        """True when the office was held on that day."""
        return self.since <= day and (self.until is None or day <= self.until)


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
        return bool(self.offices_on(day))

    def offices_on(self, day: date) -> tuple[str, ...]:
        """The offices held on that day."""
        return tuple(term.office for term in self.terms if term.covers(day))


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


class WarFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one file on a war may hold. A war that another file has too is added to: a row whose id stands there already takes its
    place. `states`, `leaders` and `media` are those that only this war needs."""

    war: str
    since: date | None = None
    until: date | None = None
    countries: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    descriptions: tuple[WarDescription, ...] = ()
    local: tuple[LocalName, ...] = ()
    states: tuple[State, ...] = ()
    leaders: tuple[Leader, ...] = ()
    media: tuple[Medium, ...] = ()


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body of a state: the words for it and the pattern of its canonical name. `crowd`: people of that state or against it,
    no organ of it."""

    body: str
    kind: EntityKind
    name: str
    words: tuple[str, ...]
    crowd: bool = False


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
    backed_people: tuple[GroupWords, ...] = ()
    unsettled: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    attitudes: tuple[str, ...] = ()
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
    place_nouns: tuple[str, ...] = ()
    media_verbs: tuple[str, ...] = ()
    vessels: tuple[str, ...] = ()
    ship_marks: tuple[str, ...] = ()
    lesser: tuple[str, ...] = ()


class Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Interaction codes as ACLED publishes them: their names, which kind has which, and which plain words have one of their own.

    `home` is that of a body of a state at home, `abroad` that of one in another country.
    """

    acled: dict[int, str]
    home: int
    abroad: int
    kinds: dict[EntityKind, int]
    words: dict[int, tuple[str, ...]]


class Actors(msgspec.Struct, frozen=True):
    """All of it, checked. `own` are the digests of the files that the user added; `war_of_leader` the index of the war whose file
    has a person, by name."""

    states: tuple[State, ...]
    leaders: tuple[Leader, ...]
    organisations: tuple[Party, ...]
    media: tuple[Medium, ...]
    wars: tuple[War, ...]
    composition: Composition
    descriptions: Descriptions
    codes: Codes
    own: tuple[str, ...] = ()
    war_of_leader: dict[str, int] = {}

    @property
    def parties(self) -> Iterator[Party]:
        """Organisations, then the parties of each war."""
        yield from self.organisations
        for war in self.wars:
            yield from war.parties
