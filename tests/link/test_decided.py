"""Joins and splits by a person: they hold against scores, in any order of adding, and can be withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

from rashomon.ledger import open_ledger
from rashomon.linker import Linker
from rashomon.records import Anchor, Decision, Reading, Span, event_keys
from rashomon.relinking import link

from ..factories import document, event, raw, reading

STRIKE = "Warplanes struck the market of Ruwaida on Monday, killing 12 people."
AGAIN = "An air strike on Ruwaida's market killed 15 on Monday, residents said."
FAR = "Gunmen abducted a teacher in Hasna on Friday."
DAY = "2022-05-02"


def told(id: str, text: str, trigger: str, **more: Any) -> Reading:
    return reading(document(id, text), events=(event("E1", text, trigger, **more),))


def cases() -> list[tuple[str, Reading]]:
    return [
        ("a", told("a", STRIKE, "struck", where="Ruwaida", day=DAY)),
        ("b", told("b", AGAIN, "strike", where="Ruwaida", day=DAY)),
        ("c", told("c", FAR, "abducted", type="COERCE", action="abduction", where="Hasna", day="2022-05-06")),
    ]


def anchor(key: str, found: Reading) -> Anchor:
    return Anchor(key, found.events[0].trigger)


def decision(kind: Any, *parts: Sequence[Anchor], at: str = "2022-06-01T00:00:00Z") -> Decision:
    return Decision(f"{kind}{at}", kind, tuple(map(tuple, parts)), "Ann Lee", "she was there", at)


def partition(readings: Sequence[tuple[str, Reading]], *decisions: Decision) -> set[frozenset[str]]:
    linked = Linker.load().link(readings, decisions)
    home = {event: key for key, each in readings for event in event_keys(key, each.events).values()}
    return {frozenset(home[event] for event in incident.events) for incident in linked.incidents}


def test_a_join_makes_one_incident_and_one_story_of_what_no_score_would_and_says_who_said_so() -> None:
    known = cases()
    made = decision("join", [anchor(*known[0])], [anchor(*known[2])])
    linked = Linker.load().link(known, [made])
    incident = next(each for each in linked.incidents if "c" in each.documents)
    assert {"a", "c"} <= set(incident.documents)
    assert "a" in next(each for each in linked.stories if "c" in each.documents).documents
    why = [feature.why for merge in incident.merges for feature in merge.features]
    assert "Ann Lee, 2022-06-01: she was there" in why


def test_a_split_parts_what_scores_hold_together_in_any_order() -> None:
    known = cases()
    both = Linker.load().link(known, [decision("join", [anchor(*known[0])], [anchor(*known[1])])])
    assert len(both.incidents) == 2
    made = decision("split", [anchor(*known[0])], [anchor(*known[1])])
    for order in permutations(known):
        assert partition(order, made) == {frozenset("a"), frozenset("b"), frozenset("c")}


def test_of_two_decisions_that_contradict_each_other_the_newer_holds() -> None:
    known = cases()
    parts = [anchor(*known[0])], [anchor(*known[2])]
    join, split = decision("join", *parts), decision("split", *parts, at="2022-07-01T00:00:00Z")
    assert frozenset("ac") not in partition(known, split, join)
    assert any(group >= {"a", "c"} for group in partition(known, decision("join", *parts, at="2022-08-01T00:00:00Z"), split))


def test_a_split_divides_what_one_document_tells_as_one_thing() -> None:
    text = "Warplanes struck the market. Residents said that the raid killed five."
    found = reading(document("a", text), events=(event("E1", text, "struck"), event("E2", text, "raid", action="attack")))
    assert len(Linker.load().link([("a", found)]).incidents) == 1
    first, second = (Anchor("a", each.trigger) for each in found.events)
    assert len(Linker.load().link([("a", found)], [decision("split", [second], [first])]).incidents) == 2


def test_in_a_ledger_a_join_survives_relinking_rereading_and_adding_and_is_withdrawn(tmp_path: Path) -> None:
    known = cases()
    with open_ledger(tmp_path / "war.db", create=True) as ledger:
        writer, view = ledger.writer(), ledger.view()
        keys = {}
        for id, found in (known[0], known[2]):
            given = document(id, found.text)
            keys[id] = writer.store(raw(given), given, found, state="read").key
        link(ledger)
        assert len(list(view.incidents())) == 2
        made = writer.decide(
            "join", [[Anchor(keys[id], found.events[0].trigger)] for id, found in (known[0], known[2])], "Ann Lee", None
        )
        link(ledger)
        assert [len(each.documents) for each in view.incidents()] == [2]
        given = document("b", known[1][1].text)
        writer.store(raw(given), given, known[1][1], state="read")
        writer.queue()
        link(ledger)
        assert any(set(each.documents) >= set(keys.values()) for each in view.incidents())
        assert not list(view.verify())
        writer.withdraw(made)
        link(ledger)
        assert not any(set(each.documents) >= set(keys.values()) for each in view.incidents())
        assert view.decisions() == () and view.decisions(withdrawn=True)[0].retired is not None


def test_an_anchor_that_names_no_event_any_more_asks_nothing() -> None:
    known = cases()
    lost = decision("join", [anchor(*known[0])], [Anchor("c", Span(0, 1))], [Anchor("gone", Span(0, 5))])
    assert frozenset("c") in partition(known, lost)
