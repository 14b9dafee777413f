"""The vocabulary of actions: each has an example that is coded so, and a sentence like it that is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actions import Action, load_triggers
from rashomon.knowledge.books import load_books
from rashomon.knowledge.comparison import load_comparison
from rashomon.knowledge.crosswalk import load_crosswalk
from rashomon.knowledge.linking import load_linking
from rashomon.reader import Reader
from rashomon.records import Document

ACTIONS = load_triggers().actions


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def coded(reader: Reader, text: str) -> list[tuple[str, str]]:
    events = reader.read(Document(id="sentence", source="sentence", text=text)).events
    return [(event.action, event.type) for event in events]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_the_example_is_coded_and_the_counterexample_is_not(reader: Reader, action: Action) -> None:
    assert (action.name, action.root) in coded(reader, action.example), action.example
    assert action.name not in [name for name, _ in coded(reader, action.counterexample)], action.counterexample


def test_definitions_and_sentences_are_each_used_once() -> None:
    for part in ("name", "definition", "example"):
        said = [getattr(action, part) for action in ACTIONS]
        assert len(set(said)) == len(said)


def test_no_pattern_stands_twice_with_the_same_conditions() -> None:
    for index in (load_triggers().verbs, load_triggers().nouns):
        for rows in index.values():
            patterns = [pattern for pattern, _ in rows]
            assert len(set(patterns)) == len(patterns), [p for p in patterns if patterns.count(p) > 1]


def test_families_name_actions_that_there_are() -> None:
    names = {action.name for action in ACTIONS}
    for families in (load_books().families, load_comparison().families, load_linking().incidents.families):
        assert {*families, *families.values()} <= names
    assert load_comparison().no_outcome <= names
    assert load_linking().incidents.consequences <= names


@pytest.mark.parametrize(
    "alike", [{"government", "regime"}, {"rebel", "militant", "terrorist", "insurgent", "jihadist", "extremist"}]
)
def test_loaded_names_and_plain_ones_stand_in_the_same_classes(alike: set[str]) -> None:
    split = {name for name, words in load_triggers().classes.items() if words & alike and not alike <= words}
    assert split <= {"TERROR", "WRONG"}, "calling a party by another name must not change what is coded"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ('verbs: ["~PLACE"]', "has no word"),
        ('verbs: ["take ~NOWHERE"]', "asks for NOWHERE"),
        ('verbs: ["take <sign"]', "a condition of verbs only"),
        ('nouns: ["truce ^ARMED"]', "'<' of nouns only"),
    ],
)
def test_a_broken_pattern_is_named(tmp_path: Path, pattern: str, said: str) -> None:
    file = tmp_path / "actions.yaml"
    file.write_text(f'- {{action: taking, root: ASSAULT, says: It., e.g.: A., "not": B., {pattern}}}\n')
    with pytest.raises(KnowledgeError, match=said):
        load_triggers(file)


def test_every_action_has_its_equivalents() -> None:
    crosswalk = load_crosswalk()
    assert list(crosswalk.actions) == [action.name for action in ACTIONS]
    assert len({sub.event for sub in crosswalk.sub_events.values()}) == 6
    assert len(crosswalk.sub_events) == 25
    assert sorted(code for code in crosswalk.cameo if len(code) == 2) == [f"{number:02d}" for number in range(1, 21)]
    assert {same.gdelt for same in crosswalk.actions.values()} <= set(crosswalk.cameo)


def test_every_sub_event_of_acled_is_reached() -> None:
    crosswalk = load_crosswalk()
    reached = {sub.name for same in crosswalk.actions.values() for sub in same.acled}
    assert set(crosswalk.sub_events) - reached == set()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('{acled: [Ambush], ucdp: none, cameo: "19"}', "no sub-event type of ACLED"),
        ('{acled: [], ucdp: none, cameo: "19999"}', "CAMEO code '19999'"),
        ('{acled: [], ucdp: civil, cameo: "19"}', "ucdp"),
    ],
)
def test_a_broken_row_of_the_crosswalk_is_named(tmp_path: Path, row: str, said: str) -> None:
    actions, file = tmp_path / "actions.yaml", tmp_path / "crosswalk.yaml"
    actions.write_text('- {action: taking, root: ASSAULT, says: It., e.g.: A., "not": B.}\n')
    file.write_text(f'acled: {{Battles: [Armed clash]}}\ncameo: {{"19": Fight}}\nactions:\n  taking: {row}\n')
    with pytest.raises(KnowledgeError, match=said):
        load_crosswalk(file, actions)


def test_an_action_without_a_row_is_named(tmp_path: Path) -> None:
    file = tmp_path / "crosswalk.yaml"
    file.write_text('acled: {}\ncameo: {"19": Fight}\nactions: {}\n')
    with pytest.raises(KnowledgeError, match=r"'offensive' .* is missing"):
        load_crosswalk(file)


def test_the_page_of_actions_is_made_from_them(root: Path, script: Callable[[str], Any]) -> None:
    make = script("docs/make.py")
    page = (root / "docs" / "actions.md").read_text(encoding="utf-8")
    assert page == make.actions(), "run `python docs/make.py`"
