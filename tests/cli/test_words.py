"""Records in plain words."""

from __future__ import annotations

import pytest

from rashomon.cli import words
from rashomon.records import Actor, Event, EventPlace, EventTime, Span


def test_nothing_that_a_terminal_obeys_is_left() -> None:
    assert words.plain("a\x1b[2Jb\r\nc\u200e\x07 d\u00a0e") == "a [2Jb c d e"


def test_a_long_text_is_cut_at_a_word() -> None:
    assert words.short("one two three four", 10) == "one two …"
    assert words.short("one two", 10) == "one two"


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        ("2016-10-03", "2016-10-03", "2016-10-03"), ("2016-10-01", "2016-10-31", "2016-10-01 to 2016-10-31"),
        ("2016-10-03", None, "since 2016-10-03"), (None, "2016-10-03", "until 2016-10-03"), (None, None, "at an unknown time"),
    ],
)  # fmt: skip
def test_days(start: str | None, end: str | None, told: str) -> None:
    assert words.day(start, end) == told


def test_a_day_of_the_report_is_told_as_such() -> None:
    assert words.when(EventTime("2016-10-03", "2016-10-03", "report-date")) == "2016-10-03 (day of the report)"


def test_how_large_a_place_is_stands_with_its_name() -> None:
    assert words.where(EventPlace("where", None, "Idlib", 35.9, 36.6, 60.0, "province")) == "Idlib (province, within 60 km)"
    assert words.where(EventPlace("where", None, "Nowhere")) == "Nowhere (not located)"


def test_who_speaks() -> None:
    assert words.chain(["The Post", "Reuters", "unnamed rebel"]) == "The Post › Reuters › unnamed rebel"
    assert words.chain(["The Post"]) == words.chain([], "The Post") == "The Post, in its own voice"


def test_what_did_not_happen_is_not_told_as_done() -> None:
    text = "Rebels may not have shelled the town."
    event = Event(
        "E1", Span(20, 27), "ASSAULT", "shell", actors=(Actor(Span(0, 6), None),),
        recipients=(Actor(None, "the town", None, "inferred"),), modality="possible", polarity="negative", outcome="failure",
    )  # fmt: skip
    assert words.deed(event, text) == "shell (ASSAULT): Rebels → the town (inferred) [possible, negated, failure]"
