"""Where and when: which words govern an event's day and place, and on what ground."""

from __future__ import annotations

import pytest

from rashomon.reader import Reader
from rashomon.records import Document, Event, Reading

THURSDAY = "2023-05-11"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def read(reader: Reader, text: str, published: str | None = THURSDAY) -> Reading:
    return reader.read(Document("d", "d.txt", text, published=published))


def event(reading: Reading, trigger: str) -> Event:
    return next(each for each in reading.events if each.trigger.of(reading.text) == trigger)


def time(reading: Reading, trigger: str) -> tuple[str | None, str | None, str]:
    found = event(reading, trigger).time
    assert found is not None
    return found.start, found.end, found.basis


@pytest.mark.parametrize(
    ("text", "trigger", "wanted"),
    [
        ("Troops shelled Marib on Tuesday, wounding two clerks.", "wounding", ("2023-05-09", "2023-05-09", "anchored")),
        ("Six clerks were killed when a shell hit the mill on Tuesday.", "killed", ("2023-05-09", "2023-05-09", "anchored")),
        ("The truce that took effect on Monday was broken.", "truce", ("2023-05-08", "2023-05-08", "anchored")),
        ("Rebels stormed Marib on 3 March 2022 and burned the mill.", "burned", ("2022-03-03", "2022-03-03", "stated")),
        ("Rebels have besieged Marib since 3 April.", "besieged", ("2023-04-03", THURSDAY, "anchored")),
        ("The mayor said on Wednesday that rebels had shelled Marib.", "shelled", (None, THURSDAY, "report-date")),
        ("The mayor condemned the raid on Tuesday.", "raid", (None, THURSDAY, "report-date")),
        ("The army bombed Saada on Monday after rebels shelled Marib.", "shelled", (None, "2023-05-08", "anchored")),
        ("Rebels shelled Marib on Monday. A clerk was killed.", "killed", ("2023-05-08", "2023-05-08", "anchored")),
        ("Rebels shelled Marib on Monday. Aid has been delivered to Saada.", "delivered", (None, THURSDAY, "report-date")),
        ("Rebels plan to shell Marib.", "shell", (None, None, "unknown")),
        ("The army halted its siege of Marib on Monday.", "siege", (None, "2023-05-08", "anchored")),
    ],
)
def test_which_day_and_on_what_ground(
    reader: Reader, text: str, trigger: str, wanted: tuple[str | None, str | None, str]
) -> None:
    assert time(read(reader, text), trigger) == wanted


def test_an_undated_report_bounds_nothing(reader: Reader) -> None:
    assert time(read(reader, "Rebels shelled Marib.", None), "shelled") == (None, None, "unknown")


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("The army bombed a prison in Saada, the mayor said in Aden.", "bombed", "Saada"),
        ("Rebels told reporters in Aden that four soldiers had been killed.", "killed", None),
        ("Troops stormed Saada in the north of Yemen and burned the mill.", "burned", "Saada"),
        ("Rebels withdrew from Marib and the army entered Saada.", "entered", "Saada"),
        ("Rebels plan to march on Aden. Two guards were killed.", "killed", None),
    ],
)
def test_which_place(reader: Reader, text: str, trigger: str, place: str | None) -> None:
    found = event(read(reader, text), trigger).place
    assert (found.name if found else None) == place


def test_what_lies_ahead_is_bounded_by_its_own_words(reader: Reader) -> None:
    (pledge,) = read(reader, "The envoy demanded that the rebels leave Marib by Friday.").pledges
    assert pledge.deadline == "2023-05-12"
    (forecast,) = read(reader, "The general expects the city to fall before the end of June.").forecasts
    assert forecast.horizon is not None and forecast.horizon.end == "2023-06-30"
    (forecast,) = read(reader, "The general expects the city to fall.").forecasts
    assert forecast.horizon is None


def test_a_state_has_no_day_and_a_change_has_its_own(reader: Reader) -> None:
    change, state = read(reader, "Rebels captured Marib on Monday; the army controls Saada.").control
    assert change.date is not None and change.date.start == "2023-05-08"
    assert state.kind == "hold" and state.date is None
