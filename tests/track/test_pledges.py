"""Pledges across documents: what is one pledge, with whose words, and what is said to have become of it."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from rashomon.knowledge.pledge_book import load_pledge_book
from rashomon.knowledge.rarity import load_rarity
from rashomon.track.pledge_status import with_status
from rashomon.track.pledge_tellings import hours
from rashomon.track.pledges import PledgeEntry, entries


@pytest.fixture(scope="module")
def bench(script: Callable[[str], Any]) -> Any:
    return script("bench/pledge_book.py")


def case(bench: Any, id: str) -> Any:
    return next(one for one in bench.cases() if one.id == id)


def entry_of(bench: Any, id: str, name: str) -> PledgeEntry:
    return next(
        entry for entry in bench.pledge_entries(case(bench, id)) if any(each.key.endswith(f"/{name}") for each in entry.tellings)
    )


def test_figures_on_the_cases(bench: Any) -> None:
    found = bench.measure()
    for name in ("pledges joined", "statuses"):
        assert found[name].precision >= 0.9 and found[name].recall >= 0.9, found[name].told


def test_the_order_of_tellings_and_claims_does_not_matter(bench: Any) -> None:
    book, rarity = load_pledge_book(), load_rarity()
    for one in bench.cases():
        expected = bench.pledge_entries(one)
        for seed in range(3):
            told, claims = list(one.tellings.values()), list(one.claims.values())
            random.Random(seed).shuffle(told)
            random.Random(seed).shuffle(claims)
            made = entries(told, book, one.parties, one.copies)
            assert with_status(made, claims, book, rarity, one.parties, one.copies) == expected


def test_copies_are_no_further_voices(bench: Any) -> None:
    truce = entry_of(bench, "meskand-truce", "a1")
    assert len(truce.tellings) == 4 and [voice.name for voice in truce.voices] == ["Corran Wire", "mediator", "defence ministry"]
    assert [len(voice.copies) for voice in truce.voices] == [1, 0, 0]
    assert truce.voices[0].copies[0].endswith("/d1")


def test_one_act_has_two_names_each_with_its_voice(bench: Any) -> None:
    entry = entry_of(bench, "dervish-pass", "a1")
    kinds = [(word.text, [key.rpartition("/")[2] for key in word.by]) for word in entry.kinds]
    assert kinds == [("offer", ["a1"]), ("demand", ["b1"])]
    assert [word.text for word in entry.conditions] == ["if it laid down its arms by Thursday"]
    terms = {word.text for word in entry.terms}
    assert terms == {"safe passage to the coast", "lay down their arms by Thursday", "walk to the coast"}


def test_voices_that_differ_contest_a_status(bench: Any) -> None:
    truce = entry_of(bench, "meskand-truce", "a1")
    assert truce.standing == "contested"
    assert [(said.status, said.voice) for said in truce.said] == [("broken", "Front for Tahal"), ("kept", "Meskand Armed Forces")]
    assert all(said.sentence and said.features for said in truce.said)


def test_a_status_is_somebodys_or_none(bench: Any) -> None:
    asked = entry_of(bench, "dervish-pass", "c2")
    assert (asked.standing, asked.status, asked.said) == ("unresolved", None, ())


def test_what_one_voice_says_of_later_days_contests_nothing(bench: Any) -> None:
    one = case(bench, "meskand-truce")
    claims = {name: msgspec.structs.replace(claim) for name, claim in one.claims.items()}
    late = ("2031-03-20", "2031-03-20")
    claims["e2"] = msgspec.structs.replace(claims["e2"], time=late, published=late)
    book = load_pledge_book()
    made = entries(one.tellings.values(), book, one.parties, one.copies)
    found = with_status(made, claims.values(), book, load_rarity(), one.parties, one.copies)
    assert next(entry for entry in found if len(entry.tellings) == 4).standing == "said"


def test_what_was_planned_says_nothing(bench: Any) -> None:
    one = case(bench, "river-guards")
    claims = [msgspec.structs.replace(claim, modality="planned") for claim in one.claims.values()]
    book = load_pledge_book()
    made = entries(one.tellings.values(), book, one.parties, one.copies)
    assert all(
        entry.standing == "unresolved" for entry in with_status(made, claims, book, load_rarity(), one.parties, one.copies)
    )


def test_every_join_says_why(bench: Any) -> None:
    truce = entry_of(bench, "meskand-truce", "a1")
    assert len(truce.merges) == 3
    assert all(merge.score > 0.5 and merge.features for merge in truce.merges)
    assert {"same place", "same kind"} <= {feature.name for merge in truce.merges for feature in merge.features}


@pytest.mark.parametrize(("words", "expected"), [
    ("48-hour", 48), ("five days", 120), ("week-long", 168), ("the seven-day truce that began", 168), ("forty-eight hours", 48),
    ("a truce", None), ("for a month", 720), ("day of calm", None),
])
def test_durations(words: str, expected: float | None) -> None:
    assert hours(words, load_pledge_book()) == expected
