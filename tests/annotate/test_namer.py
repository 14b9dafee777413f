"""Names decoded all at once are the names that spaCy finds word by word."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest
import spacy

from rashomon.annotate.annotator import MODEL
from rashomon.annotate.namer import Namer
from rashomon.errors import ModelError

TEXTS = (
    "The Syrian Observatory for Human Rights said on Tuesday that 3,000 fighters of Jaysh al-Islam left Douma for Jarablus.",
    "Aleppo",
    "",
    "In Hama\n\n  Province   12 soldiers died, Reuters reported. Moscow denied it. The United States\nand Russia met in Geneva "
    "on 12 February 2016.",
    "“We left,” Maryam al-Hadi told the BBC in east Aleppo. He paid $3 million for four Kamaz lorries last week",
    "Asked about 40 percent of the Kurds in Idlib, John Kerry, the Secretary of State, spoke of the first Geneva Convention.",
    "\n",
    "Al Qaeda. Nusra. ISIS. U.N. Security Council Resolution 2254.",
)


@pytest.fixture(scope="module")
def parts() -> tuple[Any, Namer]:
    language: Any = spacy.load(MODEL)
    _, finder = language.remove_pipe("ner")
    return language, Namer(finder)


def named(doc: Any) -> list[tuple[str, str, str]]:
    return [(token.text, token.ent_iob_, token.ent_type_) for token in doc]


def names_of(parts: tuple[Any, Namer], texts: Sequence[str]) -> list[list[tuple[str, str, str]]]:
    language, namer = parts
    docs = list(language.pipe(texts))
    namer(docs)
    return [named(doc) for doc in docs]


def test_names_are_those_that_spacy_finds(whole: Any, parts: tuple[Any, Namer]) -> None:
    theirs = [named(whole(text)) for text in TEXTS]
    assert names_of(parts, TEXTS) == theirs
    assert sum(iob == "B" for doc in theirs for _, iob, _ in doc) > 20


def test_a_piece_has_the_same_names_alone(parts: tuple[Any, Namer]) -> None:
    assert names_of(parts, TEXTS) == [names_of(parts, [text])[0] for text in TEXTS]


def test_no_piece_no_names(parts: tuple[Any, Namer]) -> None:
    _, namer = parts
    namer([])


def test_a_finder_of_another_kind_is_refused(parts: tuple[Any, Namer], whole: Any) -> None:
    finder = whole.get_pipe("ner")
    other = SimpleNamespace(model=finder.model, moves=finder.moves, cfg={**finder.cfg, "beam_width": 4})
    with pytest.raises(ModelError, match="another way"):
        Namer(other)
