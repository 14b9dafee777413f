"""What is said beside an attack: blame, denials, what was hit, hours, other referents, revisions."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from rashomon.compare import Source, build_incidents, toll_history
from rashomon.knowledge.comparison import Sides, Standing, load_comparison
from rashomon.records import Actor, Comparison, EventGroup, Incident, Place, Reading, Span, TimeMention, event_keys

from ..factories import claim, count, document, event, reading

RULES = load_comparison()
SIDES = Sides({"Blue Army": "north", "Red Front": "south"}, {})


def built(*groups: list[tuple[Reading, str]], readings: tuple[Reading, ...]) -> list[Incident]:
    """Incidents of groups of (reading, event id)."""
    keys = [EventGroup(tuple(sorted(event_keys(each.id, each.events)[id] for each, id in group))) for group in groups]
    sources = {each.id: Source.of(each.id, each) for each in readings}
    found = build_incidents("s", keys, sources, {}, RULES, SIDES)
    at = {one.events: one for one in found}
    return [at[key.events] for key in keys]


def on(found: Incident, field: str) -> list[Comparison]:
    return [each for each in found.comparisons if each.field == field]


def struck(id: str, text: str, trigger: str, *, published: str = "2031-05-02", claims: Any = (), outlet: str = "Courier",
           more: Any = (), **given: Any) -> Reading:
    events = (event("E1", text, trigger, **given), *more)
    return reading(document(id, text), events=events, claims=claims, publisher=outlet, published=published)


def test_blame_told_beside_an_attack_meets_the_denial_of_another_paper() -> None:
    text = "A bomb hit Ruwaida. Residents blamed the Blue Army."
    blame = replace(event("E2", text, "blamed", type="ACCUSE", action="accusation"), actors=(Actor(None, "Residents"),),
                    recipients=(Actor(Span(text.index("the Blue"), len(text) - 1), "Blue Army"),))
    a = struck("a", text, "hit", more=(blame,))
    other = "Shells struck Ruwaida. The Blue Army had nothing to do with the attack, it said."
    denial = claim("A1", other, "Blue Army", "The Blue Army had nothing to do with the attack", stance="denies-responsibility")
    b = struck("b", other, "struck", claims=(denial,))
    (found,) = built([(a, "E1"), (b, "E1")], readings=(a, b))
    (pair,) = [each for each in on(found, "responsibility") if each.relation == "denied"]
    assert pair.b is not None
    assert {pair.a.text, pair.b.text} == {"Blue Army", "not Blue Army"}
    assert {account.voice for account in found.accounts if not account.events} == {"Residents", "Blue Army"}


def test_the_thing_hit_is_what_the_account_says_was_hit() -> None:
    a = struck("a", "Jets bombed a crowded market in Ruwaida.", "bombed")
    b = struck("b", "Jets bombed a terrorist hideout in Ruwaida.", "bombed", outlet="Gazette")
    c = struck("c", "An air strike on the market shook Ruwaida.", "strike", outlet="Herald")
    (found,) = built([(a, "E1"), (b, "E1"), (c, "E1")], readings=(a, b, c))
    relations = {(pair.a.text, pair.b.text if pair.b else ""): pair.relation for pair in on(found, "recipient")}
    assert relations == {
        ("crowded market", "terrorist hideout"): "disagree", ("crowded market", "market"): "agree",
        ("market", "terrorist hideout"): "disagree",
    }


def test_an_hour_is_less_vague_than_its_day() -> None:
    def at(id: str, words: str, value: str | None) -> Reading:
        text = f"A bomb hit Ruwaida {words}."
        made = struck(id, text, "hit", outlet=id)
        found = text.index("Friday")
        day = TimeMention(Span(found, found + 6), "DATE", "2031-05-02", "2031-05-02", "2031-05-02")
        clock = (TimeMention(Span(text.index("5:50"), text.index("5:50") + 7), "TIME", value, "2031-05-02", "2031-05-02"),) if (
            value is not None) else ()
        return replace(made, times=(*clock, day))

    a, b = at("a", "on Friday", None), at("b", "at 5:50 am on Friday", "2031-05-02T05:50")
    c = at("c", "in the early hours of Friday", None)
    (found,) = built([(a, "E1"), (b, "E1"), (c, "E1")], readings=(a, b, c))
    assert {pair.relation for pair in on(found, "time")} == {"vaguer"} and len(on(found, "time")) == 3


def test_a_place_lies_in_the_one_that_the_text_names_around_it() -> None:
    def where(id: str, text: str, *names: str) -> Reading:
        made = struck(id, text, "hit", outlet=id)
        places = tuple(Place(Span(text.index(name), text.index(name) + len(name)), name) for name in names)
        return replace(made, places=places)

    a = where("a", "A bomb hit people in Wadi Sabil, a village in Harat, a doctor said.", "Wadi Sabil", "Harat")
    b = where("b", "A bomb hit people in Harat, a doctor said.", "Harat")
    (found,) = built([(a, "E1"), (b, "E1")], readings=(a, b))
    assert [pair.relation for pair in on(found, "place")] == ["vaguer"]


def test_a_revised_figure_is_superseded_whatever_it_calls_the_dead() -> None:
    first, then = "A bomb hit Ruwaida, killing 10 people.", "The toll of the attack now stands at 14 civilians."
    a = struck("a", first, "hit", quantities=(count(first, "10", 10, 10),))
    b = struck("b", then, "attack", published="2031-05-04", quantities=(count(then, "14", 14, 14, status="civilian"),))
    (found,) = built([(a, "E1"), (b, "E1")], readings=(a, b))
    assert [pair.relation for pair in on(found, "killed")] == ["superseded"]


def test_two_incidents_of_one_document_are_not_the_same_thing_and_said_once() -> None:
    text = "A bomb hit Ruwaida, killing 10 people. A mine in Hasna killed 3 others."
    figures = {"quantities": (count(text, "10", 10, 10),)}
    for day, wanted in (("2031-05-01", [("10", "3")]), ("2031-05-02", [])):
        # Held apart without a day or a place that tells them apart, they may be one all the same.
        second = event("E2", text, "mine", day=day, quantities=(count(text, "3", 3, 3),))
        a = struck("a", text, "hit", more=(second,), day="2031-05-02", **figures)
        one, other = built([(a, "E1")], [(a, "E2")], readings=(a,))
        pairs = [pair for pair in (*one.comparisons, *other.comparisons) if pair.relation == "different_referent"]
        assert [(pair.a.text, pair.b.text if pair.b else "") for pair in pairs] == wanted


def test_a_tally_is_not_the_toll_of_the_incident() -> None:
    text = "A bomb hit Ruwaida, killing 10 people. Since March 300 people have died there."
    tally = count(text, "300", 300, 300, scope="campaign")
    a = struck("a", text, "hit", quantities=(count(text, "10", 10, 10),))
    a = replace(a, quantities=(*a.quantities, tally))
    (found,) = built([(a, "E1")], readings=(a,))
    (pair,) = [pair for pair in found.comparisons if pair.relation == "different_referent"]
    assert pair.b is not None and (pair.a.text, pair.b.text) == ("10", "300")
    history = toll_history(found, {"a": ("2031-05-02", "2031-05-02")})
    assert [(each.text, each.low, each.tally, each.published[0]) for each in history] == [
        ("10", 10, False, "2031-05-02"), ("300", 300, True, "2031-05-02"),
    ]


def test_who_is_a_party_is_said_with_where_that_is_from() -> None:
    sides = Sides({}, {}, {"Blue Army": Standing("War of Ruwaida", "north", ("a handbook",))})
    assert str(sides.party("Blue Army")) == "party to the conflict: War of Ruwaida, north side (from a handbook)"
    assert sides.party("Mayor Haddad") is None and sides.party(None) is None
