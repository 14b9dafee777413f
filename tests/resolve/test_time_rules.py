"""The grammar's rules one by one: clock times, sets, seasons, numeric dates, lists, and names that hold a word of time."""

from __future__ import annotations

import re

import pytest

from rashomon.knowledge.times import load_time_words
from rashomon.records import Block, Layout, Publication, Span, TimeMention
from rashomon.resolve.times import Grammar, Resolver

WORDS = load_time_words()
GRAMMAR, RESOLVER = Grammar(WORDS), Resolver(WORDS)
# A Wednesday.
DAY = "2021-06-16"


def mentions(text: str, day: str = DAY) -> list[TimeMention]:
    layout = Layout(tuple(Block(Span(*m.span()), "paragraph") for m in re.finditer(r"\S(?:[^\n]*\S)?", text)))
    return list(RESOLVER.resolve(GRAMMAR.expressions(text, layout, None), Publication(day, day, "stated", day)))


def said(text: str, day: str = DAY) -> list[tuple[str, str, str]]:
    return [(mention.span.of(text), mention.type, mention.value) for mention in mentions(text, day)]


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("They landed at dawn on Monday.", "dawn on Monday", "2021-06-14TMO"),
        ("They landed at 14:00 GMT on Monday.", "14:00 GMT on Monday", "2021-06-14T14:00Z"),
        ("They landed at 2.40 a.m. EDT on Monday.", "2.40 a.m. EDT on Monday", "2021-06-14T02:40-04:00"),
        ("On Monday at 8 p.m. local time they landed.", "Monday at 8 p.m. local time", "2021-06-14T20:00"),
        ("It fell at midnight on Monday.", "midnight on Monday", "2021-06-14T24:00"),
        ("It fell at noon on 11 May.", "noon on 11 May", "2021-05-11T12:00"),
        ("It fell in the early hours of Monday.", "the early hours of Monday", "2021-06-14TMO"),
        ("Voting ended at six this evening.", "six this evening", "2021-06-16T18:00"),
        ("The raid began at 0330.", "0330", "T03:30"),
        ("The ambush came at nine o'clock in the evening.", "nine o'clock in the evening", "T21:00"),
        ("It is broken every night at about ten.", "every night at about ten", "XXXX-XX-XXT22:00"),
    ],
)
def test_clock_times_go_with_their_day(text: str, found: str, value: str) -> None:
    assert [(words, at) for words, _, at in said(text)] == [(found, value)]
    assert {kind for _, kind, _ in said(text)} <= {"TIME", "SET"}


def test_two_clock_times_share_their_day() -> None:
    assert said("It met at 2 and 4 p.m. on Monday.") == [
        ("2", "TIME", "2021-06-14T14:00"), ("4 p.m. on Monday", "TIME", "2021-06-14T16:00")]
    assert [value for *_, value in said("It met at 9 a.m. local time (0600 GMT) on Monday.")] == [
        "2021-06-14T09:00", "2021-06-14T06:00Z", "2021-06-14"]
    assert said("The curfew runs from 8pm to 5am.") == [("8pm", "TIME", "T20:00"), ("5am", "TIME", "T05:00")]


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("It meets twice a week.", "twice a week", "P1W"),
        ("It costs $3m a day.", "a day", "P1D"),
        ("Some 200 people per month leave.", "per month", "P1M"),
        ("A quarterly report.", "quarterly", "P3M"),
        ("It meets every other month.", "every other month", "P2M"),
        ("It meets every two hours.", "every two hours", "PT2H"),
        ("Every October the dam is drained.", "Every October", "XXXX-10"),
        ("Every spring the river floods.", "Every spring", "XXXX-SP"),
        ("It meets on Sundays.", "Sundays", "XXXX-WXX-7"),
        ("The fair is held on 1 March each year.", "1 March each year", "XXXX-03-01"),
    ],
)
def test_sets(text: str, found: str, value: str) -> None:
    assert said(text) == [(found, "SET", value)]


