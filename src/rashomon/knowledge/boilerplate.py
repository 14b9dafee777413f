"""Loads boilerplate.yaml, captions.yaml and the line model: all that clean/ knows of page furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import KnowledgeError
from ..records.vocabulary import BoilerplateKind
from .files import HERE, load_yaml
from .genre import GenreCues, load_genres

_NAME = r"(?:[^\s|:]{1,40}(?: [^\s|:]{1,40}){0,5}?)"
_PLACES = {"{n}": r"(?:\d[\d.,]{0,12})", "{name}": _NAME, "{outlet}": _NAME, "{any}": r".{0,200}?"}
_GROUPS = {
    "{title}": r"(?P<title>.{1,250}?)",
    "{outlet}": r"(?P<outlet>[^\s|:;,]{1,40}(?: [^\s|:;,]{1,40}){0,5}?)",
    "{author}": r"(?P<author>[^\s|:;,()]{1,40}?(?:(?: |, )[^\s|:;,()]{1,40}?){0,11}?)",
    "{credit}": r"(?P<credit>[^\s|:;,()]{1,40}(?: [^\s|:;,()]{1,40}){0,4}?)",
    "{section}": r"(?P<section>[^\s|:;]{1,40}(?: [^\s|:;]{1,40}){0,5}?)",
}
_NOTHING = re.compile(r"(?!)")

OutletRole = Literal["publisher", "origin", "owner"]


class _RawKind(msgspec.Struct, forbid_unknown_fields=True):
    kind: BoilerplateKind
    closes: bool
    words: int
    whole: list[str] = []
    opens: list[str] = []
    holds: list[str] = []
    tails: list[str] = []
    appended: list[str] = []


class _RawClue(msgspec.Struct, forbid_unknown_fields=True, rename={"gives": "as"}):
    gives: OutletRole
    pattern: str


class _RawAgency(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    forms: list[str]
    photos: bool = False


class _RawFurniture(msgspec.Struct, forbid_unknown_fields=True):
    kinds: list[_RawKind]
    hints: list[str]
    function_words: str
    image_endings: list[str]
    camera_prefixes: list[str]
    months: list[str]
    weekdays: list[str]
    date_words: str
    name_particles: list[str]
    agencies: list[_RawAgency]
    clues: list[_RawClue]
    no_outlets: list[str]
    sections: str
    outlet_words: str
    staff_words: list[str]


class _RawCaptions(msgspec.Struct, forbid_unknown_fields=True):
    head: float
    inside: float
    weights: dict[str, float]
    file: list[str]
    seen: list[str]
    position: list[str]
    present: str
    no_past: str
    speech: str
    continues: str
    first_person: str
    credit_words: list[str]


class LineModel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A chain of two states (article, furniture) over the lines of a text; made by training/boilerplate.py.

    `weights` maps a feature's name to its weight in favour of "article", per unit of the scaled feature
    (value - mean) / scale; `switch` is the cost (natural log) of a change of state between neighbouring lines, and
    `lean` what is added in favour of "article", since a lost paragraph costs more than a kept menu.
    """

    weights: dict[str, float]
    mean: dict[str, float]
    scale: dict[str, float]
    bias: float
    switch: float
    lean: float


@dataclass(frozen=True, slots=True)
class KindPhrases:
    """The phrases of one kind. `words` is the longest line, in words, that `opens` and `holds` may settle."""

    kind: BoilerplateKind
    closes: bool
    words: int
    whole: re.Pattern[str]
    opens: re.Pattern[str]
    holds: re.Pattern[str]
    tails: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class CluePattern:
    """What a piece of furniture says of the document: named groups title, outlet, author, section."""

    outlet_is: OutletRole
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class CaptionCues:
    """What a caption is told by: weights and word lists of captions.yaml, compiled."""

    head: float
    inside: float
    weights: dict[str, float]
    file: re.Pattern[str]
    seen: re.Pattern[str]
    position: re.Pattern[str]
    present: frozenset[str]
    no_past: frozenset[str]
    speech: frozenset[str]
    continues: frozenset[str]
    first_person: frozenset[str]
    credit: re.Pattern[str]
    agency: re.Pattern[str]
    bare_credit: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Furniture:
    """All that is known of page furniture before a page is seen.

    `agencies` maps every form to the agency's name. Patterns match text whose curly quotation marks were made straight.
    """

    kinds: tuple[KindPhrases, ...]
    hints: re.Pattern[str]
    function_words: frozenset[str]
    glued_image: re.Pattern[str]
    lone_image: re.Pattern[str]
    date: re.Pattern[str]
    full_date: re.Pattern[str]
    date_rest: re.Pattern[str]
    particles: frozenset[str]
    agencies: dict[str, str]
    photo_services: frozenset[str]
    agency: re.Pattern[str]
    only_agency: re.Pattern[str]
    captions: CaptionCues
    clues: tuple[CluePattern, ...]
    no_outlets: frozenset[str]
    sections: frozenset[str]
    outlet_words: frozenset[str]
    staff_words: frozenset[str]
    genres: GenreCues
    model: LineModel


