"""Loaded words and what is shown in their stead to the parser and the trained tagger."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from ..errors import KnowledgeError
from .files import HERE, load_yaml

_VOWELS = frozenset("aeiou")
_STOPS = frozenset({".", "!", "?", ":", ";", '"', "“", "”", "'", "‘", "(", "-", "–", "—", "•", "*"})


class Dropped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that are left out where one of the nouns of `before`, singular or plural, follows."""

    before: tuple[str, ...]
    words: tuple[str, ...]


class Framing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """What `framing.yaml` holds: plain words with the loaded ones that mean the same, and loaded modifiers."""

    plain: dict[str, tuple[str, ...]]
    alike: dict[str, tuple[str, ...]]
    lemmas: dict[str, tuple[str, ...]]
    of_people: dict[str, tuple[str, ...]]
    people: frozenset[str]
    things: frozenset[str]
    of_places: dict[str, tuple[str, ...]]
    places: frozenset[str]
    measures: frozenset[str]
    names: dict[str, tuple[str, ...]]
    as_called: frozenset[str]
    dropped: tuple[Dropped, ...]
    unnaming: Dropped

    @cached_property
    def by_loaded(self) -> Mapping[str, str]:
        """The plain word of each loaded one, both in lower case."""
        return {word.lower(): plain for row in (self.alike, self.plain) for plain, words in row.items() for word in words}

    def plainly(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words, in lower case, with plain ones for the loaded."""
        return tuple(self.by_loaded.get(word, word) for word in words)

    def evenly(self, words: Collection[str]) -> frozenset[str]:
        """The words with all the loaded ones of each plain one among them, and without those whose plain one is not there."""
        loaded = {word.lower() for row in self.plain.values() for word in row}
        return frozenset(self.widely([word for word in words if word not in loaded]))

    def widely(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words, then the loaded ones of each plain one among them."""
        meant = [word.lower() for plain, row in self.plain.items() if plain in words for word in row]
        return tuple(dict.fromkeys((*words, *meant)))

    @cached_property
    def own_lemma(self) -> Mapping[str, str]:
        """The lemma of each loaded word that keeps its own."""
        return {word: lemma for lemma, words in self.lemmas.items() for word in (lemma, *words)}

    @cached_property
    def lemma_of_people(self) -> Mapping[str, str]:
        """The lemma that a loaded verb has instead of its own where it is said of people."""
        return {word: lemma for lemma, words in self.of_people.items() for word in words}

    @cached_property
    def lemma_of_places(self) -> Mapping[str, str]:
        """The lemma that a loaded verb has instead of its own where it is said of a place."""
        return {word: lemma for lemma, words in self.of_places.items() for word in words}

    @cached_property
    def _empty(self) -> frozenset[tuple[str, str]]:
        """(modifier, noun): the modifier is dropped before the noun."""
        return frozenset(
            (word, noun) for row in self.dropped for word in row.words for one in row.before for noun in (one, *_plurals(one))
        )

    @cached_property
    def _touched(self) -> frozenset[str]:
        return frozenset(self.by_loaded) | {word for word, _ in self._empty} | {word.lower() for word in self._named}

    @cached_property
    def _named(self) -> Mapping[str, str]:
        return {word: name for name, words in self.names.items() for word in words}

    def named(self, words: Sequence[str]) -> list[str | None]:
        """The words as `shown` gives them, without those that do not name the group behind them ("the rebel group")."""
        out = self.shown(words)
        lower = [word.lower() for word in words]
        nouns = frozenset(self.unnaming.before)
        if not nouns.isdisjoint(lower):
            for at in range(len(words) - 2, -1, -1):
                following = next(one for one in range(at + 1, len(words) + 1) if one == len(words) or out[one] is not None)
                if following < len(words) and lower[at] in self._unnaming and lower[following] in nouns and _common(words, at):
                    out[at] = None
        return out

    @cached_property
    def _unnaming(self) -> frozenset[str]:
        return frozenset(word.lower() for word in self.unnaming.words)

    def shown(self, words: Sequence[str]) -> list[str | None]:
        """The words of a text as they are shown: each itself or its plain word, None where it is dropped.

        A capital stays; "a" and "an" follow the word shown. Words with a capital within a name stay as they are.
        """
        lower = [word.lower() for word in words]
        out: list[str | None] = list(words)
        if self._touched.isdisjoint(lower):
            return out
        for at in range(len(words) - 1, -1, -1):
            word = lower[at]
            beside = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
            if words[at] in self._named and not any(one.isupper() and len(one) > 1 for one in beside):
                out[at] = self._named[words[at]]
                self._fit_article(out, at)
                continue
            if word not in self._touched or not _common(words, at):
                continue
            following = next((one for one in range(at + 1, len(words)) if out[one] is not None), None)
            if following is not None and {(word, lower[following]), (word, lower[at + 1])} & self._empty:
                out[at] = None
                after = out[following]
                if (at == 0 or words[at - 1] in _STOPS) and words[at][:1].isupper() and after is not None:
                    out[following] = after[:1].upper() + after[1:]
            elif word in self.by_loaded:
                plain = self.by_loaded[word]
                out[at] = plain.capitalize() if words[at][0].isupper() else plain
            else:
                continue
            self._fit_article(out, at)
        return out

    def _fit_article(self, out: list[str | None], at: int) -> None:
        """Makes "a" before the word at `at` fit what is shown there now."""
        before = out[at - 1] if at else None
        if before is not None and before.lower() in ("a", "an"):
            first = next((one for one in out[at:] if one is not None), "b")
            article = "an" if first[:1].lower() in _VOWELS else "a"
            out[at - 1] = article.capitalize() if before[0].isupper() else article


def _common(words: Sequence[str], at: int) -> bool:
    """True for a word in lower case, and for one with a capital that stands in no name."""
    if words[at].islower():
        return True
    if not words[at][:1].isupper() or not words[at][1:].islower():
        return False
    if at + 1 < len(words) and words[at + 1][:1].isupper():
        return False
    return at == 0 or words[at - 1] in _STOPS or not words[at - 1][:1].isupper()


def _plurals(noun: str) -> tuple[str, ...]:
    if noun.endswith("man"):
        return (noun[:-3] + "men",)
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return (noun[:-1] + "ies",)
    return (noun + "s", noun + "es") if noun[-1] in "shx" else (noun + "s",)


def load_framing(path: Path = HERE / "framing.yaml") -> Framing:
    """The file's content. KnowledgeError when it breaks its form."""
    framing = load_yaml(path, Framing)
    unknown = sorted({word for words in framing.alike.values() for word in words} - set(framing.own_lemma))
    if unknown:
        raise KnowledgeError(f"{path}: `lemmas` lacks {', '.join(unknown)}: say which verb each is a form of")
    return framing
