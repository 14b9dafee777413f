"""Publication dates: stated, inferred from a text's own words, unknown; each with its evidence."""

from __future__ import annotations

import datetime
import random
import re

import pytest

from rashomon.clean.dating import date_document
from rashomon.errors import KnowledgeError
from rashomon.knowledge.calendar import load_calendar
from rashomon.records import Block, Document, Layout, Publication, Span
from rashomon.resolve.times import Grammar

CALENDAR = load_calendar()
GRAMMAR = Grammar(CALENDAR.words)


def dated(text: str, published: str | None = None, layout: Layout | None = None) -> Publication:
    layout = layout or Layout(tuple(Block(Span(*m.span()), "paragraph") for m in re.finditer(r"\S(?:[^\n]*\S)?", text)))
    document = Document(id="a", source="a", text=text, published=published)
    return date_document(document, layout, None, GRAMMAR.expressions(text, layout, None), CALENDAR)


def interval(text: str) -> tuple[str | None, str | None]:
    found = dated(text)
    return found.start, found.end


def test_the_carrier_is_believed_first() -> None:
    found = dated("Shells fell on the port on 3 May 2019.", "2019-05-04T08:00:00Z")
    assert (found.start, found.end, found.basis, found.best) == ("2019-05-04", "2019-05-04", "stated", "2019-05-04")
    assert found.evidence[0].span is None


def test_a_byline_states_the_day() -> None:
    text = "By A. Writer, The Example, Sept 8, 2016\nThe road is open again."
    line, body = (Span(*m.span()) for m in re.finditer(r"[^\n]+", text))
    found = dated(text, layout=Layout((Block(line, "boilerplate", "byline"), Block(body, "paragraph"))))
    assert (found.start, found.basis) == ("2016-09-08", "stated")
    assert found.evidence[0].span is not None
    assert found.evidence[0].span.of(text) == "Sept 8, 2016"


@pytest.mark.parametrize(
    "text",
    [
        "Port shelled again Wire Sunday 5 Jul 2015 Shells fell on the port early in the day.",
        "5 July 2015\nShells fell on the port.",
        "HASNA, July 5, 2015 (Wire) - Shells fell on the port.",
        "Posted on July 5, 2015\nShells fell on the port.",
        "Sun 05 Jul 2015\nShells fell on the port.",
    ],
)
def test_a_date_that_heads_the_text_is_stated(text: str) -> None:
    found = dated(text)
    assert (found.start, found.end, found.basis) == ("2015-07-05", "2015-07-05", "stated")


def test_weekdays_choose_the_year_of_a_dateline() -> None:
    rest = "President Barack Obama spoke of the war in Syria.\n"  # 2011 to 2017, in which 6 November is a Tuesday once
    day = ("2012-11-06", "2012-11-06")
    assert interval(f"HASNA, Nov 6 (Wire) - Shells fell on the port on Monday, the Wire said on Tuesday.\n{rest}") == day
    assert interval(f"HASNA, Nov 6 (Wire) - Shells fell on the port on Monday.\n{rest}") == day
    for unsaid in ("", " on Sunday", " on Friday, the Wire said on Monday"):
        start, end = interval(f"HASNA, Nov 6 (Wire) - Shells fell on the port{unsaid}.\n{rest}")
        assert start != end


def test_a_date_in_a_sentence_states_nothing() -> None:
    assert dated("On Sunday 5 July 2015 shells fell on the port.").basis != "stated"


def test_weekday_and_future_close_the_interval() -> None:
    text = "The minister spoke on Thursday 3rd November 2016. On November 4 a pause will be announced."
    assert interval(text) == ("2016-11-03", "2016-11-04")


def test_a_month_without_a_year_and_what_has_passed_since() -> None:
    text = (
        "In September 2018 both sides signed a pact on the valley.\nIn April the army began its offensive on the valley.\n"
        "More than two months of operations have won little ground."
    )
    found = dated(text)
    assert (found.start, found.end, found.basis) == ("2019-06-01", "2019-07-30", "inferred")
    assert any("have passed since" in step.why for step in found.evidence)


def test_terms_of_office_bound_both_ends() -> None:
    assert interval("Secretary of State John Kerry spoke to Chuck Hagel, and Defense Secretary Chuck Hagel agreed.") == (
        "2013-02-27", "2015-02-17")
    assert dated("The former Secretary of State John Kerry wrote a book.").start is None


def test_a_named_event_with_how_long_ago() -> None:
    assert interval("Kurdish fighters recaptured Kobane last month.") == ("2015-02-01", "2015-02-28")


def test_totals_and_ages_of_a_war() -> None:
    first, last = interval("More than 170,000 people have been killed in Syria since the conflict began.")
    assert first is not None and last is not None
    assert first <= "2014-07-20" <= last
    assert first >= "2014-06-01" and last <= "2014-10-31"
    first, last = interval("Aleppo was quiet. The 22-month-old conflict has emptied the town.")
    assert first is not None and last is not None
    assert first <= "2013-01-20" <= last


def test_rivals_are_not_chosen_between() -> None:
    text = "Syrian army troops advanced towards Raqqa province, where the jihadists dug in."
    found = dated(text)
    assert found.start is None or (found.start <= "2016-06-05" and found.end is not None and found.end >= "2017-06-20")


def test_captions_never_date_the_article() -> None:
    text = "Soldiers rest on Thursday 3rd November 2016.\nNothing is known of the convoy."
    caption, body = (Span(*m.span()) for m in re.finditer(r"[^\n]+", text))
    found = dated(text, layout=Layout((Block(caption, "boilerplate", "caption"), Block(body, "paragraph"))))
    assert (found.start, found.end, found.basis) == (None, None, "unknown")


def test_nothing_is_dated_from_thin_air() -> None:
    for text in ("Shells fell on the port on Sunday.", "", "In 2013 the mill burned down."):
        found = dated(text)
        assert (found.start, found.end, found.best, found.basis) == (None, None, None, "unknown")


def test_any_text_goes_through_and_evidence_stands_in_it() -> None:
    pieces = [
        "Kerry", "Secretary of State ", "On 31 February 2016", "last month", "200,000 people were killed in the war in Syria",
        "four-year-old conflict", "\n", "will", "“", "”", "Raqqa", "Syrian army", "captured", "Palmyra", "Islamic State",
        "2016", "Monday", "twentieth year of the war", "the", "more than 99 months of fighting", "began", "9999",
    ]
    picker = random.Random(3)
    for _ in range(150):
        text = " ".join(picker.choice(pieces) for _ in range(25))
        found = dated(text)
        if found.start is not None:
            assert found.end is not None and found.best is not None
            assert datetime.date.fromisoformat(found.start) <= datetime.date.fromisoformat(found.best)
            assert datetime.date.fromisoformat(found.best) <= datetime.date.fromisoformat(found.end)
            assert found.evidence
        assert all(step.span is None or 0 <= step.span.start < step.span.end <= len(text) for step in found.evidence)


def test_an_office_that_ends_before_it_begins_is_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    bad = tmp_path / "events.yaml"
    bad.write_text("events: [{name: x, date: 2020-01-01, bounds: sometimes, all: [x]}]\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"events\.yaml"):
        load_calendar(bad)
