"""Which stretches of the text are place names: look-up in the gazetteers, checked against the parser's names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from ...knowledge.folding import Word, joined, key_of
from ...knowledge.places import Places, Site, place_key
from ...records import Span, Syntax
from ..words import words_of
from .toponym import Toponym

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
LONGEST = 5
# Where towns are named like people and things of English texts, a town of the country in question needs better proof.
ENGLISH = frozenset(("US", "GB", "CA", "AU", "NZ", "IE", "ZA", "PH", "JM"))
_COMMA = re.compile(r",\s{1,20}|\s?\(")

# Words of the longest name looked at: a line of capitals must not be gone through from each of its words to its end.
_LONGEST_NAME = 12


class Finder:
    """Finds the toponyms of one document."""

    def __init__(self, text: str, syntax: Syntax, places: Places) -> None:
        self._text, self._syntax, self._places = text, syntax, places
        self._words = places.words
        self._cache: dict[str, list[Site]] = {}
        self._locative = frozenset(places.words.locative)
        self._not_places = places.not_places
        self._ends = frozenset(places.words.organisation_ends)
        self._features = frozenset(places.words.features)
        self._buildings = frozenset(places.words.buildings)
        self._settled = frozenset(places.words.settled)
        self._beginnings = frozenset(places.words.beginnings)
        self._reporting = frozenset(places.words.reporting)
        self._heads = frozenset(word.casefold() for word in (*places.words.provinces, *places.words.towns))
        self._common = places.common
        self._people = _people(syntax)
        self._seen: frozenset[str] = frozenset()
        self._focus: frozenset[str] = frozenset()

    def find(self, blocks: Sequence[Span]) -> list[Toponym]:
        """Toponyms of all blocks, in text order, none overlapping. A name that is surely a place once is one elsewhere."""
        first = [toponym for span in blocks for toponym in self._block(span)]
        self._seen = frozenset(toponym.key for toponym in first if toponym.sites)
        votes = Counter(
            toponym.sites[0].country for toponym in first
            if toponym.sites and len({site.country for site in toponym.sites}) == 1
        )
        self._focus = frozenset(country for country, count in votes.items() if count > 1) - ENGLISH
        return [toponym for span in blocks for toponym in self._block(span)]

    def _block(self, span: Span) -> list[Toponym]:
        words = words_of(self._text, span, self._syntax)
        found: list[Toponym] = []
        at = 0
        while at < len(words):
            toponym, last = self._at(words, at)
            if toponym is not None:
                found.append(toponym)
            at = last
        return found

    def _at(self, words: list[Word], at: int) -> tuple[Toponym | None, int]:
        other = self._places.names_of_others.match(words, at, len(words)) if words[at].capital else None
        if other is not None and other[1] == "name" and not self._proper(words, at, at + other[0]):
            other = None
        if other is not None and not self._sites(place_key(self._text[words[at].start : words[at + other[0] - 1].end])):
            return None, at + other[0]
        if not words[at].capital or words[at].text[0].isdigit():
            article = words[at].norm in ("al", "el", "ar", "as", "ash") and at + 1 < len(words) and words[at + 1].capital
            if not article:
                return None, at + 1
        size = 1
        while (
            size < LONGEST and at + size < len(words) and joined(self._text, words[at + size - 1], words[at + size])
            and not words[at + size - 1].possessive
        ):
            size += 1
        for length in range(size, 0, -1):
            if not self._proper(words, at, at + length):
                continue
            name = self._text[words[at].start : words[at + length - 1].end]
            key = place_key(name)
            sites = self._sites(key)
            adjective = not sites and key in self._places.adjectives
            if not sites and not adjective:
                continue
            if not self._accepted(words, at, at + length, key, sites, adjective):
                continue
            return self._with_feature(words, at, at + length, key, sites, adjective)
        return self._named_by_parser(words, at)

    def _with_feature(
        self, words: list[Word], first: int, last: int, key: str, sites: list[Site], adjective: bool
    ) -> tuple[Toponym, int]:
        """ "Alton Road", "Tarrant River": the capitalised noun after the name makes it another place."""
        end = last
        while (
            end < len(words) and not words[end - 1].possessive and words[end].text in self._features
            and joined(self._text, words[end - 1], words[end])
        ):
            end += 1
        if end > last and not adjective:
            longer = place_key(self._text[words[first].start : words[end - 1].end])
            return self._toponym(words, first, end, longer, self._sites(longer), False), end
        return self._toponym(words, first, last, key, sites, adjective), last

    def _proper(self, words: list[Word], first: int, last: int) -> bool:
        """Ends with a capital, and holds no lower-case word but short links ("Mazar-i-Sharif", "Isle of Man")."""
        if not words[last - 1].capital:
            return False
        return all(word.capital or len(word.text) <= 4 for word in words[first:last])

    def _sites(self, key: str) -> list[Site]:
        if key not in self._cache:
            self._cache[key] = self._places.sites(key)
        return self._cache[key]

    def _accepted(self, words: list[Word], first: int, last: int, key: str, sites: list[Site], adjective: bool) -> bool:
        tokens = self._syntax.tokens
        span = [tokens[index] for index in self._token_range(words, first, last)]
        labels = {token.entity for token in span}
        placed = bool(labels & PLACE_LABELS)
        if len(key) < 2 or (last - first == 1 and key in self._common):
            return False
        start = words[first].start
        hyphened = start > 1 and self._text[start - 1] == "-" and self._text[start - 2].isalpha()
        paired = adjective and first > 0 and words[first - 1].capital
        plain = not paired and not self._places.curated(key)
        if hyphened and plain and all(site.kind in ("division", "county", "town") for site in sites):
            return False
        country = any(site.kind == "country" for site in sites)
        division = any(site.kind == "division" for site in sites)
        if len(key) == 2 and not country:
            return division and ("." in words[first].text or self._after_comma(words, first))
        if len(key) <= 4 and not words[first].text.isupper():
            stopped = self._text[words[last - 1].end : words[last - 1].end + 1] == "."
            if len(key) <= 3 or (stopped and not country and not self._places.curated(key)):
                return (stopped and division and self._after_comma(words, first)) or (placed and country and not stopped)
        if adjective:
            return span[-1].pos in ("ADJ", "PROPN", "NOUN") and "PERSON" not in labels
        if last - first == 1 and words[first].text.isupper() and words[first].text in self._places.outlets:
            return False
        curated = self._places.curated(key) and key not in self._not_places
        likely = ("PROPN", "NOUN", "ADJ") if curated else ("PROPN",)
        if not any(token.pos in likely for token in span) and not placed and "NORP" not in labels and key not in self._seen:
            return False
        after = words[last] if last < len(words) else None
        tied = after is not None and not words[last - 1].possessive and joined(self._text, words[last - 1], after)
        if tied and after is not None and after.text in self._ends and not placed and not (country or division):
            return key in self._seen and self._begins(words, first)
        named = self._places.named(key)
        if last - first > 1 and any(not site.population and site.kind not in ("division", "county") for site in named):
            return True
        before = words[first - 1] if first else None
        after_on = curated and before is not None and before.norm in ("on", *self._locative) and not before.capital
        if before is not None and not after_on and self._person(words, first, last, before, labels, placed):
            return False
        known = bool(named)
        area = country or division
        if last - first == 1 and key in self._people and not after_on and not area and not self._parent(words, last):
            return placed and self._locates(words, first) and key in self._seen
        if "ORG" in labels and not placed and self._inside_organisation(words, first, last):
            return (country or division or key in self._seen) and (words[last - 1].possessive or self._begins(words, first))
        if key in self._not_places:
            return placed and (country or self._locates(words, first))
        if country or (known and "PERSON" not in labels):
            return True
        if known or key in self._seen:
            return after_on or self._locates(words, first) or not self._many(words, first, last, "PERSON")
        if placed:
            return True
        if labels & {"PERSON", "DATE", "MONEY", "TIME"}:
            return (
                "PERSON" in labels and self._locates(words, first) and any(site.population > 5000 for site in sites)
                and not self._many(words, first, last, "PERSON")
            )
        if any(site.country in self._focus and site.population for site in sites):
            return True
        return self._locates(words, first) or self._parent(words, last) != ""

    def _begins(self, words: list[Word], first: int) -> bool:
        """The parser's name that holds the word begins with it, or with an article before it."""
        token = self._syntax.tokens[words[first].token]
        return token.entity_begins or (words[first - 1].norm == "the" if first else False)

    def _after_comma(self, words: list[Word], first: int) -> bool:
        return first > 0 and "," in self._text[words[first - 1].end : words[first].start]

    def _token_range(self, words: list[Word], first: int, last: int) -> range:
        end = words[last - 1].token
        while end + 1 < len(self._syntax.tokens) and self._syntax.tokens[end + 1].start < words[last - 1].end:
            end += 1
        return range(words[first].token, end + 1)

    def _person(self, words: list[Word], first: int, last: int, before: Word, labels: set[str], placed: bool) -> bool:
        """ "Jack London", "Paris Hilton": the parser sees a person, and a capitalised word touches the name."""
        if placed or "PERSON" not in labels:
            return False
        tokens = self._syntax.tokens
        return (before.capital and tokens[before.token].entity == "PERSON" and joined(self._text, before, words[first])) or (
            self._many(words, first, last, "PERSON")
        )

    def _many(self, words: list[Word], first: int, last: int, label: str) -> bool:
        """The parser's name with that label reaches beyond these words."""
        tokens, span = self._syntax.tokens, self._token_range(words, first, last)
        left, right = span.start - 1, span.stop
        return (left >= 0 and tokens[left].entity == label and not tokens[span.start].entity_begins) or (
            right < len(tokens) and tokens[right].entity == label and not tokens[right].entity_begins
            and tokens[right].pos != "PART"
        )

    def _inside_organisation(self, words: list[Word], first: int, last: int) -> bool:
        return self._many(words, first, last, "ORG")

    def _locates(self, words: list[Word], first: int) -> bool:
        """A locative preposition stands before the name, over an adjective or an article."""
        for back in range(first - 1, max(-1, first - 4), -1):
            if words[back].norm in self._locative and words[back].norm not in ("of", "on"):
                return True
            if words[back].norm not in ("the", "city", "town", "of") and words[back].norm not in self._words.directions:
                return False
        return False

    def _parent(self, words: list[Word], last: int) -> str:
        """Key of the division or country after a comma, as in "Edmonton, Ky."; "" when there is none."""
        if last >= len(words) or not words[last].capital:
            return ""
        if _COMMA.fullmatch(self._text[words[last - 1].end : words[last].start]) is None:
            return ""
        for size in (3, 2, 1):
            if last + size > len(words):
                continue
            name = self._text[words[last].start : words[last + size - 1].end]
            if len(name) <= 40 and any(
                site.kind in ("country", "division", "county") or site.precision in ("province", "country")
                for site in self._places.named(place_key(name))
            ):
                return place_key(name)
        code = words[last].text
        return f"code:{code}" if len(code) == 2 and code.isupper() and self._places.division("US", code) else ""

    def _toponym(
        self, words: list[Word], first: int, last: int, key: str, sites: list[Site], adjective: bool
    ) -> Toponym:
        from_, to = words[first].start, words[last - 1].end
        kind_word = ""
        if last < len(words) and joined(self._text, words[last - 1], words[last]) and words[last].norm in self._heads:
            kind_word = words[last].norm
        elif first > 1 and words[first - 1].norm == "of" and words[first - 2].norm in self._words.heads:
            kind_word = words[first - 2].norm
        return Toponym(
            Span(from_, to), key, _head(self._syntax, self._token_range(words, first, last)), sites, adjective,
            bool(self._places.named(key)), self._parent(words, last), kind_word,
        )

    def _named_by_parser(self, words: list[Word], at: int) -> tuple[Toponym | None, int]:
        """A name that the parser calls a place and no gazetteer has; or a road, a camp, an airport by its last word."""
        tokens = self._syntax.tokens
        last = at + 1
        token = tokens[words[at].token]
        while (
            last < min(len(words), at + _LONGEST_NAME) and not words[last - 1].possessive
            and joined(self._text, words[last - 1], words[last])
            and words[last].capital and "\n" not in self._text[words[last - 1].end : words[last].start]
        ):
            last += 1
        feature = next((end for end in range(last, at + 1, -1) if words[end - 1].text in self._features), None)
        building = next((end for end in range(last, at + 1, -1) if words[end - 1].text in self._buildings), None)
        if feature is not None and token.entity != "ORG":
            last = feature
        elif building is not None and self._where(words, at, building):
            return self._building(words, at, building)
        elif self._called_a_place(words, at, last):
            pass
        elif token.entity in PLACE_LABELS and token.pos == "PROPN":
            while last > at + 1 and tokens[words[last - 1].token].entity != token.entity:
                last -= 1
        else:
            return None, at + 1
        if feature is None:
            last = self._before_known(words, at, last)
            if last == at + 1 and (words[at].norm in self._common or self._state_with_s(words[at].norm)):
                return None, last
        name = self._text[words[at].start : words[last - 1].end]
        key = place_key(name)
        if self._places.means_people(key) or key in self._people:
            return None, last
        if key in self._not_places or len(name) < 3 or (name.isupper() and len(name) < 6) or key_of(name) == ():
            return None, at + 1
        if self._speaks(words, at, last):
            return None, last
        sites = self._sites(key) or self._places.alike(key, self._focus)
        return self._toponym(words, at, last, key, sites, False), last

    def _called_a_place(self, words: list[Word], first: int, last: int) -> bool:
        """ "in Bab Zuweila neighbourhood", "the village of Ayn Hamdan": the noun beside the name says what it is."""
        if any(word.norm in self._common for word in words[first:last]) or words[last - 1].possessive:
            return False
        after = words[last] if last < len(words) else None
        if after is not None and not after.capital and after.norm in self._heads and joined(self._text, words[last - 1], after):
            return self._where(words, first, last)
        return first > 1 and words[first - 1].norm == "of" and words[first - 2].norm in self._settled

    def _where(self, words: list[Word], first: int, last: int) -> bool:
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

    def _building(self, words: list[Word], first: int, last: int) -> tuple[Toponym, int]:
        """ "the Damascus Sheraton Hotel": somewhere in the town that its name holds, else a name without a place."""
        name = self._text[words[first].start : words[last - 1].end]
        key = place_key(name)
        sites = self._sites(key)
        for at in range(first, last):
            if sites:
                break
            for end in range(last, at, -1):
                town = place_key(self._text[words[at].start : words[end - 1].end])
                if town not in self._not_places and (self._places.curated(town) or town in self._seen):
                    sites = [
                        msgspec.structs.replace(site, name=name, geonameid=None) for site in self._sites(town)
                        if site.precision in ("town", "district", "point") and site.kind != "county"
                    ]
                    break
        return self._toponym(words, first, last, key, sites, False), last

    def _speaks(self, words: list[Word], first: int, last: int) -> bool:
        head = _head(self._syntax, self._token_range(words, first, last))
        token = self._syntax.tokens[head]
        return token.dep == "nsubj" and self._syntax.tokens[token.head].lemma.casefold() in self._reporting


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
            names = [token for token in tokens[at:end] if token.pos == "PROPN"]
            if len(names) > 1:
                found.update((place_key(names[0].text), place_key(names[-1].text)))
        at = end
    return frozenset(found)


def _head(syntax: Syntax, span: range) -> int:
    for index in reversed(span):
        above = syntax.tokens[index].head
        if above not in span or above == index:
            return index
    return span.stop - 1
