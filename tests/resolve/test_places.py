"""Where: names, parts, distances and choices in sentences of our own."""

from __future__ import annotations

import pytest

from rashomon.annotate import Annotator
from rashomon.knowledge.places import Places
from rashomon.records import Block, Layout, Place, Span
from rashomon.resolve.places import resolve


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator.load()


@pytest.fixture(scope="module")
def known() -> Places:
    return Places.load()


@pytest.fixture
def read(annotator: Annotator, known: Places):  # type: ignore[no-untyped-def]
    def of(text: str) -> dict[str, Place]:
        layout = Layout((Block(Span(0, len(text)), "paragraph"),))
        return {place.span.of(text): place for place in resolve(text, layout, annotator.annotate(text, layout), known)}

    return of


def test_a_province_is_no_point(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Shells fell in Hama province and in the city of Hama in Syria.")
    assert found["Hama province"].precision == "province" and found["Hama province"].radius_km > 20
    assert found["city of Hama"].precision == "town" and found["city of Hama"].ucdp_precision == 1


def test_parts_move_towards_their_side(read) -> None:  # type: ignore[no-untyped-def]
    found = read("The army attacked eastern Benghazi in Libya and the northern outskirts of Sirte.")
    east = found["eastern Benghazi"]
    assert east.lon is not None and east.lon > 20.067 and east.relation == "eastern" and east.precision == "district"


def test_a_distance_widens_and_a_direction_moves(read) -> None:  # type: ignore[no-untyped-def]
    found = read("The column stood 40-50 km from Mosul. Another camped 100 kilometres west of Baghdad in Iraq.")
    near = next(place for words, place in found.items() if words.endswith("Mosul"))
    assert near.relation is not None and near.radius_km == 50.0
    west = next(place for words, place in found.items() if words.endswith("Baghdad"))
    assert west.lon is not None and west.lon < 43.6


def test_company_decides_and_not_size(read) -> None:  # type: ignore[no-untyped-def]
    here = read("Fighting spread from Tripoli to Misrata and Sirte in Libya.")["Tripoli"]
    there = read("Clashes in Tripoli, in northern Lebanon, spread to Beirut and Sidon. Lebanon sent the army.")["Tripoli"]
    assert here.country == "LY" and there.country == "LB"


def test_a_state_named_after_a_comma_decides(read) -> None:  # type: ignore[no-untyped-def]
    found = read("He was born in Paris, Texas, and lives in Dublin, Ohio.")
    assert found["Paris"].country == "US" and found["Dublin"].country == "US"


def test_districts_and_bases_of_the_supplement(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Jets left the Khmeimim air base in Syria. Rebels hold Sheikh Saeed and the Castello Road in Aleppo.")
    assert found["Khmeimim air base"].precision == "point"
    assert abs(found["Sheikh Saeed"].lat - 36.15) < 0.01
    assert "Castello Road" in found


def test_who_acts_is_no_where(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Turkey accused the Syrian army. Troops crossed from Iraq into Jordan.")
    assert not found["Turkey"].locative and not found["Syrian"].locative
    assert found["Iraq"].locative and found["Jordan"].locative


def test_outlets_and_people_are_no_places(read) -> None:  # type: ignore[no-untyped-def]
    found = read("The Washington Post and Moon of Alabama reported it. Talks in Geneva, Switzerland, continue.")
    assert found["Geneva"].country == "CH"
    assert "Washington" not in found and "Alabama" not in found


def test_an_unknown_name_stays_without_coordinates(read) -> None:  # type: ignore[no-untyped-def]
    found = read("They met on Zorblatt Road near Homs in Syria.")
    assert found["Zorblatt Road"].lat is None and found["Homs"].lat is not None


def test_same_text_same_places(read) -> None:  # type: ignore[no-untyped-def]
    text = "Springfield and Salem are near Portland, and Columbia lies far from Georgia."
    assert read(text) == read(text)
