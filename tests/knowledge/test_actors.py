"""The knowledge of actors: it loads, it is whole, and a broken row is named."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import msgspec
import pytest

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actors import FOLDER, Actors, DatedName, Sponsor, check, load_actors
from rashomon.knowledge.folding import fold, key_of
from rashomon.knowledge.lexicon import Lexicon
from rashomon.knowledge.who import who


@pytest.fixture(scope="module")
def actors() -> Actors:
    return load_actors()


def test_all_members_of_the_united_nations_are_there(actors: Actors) -> None:
    assert len(actors.states) == 197
    assert {"PSE", "XKX", "TWN", "VAT"} <= {state.id for state in actors.states}


def test_names_follow_the_day(actors: Actors) -> None:
    party = next(party for party in actors.parties if party.id == "hts")
    assert party.name_on(date(2015, 5, 1)) == "Jabhat al-Nusra"
    assert party.name_on(date(2016, 11, 1)) == "Jabhat Fateh al-Sham"
    assert party.name_on(date(2019, 7, 1)) == "Hayat Tahrir al-Sham"
    assert party.name_on(None) == "Hayat Tahrir al-Sham"


def test_leaders_hold_office_in_their_terms(actors: Actors) -> None:
    kerry = next(leader for leader in actors.leaders if leader.name == "John Kerry")
    assert kerry.in_office(date(2016, 9, 1)) and not kerry.in_office(date(2018, 1, 1))


def _with_party(actors: Actors, **changes: object) -> Actors:
    war = actors.wars[0]
    party = msgspec.structs.replace(war.parties[0], **changes)
    first = msgspec.structs.replace(war, parties=(party, *war.parties[1:]))
    return msgspec.structs.replace(actors, wars=(first, *actors.wars[1:]))


def test_an_unknown_sponsor_is_refused(actors: Actors) -> None:
    with pytest.raises(KnowledgeError, match="sponsor 'ATLANTIS'"):
        check(_with_party(actors, sponsors=(Sponsor("ATLANTIS"),)))


def test_an_interval_that_ends_before_it_starts_is_refused(actors: Actors) -> None:
    names = (DatedName("Old Guard", date(2016, 1, 1), date(2015, 1, 1)),)
    with pytest.raises(KnowledgeError, match="ends on 2015-01-01"):
        check(_with_party(actors, names=names))


def test_a_doubled_id_is_refused(actors: Actors) -> None:
    with pytest.raises(KnowledgeError, match="stands twice"):
        check(_with_party(actors, id="un"))


def test_a_new_war_is_one_more_file(tmp_path: Path) -> None:
    folder = tmp_path / "actors"
    shutil.copytree(FOLDER, folder)
    (folder / "ruritania.yaml").write_text(
        "war: Ruritanian civil war\nsince: 2031-01-01\ncountries: [SMR]\n"
        "parties:\n- {id: red-shirts, name: Red Shirts of Ruritania, kind: armed-group, side: opposition}\n",
        encoding="utf-8",
    )
    lexicon = Lexicon.load(folder)
    assert "red-shirts" in lexicon.parties


def test_a_misspelt_key_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "actors"
    shutil.copytree(FOLDER, folder)
    (folder / "ruritania.yaml").write_text("war: X\nsince: 2031-01-01\ncountries: []\npartys: []\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="ruritania"):
        load_actors(folder)


@pytest.mark.parametrize(
    ("name", "day", "shown", "acled", "ucdp"),
    [
        ("Nusra Front", date(2016, 7, 1), "Jabhat al-Nusra", 2, None),
        ("HTS", date(2016, 11, 3), "Jabhat Fateh al-Sham", 2, None),
        ("jabhat al nusra", date(2019, 7, 1), "Hayat Tahrir al-Sham", 2, None),
        ("Daesh", date(2015, 1, 1), "Islamic State", 2, 234),
        ("Syrian army", None, "Syrian Arab Army", 1, None),
        ("Black Sea Fleet", None, "Black Sea Fleet", 8, None),
    ],
)
def test_who_a_name_is_on_a_day(
    actors: Actors, name: str, day: date | None, shown: str, acled: int | None, ucdp: int | None
) -> None:
    one = next(one for one in who(actors, name, day) if one.kind in ("armed-group", "armed-force"))
    assert (one.name, one.acled, one.ucdp) == (shown, acled, ucdp)


@pytest.mark.parametrize(("day", "held"), [(date(2008, 5, 1), "later"), (date(2014, 5, 1), "now"), (date(2018, 5, 1), "former")])
def test_an_office_is_held_was_held_or_comes(actors: Actors, day: date, held: str) -> None:
    (obama,) = who(actors, "Obama", day)
    assert [office.held for office in obama.offices] == [held]


def test_states_have_their_codes(actors: Actors) -> None:
    (one,) = who(actors, "Ukraine")
    assert (one.iso2, one.iso3, one.cow) == ("UA", "UKR", 369)
    assert set(actors.codes.acled) == set(range(1, 9))


def test_words_fold_alike() -> None:
    assert fold("Shi’ite") == fold("Shi'ite") == "shiite"
    assert fold("U.S.") == fold("US") == "us"
    assert key_of("Jabhat al-Nusra’s") == ("jabhat", "al", "nusra")
    assert fold("Erdoğan") == "erdogan"
