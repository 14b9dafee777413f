"""Headlines in title case parse badly: every noun and verb looks like a name. The body knows how the words are written."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def lower_headline(headline: str, body: str) -> str:
    """The headline with words in lower case that the body writes so; of the same length, character for character.

    A headline that is not in title case (fewer than two thirds of its longer words capitalised) is returned as it is, as is
    any word that the body never writes in lower case: a name, or a word of the headline alone.
    """
    words = list(_WORD.finditer(headline))
    long_words = [match.group() for match in words if len(match.group()) > 3]
    capitals = sum(word[0].isupper() for word in long_words)
    if not long_words or capitals * 3 < len(long_words) * 2:
        return headline
    written = set(_WORD.findall(body))
    stems = {part for word in written for part in word.split("-")}
    out = list(headline)
    for match in words:
        word = match.group()
        lower = word.lower()
        known = lower in written or (lower in stems and word not in written)
        if known and len(lower) == len(word) and not word.isupper():
            out[match.start() : match.end()] = lower
    return "".join(out)
