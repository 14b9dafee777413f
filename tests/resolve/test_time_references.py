"""What a time is seen from: quoted words, dated events, days that the text has told, feasts, and what stays open."""

from __future__ import annotations

import datetime
import re

import pytest

from rashomon.knowledge.calendar import load_calendar
from rashomon.records import Block, Layout, Publication, Span, TimeMention
from rashomon.resolve.times import Grammar, Resolver
from rashomon.resolve.times.hijri import hijri_in

CALENDAR = load_calendar()
WORDS = CALENDAR.words
GRAMMAR, RESOLVER = Grammar(WORDS), Resolver(WORDS, CALENDAR)
# A Wednesday.
DAY = "2021-06-16"


def times(text: str, first: str | None = DAY, last: str | None = None) -> dict[str, TimeMention]:
    """Expressions of the text by their words, seen from that day (or interval)."""
    layout = Layout(tuple(Block(Span(*m.span()), "paragraph") for m in re.finditer(r"\S(?:[^\n]*\S)?", text)))
    published = Publication(first, last or first, "stated" if first else "unknown")
    found = RESOLVER.resolve(GRAMMAR.expressions(text, layout, None), published, text)
    return {mention.span.of(text): mention for mention in found}


def days(mention: TimeMention) -> tuple[str | None, str | None]:
    return mention.start, mention.end


# ---- quoted words


def test_quoted_words_are_seen_from_the_day_of_saying() -> None:
    found = times('The commander said on Monday: "We will attack tomorrow, as we told them last week."')
    assert found["tomorrow"].value == "2021-06-15"
    assert found["last week"].value == "2021-W23"
    assert found["tomorrow"].relative_to == "2021-06-14"


def test_the_day_of_saying_may_follow() -> None:
    text = "\u201cThey shelled the mill yesterday and again this morning,\u201d he said on Saturday. "
    text += "\u201cToday it is quiet here.\u201d"
    found = times(text)
    assert found["yesterday"].value == "2021-06-11"
    assert found["this morning"].value == "2021-06-12TMO"
    assert found["Today"].value == "2021-06-12"


def test_a_quotation_without_a_day_keeps_a_wide_interval() -> None:
    found = times('"We have had no bread in the house since yesterday," a woman said.')["yesterday"]
    assert days(found) == ("2021-06-09", "2021-06-15")
    assert found.value == "2021-06-15"


def test_the_words_around_a_quotation_are_seen_from_the_publication() -> None:
    found = times('On 3 June he wrote: "We leave the city tomorrow." Shelling went on yesterday.')
    assert (found["tomorrow"].value, found["yesterday"].value) == ("2021-06-04", "2021-06-15")


def test_a_name_in_marks_is_no_quotation() -> None:
    assert days(times('The "yesterday committee" was founded yesterday.')["yesterday"]) == ("2021-06-15", "2021-06-15")


# ---- counted from events


@pytest.mark.parametrize(
    ("text", "said", "value", "start", "end"),
    [
        ("Two days after the 3 May truce, shells fell.", "Two days", "P2D", "2021-05-05", "2021-05-05"),
        ("Ten days before the summit of 24 May the envoy was recalled.", "Ten days", "P10D", "2021-05-14", "2021-05-14"),
        ("The truce began on 3 May. Two days after the truce, shells fell.", "Two days", "P2D", "2021-05-05", "2021-05-05"),
        ("Jets attacked the port on Sunday. A day after the attack it reopened.", "A day", "P1D", "2021-06-14", "2021-06-14"),
        ("Two months after the 3 May truce, shells fell.", "Two months", "P2M", "2021-07-01", "2021-07-31"),
        ("More than two days after the 3 May truce, shells fell.", "More than two days", "P2D", "2021-05-05", None),
        ("He was given 18 months from 1 July 2019 to finish.", "18 months", "P18M", "2019-07-01", "2021-01-01"),
        ("The siege began on 13 May 2020 and lasted 40 days.", "40 days", "P40D", "2020-05-13", "2020-06-22"),
        # Known events: the fall of eastern Aleppo's last pocket, 15 to 22 December 2016.
        ("Ten days after the evacuation of eastern Aleppo, families returned.", "Ten days", "P10D", "2016-12-25", "2017-01-01"),
    ],
)
def test_lengths_counted_from_an_event(text: str, said: str, value: str, start: str | None, end: str | None) -> None:
    found = times(text)[said]
    assert (found.type, found.value, *days(found)) == ("DURATION", value, start, end)
    assert found.relative_to is not None


