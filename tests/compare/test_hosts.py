"""Denials in a report of their own, corrections, figures given up: what is said of an attack that its document does not tell."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from rashomon.compare import Source, build_incidents
from rashomon.knowledge.comparison import Sides, load_comparison
from rashomon.records import Comparison, EventGroup, Incident, Place, Reading, Span, TimeMention, event_keys

from ..factories import claim, count, document, event, reading

RULES = load_comparison()
SIDES = Sides({}, {})


def built(groups: list[list[tuple[Reading, str]]], readings: tuple[Reading, ...]) -> list[Incident]:
    keys = [EventGroup(tuple(sorted(event_keys(each.id, each.events)[id] for each, id in group))) for group in groups]
    sources = {each.id: Source.of(each.id, each) for each in readings}
    found = {one.events: one for one in build_incidents("s", keys, sources, {}, RULES, SIDES)}
    return [found[key.events] for key in keys]


def relations(found: Incident, field: str) -> list[tuple[str, str, str]]:
    told = [pair for pair in found.comparisons if pair.field == field]
    return [(pair.relation, pair.a.text, pair.b.text) for pair in told if pair.b is not None]


def struck(id: str, text: str, trigger: str, day: str = "2031-05-01", outlet: str = "Courier", **given: Any) -> Reading:
    made = event("E1", text, trigger, day=day, **given)
    return reading(document(id, text), events=(made,), publisher=outlet, published="2031-05-02")


def span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def denied(text: str, content: str, *, names: tuple[str, ...] = (), stance: str = "denies-occurrence") -> Reading:
    said = claim("A1", text, "Blue Army", content, outlet="Gazette", stance=stance)
    made = reading(document("z", text), claims=(said,), publisher="Gazette", published="2031-05-03")
    return replace(made, places=tuple(Place(span(text, name), name) for name in names))


def attacks() -> tuple[Reading, Reading]:
    first, second = "Jets bombed a market in Ruwaida.", "Jets bombed a school in Hasna."
    return struck("a", first, "bombed", where="Ruwaida"), struck("b", second, "bombed", day="2031-04-20", where="Hasna")


def test_a_denial_in_a_report_of_its_own_meets_the_attack_at_the_place_that_it_names() -> None:
    a, b = attacks()
    content = "its aircraft had struck the market in Ruwaida"
    z = denied(f"The Blue Army denied that {content}.", content, names=("Ruwaida",))
    one, other = built([[(a, "E1")], [(b, "E1")]], (a, b, z))
    (pair,) = [each for each in one.comparisons if each.relation == "denied" and each.field == "action"]
    assert pair.b is not None and {pair.a.citation.document, pair.b.citation.document} == {"a", "z"}
    assert "z" in one.documents and "z" not in other.documents


def test_the_thing_hit_points_too_and_where_nothing_does_nobody_guesses() -> None:
    a, b = attacks()
    z = denied("The Blue Army denied that it had bombed a school.", "it had bombed a school")
    one, other = built([[(a, "E1")], [(b, "E1")]], (a, b, z))
    assert "z" in other.documents and "z" not in one.documents
    z = denied("The Blue Army denied that it had bombed anything.", "it had bombed anything")
    one, other = built([[(a, "E1")], [(b, "E1")]], (a, b, z))
    assert "z" not in one.documents + other.documents
    (alone,) = built([[(a, "E1")]], (a, z))
    assert "z" in alone.documents


def test_a_place_elsewhere_speaks_against_the_only_attack() -> None:
    a, _ = attacks()
    text = "The Blue Army denied that it had bombed a market in Hasna."
    z = denied(text, "it had bombed a market in Hasna")
    z = replace(z, places=(Place(span(text, "Hasna"), "Hasna", 33.5, 36.3, 3.0, precision="town"),))
    (found,) = built([[(a, "E1")]], (a, z))
    assert "z" not in found.documents


def test_who_only_clears_himself_denies_no_attack() -> None:
    a, _ = attacks()
    content = "it played no part in the attack on the market"
    z = denied(f"The Blue Army said {content}.", content, stance="denies-responsibility")
    (found,) = built([[(a, "E1")]], (a, z))
    assert "z" in found.documents and not [each for each in relations(found, "action") if each[0] == "denied"]


def test_a_place_corrected_by_its_own_source_is_superseded_and_anothers_is_not() -> None:
    a, _ = attacks()
    text = "The Courier corrects its report: the market that was bombed is in Tell Amar, not Ruwaida."
    made = struck("c", text, "bombed")
    towns = (("Tell Amar", 37.4), ("Ruwaida", 37.0))
    places = tuple(Place(span(text, name), name, 36.1, lon, 3.0, precision="town") for name, lon in towns)
    day = replace(made.document.published, start="2031-05-04", end="2031-05-04")
    c = replace(made, places=places, document=replace(made.document, published=day))
    (found,) = built([[(a, "E1"), (c, "E1")]], (a, c))
    assert ("superseded", "Ruwaida", "Tell Amar") in relations(found, "place")
    author = replace(a.attributions[0], chain=("Gazette",))
    other = replace(a, document=replace(a.document, publisher="Gazette"), attributions=(author,))
    (found,) = built([[(other, "E1"), (c, "E1")]], (other, c))
    between = [each[0] for each in relations(found, "place") if {each[1], each[2]} == {"Ruwaida", "Tell Amar"}]
    assert between.count("disagree") == 1


def test_a_figure_given_up_where_it_stands_is_superseded() -> None:
    text = "A bomb hit Ruwaida and killed 16 people, the ministry said, raising an earlier count of 5."
    a = struck("a", text, "hit", quantities=(count(text, "16", 16, 16), count(text, "5", 5, 5)))
    (found,) = built([[(a, "E1")]], (a,))
    assert relations(found, "killed") == [("superseded", "5", "16")]


def test_the_dead_of_the_attackers_are_not_the_dead_they_left() -> None:
    first, second = "Gunmen hit Ruwaida and killed 34 people.", "Nine gunmen died when they hit Ruwaida."
    a = struck("a", first, "hit", quantities=(count(first, "34 people", 34, 34),))
    b = struck("b", second, "hit", outlet="Gazette", quantities=(count(second, "Nine gunmen", 9, 9),))
    (found,) = built([[(a, "E1"), (b, "E1")]], (a, b))
    assert [each[0] for each in relations(found, "killed")] == ["compatible"]


def test_a_pause_denies_nothing_and_months_apart_is_no_disagreement() -> None:
    first, second = "Jets bombed Ruwaida.", "No jets have bombed Ruwaida for 17 days."
    a = struck("a", first, "bombed")
    b = struck("b", second, "bombed", day="2031-09-01", outlet="Gazette", polarity="negative")
    b = replace(b, times=(TimeMention(span(second, "17 days"), "DURATION", "P17D"),))
    (found,) = built([[(a, "E1"), (b, "E1")]], (a, b))
    told: tuple[Comparison, ...] = found.comparisons
    assert not [pair for pair in told if pair.relation in {"denied", "disagree"}]
