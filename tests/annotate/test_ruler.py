"""The ruler with a memory says what spaCy's says, also of words and pieces seen before."""

from __future__ import annotations

from typing import Any

import spacy

from rashomon.annotate.annotator import MODEL
from rashomon.annotate.ruler import Ruler

TEXTS = (
    "There are   two\n\n\n men who'd have done it. I saw her; it was them whom you met.",
    "Let's go! I ain't gonna stay, y'all. Didn't the army's shelling stop? They've got to, but that had been said.",
    "There are four men who have done it. You saw him; it was us whom they met, and did what had to be done.",
    "\n",
)


def said(doc: Any) -> list[tuple[Any, ...]]:
    return [(one.text, one.tag_, one.pos_, one.dep_, one.head.i, one.lemma_, str(one.morph), one.ent_type_) for one in doc]


def test_what_it_sets_is_what_the_ruler_sets(whole: Any) -> None:
    parts = spacy.load(MODEL)
    _, ruler = parts.remove_pipe("attribute_ruler")
    _, lemmatizer = parts.remove_pipe("lemmatizer")
    with_memory = Ruler(ruler)
    for text in (*TEXTS, *reversed(TEXTS), " ".join(TEXTS)):
        assert said(lemmatizer(with_memory(parts(text)))) == said(whole(text))
