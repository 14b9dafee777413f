"""Words of agreements, ceasefires, demands and their like, and of what became of them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from ..records.vocabulary import PledgeKind, PledgeStatus
from .files import HERE, load_yaml


class PledgeVerb(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a verb of pledging or asking governs: prepositions lead to the addressee (`to`) and to what is meant (`terms`)."""

    kind: PledgeKind
    to: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    object: Literal["party", "terms", "none"] = "none"
    needs: frozenset[str] = frozenset()
    needs_terms: bool = False
    needs_clause: bool = False
    nouns_only: bool = False


class StatusWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words for one outcome: verbs (with a word that must follow) that the act does or that are done to it, modifiers, nouns."""

    does: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()


class PledgeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `pledges.yaml` holds."""

    nouns: dict[PledgeKind, frozenset[str]]
    vague: frozenset[str]
    specific: frozenset[str]
    denying: frozenset[str]
    papers: frozenset[str]
    signing: frozenset[str]
    named_plans: frozenset[str]
    verbs: dict[str, PledgeVerb]
    subordinates: frozenset[str]
    no_acts: frozenset[str]
    facing: frozenset[str]
    words_given: frozenset[str]
    brokering: frozenset[str]
    lasting: frozenset[str]
    ready: frozenset[str]
    wanting: frozenset[str]
    obliging: frozenset[str]
    warning: frozenset[str]
    writings: frozenset[str]
    proposing: frozenset[str]
    general: frozenset[str]
    commanding: frozenset[str]
    papers_called: frozenset[str]
    saying: frozenset[str]
    giving: frozenset[str]
    revenge: frozenset[str]
    yielding: frozenset[str]
    pointing: frozenset[str]
    ultimatums: frozenset[str]
    setting: frozenset[str]
    deadlines: frozenset[str]
    harming: frozenset[str]
    owing: frozenset[str]
    stopping: frozenset[str]
    fire: frozenset[str]
    declaring: frozenset[str]
    making: frozenset[str]
    hoping: frozenset[str]
    seeking: frozenset[str]
    others: frozenset[str]
    both: frozenset[str]
    holding_terms: frozenset[str]
    conditions: tuple[str, ...]
    status: dict[PledgeStatus, StatusWords]
    agreeing: frozenset[str]
    failing: frozenset[str]
    refusing: frozenset[str]
    calling: frozenset[str]
    starting: frozenset[str]


def load_pledges(path: Path = HERE / "pledges.yaml") -> PledgeWords:
    """The file's content. KnowledgeError when it breaks its form."""
    return load_yaml(path, PledgeWords)
