"""Numbers as a text writes them, also where no noun stands beside them: "closer to 2,000", "between two and three hundred"."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..knowledge.quantities import Quantities
from ..records import Span

_DIGITS = r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


class Numeral(NamedTuple):
    """A number and where it stands."""

    span: Span
    value: float


class Numerals:
    """Finds the numbers of a text: figures, number words, and both together ("1.5 million", "thirty-four")."""

    def __init__(self, words: Quantities) -> None:
        self._small = words.number_words
        self._times = words.multipliers
        small = "|".join(sorted(self._small, key=lambda word: (-len(word), word)))
        times = "|".join(sorted(self._times, key=lambda word: (-len(word), word)))
        one = rf"(?:{_DIGITS}|{small})"
        part = rf"(?:{one}(?:[- ](?:{small}))?(?:[ -](?:{times})s?)*|an? (?:{times}))"
        self._pattern = re.compile(rf"(?<![\w.,/:-])(?:{part})(?:(?: and |[ -]){part})*(?![\w/:%]|[.,]\d|-\w)", re.IGNORECASE)

    def find(self, text: str) -> list[Numeral]:
        """All of them, in order. Two numbers joined by "and" are two where they are no one number ("two and three hundred")."""
        found = []
        for match in self._pattern.finditer(text):
            for start, words in self._pieces(match):
                value = self._value(words)
                if value is not None:
                    found.append(Numeral(Span(start, start + len(words)), value))
        return found

    def _pieces(self, match: re.Match[str]) -> list[tuple[int, str]]:
        words = match.group()
        joint = re.search(r" and ", words, re.IGNORECASE)
        if joint is None or re.search(r"\b(?:hundred|thousand|million|lakh)s?$", words[: joint.start()], re.IGNORECASE):
            return [(match.start(), words)]
        return [(match.start(), words[: joint.start()]), (match.start() + joint.end(), words[joint.end() :])]

    def _value(self, words: str) -> float | None:
        total, current = 0.0, 0.0
        for word in re.split(r"[\s-]+", words.lower()):
            if not word or word == "and":
                continue
            bare = word[:-1] if word.endswith("s") and word[:-1] in self._times else word
            if bare in self._times:
                scale = self._times[bare]
                current = (current or 1.0) * scale
                if scale >= 1000:
                    total, current = total + current, 0.0
            elif word in ("a", "an"):
                current = 1.0
            elif word in self._small:
                current += self._small[word]
            else:
                try:
                    current += float(re.sub(r"[,\u202f\u00a0]", "", word))
                except ValueError:
                    return None
        return total + current
