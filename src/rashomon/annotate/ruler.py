"""spaCy's attribute ruler with a memory: what it makes of a word in one tag and relation it makes of it again.

The ruler's 179 patterns are matched at every token, which takes a sixth of the parser's time. All but a few look at one token
alone: at its tag, its relation, whether it is white space, and its form where that is one of a hundred. What comes out for
these four is remembered. A piece in which one of the other patterns matches is left to the ruler itself, so that the outcome is
always the ruler's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from spacy.matcher import Matcher

_SEEN = ("TAG", "DEP", "IS_SPACE", "LOWER")
_RULED = ("TAG", "DEP", "POS", "MORPH", "LEMMA")
Key = tuple[int, ...]


class Ruler:
    """The attribute ruler of one pipeline, taken out of it; called on a parsed piece, it sets what the ruler sets."""

    def __init__(self, ruler: Any) -> None:
        patterns = [pattern for rule in ruler.patterns for pattern in rule["patterns"]]
        self._ruler = ruler
        self._others: Any = Matcher(ruler.vocab)
        self._others.add("others", [pattern for pattern in patterns if _forms(pattern) is None])
        forms = {form for pattern in patterns for form in _forms(pattern) or ()}
        self._forms = np.array([ruler.vocab.strings.add(form) for form in sorted(forms)], np.uint64)
        self._known: dict[Key, Key] = {}

    def __call__(self, doc: Any) -> Any:
        """The same document, with parts of speech, forms and the lemmas of the exceptions."""
        if not len(doc) or self._others(doc, allow_missing=True):
            return self._ruler(doc)
        seen = doc.to_array(_SEEN)
        seen[~np.isin(seen[:, -1], self._forms), -1] = 0
        keys: list[Key] = list(map(tuple, seen.tolist()))
        if self._known.keys() >= set(keys):
            doc.from_array(_RULED, np.array([self._known[key] for key in keys], np.uint64))
        else:
            self._ruler(doc)
            self._known.update(zip(keys, map(tuple, doc.to_array(_RULED).tolist()), strict=True))
        return doc


def _forms(pattern: Sequence[Mapping[str, Any]]) -> Sequence[str] | None:
    """The lower-case forms that a pattern of one token names; None for a pattern of several, or one with a regular expression."""
    form = pattern[0].get("LOWER", ())
    if len(pattern) > 1 or (isinstance(form, dict) and list(form) != ["IN"]):
        return None
    return [form] if isinstance(form, str) else list(form["IN"]) if form else []
