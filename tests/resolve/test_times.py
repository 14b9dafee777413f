"""Time expressions: what is found, what it means, and that any text goes through."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Callable

import pytest

from rashomon.knowledge.times import load_time_words
from rashomon.records import Block, Layout, Publication, Span, TimeMention
from rashomon.resolve.times import Grammar, Resolver

WORDS = load_time_words()
GRAMMAR, RESOLVER = Grammar(WORDS), Resolver(WORDS)
# A Wednesday.
DAY = "2021-06-16"


def paragraphs(text: str) -> Layout:
    return Layout(tuple(Block(Span(*m.span()), "paragraph") for m in re.finditer(r"\S(?:[^\n]*\S)?", text)))


def times(text: str, first: str | None = DAY, last: str | None = None, layout: Layout | None = None) -> dict[str, TimeMention]:
    """Expressions of the text by their words, seen from that day (or interval)."""
    published = Publication(first, last or first, "stated" if first else "unknown")
    found = RESOLVER.resolve(GRAMMAR.expressions(text, layout or paragraphs(text), None), published)
    return {mention.span.of(text): mention for mention in found}


@pytest.mark.parametrize(
    ("text", "said", "value"),
    [
        ("The bridge fell on 3 March 2020.", "3 March 2020", "2020-03-03"),
        ("The bridge fell on Tuesday, March 3rd, 2020.", "Tuesday, March 3rd, 2020", "2020-03-03"),
        ("Logged 2020-03-03 by the post.", "2020-03-03", "2020-03-03"),
        ("He left in the summer of 1987.", "the summer of 1987", "1987-SU"),
        ("Prices rose in the second half of 2019.", "the second half of 2019", "2019-H2"),
        ("A feature of the 1970s.", "the 1970s", "197"),
        ("Known since the 14th century.", "the 14th century", "13"),
        ("The city was razed in 146 BC.", "146 BC", "BC0146"),
        ("They held out for three weeks.", "three weeks", "P3W"),
        ("They held out for several months.", "several months", "PXM"),
        ("It took an hour.", "an hour", "PT1H"),
        ("A ten-day truce was agreed.", "ten-day", "P10D"),
        ("Convoys pass every two weeks.", "every two weeks", "P2W"),
        ("Shelling is a daily matter.", "daily", "P1D"),
        ("They left two days ago.", "two days ago", "2021-06-14"),
        ("They left yesterday.", "yesterday", "2021-06-15"),
        ("The town fell last month.", "last month", "2021-05"),
        ("The town fell last week.", "last week", "2021-W23"),
        ("The town fell last year.", "last year", "2020"),
        ("The town fell last autumn.", "last autumn", "2020-FA"),
        ("The town fell in November.", "November", "2020-11"),
        ("The town fell on 12 June.", "12 June", "2021-06-12"),
        ("Votes will be counted in November.", "November", "2021-11"),
        ("The market was hit on Monday.", "Monday", "2021-06-14"),
        ("The talks will resume on Monday.", "Monday", "2021-06-21"),
        ("He was seen on Wednesday.", "Wednesday", "2021-06-16"),
        ("The camp was shelled on Tuesday night.", "Tuesday night", "2021-06-15TNI"),
        ("The army now holds the hill.", "now", "PRESENT_REF"),
        ("A formerly quiet street burned.", "formerly", "PAST_REF"),
        ("He will soon return.", "soon", "FUTURE_REF"),
        ("Prices doubled before Christmas 2019.", "Christmas 2019", "2019-12-25"),
    ],
)
def test_values(text: str, said: str, value: str) -> None:
    found = times(text)
    assert said in found, found
    assert found[said].value == value


def test_ranges_are_two_expressions() -> None:
    assert {k: v.value for k, v in times("The front moved in late March and early April.").items()} == {
        "late March": "2021-03", "early April": "2021-04"}
    assert {k: v.value for k, v in times("It met on 8th and 9th May 2019.").items()} == {
        "8th": "2019-05-08", "9th May 2019": "2019-05-09"}
    assert [v.value for v in times("the war of 1904-1905 ended").values()] == ["1904", "1905"]


def test_parts_narrow_the_interval() -> None:
    late = times("The front moved in late March 2021.")["late March 2021"]
    assert (late.start, late.end) == ("2021-03-21", "2021-03-31")


def test_ongoing_durations_end_at_the_reference_day() -> None:
    siege = times("The town has been cut off for 17 days now.")["17 days"]
    assert (siege.type, siege.value, siege.start, siege.end) == ("DURATION", "P17D", "2021-05-30", DAY)


def test_a_wide_publication_date_invents_no_day() -> None:
    wide = times("The market was hit on Monday.", "2021-06-01", "2021-06-30")["Monday"]
    assert (wide.value, wide.start, wide.end) == ("XXXX-WXX-1", "2021-05-31", "2021-06-28")
    short = times("The market was hit on Monday.", "2021-06-15", "2021-06-17")["Monday"]
    assert short.value == "2021-06-14"
    nothing = times("The market was hit on Monday.", None)["Monday"]
    assert (nothing.value, nothing.start, nothing.end) == ("XXXX-WXX-1", None, None)


def test_an_ambiguous_numeric_date_keeps_the_year_alone() -> None:
    assert times("Signed on 4/5/2019 in Doha.")["4/5/2019"].value == "2019"
    assert times("Signed on 24/5/2019 in Doha.")["24/5/2019"].value == "2019-05-24"


def test_a_caption_has_its_own_reference_day() -> None:
    text = "Troops rest on May 2, 2018. Fighting flared this week.\nThe mayor fled this week."
    first, second = paragraphs(text).blocks
    layout = Layout((Block(first.span, "boilerplate", "caption"), second))
    found = RESOLVER.resolve(GRAMMAR.expressions(text, layout, None), Publication(DAY, DAY, "stated"))
    assert [m.value for m in found] == ["2018-05-02", "2018-W18", "2021-W24"]


def test_a_caption_without_a_date_is_not_dated_by_the_article() -> None:
    text = "Troops rest after the fighting this week."
    layout = Layout((Block(Span(0, len(text)), "boilerplate", "caption"),))
    assert times(text, layout=layout)["this week"].start is None


def test_a_month_after_a_dated_sentence() -> None:
    found = times("In September 2018 they signed a pact. In April the pact was broken.", None)
    assert found["April"].value == "2019-04"


def test_history_goes_by_the_sentence_before() -> None:
    text = (
        "The war began on 4 May 1902. In June 1902 the port fell. In August the army retreated. By January 1903 it held the "
        "hills. In March 1903 talks opened. On 2 April the truce was signed. Two days later it was broken. The war ended in "
        "1904, and in 1906 a treaty followed."
    )
    found = times(text)
    assert found["August"].value == "1902-08"
    assert found["2 April"].value == "1903-04-02"
    assert found["Two days later"].value == "1903-04-04"


@pytest.mark.parametrize(
    "text", ["They may leave.", "The Long March Hotel.", "Some 2000 rebels.", "A hill 1850 metres high.", "The Arab Spring.",
             "He was second.", "The fall of the city.", "Resolution 1973 was passed."],
)
def test_what_is_no_time(text: str) -> None:
    assert times(text) == {}


def test_feasts() -> None:
    eid = times("The truce held during Ramadan 2016.")["Ramadan 2016"]
    assert (eid.start, eid.end) == ("2016-06-06", "2016-07-05")


def test_any_text_goes_through() -> None:
    pieces = [
        "in", "March", "2019", "last", "week", "the", "31", "February", "99", "days", "later", "\n", ".", " ", "\u00a0",
        "\r\n", "-", "BC", "0", "12:75", "night", "of", "every", "Monday", "\U0001f600", "(", "10000000000",
        "centuries", "ago", "9999", "mid-",
        "1", "two", "thousand", "years", "from now", "the end of", "Easter", "twenty-", "first", "century",
        "Feb", "30", ",", "next",
    ]
    picker = random.Random(7)
    for _ in range(300):
        text = "".join(picker.choice(pieces) + picker.choice(["", " "]) for _ in range(40))
        layout = paragraphs(text)
        expressions = GRAMMAR.expressions(text, layout, None)
        for published in (Publication(None, None, "unknown"), Publication("0001-01-01", "9999-12-31", "inferred")):
            for mention in RESOLVER.resolve(expressions, published):
                assert mention.span.of(text).strip() == mention.span.of(text) != ""
        assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(expressions))


def test_work_grows_with_the_text_alone(steps: Callable[[Callable[[], object]], int]) -> None:
    def work(text: str) -> int:
        layout = Layout((Block(Span(0, len(text)), "paragraph"),))
        return steps(lambda: GRAMMAR.expressions(text, layout, None))

    for unit in ("On 3 March 2019 they left. ", "in the early days of ", "1", "a few days and ", "the end of the "):
        small, large = unit * (20_000 // len(unit)), unit * (160_000 // len(unit))
        assert work(large) < 10 * max(work(small), 50), unit
