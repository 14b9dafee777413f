"""Control of places over time, on made statements: places, parts, copies, contested stretches, the two times."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

import pytest

from rashomon.errors import UsageError
from rashomon.knowledge.actors import load_actors
from rashomon.knowledge.comparison import load_comparison
from rashomon.knowledge.control_time import load_control_time
from rashomon.records import Citation, Control, Ground, Interval, Reuse, SharedPassage, Span, Stated, digest
from rashomon.track.control import ControlBook, Timeline, chosen, control_book, on
from rashomon.track.holders import Holders
from rashomon.track.knowing import as_of
from rashomon.track.spots import bare
from rashomon.track.stretches import days_of, stretches

RULES = load_control_time()
IDENTIFIED = load_comparison().identified
ARIHA = Ground(35.81, 36.61, 2.5, "Ariha")
ARMY, REBELS = "Syrian Arab Army", "Syrian armed opposition"


@pytest.fixture(scope="module")
def holders() -> Holders:
    return Holders(load_actors(), RULES)


def said(place: str = "Ariha", kind: Any = "hold", before: str | None = None, after: str | None = None, day: str | None = None,
         until: str | None = None, **more: Any) -> Control:
    date = Interval(day, until or day) if day else None
    holder = after or before
    if kind == "hold":
        before = after = holder
    return Control(Span(0, 9), place, None, None, before, after, date, kind, None, **more)


def stated(
    what: Control, published: str | None, *chain: str, document: str | None = None, at: int = 0, until: str | None = None
) -> Stated[Control]:
    names = chain or ("The Post",)
    key = document or digest("doc", *names, published or "")
    citation = Citation(key, Span(at, at + 9), Span(at, at + 20), names)
    own = digest("control", key, str(at), *names, what.place, what.kind, what.after or "", what.before or "")
    return Stated(own, citation, names[0], (published, until or published), "2030-01-01T00:00:00Z", None, what)


def book(some: Iterable[Stated[Control]], holders: Holders, grounds: dict[str, Ground] | None = None,
         reuses: Iterable[Reuse] = ()) -> ControlBook:
    return control_book(some, grounds or {}, reuses, holders, RULES, IDENTIFIED)


def one(some: Iterable[Stated[Control]], holders: Holders, **more: Any) -> Timeline:
    found = book(some, holders, **more)
    return found.of(found.spots.named("Ariha"))


# ------------------------------------------------------------------------------------------------------------ contests


def test_two_sources_that_name_different_holders_for_one_day_contradict_each_other(holders: Holders) -> None:
    a = stated(said(kind="change", before=ARMY, after=REBELS, day="2016-08-06"), "2016-08-07", "The Post")
    b = stated(said(after=ARMY), "2016-08-07", "Herald", "Ministry of Defence")
    (contest,) = one([a, b], holders).contests
    assert (contest.start, contest.end, contest.sure, contest.carried, contest.attempt) == (
        "2016-08-07", "2016-08-07", True, False, False)
    assert {contest.holder_a: contest.a, contest.holder_b: contest.b} == {REBELS: (a.key,), ARMY: (b.key,)}


def test_the_holder_before_a_change_is_set_against_a_state_told_the_day_before(holders: Holders) -> None:
    a = stated(said(kind="change", before=REBELS, after=ARMY, day="2016-08-06"), "2016-08-06", "The Post")
    b = stated(said(after=ARMY), "2016-08-05", "Herald")
    (contest,) = one([a, b], holders).contests
    assert contest.start == "2016-08-05" and {contest.holder_a, contest.holder_b} == {REBELS, ARMY}


def test_a_later_state_is_contested_only_where_nobody_tells_of_a_change(holders: Holders) -> None:
    a = stated(said(kind="change", before=ARMY, after=REBELS, day="2016-08-06"), "2016-08-06", "The Post")
    b = stated(said(after=ARMY), "2016-08-08", "Herald")
    (contest,) = one([a, b], holders).contests
    assert contest.carried and contest.start == "2016-08-08"
    between = stated(said(kind="change", before=REBELS, after=ARMY, day="2016-08-07"), "2016-08-08", "Wire")
    assert one([a, b, between], holders).contests == ()
    assert one([a, stated(said(after=ARMY), "2016-08-20", "Herald")], holders).contests == ()


def test_one_source_that_changes_its_word_contradicts_nobody(holders: Holders) -> None:
    a = stated(said(kind="change", after=REBELS, day="2016-08-06"), "2016-08-06", "The Post", document="a")
    b = stated(said(after=ARMY), "2016-08-06", "The Post", document="b")
    assert one([a, b], holders).contests == ()
    assert len(one([a, b], holders).sources) == 1


@pytest.mark.parametrize(("first", "second", "contested"), [
    (ARMY, "Government of Syria", False), (ARMY, "Hezbollah", False), (ARMY, "the Syrian army", False),
    ("Jihadi", "Jihadis", False), ("rebel", "army", True),
    (REBELS, "Ahrar al-Sham", False), ("rebels", "fighters", False), ("troops", "Islamic State", False),
    ("rebels", "government forces", True), ("Jihadis", ARMY, True), (ARMY, "Islamic State", True),
    ("Wagner fighters", "Ukrainian forces", True), ("Wagner fighters", "Wagner Group", False),
    ("Red Column", "Blue Column", True), ("Red Column", "Red Column's vanguard", False),
    ("Islamic State and local militias", "militias", False), ("Turkish-backed rebels", "Turkish army", True),
])
def test_parts_and_allies_of_a_side_are_compatible(holders: Holders, first: str, second: str, contested: bool) -> None:
    some = [stated(said(after=first), "2016-08-07", "The Post"), stated(said(after=second), "2016-08-07", "Herald")]
    assert bool(one(some, holders).contests) is contested


def test_a_denial_contradicts_whoever_says_so(holders: Holders) -> None:
    a = stated(said(kind="change", before=ARMY, after=REBELS, day="2016-08-06"), "2016-08-06", "The Post")
    b = stated(said(kind="change", after=REBELS, day="2016-08-06", denied=True), "2016-08-06", "Herald", "Ministry of Defence")
    (contest,) = one([a, b], holders).contests
    assert contest.negative and contest.a == (a.key,) and contest.b == (b.key,)
    assert one([b], holders).lines[0].denied


def test_an_attempt_names_its_holder_weakly_and_a_prediction_none(holders: Holders) -> None:
    took = stated(said(kind="change", after=REBELS, day="2016-08-06"), "2016-08-06", "The Post")
    tried = stated(said(kind="attempted", before=ARMY, after=REBELS), "2016-08-06", "Herald")
    (contest,) = one([took, tried], holders).contests
    assert contest.attempt
    assert one([took, stated(said(kind="predicted", before=ARMY, after=ARMY), "2016-08-06", "Herald")], holders).contests == ()


def test_entering_a_place_leaves_room_for_others(holders: Holders) -> None:
    a = stated(said(kind="change", after=REBELS, day="2016-08-06", part=True), "2016-08-06", "The Post")
    b = stated(said(after=ARMY), "2016-08-06", "Herald")
    timeline = one([a, b], holders)
    assert timeline.contests == () and {line.part: line.stated for line in timeline.lines} == {True: a, False: b}


def test_days_known_no_better_than_years_are_set_against_nothing(holders: Holders) -> None:
    a = stated(said(after=REBELS), "2014-01-01", "The Post", until="2024-01-01")
    b = stated(said(after=ARMY), "2016-08-07", "Herald")
    assert one([a, b, stated(said(after=REBELS), None, "Wire")], holders).contests == ()
    assert days_of(None, "2016-08-07", RULES) is None and days_of("2016-08-09", "2016-08-07", RULES) is None


# -------------------------------------------------------------------------------------------------------------- places


def test_places_are_one_by_coordinates_else_by_name(holders: Holders) -> None:
    a = stated(said("Ariha", after=ARMY), "2016-08-07", "The Post")
    b = stated(said("Arīḥā", after=ARMY), "2016-08-07", "Herald")
    c = stated(said("the city of Ariha", after=ARMY), "2016-08-07", "Wire")
    d = stated(said("Ariha town", after=ARMY), "2016-08-07", "Radio Ariha")
    assert len(book([a, d], holders, {a.key: ARIHA}).spots.all) == 1
    found = book([a, b, c], holders, {a.key: ARIHA, b.key: Ground(35.812, 36.612, 2.0, "Arīḥā")})
    assert len(found.spots.all) == 1 and len(found.of(found.spots.all[0]).lines) == 3
    other = Ground(34.0, 40.0, 2.5, "Ariha")
    apart = book([a, b], holders, {a.key: ARIHA, b.key: other})
    assert len(apart.spots.all) == 2
    with pytest.raises(UsageError, match="2 places of the ledger: say which with --near 3"):
        apart.spots.named("Ariha")


def test_a_part_has_its_own_line_under_the_larger_place(holders: Holders) -> None:
    town, ring = Ground(35.81, 36.61, 6.0, "Ariha"), Ground(35.81, 36.61, 12.0, "around Ariha")
    inner, province = Ground(35.82, 36.62, 1.0, "Old Quarter"), Ground(35.8, 36.6, 60.0, "Idlib province")
    some = {name: stated(said(name, after=ARMY), "2016-08-07", name) for name in (
        "Ariha", "around Ariha", "Old Quarter", "Idlib province")}
    bakery = stated(said("bakery", after=REBELS, within="Ariha", part=True), "2016-08-07", "The Post", document="d")
    some["bakery"] = bakery
    grounds = dict(zip((some[name].key for name in some), (town, ring, inner, province, town), strict=True))
    found = book(some.values(), holders, grounds)
    ariha = found.spots.named("ARIHA")
    assert {spot.name for spot in found.spots.parts(ariha.id)} == {"around Ariha", "Old Quarter", "bakery"}
    assert found.spots.named("Idlib province").part_of is None and ariha.part_of is None
    assert found.spots.down(ariha)[0].name == "Ariha"
    assert found.of(ariha).contests == ()  # what is said of a part is no word on the whole


def test_a_larger_place_that_nobody_speaks_of_still_holds_its_parts(holders: Holders) -> None:
    found = book([stated(said("northern outskirts", after=ARMY, within="Stepove"), "2023-11-01")], holders)
    town = found.spots.named("stepove")
    assert found.of(town).lines == () and [spot.name for spot in found.spots.parts(town.id)] == ["northern outskirts"]


def test_a_side_of_a_place_is_one_place_however_it_is_worded(holders: Holders) -> None:
    town, east = Ground(35.81, 36.61, 6.0, "Ariha"), Ground(35.812, 36.63, 3.0, "eastern Ariha")
    whole = stated(said("eastern Ariha", after=ARMY), "2016-08-07", "The Post")
    side = stated(said("east", after=ARMY, within="Ariha", part=True), "2016-08-07", "Herald")
    own = stated(said("east of the city", after=ARMY, within="eastern Ariha", part=True), "2016-08-07", "Wire")
    suburbs = stated(said("remaining suburbs of Ariha", after=ARMY, within="Ariha", part=True), "2016-08-07", "Radio Ariha")
    grounds = {whole.key: east, side.key: town, own.key: east, suburbs.key: Ground(35.82, 36.62, 8.0, "Ariha suburbs")}
    found = book([whole, side, own, suburbs], holders, grounds)
    assert {each.key for each in (whole, side, own)} == {
        line.stated.key for line in found.of(found.spots.named("eastern Ariha")).lines}
    # A part may have a circle of its own: then that is where it is.
    assert found.spots.named("Ariha suburbs").lat == 35.82 and found.spots.named("Ariha suburbs").part_of is not None


def test_a_city_and_what_lies_around_it_are_one_by_name_a_province_is_not(holders: Holders) -> None:
    radii = (6.0, 14.0, 55.0)
    some = [stated(said("Ariha", after=ARMY), "2016-08-07", f"Outlet {radius}") for radius in radii]
    grounds = {each.key: Ground(35.81, 36.61, radius, "Ariha") for each, radius in zip(some, radii, strict=True)}
    assert sorted(len(book(some, holders, grounds).of(spot).lines) for spot in book(some, holders, grounds).spots.all) == [1, 2]


def test_words_for_ground_stay_words_of_their_document(holders: Holders) -> None:
    some = [
        stated(said("two hundred kilometres of coast", after=ARMY), "2016-08-07", "The Post", document=name) for name in "ab"
    ] + [stated(said("Syrian territory", after=ARMY), "2016-08-07", "The Post", document=name) for name in "ab"]
    found = book(some, holders)
    assert len(found.spots.all) == 4 and all(spot.area and spot.part_of is None for spot in found.spots.all)
    assert found.spots.all[0].name in ("two hundred kilometres of coast", "Syrian territory")


def test_an_unknown_place_is_told_with_the_nearest_names(holders: Holders) -> None:
    some = [stated(said("Jarablus", after=ARMY), "2016-08-07"), stated(said("Qamishli", after=ARMY), "2016-08-08")]
    spots = book(some, holders).spots
    assert spots.named("Jarabulus").name == "Jarablus"  # another transliteration
    with pytest.raises(UsageError, match="'Jarablos Ford'; the nearest names that it has are Jarablus"):
        spots.named("Jarablos Ford")
    with pytest.raises(UsageError, match="`rashomon control` lists the places"):
        spots.named("Xyz")
    with pytest.raises(UsageError, match="it has none about any place"):
        book([], holders).spots.named("Ariha")


def test_a_name_that_no_text_has_is_looked_up(holders: Holders) -> None:
    a = stated(said("Ariha", after=ARMY), "2016-08-07")
    spots = book([a], holders, {a.key: ARIHA}).spots
    assert spots.named("Jericho of Idlib", lambda name: [ARIHA]).name == "Ariha"
    with pytest.raises(UsageError):
        spots.named("Jericho of Idlib", lambda name: [Ground(31.9, 35.4, 4.0, "Jericho")])


def test_names_are_compared_without_articles_and_kinds() -> None:
    assert bare("The city of Ariha", RULES) == bare("ariha", RULES)


# ------------------------------------------------------------------------------------------------- sources and copies


def test_every_source_has_its_line_and_the_outlet_is_one(holders: Holders) -> None:
    chains = [("The Post",), ("The Post", "the author"), ("The Post", "Anna Kern"), ("The Post", "Herald", "Anna Kern")]
    some = [stated(said(after=ARMY), "2016-08-07", *chain) for chain in chains]
    assert {source.chain for source in one(some, holders).sources} == {chains[0], chains[2], chains[3]}


def test_nobody_in_particular_is_never_one_across_documents(holders: Holders) -> None:
    some = [stated(said(after=ARMY), "2016-08-07", "The Post", "residents", document=name) for name in "ab"]
    assert {source.document for source in one(some, holders).sources} == {"a", "b"}


def test_copies_are_one_statement_with_the_outlets_that_carry_it(holders: Holders) -> None:
    first = stated(said(after=REBELS), "2016-08-06", "Wire", document="a", at=100)
    copy = stated(said(after=REBELS), "2016-08-07", "Herald", document="b", at=300)
    other = stated(said(after=ARMY), "2016-08-07", "Herald", document="b", at=900)
    reuse = Reuse("a", "b", "wire-copy", "a", None, 0.9, 0.8, (SharedPassage(Span(80, 400), Span(270, 600), 60, "text"),))
    timeline = one([copy, other, first], holders, reuses=[reuse])
    line = next(line for line in timeline.lines if line.said.after == REBELS)
    assert line.stated == first and line.copies == (copy,) and line.documents == ("a", "b")
    assert [source.chain for source in timeline.sources] == [("Wire",), ("Herald",)]


# ------------------------------------------------------------------------------------------------------- the two times


def test_valid_time_asks_what_each_source_says_for_a_day(holders: Holders) -> None:
    some = [
        stated(said(kind="change", before=ARMY, after=REBELS, day="2016-08-06"), "2016-08-07", "The Post"),
        stated(said(after=ARMY), "2016-08-01", "Herald", document="h1"),
        stated(said(after=REBELS), "2016-08-09", "Herald", document="h2"),
    ]
    timeline = one(some, holders)

    def holders(day: str) -> dict[str, tuple[str, str, str]]:
        return {row.source.chain[0]: (row.holder, row.ground, row.start) for row in on(timeline, day, RULES)}

    assert holders("2016-08-05") == {
        "The Post": (ARMY, "before a change", "2016-08-06"), "Herald": (ARMY, "state", "2016-08-01")}
    assert holders("2016-08-08") == {
        "The Post": (REBELS, "after a change", "2016-08-06"), "Herald": (ARMY, "state", "2016-08-01")}
    assert holders("2016-08-10")["Herald"] == (REBELS, "state", "2016-08-09")
    assert holders("2016-07-01") == {"The Post": (ARMY, "before a change", "2016-08-06")}


def test_knowledge_time_leaves_out_what_had_not_been_said(holders: Holders) -> None:
    early, late = stated(said(after=ARMY), "2016-08-01", "Herald"), stated(said(after=REBELS), "2016-08-09", "The Post")
    sure, _ = as_of([early, late], "2016-08-05")
    assert [line.stated for line in one(sure, holders).lines] == [early]


def test_a_state_is_as_of_its_report_and_a_change_has_its_day(holders: Holders) -> None:
    took = said(kind="change", after=ARMY, day="2016-07-30")
    some = [stated(said(after=ARMY), "2016-08-01"), stated(took, "2016-08-01", "Wire")]
    assert [(line.start, line.dated) for line in one(some, holders).lines] == [("2016-07-30", True), ("2016-08-01", False)]
    (stretch,) = stretches(some[1], RULES)
    assert (stretch.days.start.isoformat(), stretch.days.end.isoformat()) == ("2016-07-30", "2016-08-01")


def test_lines_are_chosen_by_party_and_days(holders: Holders) -> None:
    some = [
        stated(said(after=ARMY), "2016-08-01", "Herald"), stated(said(after=REBELS), "2016-08-01", "The Post"),
        stated(said(after="Islamic State"), "2016-09-01", "Wire"),
    ]
    timeline = one(some, holders)
    assert [line.said.after for line in chosen(timeline, holders, party="syrian army").lines] == [ARMY]
    assert [line.said.after for line in chosen(timeline, holders, party="ISIS").lines] == ["Islamic State"]
    assert len(chosen(timeline, holders, party="Syrian Arab Army").contests) == 1
    assert [line.said.after for line in chosen(timeline, holders, since="2016-08-15").lines] == ["Islamic State"]
    assert len(chosen(timeline, holders, until="2016-08-15").lines) == 2


def test_nothing_depends_on_the_order(holders: Holders) -> None:
    rng = random.Random(7)
    names = [ARMY, REBELS, "Islamic State", "rebels", "fighters", "government forces"]
    places = ["Ariha", "Old Quarter", "Idlib", "two villages", "Stepove"]
    some, grounds = [], {}
    for number in range(60):
        kind = rng.choice(["hold", "change", "attempted", "predicted"])
        place = rng.choice(places)
        day = f"2016-08-{rng.randint(1, 20):02d}"
        dated = kind == "change" and rng.random() < 0.7
        what = said(place, kind, rng.choice(names), rng.choice(names), day if dated else None)
        chain = rng.choice(["The Post", "Herald"]), rng.choice(["Anna Kern", "residents"])
        report = f"2016-08-{rng.randint(10, 28):02d}"
        each = stated(what, report, *chain, document=f"d{rng.randint(0, 9)}", at=number * 30)
        some.append(each)
        if place in ("Ariha", "Old Quarter") and rng.random() < 0.8:
            grounds[each.key] = ARIHA if place == "Ariha" else Ground(35.812, 36.612, 0.5, "Old Quarter")
    first = book(some, holders, grounds)
    assert sum(len(timeline.contests) for timeline in first.timelines.values()) > 3
    for seed in range(4):
        random.Random(seed).shuffle(some)
        again = book(some, holders, grounds)
        assert again.spots.all == first.spots.all and dict(again.timelines) == dict(first.timelines)
