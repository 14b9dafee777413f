"""Places of a war in sentences of our own: sub-city places, parts, relations, precision, metonyms, many spellings."""

from __future__ import annotations

import pytest

from rashomon.annotate import Annotator
from rashomon.knowledge.folding import likeness
from rashomon.knowledge.places import ALIKE, Places, place_key
from rashomon.records import Block, Layout, Place, Span
from rashomon.resolve.places import resolve


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator.load()


@pytest.fixture(scope="module")
def known() -> Places:
    return Places.load(imported=())


@pytest.fixture
def read(annotator: Annotator, known: Places):  # type: ignore[no-untyped-def]
    def of(*paragraphs: str) -> dict[str, Place]:
        text = "\n\n".join(paragraphs)
        blocks, at = [], 0
        for paragraph in paragraphs:
            blocks.append(Block(Span(at, at + len(paragraph)), "paragraph"))
            at += len(paragraph) + 2
        layout = Layout(tuple(blocks))
        return {place.span.of(text): place for place in resolve(text, layout, annotator.annotate(text, layout), known)}

    return of


def near(place: Place, lat: float, lon: float, within: float = 0.15) -> bool:
    return place.lat is not None and place.lon is not None and abs(place.lat - lat) < within and abs(place.lon - lon) < within


SPELLINGS = [
    (("Deir Ezzor", "Deir ez-Zor", "Dayr az Zawr", "Deir al-Zour", "Deir Az Zor"), "SY", 35.34, 40.14),
    (("Ramousseh", "Ramusa", "Ramouseh", "al-Ramousah", "Ramouse"), "SY", 36.155, 37.135),
    (("Hasakah", "Hasakeh", "al-Hassakeh", "Hassaka", "Al Hasaka"), "SY", 36.51, 40.75),
    (("Fallujah", "Falluja", "Al-Fallujah", "Fallouja"), "IQ", 33.35, 43.78),
    (("Baqubah", "Baquba", "Ba'quba", "Baqouba"), "IQ", 33.75, 44.64),
    (("Sanaa", "Sana'a", "Sana’a", "Sanaá"), "YE", 15.35, 44.21),
    (("Hodeidah", "Hudaydah", "al-Hudaydah", "Hodeida", "Al Hudaydah"), "YE", 14.80, 42.95),
    (("Misrata", "Misurata", "Misratah", "Misrātah"), "LY", 32.38, 15.09),
    (("Benghazi", "Banghazi", "Bengasi", "Benghasi"), "LY", 32.12, 20.07),
    (("Kyiv", "Kiev", "Kyyiv"), "UA", 50.45, 30.52),
    (("Kharkiv", "Kharkov"), "UA", 49.99, 36.23),
    (("Zaporizhzhia", "Zaporizhia", "Zaporozhye", "Zaporizhzhya", "Zaporijjia"), "UA", 47.84, 35.14),
    (("El Fasher", "al-Fashir", "El-Fasher", "Al Fashir"), "SD", 13.63, 25.35),
    (("Khan Younis", "Khan Yunis", "Khan Yunes", "Khan Younes"), "PS", 31.35, 34.30),
]


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"), [(name, *rest) for names, *rest in SPELLINGS for name in names]
)
def test_one_place_under_its_spellings(known: Places, name: str, country: str, lat: float, lon: float) -> None:
    key = place_key(name)
    sites = known.sites(key) or known.alike(key, frozenset((country,)))
    assert any(site.country == country and abs(site.lat - lat) < 0.2 and abs(site.lon - lon) < 0.2 for site in sites)


def test_consonants_alone_are_not_enough() -> None:
    assert likeness(place_key("Jubailiyeh"), place_key("Jableh")) < ALIKE
    assert likeness(place_key("Hassake"), place_key("al-Hasakah")) >= ALIKE


