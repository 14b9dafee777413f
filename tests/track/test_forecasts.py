"""Forecasts across documents: what is one forecast, what bears on it, and that only a person says how it came out."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from rashomon.errors import KnowledgeError
from rashomon.knowledge.comparison import load_comparison
from rashomon.knowledge.forecast_book import load_forecast_book
from rashomon.knowledge.rarity import load_rarity
from rashomon.records import Judgement, Span
from rashomon.track.bearings import with_bearings
from rashomon.track.forecasts import ForecastEntry, entries
from rashomon.track.outcomes import FIELD, with_outcomes


@pytest.fixture(scope="module")
def bench(script: Callable[[str], Any]) -> Any:
    return script("bench/pledge_book.py")


def case(bench: Any, id: str) -> Any:
    return next(one for one in bench.cases() if one.id == id)


def entry_of(bench: Any, id: str, name: str) -> ForecastEntry:
    return next(
        entry for entry in bench.forecast_entries(case(bench, id)) if any(one.key.endswith(f"/{name}") for one in entry.outlooks)
    )


def borne(one: Any, **changes: Any) -> tuple[ForecastEntry, ...]:
    """The case's forecasts beside its claims, each claim with the changes."""
    book = load_forecast_book()
    claims = [msgspec.structs.replace(claim, **changes) for claim in one.claims.values()]
    made = entries(one.forecasts.values(), book, one.parties, one.copies)
    return with_bearings(made, claims, book, load_comparison(), load_rarity(), one.parties, one.copies)


def test_figures_on_the_cases(bench: Any) -> None:
    found = bench.measure()
    for name, least in (("forecasts joined", 0.9), ("bearings", 0.8)):
        assert found[name].precision >= 0.9 and found[name].recall >= least, found[name].told


def test_the_order_of_statements_and_claims_does_not_matter(bench: Any) -> None:
    book = load_forecast_book()
    for one in bench.cases():
        expected = bench.forecast_entries(one)
        for seed in range(3):
            told, claims = list(one.forecasts.values()), list(one.claims.values())
            random.Random(seed).shuffle(told)
            random.Random(seed).shuffle(claims)
            made = entries(told, book, one.parties, one.copies)
            rules = load_comparison()
            assert with_bearings(made, claims, book, rules, load_rarity(), one.parties, one.copies) == expected


def test_a_forecast_copied_is_one_with_one_voice(bench: Any) -> None:
    entry = entry_of(bench, "fall-of-tamsin", "fa1")
    assert len(entry.outlooks) == 2 and len(entry.voices) == 1 and len(entry.voices[0].copies) == 1


def test_one_speaker_through_two_papers_is_one_voice(bench: Any) -> None:
    (voice,) = entry_of(bench, "hollow-harbour", "fa2").voices
    assert voice.name == "Mara Lindqvist" and len(voice.statements) == 2 and voice.copies == ()


def test_later_claims_stand_for_and_against_and_set_nothing(bench: Any) -> None:
    entry = entry_of(bench, "fall-of-tamsin", "fa1")
    assert {each.stance for each in entry.bearings} == {"for", "against"}
    assert all(each.claim.sentence and each.features for each in entry.bearings)
    assert entry.outcome == "unresolved" and entry.outcomes == ()


def test_what_came_before_the_forecast_bears_on_nothing(bench: Any) -> None:
    day = ("2029-01-01", "2029-01-01")
    assert all(entry.bearings == () for entry in borne(case(bench, "bridge-and-treaty"), published=day, time=day))


def test_what_came_after_the_days_foretold_is_said_to(bench: Any) -> None:
    day = ("2029-12-20", "2029-12-20")
    found = {each.stance for entry in borne(case(bench, "bridge-and-treaty"), published=day, time=day) for each in entry.bearings
             if entry.forecaster == "Ana Reuss"}
    assert found == {"after its horizon"}


def test_what_is_denied_speaks_against(bench: Any) -> None:
    found = borne(case(bench, "bridge-and-treaty"), negative=True)
    assert {each.stance for entry in found if entry.forecaster == "Ana Reuss" for each in entry.bearings} == {"against"}


def test_what_is_only_planned_bears_on_nothing(bench: Any) -> None:
    assert all(entry.bearings == () for entry in borne(case(bench, "fall-of-tamsin"), modality="planned"))


def judgement(entry: ForecastEntry, value: str, person: str, decided: str, **more: Any) -> Judgement:
    stated = entry.outlooks[0].stated
    given = {"document": stated.citation.document, "span": stated.said.span, **more}
    retired = more.get("retired")
    return Judgement(decided, given["document"], given["span"], FIELD, "accept", value, "because", person, decided, retired)


def test_a_persons_word_holds_and_the_one_before_stays_in_the_history(bench: Any) -> None:
    entry = entry_of(bench, "fall-of-tamsin", "fa1")
    said = [
        judgement(entry, "came-true", "Ann Lee", "2031-08-01T00:00:00Z", retired="2031-08-02T00:00:00Z"),
        judgement(entry, "partly", "Ann Lee", "2031-08-02T00:00:00Z"),
    ]
    (found,), lost = with_outcomes([entry], said)
    assert found.outcome == "partly" and lost == ()
    assert [(each.outcome, each.holds) for each in found.outcomes] == [("came-true", False), ("partly", True)]
    (then,), _ = with_outcomes([entry], said, "2031-08-01")
    assert then.outcome == "came-true"


def test_persons_may_differ_and_take_their_word_back(bench: Any) -> None:
    entry = entry_of(bench, "fall-of-tamsin", "fa1")
    both = [
        judgement(entry, "came-true", "Ann Lee", "2031-08-01T00:00:00Z"),
        judgement(entry, "did-not", "Bo Ek", "2031-08-02T00:00:00Z"),
    ]
    assert with_outcomes([entry], both)[0][0].outcome == "persons differ"
    back = [*both, judgement(entry, "unresolved", "Bo Ek", "2031-08-03T00:00:00Z")]
    assert with_outcomes([entry], back)[0][0].outcome == "came-true"


def test_a_word_outlives_rereading_as_long_as_the_words_are_a_forecast(bench: Any) -> None:
    entry = entry_of(bench, "fall-of-tamsin", "fa1")
    span = entry.outlooks[0].stated.said.span
    near = judgement(entry, "came-true", "Ann Lee", "2031-08-01T00:00:00Z", span=Span(span.start - 1, span.end + 6))
    gone = judgement(entry, "came-true", "Bo Ek", "2031-08-02T00:00:00Z", span=Span(900, 950))
    (found,), lost = with_outcomes([entry], [near, gone])
    assert [each.person for each in found.outcomes] == ["Ann Lee"] and [each.person for each in lost] == ["Bo Ek"]


def test_an_unknown_action_is_named(tmp_path: Any) -> None:
    path = tmp_path / "book.yaml"
    text = (load_forecast_book.__defaults__ or ())[0].read_text(encoding="utf-8")
    path.write_text(text.replace("pro: [aid delivery]", "pro: [aid flown]"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="'aid flown' is no action"):
        load_forecast_book(path)
