"""The knowledge of actors, compiled for look-up: from folded words to the senses they can have."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from ..records.vocabulary import EntityKind
from .actors import FOLDER, Actors, Body, Leader, Party, State, load_actors
from .folding import Word, fold, key_of, texts_of
from .framing import Framing, load_framing
from .roles import PartyNouns, load_party_nouns

Form = Literal["name", "adjective", "people", "seat", "full", "alone", "description", "plural", "local"]
Sort = Literal["state", "party", "person", "media", "plain"]


class Sense(msgspec.Struct, frozen=True, gc=False):
    """One thing that a name can mean. `war` is the index of the war whose file gives it, None for all texts."""

    sort: Sort
    id: str
    name: str
    kind: EntityKind
    form: Form
    war: int | None = None


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A name: the folded words after the first, the plain words that those mean, the words as written, and what it can mean.
    `numbered`: a unit's number and what it is ("4th Division"), which many armies have."""

    rest: tuple[str, ...]
    plain: tuple[str, ...]
    written: tuple[str, ...]
    sense: Sense
    numbered: bool = False

    def fits(self, words: Sequence[Word], at: int, shouting: bool) -> bool:
        """True when the capitals of the text do not speak against the name. `shouting`: the text is all in capitals."""
        for offset, written in enumerate(self.written):
            text = words[at + offset].text
            if written[0].isupper() and not words[at + offset].capital:
                return False
            if written.isupper() and len(written) > 1 and (not text.isupper() or (shouting and len(written) < 4)):
                return False
        return True


class Phrases:
    """A set of phrases, looked up by their folded words; each carries a value. `framing`: loaded words stand for plain ones."""

    def __init__(self, rows: Iterable[tuple[str, str]], framing: Framing | None = None) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], str]]] = {}
        for phrase, value in rows:
            key = key_of(phrase)
            if key:
                plain = framing.plainly(key[1:]) if framing is not None else key[1:]
                self._by_first.setdefault(key[0], []).append((key[1:], plain, value))
        for rests in self._by_first.values():
            rests.sort(key=lambda row: -len(row[0]))

    def match(self, words: Sequence[Word], at: int, last: int) -> tuple[int, str] | None:
        """(number of words, value) of the longest phrase that starts at word `at` and ends before word `last`.

        A loaded word matches as it stands or as its plain word, the former first.
        """
        if at >= last:
            return None
        norm, meant = words[at].norm, words[at].plain
        if norm not in self._by_first and meant not in self._by_first:
            return None
        best: tuple[int, int, str] | None = None
        for first in (norm, meant) if meant != norm else (norm,):
            for rest, plain, value in self._by_first.get(first, ()):
                size = 1 + len(rest)
                if at + size > last or (best is not None and size < best[0]):
                    continue
                behind = words[at + 1 : at + size]
                if all(map(_reads, behind, rest, plain)):
                    exact = sum(word.norm == part for word, part in zip(behind, rest, strict=True))
                    if best is None or (size, exact) > best[:2]:
                        best = size, exact, value
        return None if best is None else (best[0], best[2])

    def __contains__(self, norm: str) -> bool:
        return any(not rest for rest, _, _ in self._by_first.get(norm, ()))


def _reads(word: Word, part: str, plain: str) -> bool:
    return word.reads(part, plain)


