"""Who takes part: names, compositions, people, descriptions and pronouns in sentences of our own."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from rashomon.annotate import Annotator
from rashomon.knowledge.lexicon import Lexicon
from rashomon.records import Block, Layout, Mention, Publication, Span
from rashomon.resolve.actors import resolve
from rashomon.resolve.actors.people import slips

SYRIA = "The war in Syria has reached Aleppo, Idlib and Homs. "
IN_2019 = Publication("2019-07-10", "2019-07-10", "stated", "2019-07-10")


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator.load()


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture
def read(annotator: Annotator, lexicon: Lexicon):  # type: ignore[no-untyped-def]
    def of(text: str, published: Publication = IN_2019) -> list[tuple[str, Mention]]:
        layout = Layout((Block(Span(0, len(text)), "paragraph"),))
        _, mentions = resolve(text, layout, annotator.annotate(text, layout), published, lexicon)
        return [(mention.span.of(text), mention) for mention in mentions]

    return of


def names(rows: list[tuple[str, Mention]]) -> dict[str, str]:
    return {words: mention.name for words, mention in rows}


def test_bodies_of_states_are_composed(read) -> None:  # type: ignore[no-untyped-def]
    found = names(read("The Kenyan army met Uganda's foreign ministry. Turkish special forces and the U.S. military left."))
    assert found["Kenyan army"] == "Kenyan Armed Forces"
    assert found["Uganda's foreign ministry"] == "Ugandan Foreign Ministry"
    assert found["Turkish special forces"] == "Turkish Armed Forces"
    assert found["U.S. military"] == "United States Armed Forces"


def test_two_states_share_one_noun(read) -> None:  # type: ignore[no-untyped-def]
    found = names(read(SYRIA + "The Russian and Syrian air forces bombed the town."))
    assert found["Russian"] == "Russian Aerospace Forces" and found["Syrian air forces"] == "Syrian Arab Air Force"


def test_a_sponsor_is_named_inside_the_group(read) -> None:  # type: ignore[no-untyped-def]
    rows = read(SYRIA + "Turkey-backed rebels shelled the road.")
    whole = next(mention for words, mention in rows if words == "Turkey-backed rebels")
    inner = next(mention for words, mention in rows if words == "Turkey")
    assert whole.entity == "turkish-backed-rebels" and not whole.modifier
    assert inner.entity == "TUR" and inner.modifier


def test_loaded_words_do_not_change_who_is_meant(read) -> None:  # type: ignore[no-untyped-def]
    rows = read(SYRIA + "The Syrian regime and the Syrian government are one. Assad's forces and Assad regime forces moved.")
    entities = {words: mention.entity for words, mention in rows}
    assert entities["Syrian regime"] == entities["Syrian government"] == "syria-government"
    assert entities["Assad's forces"] == entities["Assad regime forces"] == "syrian-government-forces"


def test_the_words_behind_a_name_may_be_loaded(read) -> None:  # type: ignore[no-untyped-def]
    found = names(read(SYRIA + "The Syrian junta and the Assad junta fell. Hamas thugs fled."))
    assert found["Syrian junta"] == found["Assad junta"] == "Government of Syria"
    assert found["Hamas thugs"] == "Hamas"


def test_a_rebel_group_is_whichever_was_spoken_of(read) -> None:  # type: ignore[no-untyped-def]
    for word in ("rebel", "terrorist", "armed"):
        rows = read(SYRIA + f"The Nusra Front came to Idlib. The {word} group attacked the town.")
        assert {mention.entity for words, mention in rows if words.endswith("group")} == {"hts"}, word


def test_a_name_begins_with_no_preposition(read) -> None:  # type: ignore[no-untyped-def]
    rows = read("Near Ayn Dakkara, two strikes destroyed a depot. The troops left.")
    assert not [words for words, _ in rows if words.startswith("Near") or "Dakkara" in words]


def test_the_name_in_use_on_the_day(read) -> None:  # type: ignore[no-untyped-def]
    text = SYRIA + "The Nusra Front attacked the base."
    early = Publication("2015-03-01", "2015-03-01", "stated", "2015-03-01")
    assert names(read(text, early))["Nusra Front"] == "Jabhat al-Nusra"
    assert names(read(text))["Nusra Front"] == "Hayat Tahrir al-Sham"
    between = Publication("2016-11-03", "2016-11-03", "stated", "2016-11-03")
    assert names(read(text, between))["Nusra Front"] == "Jabhat Fateh al-Sham"
    assert {meant(read(text, day), "Nusra Front")[0] for day in (early, between, IN_2019)} == {"hts"}


def test_rebels_are_those_of_the_war_or_their_own(read) -> None:  # type: ignore[no-untyped-def]
    assert names(read(SYRIA + "The rebels advanced."))["rebels"] == "Syrian armed opposition"
    assert names(read("The rebels advanced on the mine."))["rebels"] == "rebels"


def test_a_seat_of_government_acts_or_is_a_place(read) -> None:  # type: ignore[no-untyped-def]
    rows = read("Ankara accused Damascus of lying. A bomb went off in Ankara.")
    assert [mention.entity for words, mention in rows if words == "Ankara"] == ["TUR"]


def test_people_are_known_by_title_and_surname(read) -> None:  # type: ignore[no-untyped-def]
    rows = read("Col. Hamid Barakzoi spoke on Monday. Barakzoi said the road was open. He left. Barakzio waved.")
    assert {mention.entity for words, mention in rows if words.lower().endswith(("zoi", "zio", "he"))} == {"hamid-barakzoi"}


def test_pronouns_take_the_nearest_subject(read) -> None:  # type: ignore[no-untyped-def]
    rows = read(SYRIA + "Erdogan met his generals. He said the plan had failed.")
    assert {mention.entity for _, mention in rows if mention.pronoun} == {"recep-tayyip-erdogan"}


def test_it_that_means_nothing_stays_untied(read) -> None:  # type: ignore[no-untyped-def]
    assert not [mention for _, mention in read("Russia replied. It is clear that the truce is over.") if mention.pronoun]


def test_an_apposition_is_its_name(read) -> None:  # type: ignore[no-untyped-def]
    rows = read(SYRIA + "Ahrar al-Sham, a Turkish-backed rebel group, left the town.")
    found = {words: mention.entity for words, mention in rows}
    assert found["Turkish-backed rebel group"] == "ahrar-al-sham"


def test_no_mention_without_tokens_and_spans_slice_back(read) -> None:  # type: ignore[no-untyped-def]
    for words, mention in read(SYRIA + "France’s president met the\u00a0U.N. envoy."):
        assert words and words == words.strip() and mention.head >= 0


@pytest.mark.parametrize(("a", "b", "distance"), [("rybakov", "ryabkov", 1), ("assad", "assad", 0), ("kerry", "terry", 1)])
def test_slips_count_swaps_once(a: str, b: str, distance: int) -> None:
    assert slips(a, b) <= 2 and slips(a, b) >= distance


def test_an_office_without_a_name_is_its_holder_on_the_day(read) -> None:  # type: ignore[no-untyped-def]
    found = names(read("The Turkish president met the French president. The Danish minister stayed at home."))
    assert found["Turkish president"] == "Recep Tayyip Erdogan" and found["French president"] == "Emmanuel Macron"
    assert found["Danish"] == "Denmark"


def test_a_possessive_army_is_that_of_whom_the_pronoun_means(read) -> None:  # type: ignore[no-untyped-def]
    found = names(read(SYRIA + "Israel has not answered. Its army said that the hill was quiet."))
    assert found["Its army"] == "Israel Defense Forces"


def test_a_person_is_no_capital_and_no_other_leader(read) -> None:  # type: ignore[no-untyped-def]
    found = names(read("Colonel Jorge Asuncion denied it. Asuncion said so. The lawyer, Amina Hadi, left. Ms Hadi denied it."))
    assert found["Asuncion"] == "Jorge Asuncion" and found["Ms Hadi"] == "Amina Hadi"


def test_a_unit_number_means_a_party_only_in_its_own_war(read) -> None:  # type: ignore[no-untyped-def]
    assert names(read("The 104th Brigade left Bahri."))["104th Brigade"] == "104th Brigade"


def meant(rows: list[tuple[str, Mention]], form: str) -> list[str]:
    """The entities that a form stands for, in text order."""
    return [mention.entity for words, mention in rows if words == form]


@pytest.mark.parametrize(
    ("text", "form", "wanted"),
    [
        # an object is not the subject of its own clause
        ("Erdogan met Putin in Sochi. Erdogan said Putin had no hold over him.", "him", ["recep-tayyip-erdogan"]),
        ("Russia proposed a truce and Turkey rejected it.", "it", []),
        # who is joined to it, or blamed
        ("Ankara cleared the hills of the jihadis and their guns.", "their", ["jihadis-syria"]),
        ("Russia blamed the United States for its failure.", "its", ["USA"]),
        # two subjects are meant at once, or nobody where one of them is unknown
        ("Russia and Turkey met. Their envoys spoke.", "Their", ["RUS", "TUR"]),
        # one number
        ("The Russians said they had asked the United States to drop its plan.", "its", ["USA"]),
        # what belongs to a town
        ("The army took Idlib. Its recapture was costly.", "Its", []),
        ("Reuters said the war was lost when it comes to Idlib.", "it", []),
        ("Reuters said it had seized the hill.", "it", []),
    ],
)
def test_pronouns_mean_whom_they_can_mean(read, text: str, form: str, wanted: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert meant(read(SYRIA + text), form) == wanted


def test_a_lesser_government_is_not_that_of_the_war(read) -> None:  # type: ignore[no-untyped-def]
    rows = read(SYRIA + "The government sent aid. A regional government and the HTS jihadi coalition refused it.")
    assert meant(rows, "government") == ["syria-government"] and not meant(rows, "coalition")


def test_a_kunya_belongs_to_the_name_and_a_ship_has_none(read) -> None:  # type: ignore[no-untyped-def]
    rows = read(SYRIA + "Commander Abu Ghalib Dantari fled. The USS Harlan Dow left.")
    assert [mention.name for _, mention in rows if mention.kind == "person"] == ["Abu Ghalib Dantari"]


def test_fighters_are_of_the_group_that_is_named_behind_them(read) -> None:  # type: ignore[no-untyped-def]
    rows = read(SYRIA + "Jihadists from the Islamic State took a village, and rebels of Ahrar al-Sham left it.")
    assert meant(rows, "Jihadists") == ["isis"] and meant(rows, "rebels") == ["ahrar-al-sham"]


def test_a_wider_name_in_brackets_is_its_branch(read) -> None:  # type: ignore[no-untyped-def]
    apart = read(SYRIA + "Al-Qaeda praised the attack. Jabhat al-Nusra had planned it.")
    assert meant(apart, "Al-Qaeda") == ["al-qaeda"]
    same = read(SYRIA + "Al-Qaeda (by which he means Jabhat al-Nusra) attacked again.")
    assert meant(same, "Al-Qaeda") == meant(same, "Jabhat al-Nusra") == ["hts"]


def test_a_ship_or_a_district_is_no_person(read) -> None:  # type: ignore[no-untyped-def]
    rows = read(SYRIA + "The aircraft carrier Admiral Orlovsky sailed. General Pavel Orlin stayed.")
    assert [words for words, mention in rows if mention.kind == "person"] == ["General Pavel Orlin"]


def test_whom_a_loaded_word_means_is_not_settled(read) -> None:  # type: ignore[no-untyped-def]
    rows = read(SYRIA + "Syrian rebels left. Syrian terrorists stayed, the terrorists of the south too.")
    assert meant(rows, "Syrian rebels") == ["syrian-rebels"]
    assert meant(rows, "Syrian terrorists") == ["some-syrian-terrorists"]
    assert "syrian-rebels" not in meant(rows, "terrorists")


def test_a_paragraph_on_another_war_has_its_own_parties(annotator: Annotator, lexicon: Lexicon) -> None:
    one = SYRIA + "The government sent the army to Aleppo in Syria."
    other = "In Iraq the government sent troops to Mosul and Kirkuk, and Iraqi police came to Ramadi."
    text = f"{one}\n{other}"
    layout = Layout((Block(Span(0, len(one)), "paragraph"), Block(Span(len(one) + 1, len(text)), "paragraph")))
    _, mentions = resolve(text, layout, annotator.annotate(text, layout), IN_2019, lexicon)
    found = [mention.entity for mention in mentions if mention.span.of(text) == "government"]
    assert found == ["syria-government", "iraq-government"]


@pytest.mark.parametrize(
    ("war", "text", "form", "wanted"),
    [
        ("Syria", SYRIA + "The Russian and Syrian warplanes struck.", "Russian", "russian-aerospace-forces"),
        ("Syria", SYRIA + "US-backed rebels left Tanf.", "US-backed rebels", "united-states-backed-rebels"),
        ("Syria", SYRIA + "The Syrian deputy foreign minister spoke.", "Syrian deputy foreign minister", "faisal-mekdad"),
        ("Syria", SYRIA + "Al-Qaeda's Syrian branch struck.", "Al-Qaeda's Syrian branch", "hts"),
        ("Yemen", "In Yemen, from Aden to Taiz and Marib, pro-Houthi tribesmen cut the road.", "pro-Houthi tribesmen", None),
        ("Yemen", "In Yemen, from Aden to Taiz, the Yemeni branch of al-Qaeda struck.", "Yemeni branch of al-Qaeda", "aqap"),
        ("Libya", "In Libya, from Tripoli to Benghazi, UAE-backed forces came.", "UAE-backed forces", None),
        ("Sudan", "In Sudan, from El Fasher to Khartoum, pro-army militias came.", "pro-army militias", None),
        ("Iraq", "In Iraq, Iran-backed militias shelled Mosul and Kirkuk.", "Iran-backed militias", None),
        ("Ukraine", "In Ukraine, Russia's ambassador to the UN spoke.", "Russia's ambassador to the UN", "vasily-nebenzya"),
    ],
)
def test_names_compose_in_ten_wars(read, war: str, text: str, form: str, wanted: str | None) -> None:  # type: ignore[no-untyped-def]
    rows = read(text)
    assert form in {words for words, _ in rows}, [(words, mention.entity) for words, mention in rows]
    if wanted is not None:
        assert meant(rows, form) == [wanted]


UKRAINE = yaml.safe_load(Path(__file__).with_name("ukraine.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", UKRAINE["sentences"], ids=lambda row: row["text"][:40])
def test_ukraine(read, lexicon: Lexicon, row) -> None:  # type: ignore[no-untyped-def]
    day = str(row["day"])
    rows = read(UKRAINE["context"] + row["text"], Publication(day, day, "stated", day))
    for form, who in row["meant"].items():
        longer = [one for words, _ in rows if words.endswith(form) for one in meant(rows, words)]
        found = set(meant(rows, form) or longer)
        if who == "open":
            assert not found & {*lexicon.parties, *lexicon.states}, rows
        else:
            assert found == {who}, [(words, mention.entity) for words, mention in rows]
