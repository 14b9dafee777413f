"""Persons of the text who share a name with a capital, a state or a leader: "Maria Asuncion", "Nawal Hadi"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from ...knowledge.folding import Word, joined
from ...knowledge.lexicon import Lexicon, Sense
from ...records import Syntax
from .people import PARTICLES, SLIPS, slips

# A given name this long may be misspelt and still be the leader's.
_LONG = 4


class Namesakes(msgspec.Struct, frozen=True):
    """Last names, folded: `given` those that stand behind a first name, with those first names, `persons` those of whom
    the parser or a title says that they are people, `titled` those that a title shows; `states` are the ids of the states that
    the text names."""

    given: dict[str, frozenset[str]]
    persons: frozenset[str]
    titled: frozenset[str]
    states: frozenset[str]

    @classmethod
    def of(cls, text: str, blocks: Iterable[Sequence[Word]], syntax: Syntax, lexicon: Lexicon) -> Namesakes:
        """Those of one document."""
        given: dict[str, set[str]] = {}
        persons: set[str] = set()
        titled: set[str] = set()
        states: set[str] = set()
        for words in blocks:
            for at, word in enumerate(words):
                if not word.capital:
                    continue
                states |= lexicon.states_called(word.norm if word.norm in lexicon.entries else word.plain)
                if at == 0 or not _last(words, at, syntax):
                    continue
                first = first_name(text, words, at, syntax, lexicon)
                if first is not None:
                    if syntax.tokens[word.token].entity == "PERSON":
                        persons.add(word.norm)
                    given.setdefault(word.norm, set()).add(first.norm)
                elif _title(text, words, at, lexicon) and syntax.tokens[word.token].pos == "PROPN":
                    titled.add(word.norm)
        firsts = {name: frozenset(found) for name, found in given.items()}
        return cls(firsts, frozenset(persons | titled), frozenset(titled), frozenset(states))

    def hides(self, sense: Sense, words: Sequence[Word], at: int, text: str, syntax: Syntax, lexicon: Lexicon) -> bool:
        """True when the single word at `at` names a person of the text and not what the knowledge has under that name."""
        word = words[at]
        if sense.sort == "state":
            named = word.norm in self.persons
            return named and (sense.form == "seat" or syntax.tokens[word.token].entity == "PERSON")
        if sense.sort != "person" or sense.form != "alone" or word.norm not in self.given:
            return False
        own = {part for part in sense.name.casefold().replace("-", " ").split() if len(part) >= _LONG}
        first = first_name(text, words, at, syntax, lexicon)
        if first is not None:
            return not _alike(first.norm, own)
        others = not any(_alike(one, own) for one in self.given[word.norm])
        leader = lexicon.leaders.get(sense.id)
        return others and leader is not None and leader.of not in self.states


def first_name(text: str, words: Sequence[Word], at: int, syntax: Syntax, lexicon: Lexicon) -> Word | None:
    """The first name that stands before the last name at `at`; titles and offices are none."""
    before = at - 1
    while before > 0 and words[before].norm in PARTICLES and joined(text, words[before], words[before + 1]):
        before -= 1
    if before < 0 or words[before].possessive or not words[before].capital:
        return None
    token, above = syntax.tokens[words[before].token], syntax.tokens[words[at].token]
    if token.pos != "PROPN" or token.dep != "compound" or token.entity in ("", "DATE") or token.entity != above.entity:
        return None  # the parser's label may be wrong, but a name has one label throughout
    if any(entry.sense.sort == "state" for entry in lexicon.entries.get(words[before].norm, ())):
        return None
    if not joined(text, words[before], words[before + 1]) or _title(text, words, before + 1, lexicon):
        return None
    return words[before]


def _title(text: str, words: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """True when a title or office written with a capital stands before word `at`."""
    for size in (1, 2, 3):
        start = at - size
        if start < 0 or not words[start].capital or words[at - 1].possessive:
            continue
        if text[words[at - 1].end : words[at].start].strip() not in ("", "."):
            return False
        for phrases in (lexicon.titles, lexicon.offices):
            found = phrases.match(words, start, at)
            if found is not None and found[0] == size:
                return True
    return False


def _last(words: Sequence[Word], at: int, syntax: Syntax) -> bool:
    """True when no further part of a person's name follows."""
    if at + 1 >= len(words) or words[at].possessive:
        return True
    after = syntax.tokens[words[at + 1].token]
    return not (words[at + 1].capital and after.entity == "PERSON" and after.pos == "PROPN" and _touching(words, at))


def _touching(words: Sequence[Word], at: int) -> bool:
    return words[at + 1].start - words[at].end <= 1


def _alike(first: str, own: Iterable[str]) -> bool:
    """True where a first name may be one of the leader's, in another spelling."""
    return any(first == part or (len(first) >= _LONG and slips(first, part) <= SLIPS) for part in own)
