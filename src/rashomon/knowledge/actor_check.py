"""What is wrong with files of actors: one clear sentence a fault, with the file, the row and key, and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec

from ..errors import KnowledgeError
from ..records.vocabulary import EntityKind
from .actor_rows import Actors, Leader, LocalName, Medium, Party, State, War, WarDescription, WarFile
from .files import load_yaml

# The lists of a war file and what each row is.
_ROWS: dict[str, type[msgspec.Struct]] = {
    "parties": Party, "descriptions": WarDescription, "local": LocalName, "states": State, "leaders": Leader, "media": Medium,
}
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAMED_BY = ("id", "name", "party")


def faults(actors: Actors) -> Iterator[str]:
    """Every fault of rows that refer to one another, in order of the files."""
    yield from _doubled((state.id for state in actors.states), "states.yaml")
    yield from _doubled((state.name for state in actors.states), "states.yaml")
    yield from _doubled((party.id for party in actors.parties), "the files of parties")
    states = {state.id for state in actors.states}
    parties = {party.id for party in actors.parties}
    known = states | parties
    bodies = {body.body for body in actors.composition.bodies}
    for party in actors.parties:
        where = f"party {party.id}"
        for sponsor in party.sponsors:
            yield from _unknown(sponsor.by, known, where, "sponsor")
            yield from _disordered(sponsor.since, sponsor.until, f"{where}, sponsor {sponsor.by}")
        for tie in party.ties:
            yield from _unknown(tie.of, known, where, "ties")
            yield from _disordered(tie.since, tie.until, f"{where}, tie to {tie.of}")
        for backer in party.backed_by:
            yield from _unknown(backer, known, where, "backed_by")
        if party.part_of is not None:
            yield from _unknown(party.part_of, known, where, "part_of")
        if party.state is not None:
            yield from _unknown(party.state, states, where, "state")
        for body in party.bodies:
            yield from _unknown(body, bodies, where, "body")
        for name in party.names:
            yield from _disordered(name.since, name.until, f"{where}, name {name.name}")
    for leader in actors.leaders:
        yield from _unknown(leader.of, known, f"leader {leader.name}", "of")
        for term in leader.terms:
            yield from _disordered(term.since, term.until, f"leader {leader.name}, {term.office}")
    for medium in actors.media:
        if medium.state is not None:
            yield from _unknown(medium.state, states, f"medium {medium.name}", "state")
    for war in actors.wars:
        yield from _shared(war)
        if not war.countries and not war.cues:
            yield f"war {war.war}: has neither countries nor cues, so that no text would be taken to be on it; add one of them"
        yield from _disordered(war.since, war.until, f"war {war.war}")
        for country in war.countries:
            yield from _unknown(country, states, f"war {war.war}", "country")
        yield from _doubled((word for row in war.descriptions for word in row.words), f"descriptions of {war.war}")
        for key in (*(row.party for row in war.descriptions), *(row.party for row in war.local)):
            yield from _unknown(key, parties, f"war {war.war}", "party")


def _shared(war: War) -> Iterator[str]:
    """Names that two parties of one war have, and ids that break the rule for ids."""
    owner: dict[str, str] = {}
    for party in war.parties:
        if not _ID.fullmatch(party.id):
            yield f"party {party.id}: the id must be lower case letters, digits and hyphens, as in free-coast-front"
        for name in dict.fromkeys((party.name, *(dated.name for dated in party.names), *party.aliases)):
            other = owner.setdefault(name, party.id)
            if other != party.id:
                yield f"party {party.id}: the name {name!r} is that of party {other} too; keep it with one of them"


def file_faults(path: Path) -> list[str]:
    """Faults of one war file by itself, each with the file's name: what is not YAML, unknown keys, wrong values, missing keys."""
    try:
        raw = load_yaml(path, dict[str, Any])
    except KnowledgeError as error:
        return [" ".join(str(error).split())]
    told: list[str] = []
    keys = WarFile.__struct_fields__
    told += [f"{path}: {_odd_key(str(key), keys)}" for key in raw if key not in keys]
    if "war" not in raw:
        told.append(f"{path}: the key 'war' is missing; give the war a name (war: Norlund civil war)")
    rest = {key: value for key, value in raw.items() if key in keys and key not in _ROWS}
    told += [f"{path}: {problem}" for problem in _problems({"war": "", **rest}, WarFile)]
    for key, kind in _ROWS.items():
        rows = raw.get(key) or []
        if not isinstance(rows, list):
            told.append(f"{path}: {key} must be a list; begin every row with a hyphen (- )")
            continue
        for number, row in enumerate(rows, start=1):
            told += [f"{path}: {_which(key, number, row)}: {problem}" for problem in _problems(row, kind)]
    return told


