"""The actions that are coded, and how the words around an event set its standing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from ..errors import KnowledgeError
from ..records.vocabulary import EventType, Modality, Outcome
from .files import HERE, load_yaml
from .framing import Framing, load_framing

# What patterns ask for besides the classes of words: see the head of actions.yaml.
SPECIAL = frozenset(
    {
        "OBJECT",
        "ALONE",
        "COUNTED",
        "OFPLACE",
        "POSSESSED",
        "INFINITIVE",
        "CLAUSE",
        "OWNDEED",
        "PROPER",
        "GERUND",
        "ATTACKING",
        "AIDING",
        "ADJECTIVE",
    }
)


# British and American endings; words as short as "rise" have one spelling.
_TWINS = (("ise", "ize"), ("ize", "ise"), ("isation", "ization"), ("ization", "isation"))
_SHORT = 6


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which grammatical slots fill which role; None means the usual ones of a verb or a noun.

    `of` says what an `of` phrase of the noun holds; `moved`: an object that is a party is the one that acts ("sent troops").
    """

    actor: tuple[str, ...] | None = None
    recipient: tuple[str, ...] | None = None
    of: str | None = None
    moved: bool = False


class Pattern(msgspec.Struct, frozen=True):
    """A trigger: a lemma (or several words) with the conditions that must hold around it.

    `objects`: groups of classes and lemmas, one of each group must be an object (of a noun: a modifier); `doers`: one must be the
    subject; `governors`: one must be the verb above the noun; `unless`: none may stand with it; `spared`: none may be its object;
    `active`: the active voice only.
    """

    words: tuple[str, ...]
    particles: tuple[str, ...] = ()
    objects: tuple[tuple[str, ...], ...] = ()
    prepositions: tuple[str, ...] = ()
    doers: tuple[str, ...] = ()
    governors: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    spared: tuple[str, ...] = ()
    active: bool = False

    @property
    def conditions(self) -> int:
        """How many conditions it sets: of two patterns that fit, the one that asks for more is meant."""
        asked = (self.particles, self.prepositions, self.doers, self.governors)
        return len(self.objects) + sum(1 for condition in asked if condition)

    @property
    def adjective(self) -> bool:
        """Whether the word is an adjective: "loyal to"."""
        return any("ADJECTIVE" in group for group in self.objects)

    @property
    def classes(self) -> frozenset[str]:
        """Names in capitals: classes of words that must exist."""
        words = {word for group in (*self.objects, *self._single) for word in group}
        return frozenset(word for word in words if word.isupper())

    @property
    def _single(self) -> tuple[tuple[str, ...], ...]:
        return self.particles, self.doers, self.governors, self.unless, self.spared


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    action: str
    root: EventType
    says: str
    example: str = msgspec.field(name="e.g.")
    counterexample: str = msgspec.field(name="not")
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    frame: Frame = Frame()
    outcome: Outcome | None = None
    takes: str | None = None
    control: str | None = None
    reciprocal: bool = False
    negated: bool = False


class Action(msgspec.Struct, frozen=True):
    """One action of the vocabulary with its PLOVER root, its triggers and its frame.

    `example` is coded as the action; `counterexample` holds its words, or looks like it, and is not. `negated`: the action is
    that something was not done ("did not answer"), so the negation is part of it.
    """

    name: str
    root: EventType
    definition: str
    example: str
    counterexample: str
    verbs: tuple[Pattern, ...]
    nouns: tuple[Pattern, ...]
    frame: Frame
    outcome: Outcome | None
    takes_place: bool
    control: str | None
    reciprocal: bool
    negated: bool


class Triggers(msgspec.Struct, frozen=True):
    """The actions, and an index from the first lemma of a trigger to what it may start, longest and strictest first.

    `classes` are the word classes that the conditions name in capitals.
    """

    actions: tuple[Action, ...]
    classes: Mapping[str, frozenset[str]]
    verbs: Mapping[str, tuple[tuple[Pattern, Action], ...]]
    nouns: Mapping[str, tuple[tuple[Pattern, Action], ...]]


class Governors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that govern an event, by the modality they give it."""

    planned: frozenset[str]
    predicted: frozenset[str]
    demanded: frozenset[str]
    possible: frozenset[str]
    asserted: frozenset[str]


class Signs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say how an event came out."""

    governors: frozenset[str]
    predicates: frozenset[str]
    modifiers: frozenset[str]


