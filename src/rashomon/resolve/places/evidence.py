"""What speaks for and against a stretch of text being a place name, as numbers, and the learned decision over them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import Literal

import msgspec

from ...knowledge.folding import Word, joined
from ...knowledge.places import Places, Site, place_key
from ...records import Syntax, Token
from .parents import parent_after

Source = Literal["gazetteer", "feature", "parser", "building", "called"]
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
# How much less proof, in log-odds, a name of the supplement needs in a country whose names are no words of the language.
CURATED = 2.0
# The same of a name that no gazetteer has, where the parser sees a place and a word of place stands before it: wars are fought in
# villages that nobody else writes of.
UNHEARD = 1.0
# The same of a name that only one country has, and no English-speaking one.
FOREIGN = 0.3
# Where names are no transliterations, the country of a text says nothing about how else they may be written.
ENGLISH = frozenset(("US", "GB", "CA", "AU", "NZ", "IE", "ZA", "PH", "JM"))
_LABELS = {"GPE": 0, "LOC": 1, "FAC": 2, "NORP": 3, "ORG": 4, "PERSON": 5, "": 6}
_RELATIONS = {"pobj": 0, "nsubj": 1, "compound": 2, "poss": 3, "conj": 4, "appos": 5, "dobj": 6, "amod": 7, "nmod": 8}
_BEFORE = {"in": 0, "of": 1, "from": 2, "at": 3, "to": 4, "near": 5, "the": 6, "and": 7, "on": 8, "for": 9, "with": 10,
           "by": 11, "mr": 12, "ms": 12, "mrs": 12, "dr": 12, "said": 13, "says": 13}
_SOURCES: dict[Source, int] = {"gazetteer": 0, "feature": 1, "parser": 2, "building": 3, "called": 4}


class Candidate(msgspec.Struct, frozen=True, gc=False):
    """Words `[first, last)` of a block that may be a name. `source` says who proposes it."""

    first: int
    last: int
    key: str
    sites: list[Site]
    adjective: bool
    source: Source


class Evidence:
    """Weighs the candidates of one document. `survey` must have seen its words first."""

    def __init__(self, text: str, syntax: Syntax, places: Places) -> None:
        self._text, self._syntax, self._places = text, syntax, places
        self._decision, self._rarity = places.learned.acceptance, places.learned.rarity
        words = places.words
        self._locative = frozenset(words.locative) - {"of", "on"}
        self._before_place = frozenset((*words.directions, "the", "city", "town", "of"))
        self._ends = frozenset(words.organisation_ends)
        self._features = frozenset(words.features)
        self._streets = frozenset(words.streets)
        self._reporting = frozenset(words.reporting)
        self._kinds = frozenset(word.casefold() for word in (*words.provinces, *words.towns))
        self._heads = frozenset(words.heads)
        self._people = _people(syntax)
        self._seen: dict[str, list[int]] = {}
        self._votes: Counter[str] = Counter()
        self.focus: frozenset[str] = frozenset()

    def survey(self, rows: list[list[Word]], sites: Callable[[str], list[Site]]) -> None:
        """Counts over the whole document: how each word is labelled elsewhere, and which countries its plain names lie in."""
        tokens = self._syntax.tokens
        for words in rows:
            for at, word in enumerate(words):
                row = self._seen.setdefault(word.norm, [0, 0, 0, 0, 0, 0])
                if not word.capital:
                    row[4] += 1
                    continue
                token = tokens[word.token]
                row[0] += 1
                row[1] += token.entity in PLACE_LABELS
                row[2] += token.entity == "PERSON"
                row[3] += token.entity == "ORG"
                row[5] += self._locates(words, at) or self._kind_of(words, at)
                if token.entity in ("GPE", "NORP") and token.entity_begins:
                    self._vote(words, at, sites)

        self.focus = frozenset(country for country, count in self._votes.items() if count > 1) - ENGLISH

    def _vote(self, words: list[Word], at: int, sites: Callable[[str], list[Site]]) -> None:
        tokens, last = self._syntax.tokens, at + 1
        while last < min(len(words), at + 4) and (token := tokens[words[last].token]).entity and not token.entity_begins:
            last += 1
        key = place_key(self._text[words[at].start : words[last - 1].end])
        if key in self._places.adjectives:
            self._votes[self._places.adjectives[key]] += 1
            return
        countries = {site.country for site in sites(key) if site.kind != "county"}
        if len(countries) == 1:
            self._votes[countries.pop()] += 1

    def speaks_for(self, words: list[Word], candidate: Candidate) -> bool:
        """Whether the candidate is taken for a place name. A noun beside it that says what it is needs no other evidence."""
        if not self.possible(words, candidate):
            return False
        if candidate.source == "called":
            return True
        limit = self._decision.threshold - self._trusted(words, candidate)
        return self._decision.exceeds(self.numbers(words, candidate), limit)

    def _trusted(self, words: list[Word], candidate: Candidate) -> float:
        """How much less proof a name needs that is no word of the language, in log-odds."""
        if candidate.key in self._places.not_places:
            return 0.0
        if self._places.curated(candidate.key):
            return CURATED
        if not candidate.sites and candidate.source == "parser":
            label = self._syntax.tokens[words[candidate.first].token].entity
            return UNHEARD if label in PLACE_LABELS and self._locates(words, candidate.first) else 0.0
        countries = {site.country for site in candidate.sites}
        return FOREIGN if len(countries) == 1 and countries.isdisjoint(ENGLISH) else 0.0

    def possible(self, words: list[Word], candidate: Candidate) -> bool:
        """Rules that no evidence overrides: a single letter, a word that only describes places, an outlet in capitals."""
        if len(candidate.key) < 2:
            return False
        if candidate.last - candidate.first > 1:
            return True
        word = words[candidate.first].text
        return candidate.key not in self._places.common and not (word.isupper() and word in self._places.outlets)

    def a_place_elsewhere(self, word: Word) -> bool:
        """The parser sees that word in a place's name somewhere in the document."""
        return self._seen[word.norm][1] > 0

    def numbers(self, words: list[Word], candidate: Candidate) -> list[float]:
        """The evidence, in the order of knowledge.acceptance.FEATURES."""
        first, last, key, sites = candidate.first, candidate.last, candidate.key, candidate.sites
        tokens = self._syntax.tokens
        span = self._tokens_of(words, first, last)
        head = tokens[self._head(span)]
        start, end = tokens[span.start], tokens[span.stop - 1]
        left = tokens[span.start - 1] if span.start else None
        right = tokens[span.stop] if span.stop < len(tokens) else None
        before = words[first - 1] if first else None
        after = words[last] if last < len(words) else None
        tied_before = before is not None and joined(self._text, before, words[first])
        tied_after = after is not None and not words[last - 1].possessive and joined(self._text, words[last - 1], after)
        at, to = words[first].start, words[last - 1].end
        text = self._text
        gap = text[before.end : at] if before is not None else ""
        kinds = {site.kind for site in sites}
        people = max((site.population for site in sites), default=0)
        seen = self._seen[words[last - 1].norm]
        opening = self._seen[words[first].norm] if last - first > 1 else seen
        votes = sum(self._votes.values())
        focus = max((self._votes[site.country] for site in sites), default=0) / votes if votes and self._votes else 0.0
        capital_after = tied_after and after is not None and after.capital
        return [
            _SOURCES[candidate.source],
            candidate.adjective,
            last - first,
            len(key),
            "country" in kinds,
            "division" in kinds,
            any(site.kind == "county" and place_key(site.name) == key for site in sites),
            any(not site.population and site.kind not in ("country", "division", "county") and not site.weight for site in sites),
            min(len(sites), 10),
            math.log10(people + 1),
            _LABELS.get(head.entity, 7),
            _LABELS.get(start.entity, 7),
            bool(left is not None and left.entity and left.entity == start.entity and not start.entity_begins),
            bool(right is not None and right.entity and right.entity == end.entity and not right.entity_begins
                 and right.pos != "PART"),
            sum(token.pos == "PROPN" for token in tokens[span.start : span.stop]) / len(span),
            _RELATIONS.get(head.dep, 9),
            _BEFORE.get(before.norm, 15) if before is not None else 14,
            self._locates(words, first),
            bool(before is not None and tied_before and before.capital and not before.text[0].isdigit())
            + 2 * (gap == ". " and before is not None and len(before.text) < 4),
            before is not None and tied_before and before.text[0].isdigit(),
            "," in gap,
            bool(before is None or "." in gap or "\n" in gap),
            capital_after,
            tied_after and after is not None and after.text in self._ends,
            tied_after and after is not None and after.text in self._features,
            tied_after and after is not None and after.norm in self._kinds,
            at > 1 and text[at - 1] == "-" and text[at - 2].isalpha(),
            text[to : to + 1] in ("-", "–") and text[to + 1 : to + 2].isalpha(),
            words[last - 1].possessive,
            text[to : to + 1] == ".",
            parent_after(text, self._places, words, last) != "",
            "," in gap and before is not None and before.capital and (
                "division" in kinds or "country" in kinds or "county" in kinds),
            key in self._people,
            key in self._places.not_places,
            words[first].norm in self._places.common or words[last - 1].norm in self._places.common,
            words[first].text.isupper() and words[last - 1].text.isupper(),
            min(seen[0], 6),
            seen[1] / max(1, seen[0]),
            (seen[2] + opening[2]) / max(1, seen[0] + opening[0]),
            seen[3] / max(1, seen[0]),
            min(seen[4], 4) / (seen[0] + seen[4]),
            focus,
            head.dep == "nsubj" and tokens[head.head].lemma.casefold() in self._reporting,
            words[last - 1].text in self._features,
            words[last - 1].text in self._streets,
            self._rarity.words.get(words[last - 1].norm, self._rarity.unseen),
            bool(before is not None and tied_before and before.capital and tokens[before.token].entity in PLACE_LABELS),
            _LABELS.get(right.entity, 7) if right is not None else 8,
            self._kind_of(words, first),
            max(seen[5], opening[5]) / max(1, seen[0]),
            bool(sites) and len({site.country for site in sites}) == 1,
            bool(sites) and all(site.kind == "county" and place_key(site.name) != key for site in sites),
            self._places.curated(key),
        ]

    def head(self, words: list[Word], candidate: Candidate) -> int:
        """Index of the token that the rest of the name hangs from."""
        return self._head(self._tokens_of(words, candidate.first, candidate.last))

    def _head(self, span: range) -> int:
        for index in reversed(span):
            above = self._syntax.tokens[index].head
            if above not in span or above == index:
                return index
        return span.stop - 1

    def _tokens_of(self, words: list[Word], first: int, last: int) -> range:
        end = words[last - 1].token
        while end + 1 < len(self._syntax.tokens) and self._syntax.tokens[end + 1].start < words[last - 1].end:
            end += 1
        return range(words[first].token, end + 1)

    def _kind_of(self, words: list[Word], first: int) -> bool:
        """ "City of", "the village of" stands before the name."""
        return first > 1 and words[first - 1].norm == "of" and words[first - 2].norm in self._heads

    def _locates(self, words: list[Word], first: int) -> bool:
        """A locative preposition stands before the name, over an adjective or an article."""
        for back in range(first - 1, max(-1, first - 4), -1):
            if words[back].norm in self._locative:
                return True
            if words[back].norm not in self._before_place:
                return False
        return False


def _people(syntax: Syntax) -> frozenset[str]:
    """Folded first and last names of the people that the parser sees with more than one name."""
    found: set[str] = set()
    tokens = syntax.tokens
    at = 0
    while at < len(tokens):
        end = at + 1
        if tokens[at].entity == "PERSON":
            while end < len(tokens) and tokens[end].entity == "PERSON" and not tokens[end].entity_begins:
                end += 1
            names: list[Token] = [token for token in tokens[at:end] if token.pos == "PROPN"]
            if len(names) > 1:
                found.update((place_key(names[0].text), place_key(names[-1].text)))
        at = end
    return frozenset(found)
