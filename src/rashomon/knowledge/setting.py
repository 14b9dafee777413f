"""Words that tie a time or a place to an event."""

from __future__ import annotations

from pathlib import Path

import msgspec

from .files import HERE, load_yaml


class SettingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `setting.yaml` holds."""

    since: frozenset[str]
    until: frozenset[str]
    after: frozenset[str]
    same_time: frozenset[str]
    earlier: frozenset[str]
    later: frozenset[str]
    within: frozenset[str]
    apart: frozenset[str]
    again: frozenset[str]
    reporting: frozenset[str]
    ending: frozenset[str]


def load_setting(path: Path = HERE / "setting.yaml") -> SettingWords:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, SettingWords)