def load_furniture(folder: Path = HERE) -> Furniture:
    """The furniture knowledge of `folder`. KnowledgeError names the file and the phrase that breaks its rules."""
    raw = load_yaml(folder / "boilerplate.yaml", _RawFurniture)
    dates = _Dates(raw)
    forms = {form: agency.name for agency in raw.agencies for form in agency.forms}
    agency = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    endings = "|".join(raw.image_endings)
    cameras = "|".join(raw.camera_prefixes)
    stem = r"[a-z0-9]{1,30}(?:[-_][a-z0-9]{1,30}){1,12}"
    camera = rf"(?:{cameras})[-_]?\d{{3,8}}"
    named = rf"[\w%.~()-]{{1,120}}\.(?:{endings})"
    return Furniture(
        kinds=tuple(_compiled(kind, folder / "boilerplate.yaml") for kind in raw.kinds),
        hints=_any_of(raw.hints),
        function_words=frozenset(raw.function_words.split()),
        glued_image=re.compile(rf"(?:{stem}(?:\.(?:{endings}))?|{camera}(?:\.(?:{endings}))?|{named})(?=[\"'(]?[A-Z][a-z]*[ '])"),
        lone_image=re.compile(rf"(?:{named}|{camera}|[a-z0-9]{{1,30}}(?:[-_][a-z0-9]{{1,30}}){{2,12}})", re.IGNORECASE),
        date=dates.any,
        full_date=dates.full,
        date_rest=dates.rest,
        particles=frozenset(raw.name_particles),
        agencies=forms,
        photo_services=frozenset(form for item in raw.agencies if item.photos for form in item.forms),
        agency=re.compile(rf"(?<![\w-])(?:{agency})(?![\w-])"),
        only_agency=re.compile(rf"[(\[]?(?:(?:{agency})(?: ?[/,&|+] ?| and |$|(?=[)\]]))){{1,4}}[)\]]?"),
        captions=_captions(folder, agency),
        clues=tuple(_clue(item, folder / "boilerplate.yaml") for item in raw.clues),
        no_outlets=frozenset(raw.no_outlets),
        sections=frozenset(name.replace("-", " ") for name in raw.sections.split()),
        outlet_words=frozenset(raw.outlet_words.split()),
        staff_words=frozenset(raw.staff_words),
        genres=load_genres(folder),
        model=load_yaml(folder / "boilerplate_model.yaml", LineModel),
    )


class _Dates:
    def __init__(self, raw: _RawFurniture) -> None:
        month = "(?:" + "|".join(f"{name}|{name[:4]}\\.?|{name[:3]}\\.?" for name in raw.months) + ")"
        weekday = "(?:" + "|".join(f"{name}|{name[:4]}\\.?|{name[:3]}\\.?" for name in raw.weekdays) + ")"
        day, year = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:19|20)\d\d"
        full = (
            rf"(?:{month} {day},? {year}|{day}(?: of)? {month},? {year}|{year}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:T[\d:.]{{4,14}}Z?)?"
            rf"|\d{{1,2}}[-/.]\d{{1,2}}[-/.](?:{year}|\d\d))"
        )
        some = rf"(?:{month} {day}|{day}(?: of)? {month}|{month} {year})"
        words = "|".join(raw.date_words.split())
        self.rest = re.compile(rf"\b(?:{weekday}|{words})\b|\d{{1,3}} (?:hour|day|minute)s? ago|\W|_", re.IGNORECASE)
        self.full = re.compile(rf"(?<!\w){full}(?!\w)", re.IGNORECASE)
        self.any = re.compile(rf"(?<!\w)(?:{weekday},? )?(?:{full}|{some})(?!\w)", re.IGNORECASE)


