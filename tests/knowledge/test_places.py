"""The knowledge of places: look-up, transliteration, and files that break their rules."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from rashomon.errors import KnowledgeError
from rashomon.knowledge.gazetteer import Gazetteer
from rashomon.knowledge.places import FOLDER, Places, place_key, skeleton


@pytest.fixture(scope="module")
def places() -> Places:
    return Places.load()


def test_directions_are_written_many_ways() -> None:
    keys = {place_key(name) for name in ("north-western Syria", "northwest Syria", "north west Syria", "Northwestern Syria")}
    assert len(keys) == 1


@pytest.mark.parametrize("name", ["Deir Ezzor", "Deir ez-Zor", "Dayr az Zawr", "Deir al-Zour"])
def test_one_town_under_many_spellings(places: Places, name: str) -> None:
    assert any(abs(site.lat - 35.34) < 0.1 and site.country == "SY" for site in places.sites(place_key(name)))


@pytest.mark.parametrize("name", ["Ramousa", "Ramuseh", "Al-Ramousseh"])
def test_an_unlisted_spelling_is_found_by_its_consonants(places: Places, name: str) -> None:
    sites = places.sites(place_key(name)) or places.alike(place_key(name))
    assert any(abs(site.lat - 36.155) < 0.05 for site in sites), skeleton(place_key(name))


def test_a_town_of_the_supplement_keeps_its_gazetteer_id(places: Places) -> None:
    aleppo = next(site for site in places.sites("aleppo") if site.precision == "town" and site.country == "SY")
    assert aleppo.geonameid == 170063 and aleppo.population > 1_000_000


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Nowhere,,95,10,3,town,SY,Aleppo,town,test", "out of range"),
        ("Nowhere,,north,10,3,town,SY,Aleppo,town,test", "lat"),
        ("Nowhere,,35,36,3,hamlet,SY,Aleppo,town,test", "hamlet"),
        ("Nowhere,,35,36,3,town,SYR,Aleppo,town,test", "two-letter"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    folder = tmp_path / "places"
    shutil.copytree(FOLDER, folder)
    with (folder / "places.csv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    with pytest.raises(KnowledgeError, match=message):
        Places.load(folder)


def test_a_broken_gazetteer_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite"
    path.write_bytes(b"no database")
    with pytest.raises(KnowledgeError, match="cannot be read"):
        Gazetteer(path)
    sqlite3.connect(tmp_path / "empty.sqlite").close()
    with pytest.raises(KnowledgeError, match="delete it"):
        Gazetteer(tmp_path / "empty.sqlite")
