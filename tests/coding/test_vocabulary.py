"""The vocabulary of actions: each has an example that is coded so, and a sentence like it that is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from rashomon.errors import KnowledgeError
from rashomon.knowledge.actions import Action, load_triggers
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
    from rashomon.knowledge.books import load_books
    from rashomon.knowledge.comparison import load_comparison
    from rashomon.knowledge.linking import load_linking

    names = {action.name for action in ACTIONS}
    for families in (load_books().families, load_comparison().families, load_linking().incidents.families):
        assert {*families, *families.values()} <= names
    assert load_comparison().no_outcome <= names
    assert load_linking().incidents.consequences <= names


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