def _captions(folder: Path, agency: str) -> CaptionCues:
    raw = load_yaml(folder / "captions.yaml", _RawCaptions)
    words = "|".join(re.escape(word) for word in sorted(raw.credit_words, key=lambda word: (-len(word), word)))
    who = r"[^()\[\]]{1,80}?"
    few = r"[^\s()\[\]]{1,40}(?: [^\s()\[\]]{1,40}){0,5}"
    person = r"[A-Z][\w.'-]{0,30}(?: [A-Za-z][\w.'-]{0,30}){0,4}"
    # Whom a credit names: words in capitals and what may stand between them, so that no sentence passes for it.
    owner = r"[A-Z@][\w.',/&-]{0,40}(?: (?:[A-Z@][\w.',/&-]{0,40}|of|the|via|and|for|de|al|&|/|-|–)){0,7}"
    ends = (
        rf"(?:/ ?(?:{agency}) ?/ ?{owner}"  # "/ AFP / NAME"
        rf"|[(\[](?:(?i:{words})(?: ?[:/] ?| by | ){who}|(?:{agency}) (?i:photo|pictures|file|image|handout)(?:{who})?|"
        rf"(?:{agency}) ?[/,|] ?{who}|{who}/ ?(?:{agency})(?: {who})?|{owner} via {owner}) ?[)\]]\.?"
        rf"|(?:{agency}) (?i:photo|photos|picture|pictures)(?: ?[/,] ?{owner})?"
        rf"|(?=[A-Z])(?i:{words}) ?(?::|\bby\b) ?{owner}|(?:©|\(c\)) ?{owner}"
        rf"|(?:{agency})/{owner}|{person} ?[/|] ?(?:{agency})|via (?:{agency}))"
    )
    bare = rf"(?:[(\[](?:{agency})[)\]]\.?|(?:--?|–|—|/|\|) ?(?:{agency})|(?<=[\w\"'.)]) (?:{agency}))"
    return CaptionCues(
        head=raw.head,
        inside=raw.inside,
        weights=raw.weights,
        file=_any_of(raw.file),
        seen=_any_of(raw.seen),
        position=re.compile("|".join(re.escape(phrase) for phrase in raw.position), re.IGNORECASE),
        present=frozenset(raw.present.split()),
        no_past=frozenset(raw.no_past.split()),
        speech=frozenset(raw.speech.split()),
        continues=frozenset(raw.continues.split()),
        first_person=frozenset(raw.first_person.split()),
        credit=re.compile(rf"(?:(?:^|(?<=[\s.,;:\"')\]])){ends}|(?<=[a-z])(?:Photo )?Credits?: ?{owner})$"),
        agency=re.compile(rf"{bare}$"),
        bare_credit=re.compile(
            rf"[(\[]?(?:(?i:{words}) ?(?:: ?|\bby |/ ?| [-–—] ){few}|(?:{agency}) (?i:photo|file photo)(?: ?[/,|] ?{few})?"
            rf"|(?:{agency}) ?[/,|] ?{few}|{person} ?[/|] ?(?:{agency})(?: via (?:{agency}))?|(?:©|\(c\)) ?{few})[)\]]?\.?"
        ),
    )


def _compiled(kind: _RawKind, path: Path) -> KindPhrases:
    return KindPhrases(
        kind.kind,
        kind.closes,
        kind.words,
        _pattern(kind.whole, r"[\W_]{{0,6}}(?:{})[\W_]{{0,6}}", path),
        _pattern(kind.opens, r"[\W_]{{0,6}}(?:{})", path),
        _pattern(kind.holds, r"(?<!\w)(?:{})", path),
        tuple(
            _pattern(phrases, frame, path)
            for phrases, frame in (
                (kind.tails, r"(?:(?<=[.!?\"')\]:…]) |^)(?:{})[\W_]{{0,4}}$"),
                (kind.appended, r"(?<=\S) (?:{})[\W_]{{0,4}}$"),
            )
            if phrases
        ),
    )


def _clue(raw: _RawClue, path: Path) -> CluePattern:
    part = raw.pattern
    for name, expression in _GROUPS.items():
        part = part.replace(name, expression)
    try:
        return CluePattern(raw.gives, re.compile(part, re.IGNORECASE))
    except re.error as error:
        raise KnowledgeError(f"knowledge file {path}: the clue {raw.pattern!r} is no regular expression: {error}") from error


def _pattern(phrases: list[str], frame: str, path: Path) -> re.Pattern[str]:
    if not phrases:
        return _NOTHING
    parts = []
    for phrase in phrases:
        part = phrase
        for name, expression in _PLACES.items():
            part = part.replace(name, expression)
        try:
            re.compile(part)
        except re.error as error:
            raise KnowledgeError(f"knowledge file {path}: the phrase {phrase!r} is no regular expression: {error}") from error
        parts.append(part)
    return re.compile(frame.format("|".join(parts)), re.IGNORECASE)


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    inner = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)", re.IGNORECASE)