@pytest.mark.parametrize("text", ["He left a day later.", "There was peace for a day.", "It took a week."])
def test_a_length_is_no_rate(text: str) -> None:
    assert [kind for _, kind, _ in said(text)] != ["SET"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("On the 9th the bridge was cut.", "2021-06-09"),
        ("On the 23rd the bridge was cut.", "2021-05-23"),
        ("It was cut on the 9th of last month.", "2021-05-09"),
        ("It was cut on Friday the 4th.", "2021-06-04"),
        ("Talks will resume on Monday week.", "2021-06-28"),
        ("Courts will be shut on Thursday next week.", "2021-06-24"),
        ("It was shut on Friday of last week.", "2021-06-11"),
        ("The weekend brought no respite.", "2021-W23-WE"),
        ("Sales fell in the third quarter.", "2020-Q3"),
        ("Sales fell in Q2 2014.", "2014-Q2"),
        ("Sales fell in the first half of last year.", "2020-H1"),
        ("It was cut in the week of 14 April.", "2021-W15"),
        ("It was signed on 3 March last year.", "2020-03-03"),
        ("It was put off until autumn and will be held then.", "2021-FA"),
        ("They signed it 20 years ago today.", "2001-06-16"),
        ("They signed it a decade ago.", "2011"),
        ("Since 9/11 the law has changed.", "2001-09-11"),
        ("They marched on May Day.", "2021-05-01"),
    ],
)
def test_days_and_units(text: str, value: str) -> None:
    assert value in [found for *_, found in said(text)]


def test_seasons_are_seen_from_the_day() -> None:
    november = "2016-11-20"
    assert said("The town fell last summer.", november) == [("last summer", "DATE", "2016-SU")]
    assert said("The town fell last summer.", "2016-07-20") == [("last summer", "DATE", "2015-SU")]
    assert said("The town fell last winter.", "2014-06-20") == [("last winter", "DATE", "2013-WI")]


def test_lists_are_as_many_expressions_as_they_have_days() -> None:
    assert said("Railwaymen went on strike on 2, 3 and 4 May.") == [
        ("2", "DATE", "2021-05-02"), ("3", "DATE", "2021-05-03"), ("4 May", "DATE", "2021-05-04")]
    assert [value for *_, value in said("It fell in the third quarter of 2019 and rose again in the fourth.")] == [
        "2019-Q3", "2019-Q4"]
    assert [value for *_, value in said("The 23 March accord of 2009 was broken.")] == ["2009-03-23", "2009"]


def test_a_fiscal_year_has_days_where_its_country_is_named() -> None:
    american, = mentions("The Pentagon asked for more in fiscal 2016.")
    assert (american.value, american.start, american.end) == ("FY2016", "2015-10-01", "2016-09-30")
    other, = mentions("The company earned more in fiscal 2016.")
    assert (other.value, other.start, other.end) == ("FY2016", None, None)


def test_numeric_dates_are_read_as_the_others_of_the_text() -> None:
    assert [value for *_, value in said("Shells fell on 8/26/2014 and on 9/4/2014.")] == ["2014-08-26", "2014-09-04"]
    assert [value for *_, value in said("Shells fell on 26/8/2014 and on 04/09/2014.")] == ["2014-08-26", "2014-09-04"]
    assert [value for *_, value in said("Shells fell on 26/8/2014, 8/27/2014 and 04/09/2014.")][-1] == "2014"


@pytest.mark.parametrize(
    "text",
    [
        "He joined the 26 July Movement.", "The 6 October Bridge was hit.", "A house in 10 May Street burned.",
        "Bishop Friday Okafor was freed.", "April Summers, who runs the office, left.", "The Sunday Times said so.",
        "It works 24/7.", "Near kilometre 1999 it broke down.", "The minister, Theresa May, left.",
        "Patrol 2015 was lost.", "The Good Friday Agreement holds.",
    ],
)
def test_names_hold_no_time(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Friday President Sall spoke.", "Friday"),
        ("In April President Sall spoke.", "April"),
        ("The 26 July attack killed ten.", "26 July"),
        ("On Sunday Syrian troops left.", "Sunday"),
    ],
)
def test_a_capital_alone_makes_no_name(text: str, found: str) -> None:
    assert [words for words, *_ in said(text)] == [found]


def test_prepositions_stay_outside() -> None:
    text = "In recent weeks ten have fled, and in the near future more will; on Sundays it is quiet."
    assert [words for words, *_ in said(text)] == ["recent weeks", "the near future", "Sundays"]