@pytest.mark.parametrize(
    ("text", "name", "lat", "lon", "most"),
    [
        ("Troops in Ukraine shelled the Antonivka Bridge near Kherson.", "Antonivka Bridge", 46.67, 32.72, 3),
        ("Syria said planes left the Khmeimim air base for Idlib.", "Khmeimim air base", 35.40, 35.95, 3),
        ("Aid for Gaza waited at the Kerem Shalom crossing.", "Kerem Shalom crossing", 31.23, 34.28, 1),
        ("In Yemen ships passed the Bab al-Mandab Strait.", "Bab al-Mandab Strait", 12.6, 43.35, 30),
        ("In Iraq the army retook the Mosul Dam from the militants.", "Mosul Dam", 36.63, 42.82, 2),
        ("Rockets hit Karam al-Luz in Homs, Syria.", "Karam al-Luz", 34.72, 36.735, 2),
        ("Shells fell in Bab Touma neighbourhood in Damascus.", "Bab Touma neighbourhood", 33.513, 36.316, 2),
        ("In Sudan, shells fell on the Zamzam camp near El Fasher.", "Zamzam camp", 13.48, 25.31, 3),
        ("In Afghanistan a bomb went off at Kabul airport.", "Kabul airport", 34.566, 69.212, 3),
        ("Armenia said the Lachin corridor to Stepanakert was closed.", "Lachin corridor", 39.7, 46.6, 30),
        ("In Myanmar the army bombed Laiza in Kachin State.", "Laiza", 24.76, 97.56, 5),
        ("In Mali fighters attacked Tinzaouaten and Kidal.", "Tinzaouaten", 19.95, 2.97, 10),
        ("In Ethiopia bodies were found in Mai Kadra in Tigray.", "Mai Kadra", 14.07, 36.57, 10),
        ("In Libya fighting closed the Ras Jdir crossing near Zuwara.", "Ras Jdir crossing", 33.15, 11.56, 5),
    ],
)
def test_places_that_no_list_of_towns_has(read, text, name, lat, lon, most) -> None:  # type: ignore[no-untyped-def]
    place = read(text)[name]
    assert near(place, lat, lon) and 0 < place.radius_km <= most


def test_parts_lie_in_the_place_and_what_is_north_of_it_does_not(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "In Syria the army holds eastern Aleppo and the north-east of Aleppo.",
        "They hold the south of Deraa province, the outskirts of Palmyra and the suburbs of Damascus.",
    )
    inside = found["north-east of Aleppo"]
    outside = read("In Syria rebels are stuck north-east of Aleppo.")["north-east of Aleppo"]
    assert near(found["eastern Aleppo"], 36.2, 37.19, 0.05)
    assert outside.lat - 36.2 > 0.1 and outside.radius_km > 15 and outside.relation == "north-east of"
    assert inside.radius_km > 0
    assert found["south of Deraa province"].lat < 32.9 and found["south of Deraa province"].radius_km > 10
    around = found["outskirts of Palmyra"]
    assert near(around, 34.56, 38.28) and around.radius_km > 5 and (around.acled_precision, around.ucdp_precision) == (2, 3)
    assert found["suburbs of Damascus"].radius_km >= 10


