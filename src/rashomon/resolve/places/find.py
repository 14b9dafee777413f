"""Which stretches of the text are place names: what the gazetteers or the parser propose, weighed by what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from ...knowledge.folding import Word, joined, key_of
from ...knowledge.places import Places, Site, place_key
from ...records import Span, Syntax
from ..words import words_of
from .evidence import PLACE_LABELS, Candidate, Evidence, Source
from .parents import parent_after
from .toponym import Toponym

LONGEST = 5
_AREAS = frozenset(("province", "region", "district"))
# Words of the longest name looked at: a line of capitals must not be gone through from each of its words to its end.
_LONGEST_NAME = 12


class Finder:
    """Finds the toponyms of one document."""

    def __init__(self, text: str, syntax: Syntax, places: Places) -> None:
        self._text, self._syntax, self._places = text, syntax, places
        self._cache: dict[str, list[Site]] = {}
        self._features = frozenset(places.words.features)
        self._buildings = frozenset(places.words.buildings)
        self._settled = frozenset(places.words.settled)
        self._beginnings = frozenset(places.words.beginnings)
        self._locative = frozenset(places.words.locative)
        self._heads = frozenset(word.casefold() for word in (*places.words.provinces, *places.words.towns))
        self._of_heads = frozenset(places.words.heads)
        self._loose_ends = frozenset((*places.words.directions, *places.words.articles))
        self._evidence = Evidence(text, syntax, places)

    def find(self, blocks: Sequence[Span]) -> list[Toponym]:
        """Toponyms of all blocks, in text order, none overlapping."""
        rows = [words_of(self._text, span, self._syntax) for span in blocks]
        self._evidence.survey(rows, self._sites)
        return [toponym for words in rows for toponym in self._block(words)]

    def _block(self, words: list[Word]) -> Iterator[Toponym]:
        at = 0
        while at < len(words):
            other = self._other(words, at)
            chosen = next((one for one in self.candidates(words, at, other) if self._evidence.speaks_for(words, one)), None)
            if chosen is not None:
                yield self._toponym(words, chosen)
            at = chosen.last if chosen is not None else max(at + 1, other)

    def _other(self, words: list[Word], at: int) -> int:
        """The end of a name of an outlet, a party or a person that stands here and is no place's; 0 where there is none."""
        if not words[at].capital:
            return 0
        other = self._places.names_of_others.match(words, at, len(words))
        if other is None or (other[1] == "name" and not self._proper(words, at, at + other[0])):
            return 0
        end = at + other[0]
        return 0 if self._sites(place_key(self._text[words[at].start : words[end - 1].end])) else end

    def candidates(self, words: list[Word], at: int, other: int) -> list[Candidate]:
        """What could be a name from word `at` on and reaches beyond `other`: the longest first, one of the gazetteers before
        one of the parser."""
        capital = words[at].capital and not words[at].text[0].isdigit()
        if not capital and not (
            words[at].norm in ("al", "el", "ar", "as", "ash") and at + 1 < len(words) and words[at + 1].capital
        ):
            return []
        found = list(self._known(words, at))
        if capital:
            named = self._named_by_parser(words, at)
            if named is not None and all(candidate.last != named.last for candidate in found):
                found.append(named)
        found = [candidate for candidate in found if candidate.last > other]
        return sorted(found, key=lambda candidate: -candidate.last)

    def _known(self, words: list[Word], at: int) -> Iterator[Candidate]:
        """Names of the gazetteers, and those with the noun after them that makes another place of it ("Alton Road")."""
        size = 1
        while (
            size < LONGEST and at + size < len(words) and self._joined(words[at + size - 1], words[at + size])
            and not words[at + size - 1].possessive
        ):
            size += 1
        for length in range(size, 0, -1):
            last = at + length
            if not self._proper(words, at, last):
                continue
            key = place_key(self._text[words[at].start : words[last - 1].end])
            sites = self._sites(key)
            adjective = self._places.adjective(key) is not None and not self._places.named(key)
            if adjective:
                sites = []
            elif not sites:
                continue
            yield Candidate(at, last, key, sites, adjective, "gazetteer")
            end = last
            while (
                end < len(words) and not words[end - 1].possessive and words[end].text in self._features
                and self._joined(words[end - 1], words[end])
            ):
                end += 1
            if end > last and not adjective:
                longer = place_key(self._text[words[at].start : words[end - 1].end])
                more = self._sites(longer)
                if not more and words[end - 1].norm in self._heads:
                    yield Candidate(at, end, key, [site for site in sites if site.precision in _AREAS], False, "feature")
                elif not more or end - at > size:
                    yield Candidate(at, end, longer, more, False, "feature")

    def _named_by_parser(self, words: list[Word], at: int) -> Candidate | None:
        """A name that the parser calls a place and no gazetteer has; or a road, a camp, an airport by its last word."""
        tokens = self._syntax.tokens
        last = at + 1
        token = tokens[words[at].token]
        while (
            last < min(len(words), at + _LONGEST_NAME) and not words[last - 1].possessive
            and self._joined(words[last - 1], words[last])
            and words[last].capital and "\n" not in self._text[words[last - 1].end : words[last].start]
        ):
            last += 1
        feature = next((end for end in range(last, at + 1, -1) if words[end - 1].text in self._features), None)
        building = next((end for end in range(last, at + 1, -1) if words[end - 1].text in self._buildings), None)
        source: Source = "parser"
        if feature is not None and token.entity != "ORG":
            last = feature
        elif building is not None and self._where(words, at):
            return self._building(words, at, building)
        elif self._called_a_place(words, at, last):
            source = "called"
        elif token.entity in PLACE_LABELS and token.pos == "PROPN":
            while last > at + 1 and tokens[words[last - 1].token].entity != token.entity:
                last -= 1
        else:
            return None
        if last - at > 1 and (words[at].norm in self._loose_ends or words[at].text[0].isdigit()) and self._sites(
            place_key(self._text[words[at + 1].start : words[last - 1].end])
        ):
            return None
        if feature is None:
            last = self._before_known(words, at, last)
            if last == at + 1 and (words[at].norm in self._places.common or self._state_with_s(words[at].norm)):
                return None
        name = self._text[words[at].start : words[last - 1].end]
        key = place_key(name)
        if len(name) < 3 or key_of(name) == () or self._places.means_people(key):
            return None
        return Candidate(at, last, key, self._sites(key) or self._places.alike(key, self._evidence.focus), False, source)

    def _called_a_place(self, words: list[Word], first: int, last: int) -> bool:
        """ "in Bab Zuweila neighbourhood", "the village of Ayn Hamdan": the noun beside the name says what it is."""
        if any(word.norm in self._places.common for word in words[first:last]) or words[last - 1].possessive:
            return False
        after = words[last] if last < len(words) else None
        if after is not None and not after.capital and after.norm in self._heads and joined(self._text, words[last - 1], after):
            return self._where(words, first)
        return first > 1 and words[first - 1].norm == "of" and words[first - 2].norm in self._settled

    def _where(self, words: list[Word], first: int) -> bool:
        """A locative preposition stands before the name, over an article."""
        at = first - 1 if first and words[first - 1].norm != "the" else first - 2
        return at >= 0 and words[at].norm in self._locative and words[at].norm != "of"

    def _before_known(self, words: list[Word], first: int, last: int) -> int:
        """Where the first place inside an unknown name begins; `last` where there is none: "Syrias Homs", "Eastern Hasaka".

        "Tel Hamoud" and "New Aleppo" are names of their own.
        """
        for at in range(first + 1, last):
            if words[at - 1].norm in self._beginnings:
                continue
            for end in range(last, at, -1):
                key = place_key(self._text[words[at].start : words[end - 1].end])
                if self._places.curated(key) or any(site.kind == "country" for site in self._places.named(key)):
                    return at
        return last

    def _state_with_s(self, norm: str) -> bool:
        """ "Syrias": the possessive of a text that lost its apostrophes."""
        return norm.endswith("s") and any(site.kind == "country" for site in self._places.named(norm[:-1]))

    def _building(self, words: list[Word], first: int, last: int) -> Candidate:
        """ "the Damascus Sheraton Hotel": somewhere in the town that its name holds, else a name without a place."""
        name = self._text[words[first].start : words[last - 1].end]
        key = place_key(name)
        sites = self._sites(key)
        for at in range(first, last):
            if sites:
                break
            for end in range(last, at, -1):
                town = place_key(self._text[words[at].start : words[end - 1].end])
                if town not in self._places.not_places and (
                    self._places.curated(town) or self._evidence.a_place_elsewhere(words[end - 1])
                ):
                    sites = [
                        msgspec.structs.replace(site, name=name, geonameid=None) for site in self._sites(town)
                        if site.precision in ("town", "district", "point") and site.kind != "county"
                    ]
                    break
        return Candidate(first, last, key, sites, False, "building")

    def _joined(self, left: Word, right: Word) -> bool:
        """As inside a name; "St." and "Mt." keep their full stop."""
        if joined(self._text, left, right):
            return True
        return left.norm in self._places.words.abbreviations and self._text[left.end : right.start] in (". ", ".\u00a0")

    def _proper(self, words: list[Word], first: int, last: int) -> bool:
        """Ends with a capital, and holds no lower-case word but short links ("Mazar-i-Sharif", "Isle of Man")."""
        if not words[last - 1].capital:
            return False
        return all(word.capital or len(word.text) <= 4 for word in words[first:last])

    def _sites(self, key: str) -> list[Site]:
        sites = self._cache.get(key)
        if sites is None:
            sites = self._places.sites(key)
            if not sites and " " in key:
                sites = self._written_out(key)
            self._cache[key] = sites
        return sites

    def _written_out(self, key: str) -> list[Site]:
        """ "St Marys" as "Saint Marys", "Plymouth Co" as "Plymouth County"."""
        whole = self._places.words.abbreviations
        parts = key.split()
        if parts[0] not in whole and parts[-1] not in whole:
            return []
        parts[0], parts[-1] = whole.get(parts[0], parts[0]), whole.get(parts[-1], parts[-1])
        return self._places.sites(" ".join(parts))

    def _toponym(self, words: list[Word], candidate: Candidate) -> Toponym:
        first, last = candidate.first, candidate.last
        kind_word = ""
        if last < len(words) and joined(self._text, words[last - 1], words[last]) and words[last].norm in self._heads:
            kind_word = words[last].norm
        elif first > 1 and words[first - 1].norm == "of" and words[first - 2].norm in self._of_heads:
            kind_word = words[first - 2].norm
        return Toponym(
            Span(words[first].start, words[last - 1].end), candidate.key, self._evidence.head(words, candidate),
            candidate.sites, candidate.adjective, parent_after(self._text, self._places, words, last), kind_word,
        )
