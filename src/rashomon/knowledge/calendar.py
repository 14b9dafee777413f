"""Dated events, terms of office and running totals: what stands in dated_events.yaml, with its patterns compiled."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import KnowledgeError
from .files import HERE, load_yaml
from .times import TimeWords, load_time_words

Bounds = Literal["after", "name", "news"]


class DatedEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that happened on known days. `fades` is for how many days after its end a text tells of it as news;
    `weekday` is the day that the text's bare weekday may be checked against, `day` says that the patterns name the very
    act, `began` that it started something lasting."""

    name: str
    date: datetime.date
    all: tuple[str, ...]
    bounds: Bounds
    end: datetime.date | None = None
    fades: int = 0
    near: Literal["sentence", "document"] = "sentence"
    weekday: datetime.date | None = None
    day: bool = False
    began: bool = False
    keys: tuple[str, ...] = ()


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A holder with the days of the term."""

    holder: str
    title: str
    start: datetime.date
    end: datetime.date
    all: tuple[str, ...]
    keys: tuple[str, ...] = ()


class War(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A war with its first day (and its last), the nouns that it goes by ("the four-year-old conflict"), and patterns
    that are found in a report of its fighting."""

    name: str
    start: datetime.date
    all: tuple[str, ...]
    words: tuple[str, ...]
    end: datetime.date | None = None
    parties: tuple[str, ...] = ()


class Tolls(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From when to when a figure was a war's running total."""

    war: str
    all: tuple[str, ...]
    spans: dict[int, tuple[datetime.date, datetime.date]]


class DatingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around events and figures, as regular expressions."""

    began: tuple[str, ...]
    launched: tuple[str, ...]
    actions: tuple[str, ...]
    deaths: tuple[str, ...]
    of_war: tuple[str, ...]
    not_dead: tuple[str, ...]
    no_longer: tuple[str, ...]
    published: tuple[str, ...]


class DatingPatterns:
    """The word lists compiled, each one pattern that matches any of its words whole."""

    def __init__(self, words: DatingWords) -> None:
        self.began, self.launched, self.deaths = _any(words.began), _any(words.launched), _any(words.deaths)
        self.actions, self.of_war, self.not_dead = _any(words.actions), _any(words.of_war), _any(words.not_dead)
        self.no_longer = re.compile(rf"\b(?:{'|'.join(words.no_longer)})[-\s]+(?:\w+\s+){{0,2}}$", re.IGNORECASE)
        self.of_action = re.compile(
            rf"\s*(?:of|into|since|after)\b[^.]{{0,60}}?\b(?:{'|'.join(words.actions)})\b", re.IGNORECASE
        )
        self.published = re.compile(
            rf"(?:{'|'.join(words.published)})\s*(?:on|at|:)?\s*[:,|-]?\s*$", re.IGNORECASE
        )


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: DatingWords
    events: tuple[DatedEvent, ...]
    offices: tuple[Office, ...]
    wars: tuple[War, ...]
    tolls: Tolls


class Calendar:
    """What is known of days: dated events, offices, wars and totals, with the words of time."""

    def __init__(self, file: _File, words: TimeWords, path: Path) -> None:
        self.words = words
        self.around = DatingPatterns(file.words)
        self.tolls = file.tolls
        self.toll_patterns = _compiled(file.tolls.all, file.tolls.war, path)
        self.events = tuple((event, _compiled(event.all, event.name, path)) for event in file.events)
        self.offices = tuple((office, _compiled(office.all, office.holder, path)) for office in file.offices)
        self.wars = tuple((war, _compiled(war.all, war.name, path)) for war in file.wars)
        self.parties = tuple((war, _compiled(war.parties, war.name, path)) for war in file.wars if war.parties)
        for event in file.events:
            if event.end is not None and event.end < event.date:
                raise KnowledgeError(f"knowledge file {path}: event {event.name!r} ends before it begins")


def _compiled(patterns: tuple[str, ...], name: str, path: Path) -> tuple[re.Pattern[str], ...]:
    if not patterns:
        raise KnowledgeError(f"knowledge file {path}: {name!r} has no pattern under `all`")
    try:
        return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)
    except re.error as error:
        raise KnowledgeError(f"knowledge file {path}: a pattern of {name!r} is no regular expression: {error}") from error


def load_calendar(path: Path = HERE / "dated_events.yaml", words: TimeWords | None = None) -> Calendar:
    """The calendar of dated events. KnowledgeError names the file and the entry that breaks its rules."""
    return Calendar(load_yaml(path, _File), words or load_time_words(), path)
