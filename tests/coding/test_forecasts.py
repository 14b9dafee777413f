"""Forecasts: what is foretold, by whom, by when, on which condition, how surely."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rashomon.knowledge.forecasts import load_forecasts
from rashomon.reader import Reader
from rashomon.records import Document, Forecast

TUESDAY = "2024-03-12"
Found = Callable[[str], tuple[Forecast, ...]]


@pytest.fixture(scope="module")
def forecasts() -> Found:
    reader = Reader.load()
    return lambda text: reader.read(Document("d", "d.txt", text, published=TUESDAY)).forecasts


@pytest.mark.parametrize(
    ("text", "statement", "words"),
    [
        ("The World Food Programme warned that stocks would run out.", "stocks would run out", None),
        ("The death toll is expected to rise.", "The death toll is expected to rise", "expected"),
        ('"The town may fall tonight," a doctor told us.', "The town may fall tonight", "may"),
        ("A return to war looks inevitable.", "A return to war looks inevitable", "inevitable"),
        ("There is a real risk that the war will spread to Lebanon.", "the war will spread to Lebanon", "risk"),
        ("The coming months will be decisive.", "The coming months will be decisive", None),
        ("The army's advance is bound to slow down.", "The army's advance is bound to slow down", "bound to"),
    ],
)
def test_found(forecasts: Found, text: str, statement: str, words: str | None) -> None:
    (one,) = forecasts(text)
    assert (one.statement, one.certainty_words) == (statement, words)
    assert one.statement_span is not None and one.statement_span.of(text) == statement


@pytest.mark.parametrize(
    "text",
    [
        "We will take the city, the general said.",
        "The president will visit Ankara on Tuesday.",
        "He said he would resign.",
        "It would later become known as the battle of the bridges.",
        "Had they waited, the town would have fallen.",
        "The troops could see the smoke.",
        "He would often sit by the river.",
        "Officials said the airport could not be reached on Friday.",
        "The militia threatened to burn the crops.",
        "Will the war end?",
    ],
)
def test_what_is_none(forecasts: Found, text: str) -> None:
    assert forecasts(text) == ()


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("Israel will probably attack Rafah within two weeks, two officials said.", "2024-03-26"),
        ("The envoy warned that stocks would run out by the end of July.", "2024-07-31"),
        ("A diplomat gave the town three days.", "2024-03-15"),
        ("The army will not be ready before October 2024, an analyst said.", "2024-09-30"),
        ("The rebels will take the town soon, an analyst said.", None),
        ("The siege will be over by the summer, an analyst said.", None),
        ("An analyst had predicted in January that the front would collapse by June.", None),
    ],
)
def test_horizon_only_as_the_text_bounds_it(forecasts: Found, text: str, end: str | None) -> None:
    (one,) = forecasts(text)
    assert (one.horizon.end if one.horizon else None) == end


def test_a_condition_stays_out_of_the_statement(forecasts: Found) -> None:
    (one,) = forecasts("Should the talks fail, the war will resume in spring, the envoy predicted.")
    assert (one.forecaster, one.statement, one.condition) == ("envoy", "the war will resume in spring", "Should the talks fail")


def test_who_passes_on_a_forecast_is_not_the_forecaster(forecasts: Found) -> None:
    (one,) = forecasts("A columnist, citing sources in the palace, wrote that the army would collapse.")
    assert one.forecaster == "sources in the palace"


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("A collapse of the front is very likely, the general said.", (0.8, 0.95)),
        ("Analysts say the rebels are unlikely to hold the city for long.", (0.2, 0.45)),
        ("The bank sees a 60 per cent chance that the dam will break.", (0.6, 0.6)),
        ('"The town may fall tonight," a doctor told us.', None),
    ],
)
def test_certainty_after_the_published_scale(forecasts: Found, text: str, interval: tuple[float, float] | None) -> None:
    (one,) = forecasts(text)
    assert one.certainty == interval


def test_the_scale_rises_within_bounds() -> None:
    assert all(0 <= low <= high <= 1 for low, high in load_forecasts().scale.values())
