"""The trained tagger as the program runs it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import ModelError
from rashomon.models.files import HERE
from rashomon.models.tagger import LONGEST, SpanTagger, _windows, fragments
from rashomon.records import Span, Tagged

TEXT = (
    "The governor of the province said on Monday that two shells had hit the grain market.\n"
    "“We heard nothing before it fell,” a baker, Samir Odeh, told reporters.\n"
    "The road to the port stayed open, and lorries queued for diesel until dusk.\n"
)


@pytest.fixture(scope="module")
def tagger() -> SpanTagger:
    return SpanTagger.load()


def paragraphs(text: str) -> list[Span]:
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Span(at, at + len(line)))
        at += len(line) + 1
    return found


def words(text: str, one: Tagged) -> tuple[list[str], list[str], list[str]]:
    return [s.of(text) for s in one.source], [s.of(text) for s in one.cue], [s.of(text) for s in one.content]


def test_finds_source_cue_and_content_and_leaves_plain_narration_alone(tagger: SpanTagger) -> None:
    found = [words(TEXT, one) for one in tagger.tag(TEXT, paragraphs(TEXT))]
    assert [cue for _, cue, _ in found] == [["said"], ["told"]]
    assert "two shells had hit the grain market" in found[0][2][0]
    assert "We heard nothing before it fell" in found[1][2][0]
    assert found[0][0] and "governor" in found[0][0][0]
    assert found[1][0] and "baker" in found[1][0][0]


def test_a_part_never_leaves_its_paragraph(tagger: SpanTagger) -> None:
    for one in tagger.tag(TEXT, paragraphs(TEXT)):
        parts = (*one.source, *one.cue, *one.content)
        assert len({TEXT.count("\n", 0, part.start) for part in parts}) == 1
        assert not any("\n" in part.of(TEXT) for part in parts)


def test_the_same_paragraphs_give_the_same_among_many(tagger: SpanTagger) -> None:
    """What stands far away in a long text does not change what is found here: batch mates are not heard."""
    filler = "The road to the port stayed open, and lorries queued for diesel until dusk.\n" * 40
    alone = tagger.tag(TEXT + filler, paragraphs(TEXT + filler))
    among = tagger.tag(TEXT + filler * 8, paragraphs(TEXT + filler * 8))
    assert [one for one in among if one.content[0].end < len(TEXT)] == [one for one in alone if one.content[0].end < len(TEXT)]


def test_no_text_nothing_found(tagger: SpanTagger) -> None:
    assert tagger.tag("", []) == []
    assert tagger.tag(" \u00a0 ", [Span(0, 3)]) == []


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab said “”\"'‘’.,:;—\n\u00a0é说سчю😀"), max_size=400))
def test_any_text_gives_spans_inside_it(tagger: SpanTagger, text: str) -> None:
    for one in tagger.tag(text, paragraphs(text)):
        for part in (*one.source, *one.cue, *one.content):
            assert 0 <= part.start < part.end <= len(text)
        assert 0 <= one.confidence <= 1


def test_one_paragraph_of_twenty_thousand_words_is_read_in_pieces(tagger: SpanTagger) -> None:
    text = "He said it was over and she said it was not. " * 2000
    found = tagger.tag(text, [Span(0, len(text))])
    assert len(found) > 1000
    assert max(one.content[-1].end - one.content[0].start for one in found) < 8 * LONGEST


@pytest.mark.parametrize("count", [1, 253, 254, 470, 10_000])
def test_every_piece_is_decided_once(count: int) -> None:
    decided = [piece for _, _, first, last in _windows(count) for piece in range(first, last)]
    assert decided == list(range(count))


def test_a_fragment_goes_on_until_another_begins() -> None:
    found = fragments([0, 1, 2, 1, 0, 5, 6, 6, 3])
    assert [(one.role, one.first, one.last) for one in found] == [(0, 1, 2), (0, 3, 3), (2, 5, 7), (1, 8, 8)]


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"attribution\.onnx is missing"):
        SpanTagger.load(tmp_path)


def test_a_broken_model_is_named(tmp_path: Path) -> None:
    shutil.copy(HERE / "wordpieces.json", tmp_path)
    (tmp_path / "attribution.onnx").write_bytes(b"\x00\x01not a model")
    with pytest.raises(ModelError, match="cannot be read"):
        SpanTagger.load(tmp_path)
