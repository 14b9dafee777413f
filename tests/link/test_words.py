"""What is read off the words of a text for telling stories apart."""

from __future__ import annotations

from rashomon.knowledge.linking import load_linking
from rashomon.knowledge.rarity import load_rarity
from rashomon.link import Postings, sketch
from rashomon.link.stories import explain, pair_values
from rashomon.link.words import ages, full_names, placed

RARITY = load_rarity()
WEIGHTS = load_linking().stories


def test_full_names_are_two_capitalised_words() -> None:
    assert full_names("Mayor Ilse Hartmann met Oduya J. Benali in Karsova.") == {"mayor ilse", "ilse hartmann", "oduya benali"}


def test_place_words_stand_after_a_word_of_place() -> None:
    assert placed("Shells fell on Upper Karsova, killing a man in his car near Lumbarda.", WEIGHTS.place_before) == {
        "upper", "karsova", "lumbarda",
    }


def test_ages_in_their_several_forms() -> None:
    text = "Benali, 34, a 9-year-old girl, a boy aged 12 and a man 70 years old; 15 people were hurt."
    assert ages(text, WEIGHTS.age_before, WEIGHTS.age_after) == {"34", "9", "12", "70"}


def values(a: str, b: str, first: str | None = "2021-03-08", second: str | None = "2021-03-09") -> dict[str, float]:
    one, other = (sketch(key, None, text, (day, day), RARITY, WEIGHTS) for key, text, day in (("a", a, first), ("b", b, second)))
    here, there = pair_values(one, [other], WEIGHTS), pair_values(other, [one], WEIGHTS)
    assert {name: each.tolist() for name, each in here.items()} == {name: each.tolist() for name, each in there.items()}
    return {name: float(each[0]) for name, each in here.items()}


def test_a_weekday_is_counted_back_from_publication() -> None:
    # 8 March 2021 was a Monday.
    assert values("It fell on Sunday.", "It fell on March 7.")["told day"] == 1
    assert values("It fell on Sunday.", "It fell on Saturday.")["no told day shared"] == 1
    unknown = values("It fell on Sunday.", "It fell on Sunday.", None, None)
    assert unknown["told day"] == unknown["no told day shared"] == 0


def test_other_ages_speak_against_and_are_explained() -> None:
    one = sketch("a", None, "A girl aged 9 was hurt in Lumbarda.", ("2021-03-08", "2021-03-08"), RARITY, WEIGHTS)
    other = sketch("b", None, "A man aged 70 was hurt in Lumbarda.", ("2021-03-08", "2021-03-08"), RARITY, WEIGHTS)
    (against,) = [each for each in explain(one, other, WEIGHTS) if each.name == "no age shared"]
    assert against.weight < 0


def test_far_days_need_more_signs() -> None:
    posted = Postings(WEIGHTS)
    signs = range(WEIGHTS.shared_signs)
    for key, day in (("near", 100), ("far", 100 + WEIGHTS.far_days + 1)):
        posted.add(key, signs, (day, day))
    posted.add("some day", signs, None)
    assert posted.near("new", signs, (100, 100)) == ["near", "some day"]
    posted.add("far", range(WEIGHTS.shared_signs, WEIGHTS.far_shared_signs), (100, 100))
    assert posted.near("new", range(WEIGHTS.far_shared_signs), (100, 100)) == ["far", "near", "some day"]