class Standing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The words that set modality, polarity and outcome."""

    auxiliaries: dict[Modality, frozenset[str]]
    governors: Governors
    negators: frozenset[str]
    negating_adverbs: frozenset[str]
    adding: frozenset[str]
    nobody: frozenset[str]
    negating_governors: frozenset[str]
    halting: frozenset[str]
    clausal_only: frozenset[str]
    happening_verbs: frozenset[str]
    failed: Signs
    succeeded: Signs
    ongoing_modifiers: frozenset[str]
    instead: tuple[str, ...]
    if_words: frozenset[str]
    conditional_reason: frozenset[str]
    idioms: tuple[str, ...]
    light_verbs: frozenset[str]
    suffering_verbs: frozenset[str]
    inflicting_verbs: frozenset[str]
    leading_participles: frozenset[str]
    others: frozenset[str]
    dying: frozenset[str]
    leading_on: frozenset[str]
    governing: frozenset[str]
    outcome_prepositions: dict[str, frozenset[str]]
    bringing: frozenset[str]
    vowing: frozenset[str]
    ahead: frozenset[str]
    inverting: frozenset[str]
    claims: frozenset[str]
    denying: frozenset[str]
    speaking: frozenset[str]
    prepositional_control: dict[str, frozenset[str]]
    object_control: dict[str, frozenset[str]]
    modifiers: dict[Modality, frozenset[str]] = msgspec.field(name="noun_modifiers")

    @cached_property
    def by_auxiliary(self) -> dict[str, Modality]:
        """Modality of each modal verb."""
        return {word: modality for modality, words in self.auxiliaries.items() for word in words}

    @cached_property
    def noun_modifiers(self) -> dict[str, Modality]:
        """Modality that each adjective or adverb gives."""
        return {word: modality for modality, words in self.modifiers.items() for word in words}


def load_triggers(path: Path = HERE / "actions.yaml", classes: Path = HERE / "action_classes.yaml") -> Triggers:
    """The actions of a file. KnowledgeError when a pattern cannot be read or names no class, or an action stands twice.

    Where a condition or a class has a plain word, it has the loaded ones for it (framing.yaml) as well.
    """
    framing = load_framing()
    actions = tuple(_action(row, path, framing) for row in load_yaml(path, tuple[_Row, ...]))
    names = [action.name for action in actions]
    for name in names:
        if names.count(name) > 1:
            raise KnowledgeError(f"knowledge file {path}: action {name!r} stands twice; merge the two")
    words = {
        name: row if name in framing.as_called else framing.evenly(row)
        for name, row in load_yaml(classes, dict[str, frozenset[str]]).items()
    }
    for action in actions:
        for pattern in (*action.verbs, *action.nouns):
            for name in sorted(pattern.classes - words.keys() - SPECIAL):
                raise KnowledgeError(f"knowledge file {path}: {action.name!r} asks for {name}, which is no class of {classes}")
    return Triggers(actions, words, _index(actions, verbs=True), _index(actions, verbs=False))


def load_standing(path: Path = HERE / "standing.yaml") -> Standing:
    """The words that set an event's standing. KnowledgeError when the file breaks its form."""
    return load_yaml(path, Standing)


def _action(row: _Row, path: Path, framing: Framing) -> Action:
    return Action(
        row.action,
        row.root,
        row.says,
        row.example,
        row.counterexample,
        tuple(_pattern(text, path, framing, verb=True) for text in row.verbs),
        tuple(_pattern(text, path, framing, verb=False) for text in row.nouns),
        row.frame,
        row.outcome,
        row.takes == "place",
        row.control,
        row.reciprocal,
        row.negated,
    )


def _pattern(text: str, path: Path, framing: Framing, *, verb: bool) -> Pattern:
    words: list[str] = []
    said: dict[str, list[tuple[str, ...]]] = {sign: [] for sign in "+~@^<!%"}
    for part in text.split():
        if part[0] in said:
            said[part[0]].append(framing.widely(part[1:].strip('"').split("/")))
        else:
            words.extend(part.split("-"))
    if not words:
        raise KnowledgeError(f"knowledge file {path}: pattern {text!r} has no word before its conditions")
    if said["<" if verb else "^"]:
        raise KnowledgeError(f"knowledge file {path}: pattern {text!r}: '^' is a condition of verbs only, '<' of nouns only")
    single = {sign: tuple(word for group in groups for word in group) for sign, groups in said.items()}
    return Pattern(
        tuple(words),
        particles=single["+"],
        objects=tuple(said["~"]),
        prepositions=single["@"],
        doers=single["^"],
        governors=single["<"],
        unless=tuple(word for word in single["!"] if word != "passive"),
        spared=single["%"],
        active="passive" in single["!"],
    )


def _index(actions: tuple[Action, ...], *, verbs: bool) -> dict[str, tuple[tuple[Pattern, Action], ...]]:
    found: dict[str, list[tuple[Pattern, Action]]] = {}
    for action in actions:
        for pattern in action.verbs if verbs else action.nouns:
            for spelt in _spellings(pattern):
                rows = found.setdefault(spelt.words[0], [])
                if (spelt, action) not in rows:
                    rows.append((spelt, action))
    return {word: tuple(sorted(rows, key=_strictness)) for word, rows in sorted(found.items())}


def _spellings(pattern: Pattern) -> Iterator[Pattern]:
    """The pattern, and with the other spelling of a word in -ise or -isation."""
    yield pattern
    for written, twin in _TWINS:
        if any(word.endswith(written) and len(word) > _SHORT for word in pattern.words):
            words = tuple(word.removesuffix(written) + twin if word.endswith(written) else word for word in pattern.words)
            yield msgspec.structs.replace(pattern, words=words)


def _strictness(row: tuple[Pattern, Action]) -> tuple[int, int, bool, bool, bool]:
    pattern = row[0]
    return -len(pattern.words), -pattern.conditions, not pattern.doers, not pattern.particles, not pattern.objects
