"""A headline without a verb that the parser knows, shown to it again as a sentence."""

from __future__ import annotations

from typing import Any

from ..knowledge.headlines import Headlines

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NAMING = frozenset({"NOUN", "PROPN", "NUM", "PRON"})
_HELD = frozenset({"dobj", "ccomp", "xcomp", "prt", "auxpass", "aux"})


def sentence_of(parsed: Any, words: Headlines) -> tuple[dict[int, str], dict[int, str]] | None:
    """(words shown instead, words shown before) by index of the parser's tokens; None where the headline needs neither.

    "Village shelled overnight" is shown with "was" before its participle, "Army shells village" with "shelled".
    """
    for token in parsed:
        if token.i == 0 or token.lower_ not in words.done_to or parsed[token.i - 1].pos_ not in _NAMING:
            continue
        if any(child.dep_ in _HELD for child in token.children) or token.dep_ == "amod":
            continue
        after = parsed[token.i + 1] if token.i + 1 < len(parsed) else None
        if after is None or after.pos_ in ("ADP", "ADV", "SCONJ", "PUNCT", "SPACE"):
            return {}, {token.i: "was"}
    if any(token.tag_ in _FINITE or (token.pos_ == "VERB" and token.dep_ == "ROOT" and token.tag_ == "VB") for token in parsed):
        return None
    for token in parsed[1:-1]:
        if token.lower_ in words.present and parsed[token.i - 1].pos_ in _NAMING and parsed[token.i + 1].pos_ != "PUNCT":
            return {token.i: words.present[token.lower_]}, {}
    return None
