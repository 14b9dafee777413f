"""Whose hand a paragraph is in, by how it spells what several hands spell differently."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"\w(?:[\w.'’-]*\w)?")
_JOINTS = re.compile(r"[-.'’]")
_POSSESSIVE = re.compile(r"['’]s?$")


class Hand:
    """Spellings of one writer: words of the same letters written with or without hyphen, point and capital."""

    def __init__(self, paragraphs: list[str]) -> None:
        self._forms: dict[str, Counter[str]] = {}
        for paragraph in paragraphs:
            for plain, form in _spellings(paragraph):
                self._forms.setdefault(plain, Counter())[form] += 1

    def unlike(self, paragraph: str) -> int:
        """Number of words that the paragraph writes in a way that this writer, who has the word, never does."""
        return sum(self._differs(plain, form) for plain, form in set(_spellings(paragraph)))

    def shared_against(self, paragraph: str, other: Hand) -> int:
        """Number of words that the paragraph writes as this writer does and the other writer does not."""
        return sum(
            form in self._forms.get(plain, ()) and other._differs(plain, form) for plain, form in set(_spellings(paragraph))
        )

    def _differs(self, plain: str, form: str) -> bool:
        known = self._forms.get(plain)
        return known is not None and form not in known


def _spellings(paragraph: str) -> list[tuple[str, str]]:
    """(letters alone in lower case, spelling). Case counts only in words with a joint, where no sentence start decides it."""
    out = []
    for match in _WORD.finditer(paragraph):
        word = _POSSESSIVE.sub("", match.group())
        plain = _JOINTS.sub("", word).lower()
        if len(plain) < 2 or plain.isdigit():
            continue
        if _JOINTS.search(word) is None:
            out.append((plain, plain))
        elif not _begins(paragraph, match.start()):
            out.append((plain, word))
    return out


def _begins(paragraph: str, at: int) -> bool:
    """True for the first word of a sentence, whose capital says nothing."""
    return paragraph[max(0, at - 4) : at].rstrip(' \u00a0“"‘(')[-1:] in ("", ".", "?", "!", ":")