class Names:
    """The names that begin with one word, longest first, found by the word after it."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._alone = [entry for entry in entries if not entry.rest]
        self._by_norm: dict[str, list[int]] = {}
        self._by_plain: dict[str, list[int]] = {}
        for place, entry in enumerate(entries):
            if entry.rest:
                self._by_norm.setdefault(entry.rest[0], []).append(place)
                self._by_plain.setdefault(entry.plain[0], []).append(place)

    def before(self, word: Word | None) -> Sequence[Entry]:
        """Those of one word, and those whose second word is this one, as it stands or as its plain word."""
        if word is None:
            return self._alone
        places = self._by_norm.get(word.norm, ())
        plain = self._by_plain.get(word.plain, ())
        if places != plain:
            places = sorted({*places, *plain})
        return [*(self._entries[place] for place in places), *self._alone] if places else self._alone


class Lexicon:
    """Every name of the knowledge of actors, with the tables that composition needs."""

    def __init__(self, actors: Actors, framing: Framing, nouns: PartyNouns) -> None:
        self.actors = actors
        self.framing = framing
        self.nouns = nouns
        self.states: dict[str, State] = {state.id: state for state in actors.states}
        self.parties: dict[str, Party] = {party.id: party for party in actors.parties}
        self.leaders: dict[str, Leader] = {leader.name: leader for leader in actors.leaders}
        self.war_of: dict[str, int] = {
            party.id: index for index, war in enumerate(actors.wars) for party in war.parties
        }
        self.entries: dict[str, list[Entry]] = {}
        self._ordinals = frozenset(map(fold, actors.composition.ordinals))
        self._add_states()
        self._add_parties()
        self._add_people()
        self._add_plain()
        for entries in self.entries.values():
            entries.sort(key=lambda entry: -len(entry.rest))
        self._names = {first: Names(entries) for first, entries in self.entries.items()}
        composition = actors.composition
        self.bodies: dict[str, Body] = {body.body: body for body in composition.bodies}
        self.body_words = Phrases(((word, body.body) for body in composition.bodies for word in body.words), framing)
        self.leader_bodies = Phrases(((word, row.body) for row in composition.leader_bodies for word in row.words), framing)
        self.relations: dict[str, bool] = {row.word: row.sponsor for row in composition.relations}
        self.groups = Phrases(((word, row.kind) for row in composition.groups for word in row.words), framing)
        backed = (*composition.groups, *composition.backed_people)
        self.backed = Phrases(((word, row.kind) for row in backed for word in row.words), framing)
        self.group_kinds: dict[str, EntityKind] = {row.kind: row.kind for row in backed}
        self.loyal = Phrases(((phrase, "loyal") for phrase in composition.loyal), framing)
        self.unsettled = frozenset(composition.unsettled)
        self.branches = frozenset(composition.branches)
        self.attitudes = frozenset(composition.attitudes)
        self.offices = Phrases(((office, office) for office in composition.offices), framing)
        self.titles = Phrases(((title, title) for title in composition.titles), framing)
        self.acting_prepositions = frozenset(composition.acting.prepositions)
        self.acting_verbs = frozenset(composition.acting.verbs)
        self.state_bodies: dict[tuple[str, str], list[tuple[int | None, str]]] = {}
        for party in actors.parties:
            for body in party.bodies:
                if party.state is not None:
                    row = self.state_bodies.setdefault((party.state, body), [])
                    row.append((self.war_of.get(party.id), party.id))
        self.cues: list[frozenset[tuple[str, ...]]] = [
            frozenset(key_of(cue) for cue in war.cues) for war in actors.wars
        ]
        self._states_called = {
            first: frozenset(
                entry.sense.id for entry in entries
                if entry.sense.sort == "state" and entry.sense.form != "seat" and not entry.rest
            )
            for first, entries in self.entries.items()
        }
        self._cued: dict[tuple[str, ...], list[int]] = {}
        for index, cues in enumerate(self.cues):
            for cue in sorted(cues):
                self._cued.setdefault(cue, []).append(index)
        self.war_of_state = {country: index for index, war in enumerate(actors.wars) for country in war.countries}
        self.name_starts = frozenset(fold(word) for row in actors.descriptions.name_starts for word in row.words)
        self.collective = Phrases(((word, word) for word in actors.descriptions.collective), framing)
        self.place_nouns = frozenset(actors.descriptions.place_nouns)
        self.media_verbs = frozenset(actors.descriptions.media_verbs)
        self.ship_marks = frozenset(actors.descriptions.ship_marks)
        self.lesser = frozenset(actors.descriptions.lesser)
        self.vessels = frozenset(actors.descriptions.vessels)
        self.anonymous = Phrases(((word, word) for word in actors.descriptions.anonymous), framing)
        self.singular = Phrases(
            ((word, str(index)) for index, row in enumerate(actors.descriptions.singular) for word in row.words), framing
        )
        self.pronouns = {fold(word): row for row in actors.descriptions.pronouns for word in row.words}

    @classmethod
    def load(cls, folder: Path = FOLDER, own: Path | None = None) -> Lexicon:
        """Reads, checks and compiles the files in `folder` and the user's own (`load_actors`). KnowledgeError names the file and
        row that breaks a rule."""
        return cls(load_actors(folder, own), load_framing(), load_party_nouns())

    def beginning(self, first: str, words: Sequence[Word], at: int) -> Sequence[Entry]:
        """The names that may begin at word `at`, read as `first`: those that its next word does not rule out, longest first."""
        names = self._names.get(first)
        return names.before(words[at + 1] if at + 1 < len(words) else None) if names is not None else ()

    def states_called(self, word: str) -> frozenset[str]:
        """Ids of the states that the folded word alone names; a capital is none of these names."""
        return self._states_called.get(word, frozenset())

    def wars_cued(self, words: Sequence[Word], at: int) -> set[int]:
        """Indices of the wars that the word, or it with the next one, points at."""
        norm = words[at].norm
        found = set(self._cued.get((norm,), ()))
        if at + 1 < len(words):
            found.update(self._cued.get((norm, words[at + 1].norm), ()))
        return found

    def name_of_state(self, state: str) -> str:
        """The plain name, with its article where English has one."""
        name = self.states[state].name
        return f"the {name}" if name.startswith("United ") or name.endswith(("Islands", "Republic", "s")) else name

    def adjective_of(self, state: str) -> str:
        """The first adjective of a state, or its name where it has none."""
        row = self.states[state]
        return row.attributive or (row.adjectives[0] if row.adjectives else row.name)

    def plain_adjective(self, state: str) -> str:
        """The first adjective of a state as texts write it, or its name."""
        row = self.states[state]
        return row.adjectives[0] if row.adjectives else row.name

    def state_of(self, entity: str) -> str | None:
        """The state that an entity is or that it belongs to as a body or a party; None for anybody else."""
        if entity in self.states:
            return entity
        party = self.parties.get(entity)
        if party is not None:
            return party.state
        head = entity.partition(".")[0]
        return head if head in self.states else None

    def _add(self, name: str, sense: Sense) -> None:
        name = name.removeprefix("the ")
        key = key_of(name)
        if key:
            row = self.entries.setdefault(key[0], [])
            entry = Entry(key[1:], self.framing.plainly(key[1:]), texts_of(name), sense, self._numbered(key))
            if entry not in row:
                row.append(entry)

    def _numbered(self, key: tuple[str, ...]) -> bool:
        """True for a number and one or two plain words of a unit's kind."""
        return len(key) <= 3 and (key[0][0].isdigit() or key[0] in self._ordinals)

    def _add_states(self) -> None:
        for state in self.actors.states:
            rows: list[tuple[Form, tuple[str, ...]]] = [
                ("name", (state.name, *state.aliases)),
                ("adjective", state.adjectives),
                ("people", state.people),
                ("seat", (*((state.capital,) if state.capital else ()), *state.seats)),
            ]
            for form, names in rows:
                for name in names:
                    self._add(name, Sense("state", state.id, state.name, "state", form))

    def _add_parties(self) -> None:
        for party in self.actors.parties:
            war = self.war_of.get(party.id)
            names = dict.fromkeys((party.name, *(dated.name for dated in party.names), *party.aliases))
            for name in names:
                self._add(name, Sense("party", party.id, party.name, party.kind, "name", war))
        for index, war_file in enumerate(self.actors.wars):
            for row in war_file.descriptions:
                party = self.parties[row.party]
                for word in row.words:
                    self._add(word, Sense("party", party.id, party.name, party.kind, "description", index))
            for local in war_file.local:
                party = self.parties[local.party]
                self._add(local.name, Sense("party", party.id, party.name, party.kind, "local", index))

    def _add_people(self) -> None:
        for leader in self.actors.leaders:
            war = self.actors.war_of_leader.get(leader.name)
            for name in dict.fromkeys((leader.name, *leader.aliases)):
                self._add(name, Sense("person", leader.name, leader.name, "person", "full"))
            for name in leader.alone:
                self._add(name, Sense("person", leader.name, leader.name, "person", "alone", war))
        for medium in self.actors.media:
            for name in dict.fromkeys((medium.name, *medium.aliases)):
                self._add(name, Sense("media", medium.name, medium.name, "media", "name"))

    def _add_plain(self) -> None:
        for row in self.actors.descriptions.plural:
            for word in row.words:
                self._add(word, Sense("plain", word.removeprefix("the "), word.removeprefix("the "), row.kind, "plural"))
