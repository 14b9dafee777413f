"""Accounts of one incident: whose version is whose, and how they stand to each other."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from rashomon.compare import Source, contradictions, origins, tallies
from rashomon.knowledge.comparison import Sides, load_comparison
from rashomon.knowledge.linking import load_linking
from rashomon.knowledge.rarity import load_rarity
from rashomon.linker import Linker
from rashomon.records import Actor, Comparison, Incident, Reading

from ..factories import claim, count, document, event, reading

RULES = load_comparison()
SIDES = Sides({"Blue Army": "north", "Red Front": "south"}, {})
LINKER = Linker(load_linking(), load_rarity(), RULES, SIDES)
BASE = {
    "a": "An air strike on the Ruwaida clinic near the olive press killed {} people on Monday{}.",
    "b": "In Ruwaida on Monday, {} people died in an air strike that brought down the clinic by the press{}.",
    "c": "The clinic of Ruwaida lost {} people when an air strike came down on the olive press on Monday{}.",
}


def told(
    id: str, number: str, low: float | None, high: float | None, *, speaker: str | None = None, outlet: str | None = None,
    published: str | None = "2022-05-02", bound: Any = "exact", tail: str | None = None, **more: Any,
) -> Reading:
    text = BASE[more.pop("like", id)].format(number, f", {speaker} said" if speaker and tail is None else tail or "")
    given = document(id, text)
    toll = (count(text, number, low, high, bound=bound),) if low is not None or high is not None else ()
    voice = more.pop("claim", {})
    return reading(
        given,
        events=(
            event("E1", text, "strike", where="Ruwaida", day="2022-05-02", quantities=toll,
                  according_to="A1" if speaker else "A0", **more),
        ),
        claims=(claim("A1", text, speaker, "air strike", outlet, **voice),) if speaker else (),
        publisher=outlet, published=published,
    )


def incident(*readings: Reading) -> Incident:
    found = LINKER.link((each.id, each) for each in readings).incidents
    assert len(found) == 1, [each.merges for each in found]
    return found[0]


def on(found: Incident, field: str) -> list[Comparison]:
    return [each for each in found.comparisons if each.field == field]


def test_differing_tolls_disagree_each_with_its_sentence() -> None:
    a = told("a", "12", 12, 12, speaker="Blue Army", outlet="Courier")
    b = told("b", "31", 31, 31, speaker="Red Front", outlet="Gazette")
    found = incident(a, b)
    assert len(found.accounts) == 2
    (pair,) = on(found, "killed")
    assert pair.relation == "disagree" and pair.question == "How many were killed?" and pair.b is not None
    texts = {"a": a.text, "b": b.text}
    for side, number in ((pair.a, "12"), (pair.b, "31")):
        text = texts[side.citation.document]
        assert side.citation.span.of(text) == number and number in side.citation.sentence.of(text)


def test_a_copy_is_no_second_origin() -> None:
    tail = " while nurses were carrying the wounded down to the cellar of the building"
    found = incident(
        told("a", "12", 12, 12, outlet="Wire", tail=tail), told("b", "12", 12, 12, outlet="Paper", tail=tail, like="a"),
    )
    assert len(found.accounts) == 1 and found.accounts[0].documents == ("a", "b")
    assert str(origins(found, RULES)) == "2 articles, 1 traced origin, 0 untraced"


def test_a_copy_with_another_toll_is_an_account_of_its_own() -> None:
    tail = " while nurses were carrying the wounded down to the cellar of the building"
    found = incident(
        told("a", "12", 12, 12, outlet="Wire", tail=tail), told("b", "40", 40, 40, outlet="Paper", tail=tail, like="a"),
    )
    assert len(found.accounts) == 2 and on(found, "killed")[0].relation == "disagree"


def test_one_named_speaker_with_one_figure_is_one_account() -> None:
    found = incident(
        told("a", "12", 12, 12, speaker="Blue Army", outlet="Courier"),
        told("b", "12", 12, 12, speaker="Blue Army", outlet="Gazette"),
    )
    assert [account.documents for account in found.accounts] == [("a", "b")]


def test_unnamed_sources_never_merge() -> None:
    found = incident(
        told("a", "12", 12, 12, speaker="opposition activists", outlet="Courier"),
        told("b", "12", 12, 12, speaker="opposition activists", outlet="Gazette"),
    )
    assert len(found.accounts) == 2
    assert origins(found, RULES).untraced == 2 and origins(found, RULES).traced == ()


def test_an_anonymous_name_is_nobody() -> None:
    anonymous = {"anonymous": True}
    found = incident(
        told("a", "12", 12, 12, speaker="Rebel Commander", outlet="Courier", claim=anonymous),
        told("b", "12", 12, 12, speaker="Rebel Commander", outlet="Gazette", claim=anonymous),
    )
    assert len(found.accounts) == 2


def test_a_later_figure_of_the_same_source_supersedes() -> None:
    found = incident(
        told("a", "12", 12, 12, speaker="Blue Army", outlet="Courier"),
        told("b", "15", 15, 15, speaker="Blue Army", outlet="Gazette", published="2022-05-03"),
    )
    (pair,) = on(found, "killed")
    assert pair.relation == "superseded" and pair.b is not None
    assert (pair.a.text, pair.b.text) == ("12", "15")


def test_a_later_figure_of_somebody_else_competes() -> None:
    found = incident(
        told("a", "12", 12, 12, speaker="Blue Army", outlet="Courier"),
        told("b", "15", 15, 15, speaker="Red Front", outlet="Gazette", published="2022-05-03"),
    )
    assert on(found, "killed")[0].relation == "disagree"


def test_denial_of_the_event_is_denied() -> None:
    found = incident(
        told("a", "12", 12, 12, speaker="Blue Army", outlet="Courier"),
        told("b", "no", None, None, speaker="Red Front", outlet="Gazette", polarity="negative"),
    )
    assert on(found, "action")[0].relation == "denied"


def test_silence_only_where_the_account_came_later() -> None:
    with_toll = told("a", "12", 12, 12, speaker="Blue Army", outlet="Courier")
    later = told("b", "many", None, None, speaker="Red Front", outlet="Gazette", published="2022-05-04")
    earlier = told("c", "many", None, None, speaker="Red Front", outlet="Gazette", published="2022-05-01")
    silent = [each for each in on(incident(with_toll, later), "killed") if each.relation == "silent"]
    assert len(silent) == 1 and silent[0].b is None and silent[0].about == "Red Front (in Gazette)"
    assert not [each for each in on(incident(with_toll, earlier), "killed") if each.relation == "silent"]


def test_actors_of_two_sides_disagree() -> None:
    found = incident(
        told("a", "12", 12, 12, speaker="Mayor Haddad", outlet="Courier", actors=("Blue Army",)),
        told("b", "12", 12, 12, speaker="Doctor Salim", outlet="Gazette", actors=("Red Front",)),
    )
    assert on(found, "actor")[0].relation == "disagree"


def test_a_denial_of_blame_meets_who_is_said_to_have_done_it() -> None:
    denial = {"stance": "denies-responsibility"}
    found = incident(
        told("a", "12", 12, 12, speaker="Mayor Haddad", outlet="Courier", actors=("Blue Army",)),
        told("b", "12", 12, 12, speaker="Blue Army", outlet="Gazette", claim=denial),
    )
    (pair,) = [each for each in on(found, "responsibility") if each.relation == "denied"]
    assert pair.b is not None and pair.b.text == "not Blue Army"


def test_blame_is_responsibility_and_no_actor() -> None:
    blamed = (Actor(None, "Blue Army", role="accused"),)
    found = incident(told("a", "12", 12, 12, speaker="Mayor Haddad", outlet="Courier", actors=blamed))
    assert {value.field for value in found.accounts[0].fields} >= {"responsibility", "killed", "place", "time"}
    assert not [value for value in found.accounts[0].fields if value.field == "actor"]


def test_a_campaign_toll_is_a_tally() -> None:
    text = "More than 300 people have been killed in Ruwaida since March."
    given = document("a", text)
    toll = count(text, "300 people", 300, None, bound="at-least", scope="campaign")
    made = reading(given, events=(event("E1", text, "killed", action="casualties", quantities=(toll,)),))
    (found,) = tallies(Source.of("a", made), RULES)
    assert (found.low, found.high) == (300, None) and found.citation.sentence.of(text) == text
    assert LINKER.link([("a", made)]).incidents == ()


@pytest.mark.parametrize("what", ["killed", "injured", "missing", "captured", "displaced"])
@pytest.mark.parametrize("scope", ["day", "period", "campaign"])
def test_every_toll_beyond_an_incident_is_a_tally_with_its_reach(what: str, scope: Any) -> None:
    text = "An air strike on Ruwaida killed 12 people; 300 people have been harmed there since March."
    given = document("a", text)
    toll = count(text, "12", 12, 12)
    more = {"what": what, "scope": scope, "since": "2022-03-01", "counted_by": "Blue Army", "side": "Red Front"}
    tally = replace(count(text, "300 people", 300, 300), **more)
    made = reading(given, events=(event("E1", text, "strike", where="Ruwaida", day="2022-05-02", quantities=(toll, tally)),))
    (found,) = tallies(Source.of("a", made), RULES)
    assert {key: getattr(found, key) for key in more} == more and found.text.endswith(f"({what}, {scope} since 2022-03-01)")
    (one,) = LINKER.link([("a", made)]).incidents
    shown = [value for account in one.accounts for value in account.fields if value.field in {"killed", "injured"}]
    assert [value.text for value in shown] == ["12"]


def test_a_thing_that_is_no_harm_is_no_tally() -> None:
    text = "Rebels have taken 30 villages since March."
    taken = replace(count(text, "30 villages", 30, 30), what="villages", scope="period")
    made = reading(document("a", text), events=(event("E1", text, "taken", action="capture", quantities=(taken,)),))
    assert list(tallies(Source.of("a", made), RULES)) == []


def test_pairs_are_published_with_five_relations_and_both_spans() -> None:
    readings = {
        each.id: each
        for each in (
            told("a", "12", 12, 12, speaker="Blue Army", outlet="Courier"),
            told("b", "dozens", 24, 99, speaker="Red Front", outlet="Gazette", bound="vague"),
        )
    }
    found = LINKER.link(readings.items()).incidents
    sources = {key: Source.of(key, each) for key, each in readings.items()}
    pairs = contradictions(sources, found, RULES, SIDES)
    assert {pair.relation for pair in pairs} <= {"disagree", "agree", "compatible", "superseded", "different_referent"}
    assert pairs[0].relation == "disagree" and pairs[0].question == "Airstrike, Ruwaida: how many were killed?"
    assert contradictions(sources, found, RULES, SIDES, limit=1) == pairs[:1]
