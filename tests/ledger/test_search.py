"""Finding sentences."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.errors import UsageError
from rashomon.ledger import Ledger, open_ledger
from rashomon.ledger.passages import LONGEST, passages
from rashomon.records import Span

from ..base import Base
from .made import document, raw, reading

Bases = Callable[[str, Path], AbstractContextManager[Base]]


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    item = document()
    ledger.writer().store(raw(item), item, reading(item), state="read")
    return ledger


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("shelling depots", ["The army [shelled] the grain [depot] at Tell Marwan on Sunday, residents said."]),
        ('"grain depot"', ["The army shelled the [grain depot] at Tell Marwan on Sunday, residents said."]),
        ('"depot grain"', []),
        ("“we fired”", ["Gen. Harith Odeh denied it: “[We fired] at nobody.”"]),
        ("depot -army", ["[Depot] hit at Tell Marwan"]),
        ('depot -"grain depot"', ["[Depot] hit at Tell Marwan"]),
        ("hari*", ["Gen. [Harith] Odeh denied it: “We fired at nobody.”"]),
        ("AND depot", []), ("share story", []), ("body:army", []), ("NEAR(army depot)", []),
        ('army"', ["The [army] shelled the grain depot at Tell Marwan on Sunday, residents said."]),
        ("(army)", ["The [army] shelled the grain depot at Tell Marwan on Sunday, residents said."]),
        ("'army';--", ["The [army] shelled the grain depot at Tell Marwan on Sunday, residents said."]),
        ("army\x00 depot", ["The [army] shelled the grain [depot] at Tell Marwan on Sunday, residents said."]),
    ],
)
def test_queries(filled: Ledger, base: Base, query: str, found: list[str]) -> None:
    if base.kind == "postgres":
        # It marks the words of a phrase one by one.
        found = [marked.replace("[grain depot]", "[grain] [depot]").replace("[We fired]", "[We] [fired]") for marked in found]
    assert [hit.marked() for hit in filled.view().search(query)] == found


def test_words_are_found_without_their_accents_and_by_their_stems(ledger: Ledger) -> None:
    item = document("c.txt", "Erdoğan’s générals crossed the Şırnak bridges.")
    ledger.writer().store(raw(item), item, None, state="not-read", reason="short")
    for query in ("erdogan", "ERDOĞAN", "general", "générals", "crossing bridge", '"the Şırnak bridge"', "şırn*"):
        assert len(ledger.view().search(query)) == 1, query


def test_hits_slice_back_to_the_text(filled: Ledger) -> None:
    text = document().text
    hits = filled.view().search("marwan")
    assert len(hits) == 2
    for hit in hits:
        assert hit.span.of(text) == hit.text
        assert [mark.of(text) for mark in hit.marks] == ["Marwan"]
    assert filled.view().search("marwan", 1) == hits[:1]


@pytest.mark.parametrize("query", ["", "  ", '""', "-army", "*", "()", "“”", "'", "\x00", "a" * 2000])
def test_a_query_without_words_is_refused(filled: Ledger, query: str) -> None:
    with pytest.raises(UsageError):
        filled.view().search(query)


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_no_query_breaks_the_search(kind: str, bases: Bases, tmp_path_factory: pytest.TempPathFactory) -> None:
    item = document()
    with bases(kind, tmp_path_factory.mktemp("search")) as base, open_ledger(base.target, create=True) as ledger:
        ledger.writer().store(raw(item), item, reading(item), state="read")
        view = ledger.view()

        @settings(max_examples=200, deadline=None)
        @given(st.text(st.sampled_from('army depot"*-()^:+{}\\\'’“”\0\ud800%_é') | st.characters(), max_size=30))
        def ask(query: str) -> None:
            try:
                hits = view.search(query)
            except UsageError:
                return
            for hit in hits:
                assert hit.span.of(item.text) == hit.text

        ask()


def test_search_follows_a_new_reading(filled: Ledger) -> None:
    item = document()
    fields = {name: getattr(reading(item), name) for name in reading(item).__struct_fields__}
    only_headline = reading(item).__class__(**{**fields, "body": (Span(0, 24),)})
    assert filled.writer().replace(item.key, only_headline)
    assert len(filled.view().search("marwan")) == 1 and list(filled.view().verify()) == []


def test_sentences() -> None:
    text = "The U.N. said so. Gen. Odeh left at 5 p.m. on Sunday! “It burned.” He said no. Then it rained.\nA new line"
    found = [span.of(text) for span in passages(text, [Span(0, len(text))])]
    assert found == [
        "The U.N. said so.", "Gen. Odeh left at 5 p.m. on Sunday!", "“It burned.”", "He said no.", "Then it rained.",
        "A new line",
    ]


@given(st.text(st.sampled_from("Ab .!?\n\u00a0“”،") , max_size=200))
def test_passages_cover_every_letter_once_and_in_order(text: str) -> None:
    spans = list(passages(text, [Span(0, len(text))]))
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())


def test_one_long_line_is_cut() -> None:
    text = "word " * 200_000
    spans = list(passages(text, [Span(0, len(text))]))
    assert max(span.width for span in spans) <= LONGEST
    assert sum(span.of(text).count("word") for span in spans) == 200_000
