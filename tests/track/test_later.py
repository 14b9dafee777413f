"""What a document tells in the form in which books look back with it: done, denied, foretold."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from rashomon.records import (
    Claim,
    Control,
    Event,
    Forecast,
    Interval,
    MadeBy,
    Metadata,
    Pledge,
    Publication,
    Quantity,
    Reading,
    Span,
)
from rashomon.track.later import Later, later

TEXT = (
    "Kesh withdrew from Ariha. The Council denied that Kesh withdrew. Kesh promised that it would withdraw on Friday.\n"
    "The column will withdraw soon. At least 40 people were killed since May. The Council holds Ariha."
)


def at(words: str, number: int = 0) -> Span:
    start = -1
    for _ in range(number + 1):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def event(id: str, trigger: Span, **more: Any) -> Event:
    return Event(id, trigger, "YIELD", "withdrawal", **more)


def told() -> tuple[Later, ...]:
    claims = (
        Claim("A0", None, None, (), (), "indirect", ("Marsh Echo",)),
        Claim(
            "A1", None, "Council", (), (at("Kesh withdrew", 1),), "indirect", ("Marsh Echo", "Council"),
            stance="denies-occurrence",
        ),
    )
    reading = Reading(
        id="a.txt", source="a.txt", text=TEXT, text_sha256="", made_by=MadeBy("c", "k", "m"),
        document=Metadata(None, "Marsh Echo", None, Publication("2016-03-04", "2016-03-05", "stated"), "en", "report"),
        body=(Span(0, len(TEXT)),), boilerplate=(), attributions=claims,
        events=(
            event("E1", at("withdrew")), event("E2", at("withdrew", 1), according_to="A1"), event("E3", at("withdraw")),
            event("E4", at("withdraw", 1)), replace(event("E5", at("column")), region="boilerplate:caption"),
        ),
        quantities=(Quantity(at("40 people"), "killed", 40, None, "At least 40", bound="at-least", scope="period"),),
        entities=(), places=(), times=(),
        forecasts=(Forecast(at("The column will withdraw soon"), None, "The column will withdraw soon"),),
        pledges=(Pledge(at("promised that it would withdraw on Friday"), "commitment", "Kesh", None, outcome="broken"),),
        control=(
            Control(at("holds Ariha"), "Ariha", 35.8, 36.6, None, "Council", None, "hold", None),
            Control(
                at("withdrew from Ariha"), "Ariha", None, None, "Kesh", None, Interval("2016-03-03", "2016-03-03"), "change", None
            ),
        ),
    )
    return tuple(later("d" * 32, reading, "2016-03-06", "s", frozenset({"killed"})))


def test_every_sort_is_told_with_its_sentence_and_chain() -> None:
    found = {f"{each.sort} {each.words}": each for each in told()}
    assert sorted({each.sort for each in found.values()}) == ["control", "event", "pledge", "toll"]
    for each in found.values():
        assert each.words in each.sentence and each.publisher == "Marsh Echo" and each.published == ("2016-03-04", "2016-03-05")
    assert found["toll 40 people"].low == 40 and found["control holds Ariha"].actors == ("Council",)
    assert found["control withdrew from Ariha"].when == ("2016-03-03", "2016-03-03")
    assert found["pledge promised that it would withdraw on Friday"].action == "broken"


def test_captions_tell_nothing() -> None:
    assert "column" not in [each.words for each in told()]


def test_denied_foretold_and_promised_are_not_told_as_done() -> None:
    events = [each for each in told() if each.sort == "event"]
    assert [(each.words, each.modality, each.negative) for each in events] == [
        ("withdrew", "asserted", False), ("withdrew", "asserted", True), ("withdraw", "planned", False),
        ("withdraw", "predicted", False),
    ]
