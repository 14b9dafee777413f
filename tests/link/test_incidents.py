"""Events of several documents become incidents: what joins them, what keeps them apart, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.knowledge.linking import load_linking
from rashomon.knowledge.rarity import load_rarity
from rashomon.link import covered, group_happenings, happenings, passages, shingles
from rashomon.records import EventGroup, Reading, event_keys

from ..factories import count, document, event, reading

RARITY = load_rarity()
WEIGHTS = load_linking().incidents


def told(id: str, text: str, trigger: str, **more: Any) -> Reading:
    given = document(id, text)
    return reading(given, events=(event("E1", text, trigger, **more),))


def grouped(*readings: Reading) -> list[EventGroup]:
    named = {each.id: each for each in readings}
    shared = covered(passages(shingles(key, each) for key, each in named.items()))
    told_of = [one for key, each in named.items() for one in happenings(key, each, RARITY, WEIGHTS)]
    return group_happenings(told_of, shared, WEIGHTS)


STRIKE = "Warplanes struck the market of Ruwaida on Monday, killing 12 people."
AGAIN = "An air strike on Ruwaida's market killed 15 on Monday, residents said."
NEXT = "Warplanes struck the market of Ruwaida again on Tuesday, killing four people."


def test_two_reports_of_one_strike_are_one_incident_and_say_why() -> None:
    found = grouped(
        told("a", STRIKE, "struck", where="Ruwaida", day="2022-05-02"),
        told("b", AGAIN, "strike", where="Ruwaida", day="2022-05-02"),
    )
    assert len(found) == 1 and len(found[0].events) == 2
    merge = found[0].merges[0]
    assert {feature.name for feature in merge.features} >= {"same action", "same place", "same day"}
    assert 0.5 <= merge.score <= 1
    assert all(feature.why for feature in merge.features)


def test_next_day_strikes_on_one_town_stay_apart() -> None:
    found = grouped(
        told("a", STRIKE, "struck", where="Ruwaida", day="2022-05-02"),
        told("b", NEXT, "struck", where="Ruwaida", day="2022-05-03"),
    )
    assert len(found) == 2


def test_strikes_on_far_towns_on_one_day_stay_apart() -> None:
    found = grouped(
        told("a", STRIKE, "struck", where="Ruwaida", day="2022-05-02"),
        told("b", STRIKE.replace("Ruwaida", "Hasna"), "struck", where="Hasna", day="2022-05-02"),
    )
    assert len(found) == 2


def test_a_tally_never_links_and_never_enters() -> None:
    first = "More than 300 people have been killed in Ruwaida since March."
    second = "In Ruwaida at least 300 people have been killed since March, doctors said."
    tallies = [
        told(id, text, "killed", where="Ruwaida", day="2022-05-02", action="casualties",
             quantities=(count(text, "300", 300, None, scope="campaign"),))
        for id, text in (("a", first), ("b", second))
    ]
    assert grouped(*tallies) == []


def test_captions_plans_and_furniture_never_enter() -> None:
    assert grouped(told("a", STRIKE, "struck", region="boilerplate:caption")) == []
    assert grouped(told("a", STRIKE, "struck", modality="planned")) == []
    assert grouped(told("a", STRIKE, "struck", type="NONE")) == []


def test_a_denied_event_belongs_to_the_incident_that_it_denies() -> None:
    denial = "No air strike hit the market of Ruwaida on Monday, the army said."
    found = grouped(
        told("a", STRIKE, "struck", where="Ruwaida", day="2022-05-02"),
        told("b", denial, "strike", where="Ruwaida", day="2022-05-02", polarity="negative"),
    )
    assert len(found) == 1


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(4)))
def test_order_does_not_show(order: Sequence[int]) -> None:
    readings = [
        told("a", STRIKE, "struck", where="Ruwaida", day="2022-05-02"),
        told("b", AGAIN, "strike", where="Ruwaida", day="2022-05-02"),
        told("c", NEXT, "struck", where="Ruwaida", day="2022-05-03"),
        told("d", NEXT.replace("killing four", "killing at least 4"), "struck", where="Tell Amar", day="2022-05-03"),
    ]
    assert grouped(*(readings[index] for index in order)) == grouped(*readings)


def test_every_event_is_in_exactly_one_group() -> None:
    one = told("a", STRIKE, "struck", where="Ruwaida", day="2022-05-02")
    two = told("b", NEXT, "struck", where="Ruwaida", day="2022-05-03")
    keys = [key for each in (one, two) for key in event_keys(each.id, each.events).values()]
    assert sorted(key for each in grouped(one, two) for key in each.events) == sorted(keys)


def test_passages_find_a_quotation_of_three_sentences() -> None:
    quoted = (
        "The convoy left the depot at dawn with eleven lorries of flour. It was stopped twice before the river. "
        "Nobody on either bank would say who had given the order to fire."
    )
    one = reading(document("a", f"An opening line of its own stands here.\n{quoted}\nAnd a closing line."))
    two = reading(document("b", f"Something else altogether comes first.\n“{quoted.upper()}” said the driver."))
    found = passages([shingles("a", one), shingles("b", two)])
    assert len(found) == 1
    assert found[0].span_a.of(one.text).lower() == found[0].span_b.of(two.text).lower()
    assert found[0].words == len(quoted.split())


def test_a_toll_told_beside_the_strike_belongs_to_it() -> None:
    text = (
        "Warplanes struck a hill near Ruwaida on Monday, killing 62 soldiers. The monitor counted at least 80 dead. "
        "On Tuesday 5 people were killed."
    )
    given = document("a", text)
    made = reading(given, events=(
        event("E1", text, "struck", where="Ruwaida", day="2022-05-02"),
        event("E2", text, "killing", action="casualties", quantities=(count(text, "62", 62, 62),)),
        event("E3", text, "dead", action="casualties", quantities=(count(text, "80", 80, None, bound="at-least"),)),
        event("E4", text, "killed", action="casualties", day="2022-05-03", quantities=(count(text, "5", 5, 5),)),
    ))
    found = grouped(made)
    assert sorted(len(each.events) for each in found) == [1, 3]


RECALLED = "A mayor spoke. The outskirts of Ruwaida have previously come under rocket fire."


def recalling(id: str, **day: str) -> Reading:
    return reading(
        document(id, RECALLED), published="2022-05-04",
        events=(
            event("E1", RECALLED, "spoke", type="CONSULT", action="talks"),
            event("E2", RECALLED, "rocket fire", action="shelling", where="Ruwaida", **day),
        ),
    )


def test_background_joins_nothing_even_where_it_was_copied_unless_both_state_its_day() -> None:
    for day, size in (({}, 1), ({"day": "2022-04-01"}, 2)):
        pair = [recalling("a", **day), recalling("b", **day)]
        key = event_keys("a", pair[0].events)["E2"]
        assert [len(group.events) for group in grouped(*pair) if key in group.events] == [size]


def test_meetings_of_one_theme_are_not_one_without_place_and_day_or_party() -> None:
    found = grouped(
        told("a", "The French cabinet held a meeting about the strike.", "meeting", type="CONSULT", action="meeting"),
        told("b", "Rebels complained of one more meeting without a result.", "meeting", type="CONSULT", action="meeting"),
    )
    assert len(found) == 2
