"""Exports: what other programs are handed, and what they are never handed."""

from __future__ import annotations

import csv
import io
import json
import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rashomon.export import COLUMNS, feature, write_csv, write_geojson, write_jsonl
from rashomon.export.circle import EARTH_KM, circle
from rashomon.records import (
    Account,
    Actor,
    Citation,
    Claim,
    Comparison,
    Event,
    EventPlace,
    EventTime,
    FieldValue,
    Incident,
    MadeBy,
    Metadata,
    Publication,
    Quantity,
    Reading,
    Span,
    from_json,
)

TEXT = "=Shelling resumes\nState radio said, citing Gen. Hadi, that shells killed 12 people in Ariha on Monday. Nobody else did."


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def reading() -> Reading:
    claim = Claim(
        "A1", span("Gen. Hadi"), "Gen. Hadi", (span("citing"),), (span("shells killed 12 people"),), "indirect",
        ("The Post", "State radio", "Gen. Hadi"), hedge="weak",
    )
    event = Event(
        "E1", span("killed"), "ASSAULT", "shell", actors=(Actor(None, None),),
        recipients=(Actor(span("12 people"), "12 people"),),
        place=EventPlace("where", span("Ariha"), "Ariha", 35.81, 36.61, 2.5, "town"),
        time=EventTime("2016-10-03", "2016-10-03", "anchored"),
        quantities=(Quantity(span("12"), "killed", 12, 12, words="12"),), according_to="A1",
    )
    title = Event("E2", span("Shelling"), "ASSAULT", "shell")
    return Reading(
        id="a.txt", source="in/a.txt", text=TEXT, text_sha256="0" * 64, made_by=MadeBy("c", "k", "m"),
        document=Metadata("=Shelling resumes", "The Post", None, Publication(None, None, "unknown"), "en", "report"),
        body=(Span(0, len(TEXT)),), boilerplate=(), attributions=(claim,), events=(event, title), quantities=(),
        entities=(), places=(), times=(),
    )


def incident(place: EventPlace | None) -> Incident:
    cited = Citation("doc1", Span(0, 3), Span(0, 9), ("The Post", "State radio"))
    twelve = FieldValue("killed", "12 people", "12", cited)
    account = Account("acc", "State radio", ("The Post", "State radio"), ("doc1",), ("ev1",), (twelve,))
    pair = Comparison("killed", "disagree", "How many were killed?", "12 against 9", twelve, twelve)
    return Incident("inc", "st", "ASSAULT", "shell", ("doc1",), ("ev1",), place, None, (account,), (pair, pair))


def rows() -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    assert write_csv([reading()], out) == 2
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def test_a_row_says_who_says_it_and_in_which_sentence() -> None:
    first = rows()[0]
    assert tuple(first) == COLUMNS
    assert first["chain"] == "The Post › State radio › Gen. Hadi"
    assert first["sentence"].startswith("State radio said") and first["sentence"].endswith("on Monday.")
    assert (first["place"], first["precision"], first["radius_km"]) == ("Ariha", "town", "2.5")
    assert (first["time_start"], first["time_basis"], first["quantities"]) == ("2016-10-03", "anchored", "killed: 12")
    assert (first["actors"], first["recipients"], first["cue"]) == ("", "12 people", "citing")


def test_no_cell_is_a_formula() -> None:
    second = rows()[1]
    assert second["title"] == "'=Shelling resumes"
    assert second["sentence"] == "'=Shelling resumes"
    assert second["place"] == second["time_start"] == second["chain"] == ""


def test_jsonl_is_the_reading_format() -> None:
    out = io.StringIO()
    assert write_jsonl([reading(), reading()], out) == 2
    assert [from_json(line) for line in out.getvalue().splitlines()] == [reading(), reading()]


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (None, None),
        (EventPlace("where", None, "Ariha", None, None), None),
        (EventPlace("where", None, "Ariha", 35.8, 36.6, None, "town"), None),
        (EventPlace("where", None, "Ariha", 35.8, 36.6, 2.0, "town"), "Polygon"),
        (EventPlace("where", None, "the west", 35.8, 36.6, 90.0, None), "Polygon"),
        (EventPlace("where", None, "Bab al-Hawa gate", 36.2, 36.7, 0.5, "point"), "Point"),
        (EventPlace("where", None, "Fiji", -17.8, 178.0, 300.0, "country"), "MultiPolygon"),
    ],
)
def test_an_area_is_never_a_bare_point(place: EventPlace | None, kind: str | None) -> None:
    found = feature(incident(place), document_id=str.upper)
    assert (found["geometry"] or {}).get("type") == kind
    assert found["properties"]["relations"] == {"disagree": 2}
    assert found["properties"]["document_ids"] == ["DOC1"]


def test_geojson_is_one_collection() -> None:
    for some in ([], [incident(None)], [incident(None), incident(None)]):
        out = io.StringIO()
        assert write_geojson(some, out, document_id=str) == len(some)
        assert len(json.loads(out.getvalue())["features"]) == len(some)


def distance(lat0: float, lon0: float, lat1: float, lon1: float) -> float:
    a, b, c, d = map(math.radians, (lat0, lon0, lat1, lon1))
    inner = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(inner)))


@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(0.5, 900))
def test_every_corner_is_on_the_circle_or_on_the_date_line(lat: float, lon: float, radius: float) -> None:
    shape = circle(lat, lon, radius)
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    for (ring,) in parts:
        assert ring[0] == ring[-1]
        assert sum((x1 - x0) * (y1 + y0) for (x0, y0), (x1, y1) in pairwise(ring)) <= 1e-9
        for x, y in ring:
            assert -180 <= x <= 180 and -90 <= y <= 90
            assert abs(x) == 180 or distance(lat, lon, y, x) == pytest.approx(radius, rel=0.01, abs=0.01)


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0.1, 9000))
def test_a_circle_stays_on_the_globe(lat: float, lon: float, radius: float) -> None:
    text = json.dumps(circle(lat, lon, radius), allow_nan=False)
    numbers = [position for part in json.loads(text)["coordinates"] for position in _flat(part)]
    assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in numbers)


def _flat(part: list) -> list:
    return part if isinstance(part[0][0], float | int) else [position for ring in part for position in ring]
