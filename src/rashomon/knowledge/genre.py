"""Loads genre.yaml: by what the genre of a text is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ..records.vocabulary import Genre
from .files import HERE, load_yaml


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where one genre ends and the next begins; units as genre.yaml says."""

    argument: float
    argument_strong: float
    attributed: float
    judgement: float
    first_person: float
    words: int


class _Raw(msgspec.Struct, forbid_unknown_fields=True):
    satire_outlets: list[str]
    labels: dict[Genre, list[str]]
    statement_opens: list[str]
    statement_verbs: str
    argument: list[str]
    judgement: list[str]
    reporting: str
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class GenreCues:
    """What a genre is told by. `labels` maps a label in lower case to its genre."""

    satire_outlets: frozenset[str]
    labels: dict[str, Genre]
    statement_opens: re.Pattern[str]
    statement_verbs: frozenset[str]
    argument: re.Pattern[str]
    judgement: re.Pattern[str]
    reporting: frozenset[str]
    thresholds: Thresholds


def load_genres(folder: Path = HERE) -> GenreCues:
    """The genre knowledge of `folder`. KnowledgeError names the file and the key that breaks its rules."""
    raw = load_yaml(folder / "genre.yaml", _Raw)
    return GenreCues(
        satire_outlets=frozenset(name.lower() for name in raw.satire_outlets),
        labels={label: genre for genre, labels in raw.labels.items() for label in labels},
        statement_opens=re.compile(rf"(?:{_either(raw.statement_opens)})(?!\w)", re.IGNORECASE),
        statement_verbs=frozenset(raw.statement_verbs.split()),
        argument=re.compile(rf"(?<!\w)(?:{_either(raw.argument)})(?!\w)", re.IGNORECASE),
        judgement=re.compile(rf"(?<!\w)(?:{_either(raw.judgement)})(?!\w)", re.IGNORECASE),
        reporting=frozenset(raw.reporting.split()),
        thresholds=raw.thresholds,
    )


def _either(phrases: list[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))
