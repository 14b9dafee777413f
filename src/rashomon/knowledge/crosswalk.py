"""What each action is called in ACLED, UCDP, CAMEO and GDELT."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import KnowledgeError
from .actions import load_triggers
from .files import HERE, load_yaml

Violence = Literal["state-based", "non-state", "one-sided", "by-parties", "none"]


class SubEvent(msgspec.Struct, frozen=True):
    """A sub-event type of ACLED with the event type that it belongs to."""

    event: str
    name: str


class Equivalent(msgspec.Struct, frozen=True):
    """One action in the other vocabularies.

    `acled`: the likeliest first, empty where ACLED has no place for it. `ucdp`: the type of organised violence, `by-parties`
    where only the two sides decide. `cameo`: a code of two to four digits.
    """

    action: str
    acled: tuple[SubEvent, ...]
    ucdp: Violence
    cameo: str

    @property
    def gdelt(self) -> str:
        """GDELT's EventRootCode, "01" to "20"."""
        return self.cameo[:2]


class Crosswalk(msgspec.Struct, frozen=True):
    """Every action of the vocabulary, and the closed sets that the equivalents come from.

    `sub_events`: ACLED's, by name; `cameo`: name of each code that is used, the twenty roots among them.
    """

    actions: Mapping[str, Equivalent]
    sub_events: Mapping[str, SubEvent]
    cameo: Mapping[str, str]


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    acled: tuple[str, ...]
    ucdp: Violence
    cameo: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    acled: dict[str, tuple[str, ...]]
    cameo: dict[str, str]
    actions: dict[str, _Row]


def load_crosswalk(path: Path = HERE / "crosswalk.yaml", actions: Path = HERE / "actions.yaml") -> Crosswalk:
    """The crosswalk. KnowledgeError for a name outside its vocabulary, an action that is missing, or one that there is not."""
    file = load_yaml(path, _File)
    subs = {name: SubEvent(event, name) for event, names in file.acled.items() for name in names}
    known = [action.name for action in load_triggers(actions).actions]
    for name in (*known, *file.actions):
        if name not in file.actions:
            raise KnowledgeError(f"knowledge file {path}: action {name!r} of {actions} is missing; add its row")
        if name not in known:
            raise KnowledgeError(f"knowledge file {path}: there is no action {name!r} in {actions}; drop or rename its row")
    for code in file.cameo:
        if code[:2] not in file.cameo or not (2 <= len(code) <= 4 and code.isdigit()):
            raise KnowledgeError(f"knowledge file {path}: CAMEO code {code!r} has no root among the twenty")
    found = {name: _equivalent(name, row, subs, file.cameo, path) for name, row in file.actions.items()}
    return Crosswalk(found, subs, file.cameo)


def _equivalent(name: str, row: _Row, subs: Mapping[str, SubEvent], cameo: Mapping[str, str], path: Path) -> Equivalent:
    for sub in row.acled:
        if sub not in subs:
            raise KnowledgeError(f"knowledge file {path}: {name!r} names {sub!r}, which is no sub-event type of ACLED")
    if row.cameo not in cameo:
        raise KnowledgeError(f"knowledge file {path}: {name!r} has the CAMEO code {row.cameo!r}, which the file does not name")
    return Equivalent(name, tuple(subs[sub] for sub in row.acled), row.ucdp, row.cameo)
