"""Odd texts: no crash, spans that slice back, time linear in the length."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rashomon.attribute.quotations import find_quotations
from rashomon.errors import KnowledgeError
from rashomon.knowledge.cues import CueKnowledge
from rashomon.knowledge.files import HERE
from rashomon.records import Block, Claim, Span

Reader = Callable[..., tuple[Claim, ...]]
Sound = Callable[[str, tuple[Claim, ...]], None]
PIECES = st.sampled_from(
    [
        "“",
        "”",
        "‘",
        "’",
        '"',
        "«",
        "»",
        "''",
        " ",
        "\n",
        "\r\n",
        "\u00a0",
        ":",
        ",",
        ".",
        "…",
        "[",
        "]",
        "(NB: x – AM)",
        "he said",
        "said",
        "Reuters reported:",
        "citing",
        "according to",
        "that",
        "the army",
        "I think",
        "Россия заявила",
        "قال",
        "denied it",
        "U.S.",
        "who",
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=40))
def test_any_text(read: Reader, sound: Sound, pieces: list[str]) -> None:
    text = " ".join(pieces)
    sound(text, read(text))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab .,“”‘’\"'«»\n", max_size=200))
def test_quotations_slice_back(text: str) -> None:
    found = find_quotations(text, (Block(Span(0, len(text)), "paragraph"),))
    for quotation in found:
        for piece in quotation.pieces:
            assert quotation.outer.covers(piece)
            assert piece.of(text).strip() == piece.of(text) != ""
    starts = [quotation.outer.start for quotation in found]
    assert starts == sorted(starts)


def test_empty(read: Reader) -> None:
    assert [claim.id for claim in read("")] == ["A0"]


def test_a_book_of_opened_quotations(steps: Callable[[Callable[[], object]], int]) -> None:
    def book(paragraphs: int) -> int:
        lines = ["“He said that the town held." for _ in range(paragraphs)]
        text, blocks, at = "\n".join(lines), [], 0
        for line in lines:
            blocks.append(Block(Span(at, at + len(line)), "paragraph"))
            at += len(line) + 1
        return steps(lambda: find_quotations(text, tuple(blocks)))

    assert book(8000) < 9 * book(1000)


def test_a_sentence_of_ten_thousand_words(read: Reader, sound: Sound) -> None:
    text = "The mayor said that the road was open and " * 1250
    sound(text, read(text))


def test_a_lemma_in_two_groups_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = (HERE / "cues.yaml").read_text(encoding="utf-8").replace("lemmas: [urge, ", "lemmas: [urge, say, ")
    path = tmp_path_factory.mktemp("cues") / "cues.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match="'say' stands in"):
        CueKnowledge.load(path)


def test_same_text_same_claims(read: Reader) -> None:
    text = "Reuters, citing residents, said the dam had broken. “We ran,” said one."
    assert read(text) == read(text)
