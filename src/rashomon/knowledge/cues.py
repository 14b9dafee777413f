"""What is known of the words of attribution, read from cues.yaml."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import KnowledgeError
from ..records.vocabulary import Hedge, Stance
from .files import HERE, load_yaml
from .stances import StanceKnowledge

Frame = Literal["clause", "quote", "infinitive", "urge", "object", "as", "of", "for", "name", "on", "at", "to", "with", "subject"]


class VerbGroup(msgspec.Struct, frozen=True, rename={"name": "class"}, forbid_unknown_fields=True):
    """Verbs that hand on a statement in the same way. `frames` say where the content stands.

    `needs_quote`: a cue beside a quotation only. `needs_clause`: a cue with a clause or a quotation only, whatever other
    frames say. `also_object`: a bare object is content too. `needs_speaker`: the subject must be one that can speak.
    `turns_down`: the object is somebody else's statement, so that what is reported inside it is not the source's.
    """

    name: str
    definition: str
    example: str
    frames: frozenset[Frame]
    lemmas: tuple[str, ...]
    prepositions: frozenset[str] = frozenset()
    hedge: Hedge = "none"
    stance: Stance = "asserts"
    needs_quote: bool = False
    needs_clause: bool = False
    also_object: bool = False
    needs_speaker: bool = False
    turns_down: bool = False


class Light(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """A verb that is a cue with one of these words only."""

    verbs: frozenset[str]
    words: tuple[str, ...]
    frames: frozenset[Frame]
    hedge: Hedge = "none"
    stance: Stance = "asserts"

    @cached_property
    def group(self) -> VerbGroup:
        """The same as a group of verbs."""
        return VerbGroup("light", "", "", self.frames, tuple(sorted(self.verbs)), hedge=self.hedge, stance=self.stance)


class NounGroup(msgspec.Struct, frozen=True, rename={"name": "class"}, forbid_unknown_fields=True):
    """Nouns for an act of saying or thinking."""

    name: str
    definition: str
    example: str
    lemmas: tuple[str, ...]
    hedge: Hedge = "none"
    stance: Stance = "asserts"


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fixed cue."""

    words: str
    hedge: Hedge = "none"


class Tone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words beside a cue that make the statement less sure."""

    weak: frozenset[str]
    strong: frozenset[str]
    seeming: frozenset[str]
    strong_phrases: tuple[str, ...]


class Anonymous(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns and adjectives for sources without a name; `joint` are phrases for two named parties at once."""

    nouns: frozenset[str]
    people: frozenset[str]
    offices: frozenset[str]
    kin: frozenset[str]
    mouthpieces: frozenset[str]
    conditions: tuple[str, ...]
    documents: frozenset[str]
    quantifiers: frozenset[str]
    unnamed: frozenset[str]
    joint: frozenset[str]


class Insertions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an editor's words inside round brackets can be told."""

    starts: tuple[str, ...]
    initials: bool


class Pronouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pronouns by what they can stand for."""

    singular: frozenset[str]
    plural: frozenset[str]
    relative: frozenset[str]
    first: frozenset[str]
    neutral: frozenset[str]


class CueKnowledge(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """The whole file. Lemmas and words are lower case."""

    verbs: tuple[VerbGroup, ...]
    light: tuple[Light, ...]
    relays: frozenset[str]
    hearsay: frozenset[str]
    giving: frozenset[str]
    mail: frozenset[str]
    seeing: frozenset[str]
    go_betweens: frozenset[str]
    outlet_names: frozenset[str]
    sections: frozenset[str]
    audiences: frozenset[str]
    nouns: tuple[NounGroup, ...]
    phrases: tuple[Phrase, ...]
    adverbs: tuple[Phrase, ...]
    adjectives: frozenset[str]
    tone: Tone
    no_answer: frozenset[str]
    could_not_verify: frozenset[str]
    silence: frozenset[str]
    contested: tuple[str, ...]
    owning: frozenset[str]
    owned: tuple[str, ...]
    responsibility: tuple[str, ...]
    own: frozenset[str]
    figures: frozenset[str]
    anonymous: Anonymous
    evidence: frozenset[str]
    transcripts: frozenset[str]
    handing: frozenset[str]
    bodies: frozenset[str]
    things: frozenset[str]
    agents: tuple[str, ...]
    generic: frozenset[str]
    ranks: frozenset[str]
    gendered: dict[str, frozenset[str]]
    asking: frozenset[str]
    counting: frozenset[str]
    issued: frozenset[str]
    outlets: frozenset[str]
    utterances: frozenset[str]
    embeds: frozenset[str]
    realising: frozenset[str]
    holding: frozenset[str]
    hanging: frozenset[str]
    acts: frozenset[str]
    stating: frozenset[str]
    restating: frozenset[str]
    conditions: frozenset[str]
    introducing: frozenset[str]
    first_person: frozenset[str]
    author_first_person: frozenset[str]
    insertions: Insertions
    returns: tuple[str, ...]
    pronouns: Pronouns
    # Kept in a file of its own, stances.yaml; set by `load`.
    stances: StanceKnowledge | None = None

    @classmethod
    def load(cls, path: Path = HERE / "cues.yaml", stances: Path = HERE / "stances.yaml") -> CueKnowledge:
        """Reads and checks the files. KnowledgeError names the lemma that stands in two groups."""
        known = load_yaml(path, cls)
        for what, groups in (("verb", known.verbs), ("noun", known.nouns)):
            home: dict[str, str] = {}
            for group in groups:
                for lemma in group.lemmas:
                    if lemma in home:
                        raise KnowledgeError(
                            f"knowledge file {path}: the {what} {lemma!r} stands in {home[lemma]!r} and in {group.name!r}; "
                            "keep one"
                        )
                    home[lemma] = group.name
        return msgspec.structs.replace(known, stances=StanceKnowledge.load(stances))

    @cached_property
    def stance(self) -> StanceKnowledge:
        """The words of the stances. KnowledgeError where the file was not read by `load`."""
        if self.stances is None:
            raise KnowledgeError("the words of the stances are missing: read the cues by CueKnowledge.load()")
        return self.stances

    @cached_property
    def verb(self) -> dict[str, VerbGroup]:
        """Verb lemma -> its group."""
        return {lemma: group for group in self.verbs for lemma in group.lemmas}

    @cached_property
    def light_verb(self) -> dict[str, tuple[Light, ...]]:
        """Light verb -> the words that make it a cue."""
        lemmas = sorted({lemma for light in self.light for lemma in light.verbs})
        return {lemma: tuple(light for light in self.light if lemma in light.verbs) for lemma in lemmas}

    @cached_property
    def speaking(self) -> frozenset[str]:
        """Common nouns that can stand for a speaker: people, outlets, documents."""
        return self.anonymous.nouns | self.outlets | self.utterances | self.embeds | self.evidence

    @cached_property
    def noun(self) -> dict[str, NounGroup]:
        """Noun lemma -> its group."""
        return {lemma: group for group in self.nouns for lemma in group.lemmas}

    @cached_property
    def adverb(self) -> dict[str, Phrase]:
        """Adverb -> its entry."""
        return {phrase.words: phrase for phrase in self.adverbs}