@pytest.mark.parametrize(
    "text",
    [
        "Two days after the truce, shells fell.",
        # Two truces: nothing says which.
        "A truce began on 3 May. Another truce began on 9 May. Two days after the truce, shells fell.",
        "The mayor was shot on 3 May. Two days after the truce, shells fell.",
    ],
)
def test_an_event_that_nothing_dates_leaves_the_length_alone(text: str) -> None:
    found = times(text)["Two days"]
    assert (found.value, *days(found)) == ("P2D", None, None)


def test_an_event_after_the_publication_is_not_meant() -> None:
    text = "Ten days after the evacuation of eastern Aleppo, families returned."
    assert days(times(text, "2015-01-01")["Ten days"]) == (None, None)


def test_the_day_beside_an_event() -> None:
    unnamed = "The bridge fell on 3 May. The day after the fall of the bridge it rained."
    assert times(unnamed)["The day after"].value == "XXXX-XX-XX"
    assert times("The truce began on 3 May. The day after the truce it rained.")["The day after"].value == "2021-05-04"


# ---- counted from what the text told


@pytest.mark.parametrize(
    ("text", "said", "value"),
    [
        ("It was signed on 12 May and broken the next day.", "the next day", "2021-05-13"),
        ("It was signed on 12 May. A week later it was void.", "A week later", "2021-W20"),
        ("It was signed on 12 May. The month before, 90 had died.", "The month before", "2021-04"),
        ("It was signed on 12 May. Forty-eight hours later it was void.", "Forty-eight hours later", "2021-05-14"),
        ("It fell at 19:48 on Monday and again an hour and ten minutes later.", "an hour and ten minutes later",
         "2021-06-14T20:58"),
        ("It was signed on 12 May. By nightfall it was void.", "nightfall", "2021-05-12TNI"),
    ],
)
def test_the_running_reference(text: str, said: str, value: str) -> None:
    assert times(text)[said].value == value


@pytest.mark.parametrize("said", ["A day later", "The following day", "That evening", "On the second day"])
def test_without_a_told_day_none_is_invented(said: str) -> None:
    found = list(times(f"{said}, ten men were killed.").values())
    assert [mention.start for mention in found] == [None]


# ---- parts that today bounds


@pytest.mark.parametrize(
    ("text", "said", "start", "end"),
    [
        ("Earlier this year the group lost its crossings.", "Earlier this year", "2021-01-01", DAY),
        ("The court will sit later this month.", "later this month", DAY, "2021-06-30"),
        ("More than a decade ago they signed a pact.", "More than a decade ago", None, "2011-06-16"),
        ("Less than a week ago they met.", "Less than a week ago", "2021-06-09", DAY),
        ("Ten were killed in the past 24 hours.", "the past 24 hours", "2021-06-15", DAY),
        ("Ten were killed in the past few days.", "the past few days", None, DAY),
        ("Four mayors recently fled.", "recently", None, DAY),
        ("It will rain in the coming days.", "the coming days", DAY, None),
        ("The 15-day-old siege goes on.", "15-day-old", "2021-06-01", DAY),
        ("A nine-year-old girl was hurt.", "nine-year-old", None, None),
        ("Overnight, guns could be heard.", "Overnight", "2021-06-15", DAY),
        ("The last week of May was quiet.", "The last week of May", "2021-05-25", "2021-05-31"),
    ],
)
def test_intervals(text: str, said: str, start: str | None, end: str | None) -> None:
    assert days(times(text)[said]) == (start, end)


