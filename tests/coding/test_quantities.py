"""Quantities on running text: the gold of sentences by field, and the work that they cost."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from rashomon.coding import quantities, triggers
from rashomon.coding.scene import Scene
from rashomon.knowledge.coding import CodingKnowledge
from rashomon.records import Resolved, Sentence, Span, Syntax, Token

Coder = Any
# Shares of the gold's sentences that are met, by field; they may rise.
FLOORS = {
    "found": 0.98, "nothing else": 0.97, "words": 0.98, "what": 0.98, "value": 0.98, "bound": 0.98, "status": 0.97, "side": 0.96,
    "scope": 0.98, "since": 0.98, "part": 0.98, "counted by": 0.97, "as of": 0.98,
}  # fmt: skip


@pytest.fixture(scope="module")
def figures(script: Callable[[str], Any]) -> tuple[dict[str, tuple[int, int]], list[Any]]:
    """Field -> (met, asked) over the whole gold, and every check."""
    bench = script("bench/quantities.py")
    every = bench.run()
    return bench.scored(every), every


@pytest.mark.parametrize("field", FLOORS)
def test_no_field_falls_below_its_floor(figures: tuple[dict[str, tuple[int, int]], list[Any]], field: str) -> None:
    met, asked = figures[0][field]
    missed = [f"{one.text}: wanted {one.wanted!r}, got {one.got!r}" for one in figures[1] if one.field == field and not one.met]
    assert met >= FLOORS[field] * asked, f"{met} of {asked}\n" + "\n".join(missed)


@pytest.mark.parametrize(
    ("text", "trigger", "low"),
    [
        ("Shelling killed 14 farmers and wounded 30.", "killed", [14]),
        ("Shelling killed 14 farmers and wounded 30.", "wounded", [30]),
        ("The deaths of 12 pilgrims were mourned.", "deaths", [12]),
        ("Rebels captured 11 villages.", "captured", [11]),
    ],
)
def test_an_event_has_its_own_quantities(coder: Coder, text: str, trigger: str, low: list[float]) -> None:
    events = {event.trigger.of(text): event for event in coder(text).events}
    assert trigger in events, sorted(events)
    assert [quantity.low for quantity in events[trigger].quantities] == low


PIECES = """the army of rebels killed three people said and with on Monday 12 hospital attack no none one hundred thousand
    million a half dozen dozens scores them including among between 20-30 30+ $3 $ % . , - – : ; ( ) “ ” per cent or so more
    than at least up to since 2014 war past 24 hours day 5km F-16 BM-21 12-year-old 1,200 1.5 ١٢ ² ½ III 3,4,5
    999999999999999999999 0 00 by as toll rose from exceeded two-thirds sixty-two 1990s""".split()  # noqa: SIM905


def test_any_words_are_read_and_every_quantity_holds_its_words(coder: Coder) -> None:
    chance = random.Random(5)
    for _ in range(150):
        text = " ".join(chance.choices(PIECES, k=chance.randint(1, 50)))
        for found in coder(text).quantities:
            assert found.words and found.span.of(text).startswith(found.words), (text, found)
            assert found.low is None or found.high is None or found.low <= found.high, (text, found)


# ------------------------------------------------------------------------------------------------------------------ growth


class Watched(tuple[Any, ...]):
    """A tuple that counts how often an element of it is read."""

    reads = 0

    def __getitem__(self, at: Any) -> Any:
        Watched.reads += 1
        return tuple.__getitem__(self, at)

    def __iter__(self) -> Any:
        Watched.reads += len(self)
        return tuple.__iter__(self)


def hub(word: str, tag: str, pos: str, dep: str, count: int, noun: str = "people") -> tuple[str, Syntax]:
    """`count` tokens, every second one a word in one relation to the last token, a noun; the others are numbers of it."""
    words = [word if index % 2 else "12" for index in range(count - 1)] + [noun]
    tokens, at = [], 0
    for index, text in enumerate(words):
        last = index == count - 1
        kind = ("NOUN", "NNS", "ROOT") if last else (pos, tag, dep) if index % 2 else ("NUM", "CD", "nummod")
        lemma = "kill" if text == "killed" else text
        tokens.append(Token(at, at + len(text), text, lemma, kind[0], kind[1], kind[2], count - 1))
        at += len(text) + 1
    below: list[tuple[int, ...]] = [()] * (count - 1) + [tuple(range(count - 1))]
    text = " ".join(words)
    children = Watched(Watched(each) for each in below)
    return text, Syntax(Watched(tokens), (Sentence(Span(0, len(text)), 0, count, 0, "body"),), children)


@pytest.mark.parametrize(
    ("word", "tag", "pos", "dep"),
    [
        ("killed", "VBN", "VERB", "amod"), ("killed", "VBN", "VERB", "acl"), ("killed", "VBN", "VERB", "relcl"),
        ("since", "IN", "ADP", "prep"), ("people", "NNS", "NOUN", "conj"), ("people", "NNS", "NOUN", "appos"),
    ],
)  # fmt: skip
def test_thousands_of_triggers_and_numbers_on_one_noun_cost_in_proportion(
    knowledge: CodingKnowledge, word: str, tag: str, pos: str, dep: str
) -> None:
    def work(count: int) -> int:
        text, syntax = hub(word, tag, pos, dep, count)
        scene = Scene(text, syntax, Resolved((), (), (), ()), (), knowledge.standing, knowledge.parties)
        found = triggers.find(scene, knowledge.triggers, knowledge.standing, knowledge.books.families)
        Watched.reads = 0
        counted = quantities.find(scene, knowledge.quantities)
        assert counted.quantities
        assert sum(len(counted.of(trigger)) for trigger in found) < 30 * count
        return Watched.reads

    small, large = work(400), work(1600)
    assert large < 6 * small, f"{small} reads, then {large}"


@pytest.mark.parametrize(("text", "scope"), [
    ("More than 200,000 people have been killed, and half of the people have fled.", "campaign"),
    ("It has become a civil war that has killed more than 230,000 people.", "campaign"),
    ("At least 12 people have been killed in a strike on the market.", "incident"),
    ("Some 1,400 people were killed in the gas attack on 21 August 2013.", "incident"),
    ("Nine people have been killed.", "incident"),
])
def test_so_many_dead_without_a_day_or_an_attack_are_a_wars(coder: Coder, text: str, scope: str) -> None:
    (found,) = [each for each in coder(text).quantities if each.what == "killed"]
    assert found.scope == scope
