"""Names that no file has: people by title or parser, organisations by parser, and later mentions by surname."""

from __future__ import annotations

from collections.abc import Collection

from ...knowledge.folding import Word, fold, joined
from ...knowledge.lexicon import Lexicon
from ...records import Place, Span, Syntax
from ...records.vocabulary import EntityKind
from .drafts import Cast, Draft, head_of, modifies, slug

# A repeat may be misspelt by this many letters where the name is long enough to be the same one.
SLIPS = 2
LONG_NAME = 6
PARTICLES = frozenset({"al", "el", "bin", "ibn", "abu", "abd", "van", "von", "de", "der", "ben", "ould", "da", "di"})


class People:
    """Adds unknown people and organisations of one document to its cast. `titled` are last names, folded, that the text shows to
    be people's. `war` is that of the text: the places that show it are no people."""

    def __init__(
        self, text: str, syntax: Syntax, lexicon: Lexicon, cast: Cast, places: tuple[Place, ...], titled: Collection[str],
        war: int | None = None,
    ) -> None:
        self._text, self._syntax, self._lexicon, self._cast = text, syntax, lexicon, cast
        self._titled_names = titled
        self._places = [place.span for place in places]
        self._taken = {at for draft in cast.drafts for at in range(*draft.span)}
        self._sites = lexicon.cues[war] if war is not None else frozenset()
        self._surnames: dict[str, str] = {}
        self._begins: dict[str, EntityKind] = {
            word: row.kind for row in lexicon.actors.descriptions.name_starts for word in row.words
        }
        self._ends: dict[str, EntityKind] = {
            word: row.kind for row in lexicon.actors.descriptions.name_ends for word in row.words
        }

    def block(self, words: list[Word]) -> None:
        """Names of one block, from left to right, so that a surname finds the full name before it."""
        self._known_people()
        at = 0
        while at < len(words):
            named = self._titled(words, at) or self._begun(words, at) or self._by_parser(words, at)
            at = named or self._surname(words, at) or at + 1

    def _known_people(self) -> None:
        for figure in self._cast.figures.values():
            if figure.kind == "person":
                self._surnames.setdefault(fold(figure.name.split()[-1].removeprefix("al-")), figure.id)

    def _free(self, span: Span) -> bool:
        return self._taken.isdisjoint(range(*span))

    def _name_end(self, words: list[Word], at: int) -> int:
        """Word after the capitalised name that starts at `at`; `at` where none does."""
        end = at
        while end < len(words) and end - at < 5:
            word = words[end]
            particle = word.norm in PARTICLES and end + 1 < len(words) and words[end + 1].capital
            numbered = word.text[0].isdigit() and (end > at or not _ordinal(word.text))
            if not (word.capital or particle) or numbered:
                break
            gap = self._text[words[end - 1].end : word.start] if end > at else ""
            if end > at and ("\n" in gap or not joined(self._text, words[end - 1], word)) and not self._owned(words, end):
                break
            if self._syntax.tokens[word.token].pos not in ("PROPN", "ADJ", "NOUN", "X", "DET", "ADP", "PUNCT"):
                break
            end += 1
        return end

    def _owned(self, words: list[Word], at: int) -> bool:
        """True inside "Karen People's Army": the parser sees one organisation on both sides of the ending."""
        left, right = words[at - 1], words[at]
        labels = {self._syntax.tokens[left.token].entity, self._syntax.tokens[right.token].entity}
        return left.possessive and len(labels) == 1 and right.text in self._ends and len(self._text[left.end : right.start]) <= 3

    def _titled(self, words: list[Word], at: int) -> int | None:
        """ "Col. Mustafa Bakour": a title or office with a capital, then a name."""
        found = self._lexicon.titles.match(words, at, len(words)) or self._lexicon.offices.match(words, at, len(words))
        if found is None:
            return None
        start = at + found[0]
        more = self._lexicon.titles.match(words, start, len(words)) if start < len(words) else None
        if more and words[start].norm not in PARTICLES:
            start += more[0]
        if start >= len(words) or (not words[at].capital and self._syntax.tokens[words[start].token].entity != "PERSON"):
            return None
        if at > 0 and words[at - 1].norm in self._lexicon.vessels and joined(self._text, words[at - 1], words[at]):
            return self._name_end(words, start) or start  # "the aircraft carrier Admiral Kuznetsov"
        gap = self._text[words[start - 1].end : words[start].start]
        if gap not in (" ", ". ", "\u00a0", ".\u00a0") or words[start - 1].possessive:
            return None
        end = self._name_end(words, start)
        if end == start:
            return None
        first = at if words[at].norm in PARTICLES else start  # "Abu Ghadiya": the word belongs to the name
        name = Span(words[first].start, words[end - 1].end)
        ranked = self._lexicon.titles.match(words, at, len(words)) is not None
        whole = Span(words[at].start, name.end)
        if any(place.covers(whole) for place in self._places):
            return end  # "Sheikh Saeed", a district
        if not self._free(name) or (not ranked and self._on_place(name)):
            return None
        self._person(Span(words[at].start, name.end), name.of(self._text))
        return end

    def _begun(self, words: list[Word], at: int) -> int | None:
        """ "Radio Mogadishu", "Channel 9": a first word that shows the kind, then capitals or a number."""
        kind = self._begins.get(words[at].text)
        if kind is None or at + 1 >= len(words) or words[at].possessive:
            return None
        if self._text[words[at].end : words[at + 1].start] not in (" ", "\u00a0") or not words[at + 1].capital:
            return None
        end = at + 2 if words[at + 1].text[0].isdigit() else self._name_end(words, at)
        span = Span(words[at].start, words[end - 1].end) if end > at + 1 else None
        if span is None or not self._free(span):
            return None
        name = " ".join(span.of(self._text).split())
        self._mention(span, self._cast.meet(slug(name), name, kind, confidence=0.7))
        return end

    def _by_parser(self, words: list[Word], at: int) -> int | None:
        token = self._syntax.tokens[words[at].token]
        if token.entity not in ("PERSON", "ORG", "GPE") or not words[at].capital or words[at].norm == "the":
            return None
        end = self._name_end(words, at)
        if words[at].text in self._lexicon.ship_marks and end > at + 1:
            return end
        while end > at and self._syntax.tokens[words[end - 1].token].entity != token.entity:
            end -= 1
        if end <= at:
            return None
        if words[at].norm in self._lexicon.nouns.openers:
            return end  # "Near Ayn Isa"
        if end - at == 1 and words[at].norm in self._lexicon.nouns.things:
            return None
        while end - at > 1 and words[at].norm in self._lexicon.nouns.leads:
            at += 1
        if tuple(word.norm for word in words[at:end]) in self._sites:
            return end
        span = Span(words[at].start, words[end - 1].end)
        shown = end - at > 1 and words[end - 1].norm in self._titled_names
        if not self._free(span) or (not shown and self._on_place(span)):
            return None
        name = " ".join(span.of(self._text).split())
        body = words[end - 1].text in self._ends and end - at > 1
        if token.entity == "PERSON" and not body:
            if end - at < 2:
                return None
            self._person(span, name)
            return end
        if shown:
            self._person(span, name)  # "Nawal Hadi" where "Ms Hadi" follows
            return end
        if token.entity == "GPE":
            return None
        if end - at < 2 and not (words[at].text.isupper() and 2 < len(words[at].text) < 7):
            return None
        kind = self._ends.get(words[end - 1].text, "other")
        self._mention(span, self._cast.meet(slug(name), name, kind, confidence=0.6))
        return end

    def _surname(self, words: list[Word], at: int) -> int | None:
        """One capitalised word that is, or nearly is, the last name of somebody met before."""
        word = words[at]
        if not word.capital or len(word.text) < 3 or self._syntax.tokens[word.token].pos != "PROPN":
            return None
        span = Span(word.start, word.end)
        if not self._free(span):
            return None
        key = self._surnames.get(word.norm)
        if key is None and len(word.norm) >= LONG_NAME and not self._on_place(span):
            key = self._near(word.norm)
        if key is None:
            return None
        self._mention(span, key, confidence=0.9 if word.norm in self._surnames else 0.7)
        return at + 1

    def _near(self, name: str) -> str | None:
        """Whose surname that nearly is."""
        near = [
            (distance, surname) for surname in self._surnames
            if len(surname) >= LONG_NAME and surname[0] == name[0]
            and (distance := slips(name, surname)) <= (SLIPS if len(surname) > LONG_NAME else 1)
        ]
        return self._surnames[min(near)[1]] if near else None

    def _person(self, span: Span, name: str) -> None:
        plain = " ".join(name.split())
        surname = fold(plain.split()[-1].removeprefix("al-"))
        key = self._surnames.get(surname) if len(plain.split()) == 1 else None
        if key is None and len(plain.split()) == 1 and len(surname) >= LONG_NAME:
            key = self._near(surname)  # "Adm. Tarssin" after "Admiral Ridwan Tarsin"
        if key is None:
            key = self._cast.meet(slug(plain), plain, "person", confidence=0.8)
            self._surnames.setdefault(surname, key)
        self._mention(span, key)

    def _mention(self, span: Span, key: str, confidence: float = 0.8) -> None:
        head = head_of(self._syntax, span)
        self._cast.mention(Draft(span, head, key, modifier=modifies(self._syntax, head), confidence=confidence), self._text)
        self._taken.update(range(*span))

    def _on_place(self, span: Span) -> bool:
        return any(span.overlaps(place) for place in self._places)


def _ordinal(word: str) -> bool:
    """True for the number that begins a unit's name: "104th"."""
    return word[0].isdigit() and word[-1].isalpha()


def slips(a: str, b: str) -> int:
    """Edit distance, a swap of two neighbours counting one; stops counting past SLIPS."""
    if abs(len(a) - len(b)) > SLIPS:
        return SLIPS + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, char in enumerate(a, start=1):
        previous, before = before, row
        row = [i]
        for j, other in enumerate(b, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (char != other))
            if i > 1 and j > 1 and char == b[j - 2] and a[i - 2] == other:
                best = min(best, previous[j - 2] + 1)
            row.append(best)
    return row[-1]
