"""Numbers as a sentence words them: digits, number words, intervals and vague words, with the bound that stands beside them.

A date, a clock time, an ordinal, an age, a share or the number in a name ("F-16", "Resolution 2254") is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import NamedTuple

import msgspec

from ..knowledge.quantities import Quantities
from ..records import Sentence, Span
from ..records.vocabulary import Bound
from .scene import Scene

_PIECE = re.compile(r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?|[Uu][Ss]\$|[^\W\d_]+|[^\w\s]|_")
_DASHES = frozenset("-–‐‑")
_LONGEST = 6  # words of a phrase
_FILLERS = 3  # words between a bound and its number
_YEARS = range(1900, 2100)


class Number(msgspec.Struct, frozen=True):
    """A number: its tokens `first` to `last`, its value, and `words`, the span with its bound.

    `money` is the currency whose sign stands before it, `unit` the token joined to it by a hyphen ("15-vehicle"). `none` marks
    a zero that a word like "nobody" says; `person` that the word itself stands for people.
    """

    first: int
    last: int
    low: float | None
    high: float | None
    bound: Bound
    words: Span
    money: str | None = None
    unit: int | None = None
    none: bool = False
    person: bool = False


class _Piece(NamedTuple):
    text: str
    start: int
    end: int


class _Value(NamedTuple):
    """A number read: its interval, the piece after it, and whether digits wrote it. `scale` is its last multiplier."""

    low: float
    high: float | None
    after: int
    vague: bool = False
    digits: bool = False
    scale: float = 1.0
    money: str | None = None


def find(scene: Scene, sentence: Sentence, words: Quantities) -> Iterator[Number]:
    """The numbers of one sentence, in text order, apart from one another."""
    return _Line(scene, sentence, words).numbers()


class _Line:
    """One sentence cut into words, figures and signs, whatever the parser's tokens are."""

    def __init__(self, scene: Scene, sentence: Sentence, words: Quantities) -> None:
        start = scene.tokens[sentence.first].start
        end = scene.tokens[sentence.last - 1].end
        self._scene, self._words, self._sentence = scene, words, sentence
        self._pieces = [
            _Piece(found.group().lower(), found.start(), found.end()) for found in _PIECE.finditer(scene.text, start, end)
        ]
        self._starts = [scene.tokens[index].start for index in range(sentence.first, sentence.last)]
        self._prefixes: tuple[int, list[str]] = -1, []

    def numbers(self) -> Iterator[Number]:
        at = floor = 0
        may_begin = self._words.may_begin
        while at < len(self._pieces):
            text = self._pieces[at].text
            if text not in may_begin and not text[0].isdigit():
                at += 1
                continue
            skipped = self._any_bound(at)
            if skipped > at:  # "as many as", "no fewer than": no vague "many", no "no"
                at = skipped
                continue
            number, after = self._number(at, floor)
            if number is not None:
                yield number
            if after > at:
                floor = after
            at = max(after, at + 1)

    # ---------------------------------------------------------------------------------------------------------- reading on

    def _text(self, at: int) -> str:
        return self._pieces[at].text if 0 <= at < len(self._pieces) else ""

    def _glued(self, at: int) -> bool:
        """True when the piece stands right behind the one before it."""
        return 0 < at < len(self._pieces) and self._pieces[at].start == self._pieces[at - 1].end

    def _phrase(self, at: int, phrases: Collection[str]) -> tuple[str, int]:
        """The longest of the phrases that begins at the piece, and the piece after it; ("", at) for none."""
        if self._text(at) not in self._words.openings:
            return "", at
        if self._prefixes[0] != at:  # asked for several kinds of phrases in a row
            last = min(at + _LONGEST, len(self._pieces))
            self._prefixes = at, [self._joined(at, behind) for behind in range(last, at, -1)]
        worded = self._prefixes[1]
        for phrase, length in zip(worded, range(len(worded), 0, -1), strict=True):
            if phrase in phrases:
                return phrase, at + length
        return "", at

    def _joined(self, first: int, last: int) -> str:
        """The pieces as text: one space where there is any, none where they are glued."""
        parts: list[str] = []
        for at in range(first, last):
            if at > first and not self._glued(at):
                parts.append(" ")
            parts.append(self._pieces[at].text)
        return "".join(parts)

    def _token(self, offset: int) -> int:
        """The token that the character stands in."""
        return self._sentence.first + max(0, bisect_right(self._starts, offset) - 1)

    # ------------------------------------------------------------------------------------------------------------- numbers

    def _number(self, at: int, floor: int) -> tuple[Number | None, int]:
        """The number that begins at the piece, and the piece from which to read on; no bound reaches back past `floor`."""
        words = self._words
        zero, after = self._phrase(at, words.none)
        if zero:
            return self._none(at, zero, after)
        value = self._value(at)
        if value is None:
            return None, at
        first, last, after = at, value.after, value.after
        low, high = value.low, value.high
        ranged = self._range(at, value)
        bound: Bound = "vague" if value.vague else "exact"
        if ranged is not None:
            low, high, last, between = ranged
            first, after, bound = first - between, last, "range"
        elif not value.vague:
            behind, after = self._behind(last)
            before, first = self._before(at, floor)
            bound = behind or before or "exact"
            if not behind:
                after = last
        if self._names_nothing(at, last, value):
            return None, max(last, at + 1)
        unit = self._unit(after)
        if unit == _UNCOUNTED:
            return None, max(last, at + 1)
        if bound == "at-least":
            high = None
        span = Span(self._pieces[first].start, self._pieces[after - 1].end)
        number = Number(
            self._token(self._pieces[at].start), self._token(self._pieces[last - 1].end - 1),
            None if bound == "at-most" else low, high, bound, span, value.money, unit,
        )  # fmt: skip
        if unit is not None and self._text(after + 1) in words.strong:
            number = msgspec.structs.replace(number, words=Span(span.start, self._pieces[after + 1].end))
        return number, max(after, at + 1)

    def _any_bound(self, at: int) -> int:
        """The piece after the longest bound that begins here."""
        return self._phrase(at, self._words.any_bound)[1]

    def _none(self, at: int, word: str, after: int) -> tuple[Number, int]:
        first, last = self._pieces[at], self._pieces[after - 1]
        tokens = self._token(first.start), self._token(last.end - 1)
        person = word not in {"no", "without"}
        return Number(*tokens, 0.0, 0.0, "exact", Span(first.start, last.end), none=True, person=person), after

    def _value(self, at: int) -> _Value | None:
        words, text = self._words, self._text(at)
        if text in words.currencies:
            inner = self._digits(at + 1, money=True)
            return inner._replace(money=words.currencies[text]) if inner else None
        phrase, after = self._phrase(at, words.vague_times)
        if phrase and self._text(after) in words.multipliers:
            least, most = words.vague_times[phrase]
            scale = words.multipliers[self._text(after)]
            top = None if most is None else most * scale + (scale - 1 if scale >= 100 and most > least else 0)
            return _Value(least * scale, top, after + 1, True)
        phrase, after = self._phrase(at, words.vague)
        if phrase:
            low, high = words.vague[phrase]
            return _Value(low or 0.0, high, after + (self._text(after) == "of" and phrase.endswith("number")), True)
        return self._digits(at) if text[:1].isdigit() else self._in_words(at)

    def _digits(self, at: int, *, money: bool = False) -> _Value | None:
        text = self._text(at)
        if not text[:1].isdigit() or not text[0].isascii():
            return None
        plain = re.sub(r"[,\u00a0\u202f]", "", text)
        if len(plain) > 15:
            return None
        value, scale, after = float(plain), 1.0, at + 1
        suffix = self._text(after)
        if self._glued(after) and suffix in self._words.suffixes and (money or suffix != "m"):
            scale, after = self._words.suffixes[suffix], after + 1
        else:
            if self._text(after) in _DASHES and self._glued(after) and self._text(after + 1) in self._words.multipliers:
                after += 1
            while self._text(after) in self._words.multipliers and not (self._glued(after) and after == at + 1):
                scale *= self._words.multipliers[self._text(after)]
                after += 1
        return _Value(value * scale, value * scale, after, digits=True, scale=scale)

    def _in_words(self, at: int) -> _Value | None:
        """ "Sixty-two", "a hundred and twenty", "two thousand five hundred", "half a million", "two dozen"."""
        words = self._words
        total, current, begun, step, scale = 0.0, 0.0, False, 100.0, 1.0
        index = at
        while index < len(self._pieces):
            text = self._text(index)
            following = self._text(index + 1)
            if not begun and text == "half" and (following in {"a", "-", "‐"} or following in words.multipliers):
                index += 1 if following in words.multipliers else 2
                if self._text(index) not in words.multipliers:
                    return None
                current, begun, step = 0.5, True, 1
                continue
            if not begun and text in {"a", "an"} and following in words.multipliers and following != "score":
                current, begun, step = 1.0, True, 1
            elif text in words.number_words and self._fits(words.number_words[text], step):
                current += words.number_words[text]
                begun, step = True, 10.0 if words.number_words[text] >= 20 else 1.0
            elif text in words.multipliers and begun and text != "score":
                scale = words.multipliers[text]
                if scale >= 1000:
                    total, current, step = total + (current or 1.0) * scale, 0.0, 1000.0
                else:
                    current, step = (current or 1.0) * scale, 100.0 if scale == 100 else 1.0
            elif text == "and" and begun and step >= 100 and following in words.number_words and scale != 12:
                pass
            elif text == "and" and begun and following == "a" and self._text(index + 2) == "half":
                current += 0.5
                index += 2
            elif text in _DASHES and begun and step > 1 and self._glued(index) and self._glued(index + 1) and (
                following in words.number_words or following in words.multipliers
            ):
                pass
            else:
                break
            index += 1
        if not begun or (index > at and self._text(index - 1) == "and"):
            return None
        return _Value(total + current, total + current, index, scale=scale)

    @staticmethod
    def _fits(value: float, step: float) -> bool:
        return value < step

    # ------------------------------------------------------------------------------------------------------ what stands beside

    def _range(self, at: int, value: _Value) -> tuple[float, float, int, int] | None:
        """(low, high, the piece after, pieces taken in before) where a second, larger number follows."""
        if value.vague or value.high is None:
            return None
        joint, other_at = self._text(value.after), value.after + 1
        before = self._text(at - 1) if at else ""
        dash = joint in _DASHES and self._glued(value.after) and self._glued(other_at)
        between = before == "between" and joint == "and"
        change = before == "from" and joint == "to" and self._tells_a_change(at - 1)
        if not (dash or between or (joint in {"to", "or"} and not change)):
            return None
        if self._text(other_at) in {"a", "an"} or (self._text(other_at) in self._words.currencies and not value.money):
            return None
        other = self._value(other_at)
        if other is None or other.vague or other.high is None:
            return None
        low = value.low
        if value.scale == 1.0 and other.scale > 1.0 and low < other.low / other.scale:
            low *= other.scale
        if low >= other.low or (low in _YEARS and other.low in _YEARS and "," not in self._text(at)):
            return None
        if joint == "or" and other.low > 2 * low + 1:
            return None
        # "The toll went to 12 to 15"; "two to 300 metres" would be another matter, and is left as it is.
        return low, other.high, other.after, int(between or (before == "from" and joint == "to"))

    def _tells_a_change(self, preposition: int) -> bool:
        token = self._scene.tokens[self._token(self._pieces[preposition].start)]
        head = self._scene.tokens[token.head]
        return head.lemma.lower() in self._words.changes or self._text(preposition - 1) in self._words.changes

    def _behind(self, at: int) -> tuple[Bound | None, int]:
        for bound, phrases in self._words.after.items():
            phrase, after = self._phrase(at, phrases)
            if phrase:
                return bound, after
        return None, at

    def _before(self, at: int, floor: int) -> tuple[Bound | None, int]:
        """The bound that ends right before the number, and the piece that it begins at."""
        first = at
        for _ in range(_FILLERS):
            bound = self._bound(first, at, floor)
            if bound[0] is not None:
                return bound
            if first - 1 < floor:
                break
            if self._text(first - 1) in self._words.fillers:
                first -= 1
            elif first - 2 >= floor and self._joined(first - 2, first) in self._words.fillers:
                first -= 2
            else:
                break
        return None, at

    def _bound(self, at: int, number: int, floor: int) -> tuple[Bound | None, int]:
        for length in range(min(_LONGEST, at - floor), 0, -1):
            phrase = self._joined(at - length, at)
            for bound, phrases in self._words.bounds.items():
                if phrase in phrases and (phrase not in self._words.prepositions or self._modifies(at - length, number)):
                    return bound, at - length
        return None, number

    def _modifies(self, preposition: int, number: int) -> bool:
        """True where the parser hangs the word from the number, not the number from the word ("flew over 20 villages")."""
        tokens = self._scene.tokens
        token = tokens[self._token(self._pieces[preposition].start)]
        if token.dep in {"prep", "prt"} and tokens[token.head].pos in {"VERB", "NOUN", "PROPN", "AUX"}:
            inside = self._token(self._pieces[number].start)
            return token.head >= inside  # a verb or noun before it has it as its own preposition
        return True

    # ------------------------------------------------------------------------------------------------------------ exclusions

    def _names_nothing(self, at: int, last: int, value: _Value) -> bool:
        """True for a number that counts nothing: an age, a year, a share, a part of a name or of a date."""
        words, before, behind = self._words, self._text(at - 1) if at else "", self._text(last)
        if behind in words.fractions and not (behind == "half" or (behind == "per" and self._text(last + 1) != "cent")):
            return True
        if behind in _DASHES and self._glued(last) and self._text(last + 1) in words.fractions:
            return True
        if behind == "in" and self._joined(at, last) == "one" and self._value(last + 1) is not None:
            return True  # "one in three children"
        if before == "in" and self._text(at - 2) == "one":
            return True
        if before in words.ages or (before in {"between", "from"} and self._text(at - 2) in words.ages):
            return True
        if value.vague:
            return False
        if self._worded_one(at, last, value):
            return True
        if not value.digits:
            return False
        if self._glued(at) and not value.money and (before.isalnum() or before in {".", "/", ":", "_", "'", "’", "#"}):
            return True
        if self._glued(at) and before in _DASHES and at > 1 and self._glued(at - 1) and self._text(at - 2).isalpha():
            return True
        if self._glued(last) and (behind in {":", "/", "_"} or behind.isalpha()) and not (
            behind in self._words.unit_names or behind == "km"
        ):
            return True
        if before in words.designators and not value.money and value.scale == 1.0 and self._named(at, last):
            return True
        plain = self._text(at)
        return plain.isdigit() and len(plain) == 4 and int(plain) in _YEARS and value.scale == 1.0 and (
            before in words.before_years or self._text(last) in {"", ".", ",", ")"}
        )

    def _named(self, at: int, last: int) -> bool:
        """True where the word before is a name's ("Route 60"), or nothing that the number could count comes after."""
        before = self._pieces[at - 1]
        if self._scene.text[before.start].isupper() and not self._glued(at):
            return True
        if last >= len(self._pieces):
            return True
        return self._scene.tokens[self._token(self._pieces[last].start)].pos not in {"NOUN", "PROPN", "ADJ", "NUM", "VERB"}

    def _worded_one(self, at: int, last: int, value: _Value) -> bool:
        """ "No one", "one another", "the one who": no count."""
        if last - at != 1 or self._text(at) != "one":
            return False
        return (at > 0 and self._text(at - 1) in self._words.not_one) or self._text(last) in self._words.after_one

    def _unit(self, at: int) -> int | None:
        """The token that a hyphen joins to the number where it is counted, `_UNCOUNTED` where none is, None without a hyphen."""
        if not (self._text(at) in _DASHES and self._glued(at) and self._glued(at + 1)):
            return None
        word = self._text(at + 1)
        if not word[:1].isalpha():
            return None
        following = self._text(at + 2) in _DASHES and self._glued(at + 2)  # "12-year-old"
        if following or not (word in self._words.strong or self._words.kind_of(word)):
            return _UNCOUNTED
        return self._token(self._pieces[at + 1].start)


_UNCOUNTED = -1


