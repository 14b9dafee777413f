"""Who takes part in wars and who speaks of them: states, leaders, organisations, media, the parties to each war.

The files lie in `actors/`; every file with a `war` key is one war, so that another is added by adding a file. Further files, of
wars that do not come along, lie in the user's own folder (`Settings.actor_files`). `rashomon actors check` checks them;
docs/actors.md explains every key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from ..config import Settings
from ..errors import KnowledgeError
from .actor_check import faults, file_faults
from .actor_rows import (
    Actors,
    Codes,
    Composition,
    DatedName,
    Descriptions,
    Leader,
    Medium,
    Party,
    Pronoun,
    Singular,
    Sponsor,
    State,
    War,
    WarFile,
)
from .actor_rows import Body as Body
from .actor_rows import Term as Term
from .files import HERE, load_yaml

__all__ = [
    "FOLDER", "Actors", "Body", "DatedName", "Leader", "Medium", "Party", "Pronoun", "Singular", "Sponsor", "State", "Term",
    "War", "check", "check_files", "load_actors", "load_states", "own_digests", "own_files",
]
FOLDER = HERE / "actors"
# Files of the package that are no wars.
_FIXED = ("states", "leaders", "organisations", "media", "composition", "descriptions", "codes")


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


def load_actors(folder: Path = FOLDER, own: Path | None = None) -> Actors:
    """Reads and checks every file in `folder` and the user's own: `own`, a folder or a file, else `Settings.actor_files`.

    KnowledgeError names the file, the row and the key that breaks a rule.
    """
    files = own_files(own)
    actors = assembled(folder, [load_yaml(path, WarFile) for path in (*_war_files(folder), *files)])
    check(actors)
    return msgspec.structs.replace(actors, own=_digests(files))


def own_files(own: Path | None = None) -> tuple[Path, ...]:
    """The user's files, by name. KnowledgeError where `own` is given and is not there."""
    place = own if own is not None else Settings.load().actor_files
    if place.is_file():
        return (place,)
    if own is not None and not place.is_dir():
        raise KnowledgeError(f"{place}: there is no such file or folder; name a war file (.yaml) or a folder of them")
    return tuple(sorted(path for path in place.glob("*.yaml") if path.is_file()))


def own_digests(own: Path | None = None) -> tuple[str, ...]:
    """Digests of the user's files: what readings depend on. Empty where there are none."""
    return _digests(own_files(own))


def _digests(files: Iterable[Path]) -> tuple[str, ...]:
    return tuple(sha256(path.read_bytes()).hexdigest()[:16] for path in files)


def _war_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*.yaml") if path.stem not in _FIXED)


def assembled(folder: Path, files: Sequence[WarFile]) -> Actors:
    """The fixed files of `folder` with these wars, unchecked. A war that two files have is one."""
    wars: dict[str, War] = {}
    states = {state.id: state for state in load_states(folder)}
    leaders = {leader.name: leader for leader in load_yaml(folder / "leaders.yaml", _Leaders).leaders}
    media = {medium.name: medium for medium in load_yaml(folder / "media.yaml", _Media).media}
    home: dict[str, str] = {}
    for file in files:
        wars[file.war] = _joined(wars.get(file.war), file)
        states.update((state.id, state) for state in file.states)
        leaders.update((leader.name, leader) for leader in file.leaders)
        media.update((medium.name, medium) for medium in file.media)
        home.update((leader.name, file.war) for leader in file.leaders)
    index = {war: number for number, war in enumerate(wars)}
    return Actors(
        states=tuple(states.values()),
        leaders=tuple(leaders.values()),
        organisations=load_yaml(folder / "organisations.yaml", _Parties).parties,
        media=tuple(media.values()),
        wars=tuple(wars.values()),
        composition=load_yaml(folder / "composition.yaml", Composition),
        descriptions=load_yaml(folder / "descriptions.yaml", Descriptions),
        codes=load_yaml(folder / "codes.yaml", Codes),
        war_of_leader={name: index[war] for name, war in home.items()},
    )


def _joined(war: War | None, file: WarFile) -> War:
    """The war of a file, added to what other files say of it."""
    if war is None:
        if file.since is None:
            raise KnowledgeError(f"war {file.war!r}: the key 'since' is missing; give its first day (since: 2031-01-01)")
        war = War(file.war, file.since, (), ())
    parties = {party.id: party for party in war.parties}
    parties.update((party.id, party) for party in file.parties)
    return War(
        war=war.war,
        since=file.since or war.since,
        until=file.until or war.until,
        countries=tuple(dict.fromkeys((*war.countries, *file.countries))),
        cues=tuple(dict.fromkeys((*war.cues, *file.cues))),
        parties=tuple(parties.values()),
        descriptions=(*war.descriptions, *file.descriptions),
        local=(*war.local, *file.local),
    )


def check_files(paths: Sequence[Path], folder: Path = FOLDER) -> list[str]:
    """Every fault of these war files, read beside those of the package: a sentence each, which begins with the file."""
    told = [fault for path in paths for fault in file_faults(path)]
    if told:
        return told
    rows = [(path, load_yaml(path, WarFile)) for path in paths]
    try:
        actors = assembled(folder, [*(load_yaml(path, WarFile) for path in _war_files(folder)), *(file for _, file in rows)])
    except KnowledgeError as error:
        return [f"{_at(str(error), rows)}{error}"]
    return [f"{_at(fault, rows)}{fault}" for fault in faults(actors)]


def _at(fault: str, rows: Sequence[tuple[Path, WarFile]]) -> str:
    """The file that a fault speaks of, with a colon; nothing where it cannot be told."""
    for path, file in rows:
        names = (*(f"party {party.id}" for party in file.parties), *(f"leader {leader.name}" for leader in file.leaders),
                 *(f"medium {medium.name}" for medium in file.media), f"war {file.war}", f"war {file.war!r}",
                 f"descriptions of {file.war}")
        doubled = any(f": {one!r} stands twice" in fault for one in (*(party.id for party in file.parties),
                                                                  *(state.id for state in file.states)))
        if doubled or any(re.match(rf"{re.escape(name)}[:,]", fault) for name in names):
            return f"{path}: "
    return ""


def check(actors: Actors) -> None:
    """KnowledgeError with the first fault: a doubled or unknown id, an interval that ends before it starts, a doubled word"""
    for fault in faults(actors):
        raise KnowledgeError(fault)
