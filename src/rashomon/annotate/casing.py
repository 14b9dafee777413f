"""Headlines in title case and text in capitals parse badly: every noun and verb looks like a name.

The body knows how its words are written, the lists of actors and places know names, and the rest is told by whether the word is
one of the language at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Protocol

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE = re.compile(r"(?:^|[.!?]\s+|\n\s*)[\"“'‘(]*$")
_SHORT = 3
_ENDINGS = (("ies", "y"), ("ied", "y"), ("s", ""), ("es", ""), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("men", "man"))
_MOST = 0.8  # of a text's letters in capitals: it is shouted


class Names(Protocol):
    """Tells the words of names (knowledge/proper.py)."""

    def written(self, words: Sequence[str], plain: Sequence[bool]) -> list[str | None]: ...


def forms_of(lemmatizer: Any) -> frozenset[str]:
    """The words that a rule lemmatizer knows, in lower case."""
    tables = [lemmatizer.lookups.get_table(name) for name in ("lemma_index", "lemma_exc")]
    return frozenset(form for table in tables for one in ("noun", "verb", "adj", "adv") for form in table.get(one, ()))


class Recaser:
    """Writes titles and shouted text as running text is written, one character for one."""

    def __init__(self, forms: frozenset[str], names: Names) -> None:
        """`forms` are the language's words in lower case: base forms, and those that no rule leads back to one."""
        self._forms = forms
        self._names = names

    def headline(self, text: str, body: str) -> str:
        """A headline in title case or in capitals as running text; any other as it is."""
        words = list(_WORD.finditer(text))
        if shouted(text):
            return self._written(text, words, body, True)
        longer = [match.group() for match in words if len(match.group()) > _SHORT]
        if not longer or sum(word[0].isupper() for word in longer) * 3 < len(longer) * 2:
            return text
        return self._written(text, words, body, False)

    def paragraph(self, text: str, body: str) -> str:
        """A paragraph in capitals as running text; any other as it is."""
        return self._written(text, list(_WORD.finditer(text)), body, True) if shouted(text) else text

    def _written(self, text: str, words: list[re.Match[str]], body: str, shouting: bool) -> str:
        written = set(_WORD.findall(body))
        lower = [match.group().lower() for match in words]
        plain = [self._plain(word) for word in lower]
        names = self._names.written([match.group() for match in words], plain)
        out = list(text)
        for match, low, common, name in zip(words, lower, plain, names, strict=True):
            word = match.group()
            if len(low) != len(word):
                continue
            if shouting:
                new = self._spoken(word, low, common, name)
            elif low in written and name is None:
                new = word if word.isupper() else low
            else:
                new = low if common and name is None and not word.isupper() and word not in written else word
            if _SENTENCE.search(text, max(0, match.start() - 8), match.start()):
                new = new[:1].upper() + new[1:]
            out[match.start() : match.end()] = new
        return "".join(out)

    def _spoken(self, word: str, low: str, common: bool, name: str | None) -> str:
        """A word in capitals as it is spoken: a name as the lists write it, a word of the language small."""
        if name is not None:
            return name if len(name) == len(word) else word[:1] + low[1:]
        if common:
            return low
        return word if len(word) <= _SHORT else word[:1] + low[1:]

    def _plain(self, word: str) -> bool:
        """True for a word of the language, inflected or not."""
        return any(form in self._forms for form in _stems(word))


def shouted(text: str) -> bool:
    """True for a text of four words or more that is in capitals but for a few letters."""
    letters = [char for char in text if char.isalpha()]
    return len(text.split()) >= 4 and sum(map(str.isupper, letters)) >= _MOST * len(letters) > 0


def _stems(word: str) -> list[str]:
    """The word and what it may be an inflected form of."""
    word = word.removesuffix("'s").removesuffix("’s")
    found = [word]
    for ending, new in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            found.append(stem + new)
            if ending in ("ed", "ing") and stem[-1:] == stem[-2:-1]:
                found.append(stem[:-1])
    return found
