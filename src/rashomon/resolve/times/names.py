"""Words of time that are part of a name: "the 26 July Movement", "Bishop Friday Okafor", "April Summers"."""

from __future__ import annotations

import re

from ...knowledge.times import TimeWords
from .rule import Found

_NEXT = re.compile(r"[ \u00a0](?:of[ \u00a0](?:the[ \u00a0])?)?([A-Z][\w'\u2019-]*)")
_BEFORE = re.compile(r"([.!?:;\"\u201c\n]?)[ \u00a0]?([A-Za-z][\w'\u2019-]*)[ \u00a0]$")


class Names:
    """The test, over the word lists."""

    def __init__(self, words: TimeWords) -> None:
        self._nouns = frozenset(words.name_nouns)
        self._openers = frozenset(words.openers)
        self._given = frozenset(words.given_names)
        self._known = frozenset(word.capitalize() for word in (*words.months, *words.weekdays)) - {
            word.capitalize() for word in words.given_names
        }

    def holds(self, item: Found, text: str) -> bool:
        """True where the expression is no time but (part of) a name."""
        if item.type == "DURATION":
            war = _NEXT.match(text, item.end)
            return war is not None and war[1] in self._nouns and text[item.start].isupper()  # "the Six-Day War"
        if item.type != "DATE" or item.meaning.kind not in ("date", "weekday", "feast") or item.meaning.at.year is not None:
            return False
        after = _NEXT.match(text, item.end)
        if after is not None and after[1] in self._nouns and after.start(1) == item.end + 1:
            return True
        said = text[item.start : item.end]
        if said.casefold() not in self._given:
            return False
        named_after = after is not None and after.start(1) == item.end + 1 and after[1] not in self._known
        before = _BEFORE.search(text[max(0, item.start - 32) : item.start])
        if before is None:
            # It opens its sentence: "April Summers, who ..."
            return named_after and item.meaning.kind == "date"
        named_before = before[2][0].isupper() and before[2].casefold() not in self._openers and not before[1]
        return named_before and (named_after or item.meaning.kind == "date") and before[2] not in self._known