def _which(key: str, number: int, row: Any) -> str:
    """ "parties, row 3 (red-shirts)"."""
    name = next((row[field] for field in _NAMED_BY if field in row), None) if isinstance(row, dict) else None
    return f"{key}, row {number}" + (f" ({name})" if name else "")


def _problems(row: Any, kind: type[msgspec.Struct]) -> list[str]:
    if not isinstance(row, dict):
        return [f"is {row!r}, but must be keys with values, as in {{{', '.join(_needed(kind))}: ...}}"]
    names = _written(kind)
    odd = [_odd_key(str(key), names) for key in row if key not in names]
    good = {key: value for key, value in row.items() if key in names}
    missing = [f"the key {name!r} is missing; add it" for name in _needed(kind) if name not in good]
    if missing:
        return [*odd, *missing]
    try:
        msgspec.convert(good, kind)
    except msgspec.ValidationError as error:
        return [*odd, _told(str(error))]
    return odd


def _written(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    return tuple(field.encode_name for field in msgspec.structs.fields(kind))


def _needed(kind: type[msgspec.Struct]) -> list[str]:
    return [field.encode_name for field in msgspec.structs.fields(kind) if field.required]


def _odd_key(key: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(key, known, 1)
    mend = f"did you mean {near[0]!r}?" if near else f"the keys are {', '.join(known)}"
    return f"there is no key {key!r}; {mend}"


def _told(message: str) -> str:
    """A decoder's message as a sentence: the key, what stands there, what must stand there."""
    found = re.fullmatch(r"(?P<what>.*?)(?: - at `\$\.?(?P<at>.*)`)?", message, re.S)
    assert found is not None
    what, at = found["what"], found["at"]
    key = f"key {at.split('[')[0]!r}: " if at else ""
    if what.startswith("Invalid enum value"):
        value = what.removeprefix("Invalid enum value ").strip("'")
        if at == "kind":
            return f"{key}there is no kind {value!r}; choose one of {', '.join(get_args(EntityKind))}"
        return f"{key}{value!r} is not allowed here; docs/actors.md says what is"
    wrong = re.fullmatch(r"Expected `(?P<want>[^`]*)`, got `(?P<got>[^`]*)`", what)
    if wrong is not None:
        want = {"array": "a list in brackets ([a, b])", "str": "text (put it in quotation marks)", "date": "a day (2031-01-31)",
                "int": "a whole number", "object": "keys with values"}.get(wrong["want"].split(" | ")[0], wrong["want"])
        return f"{key}must be {want}, but is {wrong['got']}"
    if what.startswith("Invalid RFC3339"):
        return f"{key}is no day; write year, month and day (2031-01-31)"
    return f"{key}{what[0].lower()}{what[1:]}; docs/actors.md explains the keys"


def _doubled(values: Iterable[str], where: str) -> Iterator[str]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            yield f"{where}: {value!r} stands twice; keep one row"
        seen.add(value)


def _unknown(value: str, known: set[str], where: str, key: str) -> Iterator[str]:
    if value not in known:
        near = difflib.get_close_matches(value, known, 1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        yield f"{where}: {key} {value!r} is not the id of any row{hint}; add the row or mend the id"


def _disordered(since: date | None, until: date | None, where: str) -> Iterator[str]:
    if since is not None and until is not None and until < since:
        yield f"{where}: ends on {until}, before it starts on {since}; mend one of the days"
