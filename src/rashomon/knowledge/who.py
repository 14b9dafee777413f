"""Who a name is on a day: what the knowledge of actors holds of it, for people who ask and for exports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from ..records.vocabulary import EntityKind
from .actor_rows import Actors, Leader, Medium, Party, State
from .folding import key_of


class Backer(msgspec.Struct, frozen=True):
    """Who supports a party. Days are ISO 8601 or null where unknown or not over."""

    by: str
    name: str
    since: str | None
    until: str | None
    disputed: bool


class Belonging(msgspec.Struct, frozen=True):
    """What a party belonged to. Days as above."""

    of: str
    name: str
    since: str | None
    until: str | None
    disputed: bool


class Office(msgspec.Struct, frozen=True):
    """An office and whether it is held on the day asked for: now, before it (former), after it (later); null without a day."""

    office: str
    since: str
    until: str | None
    held: str | None


class Known(msgspec.Struct, frozen=True):
    """One actor. `id` is that of its entity in readings; `name` the one in use on the day. Codes are ISO 3166-1 (iso2, iso3),
    Correlates of War (cow), ACLED's interaction code in its own war (acled), UCDP's actor id (ucdp)."""

    id: str
    name: str
    kind: EntityKind
    war: str | None = None
    side: str | None = None
    state: str | None = None
    part_of: str | None = None
    sponsors: tuple[Backer, ...] = ()
    ties: tuple[Belonging, ...] = ()
    offices: tuple[Office, ...] = ()
    names: tuple[str, ...] = ()
    acled: int | None = None
    acled_name: str | None = None
    ucdp: int | None = None
    iso2: str | None = None
    iso3: str | None = None
    cow: int | None = None
    note: str | None = None


def everybody(actors: Actors, day: date | None = None) -> Iterator[Known]:
    """Everybody in the files: organisations, the parties of each war, states, leaders, media."""
    names = {**{state.id: state.name for state in actors.states}, **{party.id: party.name_on(day) for party in actors.parties}}
    for party in actors.organisations:
        yield _party(actors, party, None, names, day)
    for war in actors.wars:
        for party in war.parties:
            yield _party(actors, party, war.war, names, day)
    yield from map(_state, actors.states)
    for leader in actors.leaders:
        index = actors.war_of_leader.get(leader.name)
        yield _leader(leader, None if index is None else actors.wars[index].war, names, day)
    yield from map(_medium, actors.media)


def who(actors: Actors, name: str, day: date | None = None) -> list[Known]:
    """Everybody who has that id or goes by that name, whatever its capitals, accents and hyphens; none where it is unknown."""
    wanted = key_of(name.removeprefix("the "))
    return [one for one in everybody(actors, day) if name == one.id or wanted in map(key_of, (one.name, *one.names))]


def interaction(actors: Actors, party: Party, countries: tuple[str, ...] = ()) -> int | None:
    """The party's interaction code in `countries` (ISO 3166-1 alpha-3), those of its own war; None where its kind has none."""
    if party.acled is not None:
        return party.acled
    if party.kind in ("armed-force", "government") and party.state is not None:
        return actors.codes.home if party.state in countries or not countries else actors.codes.abroad
    return actors.codes.kinds.get(party.kind)


def _party(actors: Actors, party: Party, war: str | None, names: dict[str, str], day: date | None) -> Known:
    countries = next((one.countries for one in actors.wars if one.war == war), ())
    code = interaction(actors, party, countries)
    sponsors = tuple(
        Backer(row.by, names.get(row.by, row.by), _iso(row.since), _iso(row.until), row.disputed)
        for row in party.sponsors if day is None or row.covers(day)
    )
    ties = tuple(
        Belonging(row.of, names.get(row.of, row.of), _iso(row.since), _iso(row.until), row.disputed)
        for row in party.ties if day is None or row.covers(day)
    )
    return Known(
        party.id, party.name_on(day), party.kind, war, party.side, party.state, party.part_of, sponsors, ties,
        names=tuple(dict.fromkeys((party.name, *(dated.name for dated in party.names), *party.aliases))),
        acled=code, acled_name=actors.codes.acled.get(code) if code is not None else None, ucdp=party.ucdp, note=party.note,
    )


def _state(state: State) -> Known:
    names = (state.name, *state.aliases, *state.adjectives, *state.people, *filter(None, (state.capital,)), *state.seats)
    return Known(state.id, state.name, "state", names=names, iso2=state.iso2, iso3=state.id, cow=state.cow)


def _leader(leader: Leader, war: str | None, names: dict[str, str], day: date | None) -> Known:
    offices = tuple(
        Office(term.office, term.since.isoformat(), _iso(term.until), None if day is None else "now" if term.covers(day)
               else "later" if day < term.since else "former")
        for term in leader.terms
    )
    state = leader.of if leader.of.isupper() else None
    part_of = None if state else leader.of
    return Known(_slug(leader.name), leader.name, "person", war, part_of=part_of, state=state, offices=offices,
                 names=(leader.name, *leader.aliases, *leader.alone), note=f"acts for {names[leader.of]}")


def _medium(medium: Medium) -> Known:
    note = f"run by a {medium.control}" if medium.control else None
    return Known(_slug(medium.name), medium.name, "media", state=medium.state, names=(medium.name, *medium.aliases), note=note)


def _slug(name: str) -> str:
    return "-".join(key_of(name))


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
