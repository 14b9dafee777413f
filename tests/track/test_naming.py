"""Who calls whom what: own and quoted voices, months, copied words counted once, shifts."""

from __future__ import annotations

import random
from typing import Any

import pytest

from rashomon.records import Citation, Naming, Reuse, SharedPassage, Span, Stated
from rashomon.track.naming import cells, label_of, named, shifts


def stated(
    document: str, at: int, label: str, *, actor: str = "Blue Army", day: str | tuple[str | None, str | None] = "2016-08-03",
    speaker: str | None = None, publisher: str | None = "The Post",
) -> Stated[Naming]:
    span = Span(at, at + len(label))
    chain = tuple(name for name in (publisher, speaker) if name)
    days = (day, day) if isinstance(day, str) else day
    said = Naming(span, actor, label, "quoted" if speaker else "author", speaker, "A1" if speaker else None)
    return Stated(
        f"{document}/{at}", Citation(document, span, Span(max(0, at - 4), at + 40), chain), publisher, days,
        "2020-01-01T00:00:00Z", None, said,
    )


def copied(a: str, b: str, first: str | None = None, **more: Any) -> Reuse:
    passage = SharedPassage(Span(0, 100), Span(50, 150), 30, "text")
    return Reuse(a, b, "wire-copy", first, more.get("agency"), 0.5, 0.5, (passage,))


def test_a_quoted_word_is_the_speakers() -> None:
    own, quoted = cells(named((stated("a", 9, "rebels"), stated("a", 30, "terrorists", speaker="Karl Dorn")), (), {}))
    assert (own.voice, own.speaker, own.words) == ("own", None, "rebels")
    assert (quoted.voice, quoted.speaker, quoted.words) == ("quoted", "Karl Dorn", "terrorists")


def test_one_label_whatever_its_number_and_capitals() -> None:
    (cell,) = cells(named((stated("a", 9, "Rebels"), stated("a", 30, "rebel"), stated("b", 9, "rebels")), (), {}))
    assert (cell.mentions, cell.documents, cell.carried) == (3, 2, 0)
    assert label_of("Government forces") == label_of("government force")


def test_nobody_told_is_no_actor() -> None:
    (cell,) = cells(named((stated("a", 9, "Militants", actor="militants"),), (), {}))
    assert cell.actor is None


@pytest.mark.parametrize(("day", "month"), [
    ("2016-08-03", "2016-08"), (("2016-08-01", "2016-08-31"), "2016-08"), (("2016-08-30", "2016-09-02"), None),
    ((None, None), None), ((None, "2016-08-02"), None),
])
def test_a_month_is_known_where_the_days_lie_in_one(day: Any, month: str | None) -> None:
    (cell,) = cells(named((stated("a", 9, "rebels", day=day),), (), {}))
    assert cell.month == month


def test_copied_words_count_once_where_they_were_first() -> None:
    some = (
        stated("a", 9, "rebels", publisher="Wire", day="2016-08-03"), stated("b", 59, "rebels", day="2016-08-04"),
        stated("b", 170, "rebels", day="2016-08-04"),
    )
    table = {cell.outlet: cell for cell in cells(named(some, (copied("a", "b"),), {}))}
    assert (table["Wire"].mentions, table["Wire"].carried) == (1, 0)
    assert (table["The Post"].mentions, table["The Post"].carried) == (1, 1)


def test_who_came_first_is_the_ledgers_word() -> None:
    days = ("2016-08-01", "2016-08-09")
    some = stated("a", 9, "rebels", publisher="Wire", day=days), stated("b", 59, "rebels", day=days)
    table = {cell.outlet: cell for cell in cells(named(some, (copied("a", "b", first="b"),), {}))}
    assert (table["The Post"].mentions, table["Wire"].carried) == (1, 1)


def test_an_agencys_words_are_the_agencys() -> None:
    some = stated("a", 9, "rebels", publisher="Wire"), stated("b", 59, "rebels", day="2016-08-04")
    table = cells(named(some, (copied("a", "b", agency="AP"),), {}))
    assert {(cell.outlet, cell.mentions, cell.carried) for cell in table} == {("AP", 1, 0), ("The Post", 0, 1)}


def test_another_place_of_the_passage_is_no_copy() -> None:
    some = stated("a", 9, "rebels", publisher="Wire"), stated("b", 140, "rebels", day="2016-08-04")
    assert all(cell.carried == 0 for cell in cells(named(some, (copied("a", "b"),), {})))


def month_of(label: str, month: str, count: int) -> list[Stated[Naming]]:
    return [stated(f"{month}-{label}-{number}", 9, label, day=f"{month}-{number + 1:02}") for number in range(count)]


def test_a_shift_needs_mentions_on_both_sides() -> None:
    some = [*month_of("rebels", "2016-08", 3), *month_of("terrorists", "2016-09", 4), *month_of("rebels", "2016-09", 1)]
    (shift,) = shifts(named(some, (), {}), 3)
    assert (shift.before.label, shift.before.mentions, shift.after.label, shift.after.mentions, shift.after.of) == (
        "rebel", 3, "terrorist", 4, 5,
    )
    assert shifts(named(some, (), {}), 4) == ()


def test_a_tie_and_a_quoted_word_are_no_shift() -> None:
    tie = [*month_of("rebels", "2016-08", 3), *month_of("terrorists", "2016-09", 3), *month_of("rebels", "2016-09", 3)]
    assert shifts(named(tie, (), {}), 3) == ()
    quoted = [stated(f"q{number}", 9, "terrorists", day="2016-09-02", speaker="Karl Dorn") for number in range(5)]
    assert shifts(named([*month_of("rebels", "2016-08", 3), *quoted], (), {}), 3) == ()


def test_copies_make_no_shift() -> None:
    some = [
        *month_of("rebels", "2016-08", 2), stated("a", 9, "terrorists", publisher="Wire", day="2016-09-01"),
        stated("b", 59, "terrorists", day="2016-09-02"), stated("c", 59, "terrorists", day="2016-09-03"),
    ]
    assert shifts(named(some, (copied("a", "b"), copied("a", "c")), {}), 2) == ()


def test_the_order_does_not_matter() -> None:
    some = [*month_of("rebels", "2016-08", 3), *month_of("terrorists", "2016-09", 4), stated("x", 59, "rebels", publisher=None)]
    reuse = (copied("2016-08-rebels-0", "x"),)
    expected = cells(named(some, reuse, {"x": "x.txt"})), shifts(named(some, reuse, {"x": "x.txt"}), 2)
    for seed in range(4):
        random.Random(seed).shuffle(some)
        found = named(some, reuse, {"x": "x.txt"})
        assert (cells(found), shifts(found, 2)) == expected
