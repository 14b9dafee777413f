"""A reading as people have judged it."""

from __future__ import annotations

import msgspec
import pytest

from rashomon.records import Judgement, Reading, Span, judged, problem_with

from ..ledger import made


@pytest.fixture
def reading() -> Reading:
    return made.reading(made.document())


def said(
    reading: Reading, words: str, field: str, verdict: str, value: str | None = None, decided: str = "2024-01-01"
) -> Judgement:
    span = made.at(reading.text, words)
    return Judgement(f"{words}{field}{decided}", "d", span, field, verdict, value, None, "Mona", decided)  # type: ignore[arg-type]


def test_nothing_changes_what_is_accepted_or_unsure(reading: Reading) -> None:
    for verdict in ("accept", "unsure"):
        assert judged(reading, [said(reading, "shelled", "event", verdict)]) is reading


def test_a_rejected_event_is_left_out(reading: Reading) -> None:
    assert [event.id for event in judged(reading, [said(reading, "shelled", "event", "reject")]).events] == ["E2"]


def test_a_correction_stands_in_the_persons_words(reading: Reading) -> None:
    changes = [
        said(reading, "shelled", "event.actors", "correct", "Third Brigade; militia"),
        said(reading, "shelled", "event.place", "correct", "Tell Amar"),
        said(reading, "shelled", "event.time", "correct", "2016-10-01/2016-10-02"),
        said(reading, "shelled", "event.modality", "correct", "possible"),
        said(reading, "shelled", "event.recipients", "reject"),
    ]
    event = judged(reading, changes).events[0]
    assert [party.name for party in event.actors] == ["Third Brigade", "militia"] and event.recipients == ()
    assert event.place is not None and (event.place.name, event.place.lat) == ("Tell Amar", None)
    assert event.time is not None and (event.time.start, event.time.end) == ("2016-10-01", "2016-10-02")
    assert event.modality == "possible" and event.trigger == reading.events[0].trigger


def test_the_last_word_holds_and_a_retired_one_does_not(reading: Reading) -> None:
    first = said(reading, "shelled", "event", "reject")
    later = said(reading, "shelled", "event", "accept", decided="2024-01-02")
    assert judged(reading, [later, first]) is reading
    assert judged(reading, [msgspec.structs.replace(first, retired="2024-01-03")]) is reading


def test_what_stood_in_a_rejected_claim_is_the_authors(reading: Reading) -> None:
    found = judged(reading, [said(reading, "The army shelled", "claim", "reject")])
    assert [claim.id for claim in found.attributions] == ["A0", "A2"] and found.events[0].according_to == "A0"


def test_a_speaker_is_corrected_through_the_chain(reading: Reading) -> None:
    found = judged(reading, [said(reading, "The army shelled", "claim.speaker", "correct", "shopkeepers")])
    assert found.attributions[1].speaker == "shopkeepers"
    assert found.attributions[1].chain == ("The Orchard Wire", "shopkeepers")


@pytest.mark.parametrize(("field", "verdict", "value", "words"), [
    ("mood", "accept", None, "nothing that can be judged"),
    ("event", "correct", "x", "as a whole"),
    ("event.type", "correct", None, "needs what stands"),
    ("event.type", "correct", "WAR", "is no event.type"),
    ("event.time", "correct", "last week", "is no time"),
    ("event.time", "correct", "2016-10-02/2016-10-01", "is no time"),
])
def test_a_judgement_that_makes_no_sense_is_told(field: str, verdict: str, value: str | None, words: str) -> None:
    assert words in (problem_with(field, verdict, value) or "")


def test_a_sound_judgement_is_no_problem() -> None:
    assert problem_with("event.time", "correct", "2016-10-02") is None
    assert problem_with("event", "unsure", None) is None and Span(0, 1)
