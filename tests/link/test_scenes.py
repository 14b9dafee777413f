"""Scenes: what one document tells of as one thing, and what holds its events apart."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from rashomon.knowledge.linking import load_linking
from rashomon.link.scenes import scenes
from rashomon.records import Place, Span

from ..factories import document, event, reading

WEIGHTS = load_linking().incidents


def told(text: str, *events: tuple[str, dict[str, Any]]) -> list[list[str]]:
    """The triggers of each scene of a text."""
    made = [event(f"E{number}", text, trigger, **more) for number, (trigger, more) in enumerate(events, 1)]
    found = scenes(reading(document("a", text), events=tuple(made)), WEIGHTS)
    return [[mention.event.trigger.of(text) for mention in scene] for scene in found]


def test_an_attack_its_dead_and_the_word_that_takes_it_up_are_one_scene() -> None:
    text = "Warplanes bombed the market. Twelve people died. Residents said that the raid came at noon."
    found = told(text, ("bombed", {}), ("died", {"action": "killing"}), ("raid", {"action": "attack"}))
    assert found == [["bombed", "died", "raid"]]


def test_another_town_another_day_and_a_word_that_sets_apart_open_a_scene_of_their_own() -> None:
    text = "Shells fell on Ruwaida and rockets hit Hasna."
    shelling = {"action": "shelling"}
    assert len(told(text, ("fell", {**shelling, "where": "Ruwaida"}), ("hit", {**shelling, "where": "Hasna"}))) == 2
    text = "Jets struck the depot on Monday. They bombed it on Tuesday."
    assert len(told(text, ("struck", {"day": "2022-05-02"}), ("bombed", {"day": "2022-05-03"}))) == 2
    text = "Jets struck the depot. In a separate incident a bomb exploded in the suburb."
    assert len(told(text, ("struck", {}), ("exploded", {"action": "bombing"}))) == 2


def test_what_is_hit_holds_two_strikes_apart_and_an_offensive_is_no_strike() -> None:
    text = "Warplanes bombed a clinic, a day after a wedding hall was destroyed."
    assert len(told(text, ("bombed", {}), ("destroyed", {"action": "destruction"}))) == 2
    text = "The army's offensive went on. A strike hit a convoy."
    assert len(told(text, ("offensive", {"action": "offensive"}), ("strike", {}))) == 2


def test_who_suffers_one_and_does_the_other_is_in_two_scenes() -> None:
    from rashomon.records import Actor

    army, rebels = Actor(None, "Army", "X1"), Actor(None, "Rebels", "X2")
    text = "The army shelled the rebels. The rebels shot at the army."
    found = told(
        text,
        ("shelled", {"action": "shelling", "actors": (army,), "recipients": (rebels,)}),
        ("shot", {"action": "shooting", "actors": (rebels,), "recipients": (army,)}),
    )
    assert len(found) == 2


def test_a_dateline_and_a_clause_after_the_deed_hold_no_figure_apart() -> None:
    text = (
        "HASNA/RUWAIDA, Sept 20 (Wire) - At least 30 were killed when jets struck near Marj.\n"
        "The army has spoken of 12 dead, and a count of 25 was going round in Hasna."
    )
    events = [
        event("E1", text, "killed", action="killing"), event("E2", text, "struck", where="Marj"),
        event("E3", text, "dead", action="killing"),
    ]
    towns = []
    for at, name in enumerate(("HASNA", "RUWAIDA", "Hasna")):
        start = text.index(name)
        towns.append(Place(Span(start, start + len(name)), name.title(), 33.0 + at % 2, 36.0, 5.0))
    made = replace(reading(document("a", text), events=tuple(events)), places=tuple(towns))
    assert [len(scene) for scene in scenes(made, WEIGHTS)] == [3]
