"""Dated events, terms of office and running totals: what stands in the files of dated/, with its patterns compiled."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

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
    """A holder with the days of the term; without `end` the holder was in office when the lists were last kept."""

    holder: str
    title: str
    start: datetime.date
    all: tuple[str, ...]
    end: datetime.date | None = None
    keys: tuple[str, ...] = ()


class War(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A war with its first day and its last (without it, it went on when the lists were last kept), the nouns that it goes
    by ("the four-year-old conflict"), and patterns that are found in a report of its fighting."""

    name: str
    start: datetime.date
    all: tuple[str, ...]
    words: tuple[str, ...]
    end: datetime.date | None = None
    parties: tuple[str, ...] = ()


class Tolls(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From when to when a figure was a war's running total. `beside` are words one of which its sentence holds; where there
    are none, those of `DatingWords.of_war`."""

    war: str
    all: tuple[str, ...]
    spans: dict[int, tuple[datetime.date, datetime.date]]
    beside: tuple[str, ...] = ()


class DatingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around events and figures, as regular expressions."""

    began: tuple[str, ...]
    launched: tuple[str, ...]
    actions: tuple[str, ...]
    deaths: tuple[str, ...]
    of_war: tuple[str, ...]
    not_dead: tuple[str, ...]
    no_longer: tuple[str, ...]
    as_news: tuple[str, ...]
    looking_back: tuple[str, ...]
    published: tuple[str, ...]
    leads_in: tuple[str, ...]


class DatingPatterns:
    """The word lists compiled, each one pattern that matches any of its words whole."""

    def __init__(self, words: DatingWords) -> None:
        self.began, self.launched, self.deaths = _any(words.began), _any(words.launched), _any(words.deaths)
        self.actions, self.of_war, self.not_dead = _any(words.actions), _any(words.of_war), _any(words.not_dead)
        self.as_news, self.looking_back = _any(words.as_news), _any(words.looking_back)
        self.no_longer = re.compile(rf"\b(?:{'|'.join(words.no_longer)})[-\s]+(?:\w+\s+){{0,2}}$", re.IGNORECASE)
        self.of_action = re.compile(
            rf"\s*(?:of|into|since|after)\b[^.]{{0,60}}?\b(?:{'|'.join(words.actions)})\b", re.IGNORECASE
        )
        self.leads_in = re.compile(rf"\b(?:{'|'.join(words.leads_in)})\s+$", re.IGNORECASE)
        self.published = re.compile(
            rf"(?:{'|'.join(words.published)})\s*(?:on|at|:)?\s*[:,|-]?\s*$", re.IGNORECASE
        )


def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of the folder: any of the lists; `words` and `known_until` stand in one of them."""

    words: DatingWords | None = None
    known_until: datetime.date | None = None
    events: tuple[DatedEvent, ...] = ()
    offices: tuple[Office, ...] = ()
    wars: tuple[War, ...] = ()
    tolls: tuple[Tolls, ...] = ()


class RunningTotal(NamedTuple):
    """A war's totals: the patterns that are all found in a text on it, and the words beside a total (None: any of a war)."""

    tolls: Tolls
    patterns: tuple[Finder, ...]
    beside: re.Pattern[str] | None


class Lowered(NamedTuple):
    """A text beside itself in lower case, letter by letter, so that offsets are the same."""

    text: str
    lower: str

    @classmethod
    def of(cls, text: str) -> Lowered:
        """The text with its lower case."""
        lower = text.lower()
        if len(lower) != len(text):
            lower = "".join(char.lower()[0] for char in text)
        return cls(text, lower if lower.isascii() else lower.translate(_LIKE))


# What a pattern without regard to case takes for "i" and "s", too.
_LIKE = str.maketrans({"\u0131": "i", "\u017f": "s"})
_OPENING = 3  # letters of a key that are looked up before the whole key is looked for
_LETTER = re.compile(r"\\.|[^\W\d_]")


class Finder:
    """A pattern that is looked for whatever the case: in the text's lower case, which is several times quicker, where no part of
    it asks for capitals."""

    def __init__(self, pattern: str) -> None:
        """re.error where the pattern is no regular expression."""
        self.plain = re.compile(pattern, re.IGNORECASE)
        lower = _LETTER.sub(lambda found: found[0] if found[0][0] == "\\" else found[0].lower(), pattern)
        self._lower = re.compile(lower) if "(?-i" not in pattern else None

    def search(self, text: Lowered, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Where it is found first in this stretch."""
        return self.plain.search(text.text, start, end) if self._lower is None else self._lower.search(text.lower, start, end)

    def finditer(self, text: Lowered, start: int, end: int) -> Iterator[re.Match[str]]:
        """Where it is found in this stretch."""
        return self.plain.finditer(text.text, start, end) if self._lower is None else self._lower.finditer(text.lower, start, end)


class Calendar:
    """What is known of days: dated events, offices, wars and totals, with the words of time.

    `events`, `offices`, `wars` and `parties` pair an entry with its compiled patterns, `keys` are all keys of events and
    offices. `known_until` is the day up to which the lists were kept.
    """

    def __init__(self, files: Sequence[tuple[Path, _File]], words: TimeWords) -> None:
        self.words = words
        self.around, self.known_until = _common(files)
        self.events = tuple((event, _compiled(event.all, event.name, path)) for path, file in files for event in file.events)
        self.offices = tuple((held, _compiled(held.all, held.holder, path)) for path, file in files for held in file.offices)
        self.wars = tuple((war, _compiled(war.all, war.name, path)) for path, file in files for war in file.wars)
        self.parties = tuple(
            (war, _compiled(war.parties, war.name, path)) for path, file in files for war in file.wars if war.parties
        )
        self.totals = tuple(
            RunningTotal(tolls, _compiled(tolls.all, tolls.war, path), _any(tolls.beside) if tolls.beside else None)
            for path, file in files for tolls in file.tolls
        )
        of_events = {key for _, file in files for event in file.events for key in event.keys}
        self.keys = tuple(sorted(of_events | {key for _, file in files for held in file.offices for key in held.keys}))
        self._openings = [(key, key[:_OPENING]) for key in self.keys]
        self._sizes = sorted({len(opening) for _, opening in self._openings})
        for path, file in files:
            for what, first, last in (
                *((event.name, event.date, event.end) for event in file.events),
                *((held.holder, held.start, held.end) for held in file.offices),
                *((war.name, war.start, war.end) for war in file.wars),
            ):
                if last is not None and last < first:
                    raise KnowledgeError(f"knowledge file {path}: {what!r} ends before it begins")

    def held(self, lowered: str) -> set[str]:
        """The keys that a text in lower case holds."""
        grams = {lowered[at : at + size] for size in self._sizes for at in range(len(lowered) - size + 1)}
        return {key for key, opening in self._openings if opening in grams and key in lowered}


def _common(files: Sequence[tuple[Path, _File]]) -> tuple[DatingPatterns, datetime.date]:
    words = [file.words for _, file in files if file.words is not None]
    known = [file.known_until for _, file in files if file.known_until is not None]
    if len(words) != 1 or len(known) != 1:
        where = ", ".join(path.name for path, _ in files) or "no file"
        raise KnowledgeError(f"knowledge of dated events ({where}): `words` and `known_until` must each stand in one file")
    return DatingPatterns(words[0]), known[0]


def _compiled(patterns: tuple[str, ...], name: str, path: Path) -> tuple[Finder, ...]:
    if not patterns:
        raise KnowledgeError(f"knowledge file {path}: {name!r} has no pattern under `all`")
    try:
        return tuple(map(Finder, patterns))
    except re.error as error:
        raise KnowledgeError(f"knowledge file {path}: a pattern of {name!r} is no regular expression: {error}") from error


def load_calendar(path: Path = HERE / "dated", words: TimeWords | None = None) -> Calendar:
    """The calendar of dated events, from a folder of files or from one. KnowledgeError names the file and the entry that
    breaks its rules."""
    paths = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    return Calendar([(one, load_yaml(one, _File)) for one in paths], words or load_time_words())