# ---- feasts and the Hijri calendar


@pytest.mark.parametrize(
    ("text", "said", "value", "start", "end"),
    [
        ("The truce held during Ramadan.", "Ramadan", "2021-04-13/2021-05-12", "2021-04-13", "2021-05-12"),
        ("The truce held during the holy month.", "the holy month", "2021-04-13/2021-05-12", "2021-04-13", "2021-05-12"),
        ("They fled on the eve of Ramadan.", "the eve of Ramadan", "2021-04-12", "2021-04-12", "2021-04-12"),
        ("They fled on the third day of Eid al-Fitr.", "the third day of Eid al-Fitr", "2021-05-15", "2021-05-15", "2021-05-15"),
        ("A truce will begin on Eid al-Adha.", "Eid al-Adha", "2021-07-20", "2021-07-20", "2021-07-23"),
        ("Last Ramadan there was no water.", "Last Ramadan", "2021-04-13/2021-05-12", "2021-04-13", "2021-05-12"),
        ("They fled during Eid.", "Eid", "2021-05-13", "2021-05-13", "2021-05-15"),
        ("He was jailed in Ramadan 1434.", "Ramadan 1434", "2013-07-09/2013-08-07", "2013-07-09", "2013-08-07"),
        ("The letter is dated 15 Rajab 1433 AH.", "15 Rajab 1433 AH", "2012-XX-XX", "2012-06-04", "2012-06-06"),
        ("It was razed in Ramadan 2004.", "Ramadan 2004", "2004-XX-XX", "2004-10-14", "2004-11-14"),
        ("They met on Good Friday 2019.", "Good Friday 2019", "2019-04-19", "2019-04-19", "2019-04-19"),
        ("They met on Orthodox Easter 2016.", "Orthodox Easter 2016", "2016-05-01", "2016-05-01", "2016-05-01"),
        ("They met on Thanksgiving 2019.", "Thanksgiving 2019", "2019-11-28", "2019-11-28", "2019-11-28"),
    ],
)
def test_feasts(text: str, said: str, value: str, start: str, end: str) -> None:
    found = times(text)[said]
    assert (found.value, *days(found)) == (value, start, end)


def test_eid_between_the_two_is_left_open() -> None:
    assert days(times("They fled during Eid.", "2021-12-01")["Eid"]) == (None, None)


def test_the_computed_calendar_is_at_most_a_day_off_the_table() -> None:
    for year, (first, last) in WORDS.ramadan.items():
        computed = hijri_in(year, 9)
        assert computed is not None
        assert abs(computed[0] - first) <= datetime.timedelta(days=1)
        assert abs(computed[1] - last) <= datetime.timedelta(days=1)
        sacrifice = hijri_in(year, 12, 10)
        assert sacrifice is not None and abs(sacrifice[0] - WORDS.eid_al_adha[year]) <= datetime.timedelta(days=1)


def test_a_quotation_of_several_paragraphs_has_the_day_of_its_introduction() -> None:
    found = times(
        "The minister, in comments on Monday, blamed the rebels:\n\u201cA new pause will begin tomorrow at noon.\u201d\n"
        "\u201cToday we wait for an answer from them.\u201d\nThe army moved yesterday."
    )
    assert (found["tomorrow at noon"].value, found["Today"].value) == ("2021-06-15T12:00", "2021-06-14")
    assert found["yesterday"].value == "2021-06-15"


def test_words_of_long_ago_are_not_seen_from_the_publication() -> None:
    found = times("In 1944 the general said: \u201cToday we have won a great victory here.\u201d")["Today"]
    assert (found.value, *days(found)) == ("1944-XX-XX", "1944-01-01", "1944-12-31")
