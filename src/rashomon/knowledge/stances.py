"""Words of the stances, read from stances.yaml."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

import msgspec

from .files import HERE, load_yaml


class StanceKnowledge(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """The whole file, lower case; what each list is for stands there."""

    falsehoods: tuple[str, ...]
    disputing: tuple[str, ...]
    counts: frozenset[str]
    lowering: tuple[str, ...]
    retracting: tuple[str, ...]
    declining: tuple[str, ...]
    apart: tuple[str, ...]
    blaming: tuple[str, ...]
    harming: frozenset[str]
    arms: frozenset[str]
    owning: frozenset[str]
    attacks: frozenset[str]
    toll: frozenset[str]
    neutral_verbs: frozenset[str]
    neutral_nouns: frozenset[str]
    charges: frozenset[str]
    reports: frozenset[str]
    checking: frozenset[str]
    unable: frozenset[str]
    silence: frozenset[str]
    unspoken: frozenset[str]
    refusing: frozenset[str]
    interviews: frozenset[str]
    calls: frozenset[str]
    answering: frozenset[str]
    reaching: frozenset[str]
    available: frozenset[str]
    retracting_verbs: frozenset[str]
    retractable: frozenset[str]
    changing: frozenset[str]
    reporting_kinds: frozenset[str]
    reporting_nouns: frozenset[str]
    confessing: tuple[str, ...]
    unverified: tuple[str, ...]
    mistaken: tuple[str, ...]

    @classmethod
    def load(cls, path: Path = HERE / "stances.yaml") -> StanceKnowledge:
        """Reads and checks the file. KnowledgeError names what breaks its rules."""
        return load_yaml(path, cls)

    @cached_property
    def false(self) -> re.Pattern[str]:
        """Finds a word of falsehood."""
        return phrases(self.falsehoods)

    @cached_property
    def disputed(self) -> re.Pattern[str]:
        """Finds a word that rejects a number."""
        return phrases(self.disputing)

    @cached_property
    def lowered(self) -> re.Pattern[str]:
        """Finds a comparison that rejects a number which is named as one."""
        return phrases(self.lowering)

    @cached_property
    def confessed(self) -> re.Pattern[str]:
        """Finds "we did it"."""
        return phrases(self.confessing)

    @cached_property
    def uncheckable(self) -> re.Pattern[str]:
        """Finds that something could not be checked."""
        return phrases(self.unverified)

    @cached_property
    def erroneous(self) -> re.Pattern[str]:
        """Finds a word for what is wrong with an earlier statement."""
        return phrases(self.mistaken)

    @cached_property
    def retracted(self) -> re.Pattern[str]:
        """Finds an admission that the speaker's own word was wrong."""
        return phrases(self.retracting)

    @cached_property
    def declined(self) -> re.Pattern[str]:
        """Finds an answer that is none."""
        return phrases(self.declining)

    @cached_property
    def uninvolved(self) -> re.Pattern[str]:
        """Finds that the speaker had no part in it."""
        return phrases(self.apart)

    @cached_property
    def blamed(self) -> re.Pattern[str]:
        """Finds that somebody did it."""
        return phrases(self.blaming)


def phrases(listed: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all the phrases, whole words, longest first."""
    longest = sorted(listed, key=lambda one: (-len(one), one))
    return re.compile(r"\b(?:" + "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in longest) + r")\b")
