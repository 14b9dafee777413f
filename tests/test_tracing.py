"""Copied text in a ledger: the same whether documents come one by one or all at once, and whatever left in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon import relinking, tracing
from rashomon.knowledge.lineage import load_lineage
from rashomon.ledger import Ledger, lineage, open_ledger
from rashomon.linker import Linker
from rashomon.records import Document, MadeBy, Metadata, Publication, RawDocument, Reading, RepeatedLine, Reuse, Span
from rashomon.tracing import Tracer

from .base import Base

# So small that a handful of documents tips what thousands would.
RULES = msgspec.structs.replace(load_lineage(), most_holders=2, most_alike=3, line_texts=3, line_days=2)
TRACER = Tracer(RULES)
LINKER = Linker.load()
SENTENCES = tuple(
    f"The {noun} of {place} was {deed} on the morning that the river rose, and {number} people of {place} stood by the {noun}"
    f" until the {other} came from {far}."
    for noun, place, deed, number, other, far in (
        ("mill", "Karsova", "shelled", "nine", "engineers", "Lumbarda"),
        ("market", "Tell Marwan", "burned", "forty", "nurses", "Qasr Medina"),
        ("bridge", "Zuwarah", "mined", "seven", "divers", "Oduya"),
        ("school", "Hartmann", "emptied", "sixty", "buses", "the coast"),
        ("harbour", "Benali", "blocked", "three", "tugs", "the north"),
    )
)


def written(number: int, sentences: Sequence[int]) -> tuple[RawDocument, Document, Reading]:
    lines = [f"Report number {number} of the correspondent in district {number * 7}, filed by telephone.", *(
        SENTENCES[at] for at in sentences
    )]
    text = "\n".join(lines)
    document = Document(id=f"d{number}", source=f"d{number}", text=text)
    at, body = 0, []
    for line in lines:
        body.append(Span(at, at + len(line)))
        at += len(line) + 1
    day = f"2021-05-{number % 4 + 1:02}"
    reading = Reading(
        id=document.id, source=document.source, text=text, text_sha256=document.text_sha256, made_by=MadeBy("c", "k", "m"),
        document=Metadata(
            title=None, publisher=("The Orchard", "The Quay")[number % 2], author=None, language="en", genre="report",
            published=Publication(day, day, "stated", day),
        ),
        body=tuple(body), boilerplate=(), attributions=(), events=(), quantities=(), entities=(), places=(), times=(),
    )
    raw = RawDocument(id=document.id, source=document.source, media_type="text/plain", content=text.encode())
    return raw, document, reading


@contextmanager
def opened() -> Iterator[Ledger]:
    with TemporaryDirectory() as folder, open_ledger(Path(folder, "war.db"), create=True) as ledger:
        yield ledger


def found(ledger: Ledger) -> tuple[list[Reuse], list[RepeatedLine]]:
    view = ledger.view()
    return list(view.reuses()), list(view.repeated_lines())


def add(ledger: Ledger, *items: tuple[RawDocument, Document, Reading]) -> None:
    for raw, document, reading in items:
        ledger.writer().store(raw, document, reading, state="read")
    TRACER.keep(ledger.traces(), TRACER.entries((document.key, reading) for _, document, reading in items))
    TRACER.settle(ledger)


texts = st.lists(st.lists(st.integers(0, len(SENTENCES) - 1), min_size=1, max_size=4, unique=True), min_size=2, max_size=7)


@settings(max_examples=12, deadline=None)
@given(texts, st.randoms(use_true_random=False))
def test_one_by_one_is_all_at_once_whatever_the_order(held: list[list[int]], random: object) -> None:
    items = [written(number, sentences) for number, sentences in enumerate(held)]
    whole = TRACER.trace((document.key, reading) for _, document, reading in items)
    with opened() as ledger:
        random.shuffle(items)  # type: ignore[attr-defined]
        for item in items:
            add(ledger, item)
        assert found(ledger) == whole
        assert ledger.traces().waiting() == {}


@settings(max_examples=8, deadline=None)
@given(texts, st.randoms(use_true_random=False))
def test_what_is_removed_leaves_no_trace(held: list[list[int]], random: object) -> None:
    items = [written(number, sentences) for number, sentences in enumerate(held)]
    with opened() as ledger:
        add(ledger, *items)
        random.shuffle(items)  # type: ignore[attr-defined]
        gone, left = items[: len(items) // 2], items[len(items) // 2 :]
        for _, document, _ in gone:
            ledger.writer().remove(document.key)
        TRACER.settle(ledger)
        assert found(ledger) == TRACER.trace((document.key, reading) for _, document, reading in left)
        for _, document, _ in left:
            ledger.writer().remove(document.key)
        assert [(len(signs), len(holders)) for signs, holders in ledger.traces().signs()] == [(0, 0)]
        assert found(ledger) == ([], [])


def test_signs_in_memory_find_what_looks_into_the_ledger_find(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [written(number, [number % 5, (number * 2 + 1) % 5, 4]) for number in range(12)]
    results = []
    for many, rows in ((1, 200_000), (1, 3), (1_000, 3)):
        monkeypatch.setattr(tracing, "_MANY", many)
        monkeypatch.setattr(lineage, "_ROWS", rows)
        with opened() as ledger:
            add(ledger, *items[:5])
            add(ledger, *items[5:])
            results.append(found(ledger))
    assert results[0] == results[1] == results[2] == TRACER.trace((document.key, reading) for _, document, reading in items)
    assert results[0][0] and results[0][1]


def test_one_life(base: Base) -> None:
    items = [written(number, [number % 5, (number * 2 + 1) % 5, 4]) for number in range(8)]
    with open_ledger(base.target, create=True) as ledger:
        for item in items:
            add(ledger, item)
        assert found(ledger) == TRACER.trace((document.key, reading) for _, document, reading in items)
        for _, document, _ in items[:5]:
            ledger.writer().remove(document.key)
        TRACER.settle(ledger)
        assert found(ledger) == TRACER.trace((document.key, reading) for _, document, reading in items[5:])


def test_other_rules_trace_anew() -> None:
    items = [written(number, [number % 3, 3]) for number in range(6)]
    other = Tracer(msgspec.structs.replace(RULES, most_holders=50, line_texts=9))
    with opened() as ledger:
        add(ledger, *items)
        before = found(ledger)
        ledger.writer().queue()
        relinking.link(ledger, linker=LINKER, tracer=other)
        assert found(ledger) == other.trace((document.key, reading) for _, document, reading in items) != before


def test_linking_twice_changes_nothing(base: Base) -> None:
    items = [written(number, [number % 3, 3]) for number in range(6)]
    with open_ledger(base.target, create=True) as ledger:
        add(ledger, *items)
        before = found(ledger)
        assert before[0] and before[1]
        for _ in range(2):
            ledger.writer().queue()
            relinking.link(ledger, linker=LINKER, tracer=TRACER)
            assert found(ledger) == before
        assert list(ledger.view().verify()) == []


def test_a_ledger_says_where_a_shared_text_is_not_what_was_stored(base: Base) -> None:
    items = [written(number, [0, 1]) for number in range(2)]
    with open_ledger(base.target, create=True) as ledger:
        add(ledger, *items)
        assert not [problem for problem in ledger.view().verify() if "share" in problem]
        base.run("UPDATE reuses SET kind = 'quoted'")
        assert [problem for problem in ledger.view().verify() if "recorded of others" in problem]


def test_what_was_left_half_done_is_done_later() -> None:
    items = [written(number, [0, 1]) for number in range(2)]
    with opened() as ledger:
        for raw, document, reading in items:
            ledger.writer().store(raw, document, reading, state="read")
        TRACER.keep(ledger.traces(), TRACER.entries((document.key, reading) for _, document, reading in items))
        waiting = ledger.traces().waiting()
        assert len(waiting) == 2 and found(ledger)[0] == []
        # Saved by somebody who looked before the documents were asked for again: nothing of it counts.
        shared = TRACER.trace((document.key, reading) for _, document, reading in items)[0]
        ledger.traces().save(shared, list(waiting), dict.fromkeys(waiting, 0))
        assert found(ledger)[0] == [] and ledger.traces().waiting() == waiting
        relinking.link(ledger, linker=LINKER, tracer=TRACER)
        assert found(ledger)[0] == shared and ledger.traces().waiting() == {}