def test_a_known_name_that_goes_on_in_small_letters(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Ships stood off the Syrian coast. Rebels in Syria took the ‘Aleppo artillery base’ by the Castello road.")
    assert found["Syrian coast"].locative and found["Syrian coast"].precision == "region"
    assert found["Aleppo artillery base"].precision == "point" and "Castello road" in found


def test_a_district_of_a_town_is_not_its_province(read) -> None:  # type: ignore[no-untyped-def]
    found = read("In Syria a car bomb hit a Homs district. Fighters left the Ramousseh district of Aleppo.")
    assert near(found["Homs district"], 34.73, 36.72) and found["Homs district"].radius_km < 10
    assert found["Ramousseh district"].radius_km < 5


def test_distances_widen_and_move(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "In Syria the army is 55–65 km from Raqqa.", "A convoy in Iraq was hit 12 miles north-east of Mosul.",
        "It stood about 10km (6 miles) south of Donetsk in Ukraine.",
    )
    ring = found["55–65 km from Raqqa"]
    assert near(ring, 35.95, 39.01) and ring.radius_km == 65 and ring.relation == "55–65 km from" and ring.ucdp_precision == 3
    moved = found["12 miles north-east of Mosul"]
    assert 0.08 < moved.lat - 36.34 < 0.2 and moved.lon > 43.2 and moved.acled_precision == 2
    assert found["10km (6 miles) south of Donetsk"].lat < 47.95


def test_between_and_along(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "Clashes in Syria went on between Hama and Homs and along the road from Damascus to Aleppo.",
        "In Iraq a bomb went off on the Baghdad-Mosul highway.",
    )
    middle = found["between Hama and Homs"]
    assert near(middle, 34.93, 36.735) and middle.relation == "between" and 15 < middle.radius_km < 30
    road = found["the road from Damascus to Aleppo"]
    assert road.relation == "road" and road.precision == "region" and (road.acled_precision, road.ucdp_precision) == (3, 5)
    assert found["Baghdad-Mosul highway"].relation == "road" and "Hama" in found and "Homs" in found


def test_talks_between_capitals_are_no_stretch(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Talks between Moscow and Ankara went on, and ties between Damascus and Tehran are close.")
    assert not any(place.relation in ("between", "road") for place in found.values())


def test_borders_lie_between_the_states(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "Shells hit Kobani in Syria near the Turkish border.",
        "Syria closed the border with Lebanon, and Syria's border with Jordan.",
        "Guards died on the Syrian-Iraqi border. The Turkish border guards fired.",
    )
    for span, lat in (("Turkish border", 36.8), ("the border with Lebanon", 34.0), ("Syria's border with Jordan", 32.8),
                      ("Syrian-Iraqi border", 35.0)):
        assert found[span].relation == "border" and found[span].radius_km > 50 and abs(found[span].lat - lat) < 0.1, span
    assert not any("guards" in span for span in found)


@pytest.mark.parametrize("seat", ["Washington", "Moscow", "Ankara", "Damascus", "Tehran"])
def test_a_capital_that_acts_is_an_actor_and_one_in_which_is_a_place(read, seat) -> None:  # type: ignore[no-untyped-def]
    acting = read(f"{seat} accused the rebels of breaking the truce.").get(seat)
    assert acting is None or not acting.locative
    assert read(f"Diplomats met in {seat} on Tuesday.")[seat].locative
    assert read(f"A summit in {seat} ended without a deal.")[seat].locative


@pytest.mark.parametrize("house", ["The Kremlin", "The White House", "Downing Street"])
def test_a_house_that_speaks_is_no_place_of_an_event(read, house) -> None:  # type: ignore[no-untyped-def]
    found = read(f"{house} rejected the claim and warned the rebels.")
    assert not any(place.locative and place.lat is not None for place in found.values())


def test_an_unknown_name_takes_no_other_with_it(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "In Syria shells fell in Qarnabiyat neighbourhood near Aleppo and in the village of Tal Hamroush, then on Idlib."
    )
    assert found["Qarnabiyat neighbourhood"].lat is None and found["village of Tal Hamroush"].lat is None
    assert near(found["Aleppo"], 36.2, 37.16) and near(found["Idlib"], 35.93, 36.63)


def test_a_caption_from_another_country_keeps_its_own(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "Iraqi forces stand guard in the eastern suburbs of Ramadi, the capital of Iraq's Anbar province, on Monday.",
        "In Syria the army attacked eastern Aleppo on Tuesday and shelled Idlib, Homs and Hama.",
    )
    assert found["eastern suburbs of Ramadi"].country == "IQ" and found["eastern Aleppo"].country == "SY"


def test_words_for_people_and_outlets_are_no_places(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "The front changed its name to Jabhat Fateh al-Sham in Syria. State news agency SANA reported it to Erdogan.",
        "Governor Talal al-Barazi spoke in Homs. More bombs followed, said Barazi.",
    )
    assert {span for span, place in found.items() if place.locative} == {"Syria", "Homs"}


def test_an_area_always_has_a_radius(read) -> None:  # type: ignore[no-untyped-def]
    found = read(
        "In Ukraine fighting spread in the Donbas, Kharkiv region, southern Ukraine and along the Dnipro River near Kherson.",
        "In Sudan it spread over Darfur, North Kordofan and Khartoum state to the Chadian border.",
    )
    located = [place for place in found.values() if place.lat is not None]
    assert len(located) >= 8 and all(place.radius_km is not None and place.radius_km > 0 for place in located)
    for place in located:
        assert place.acled_precision in (1, 2, 3) and place.ucdp_precision in range(1, 8)
        if place.precision in ("province", "region", "country"):
            assert place.acled_precision == 3 and place.ucdp_precision >= 4 and place.radius_km >= 10


@pytest.mark.parametrize(
    ("text", "span"),
    [("The army entered Homs.", "Homs"), ("Planes bombed Iran.", "Iran"), ("The siege went on in Mali.", "Mali")],
)
def test_a_short_name_at_the_end_of_a_sentence(read, text, span) -> None:  # type: ignore[no-untyped-def]
    assert span in read(f"Fighting went on in Hama and Idlib in Syria. {text}")
