"""Documents become stories the same way in whatever order they come."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rashomon.knowledge.linking import load_linking
from rashomon.knowledge.rarity import load_rarity
from rashomon.link import Sketch, link_stories, packed, scores_with, sketch, unpacked
from rashomon.link.stories import days_apart, story_score
from rashomon.records.cluster import average_link, average_link_over, components, group, pair

RARITY = load_rarity()
WEIGHTS = load_linking().stories

LETTERS = st.sampled_from("abcdefgh")
BRIDGE = (
    "Two shells fell on the Karsova bridge in Lumbarda on Friday and killed nine commuters, the mayor Ilse Hartmann said.",
    "Mayor Ilse Hartmann of Lumbarda said nine commuters died when shells hit the Karsova bridge during Friday's rush hour.",
    "Nine people were killed on the Karsova bridge in Lumbarda by shelling, according to Ilse Hartmann, the town's mayor.",
)
FERRY = (
    "A ferry with grain for Qasr Medina was turned back by the coastguard near Zuwarah, captain Oduya Benali said on Tuesday.",
    "Captain Oduya Benali said his ferry, loaded with grain for Qasr Medina, had been stopped by coastguards off Zuwarah.",
)


def made(key: str, text: str, day: str | None = "2021-03-05") -> Sketch:
    return sketch(key, None, text, (day, day), RARITY, WEIGHTS)


def all_sketches() -> list[Sketch]:
    return [made(f"b{n}", text) for n, text in enumerate(BRIDGE)] + [made(f"f{n}", text) for n, text in enumerate(FERRY)]


def test_reports_of_one_happening_meet_and_others_do_not() -> None:
    stories = link_stories(all_sketches(), WEIGHTS)
    assert [story.documents for story in stories] == [("b0", "b1", "b2"), ("f0", "f1")]
    assert [story.id for story in stories] == ["b0", "f0"]


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(5)))
def test_order_does_not_show(order: Sequence[int]) -> None:
    sketches = all_sketches()
    assert link_stories([sketches[index] for index in order], WEIGHTS) == link_stories(sketches, WEIGHTS)


def test_a_score_depends_on_the_two_alone_and_is_symmetric() -> None:
    a, b, *others = all_sketches()
    assert story_score(a, b, WEIGHTS) == story_score(b, a, WEIGHTS)
    assert scores_with(a, [b, *others], WEIGHTS)[0] == story_score(a, b, WEIGHTS)
    assert scores_with(b, [*others, a], WEIGHTS)[-1] == story_score(a, b, WEIGHTS)


def test_a_sketch_kept_scores_as_the_fresh_one() -> None:
    a, b, c, *_ = all_sketches()
    again = [unpacked(each.key, packed(each)) for each in (a, b, c)]
    assert scores_with(again[0], again[1:], WEIGHTS) == scores_with(a, [b, c], WEIGHTS)
    assert (again[0].signs, again[0].days, again[0].places) == (a.signs, a.days, a.places)


def test_days_decay_softly() -> None:
    scores = [
        story_score(made("a", BRIDGE[0]), made("b", BRIDGE[1], day), WEIGHTS)
        for day in ("2021-03-05", "2021-03-08", "2021-04-05", "2023-03-05")
    ]
    assert scores == sorted(scores, reverse=True) and len(set(scores)) == 4


def test_a_vague_day_is_near_to_nothing_for_sure() -> None:
    assert days_apart((10, 10), (10, 10)) == 0
    assert days_apart((1, 31), (10, 10)) == 15
    assert days_apart((1, 3), (10, 10)) == 8


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.integers(0, 10)), max_size=30),
    st.randoms(),
)
def test_grouping_is_order_free(rows: list[tuple[str, str, int]], random: object) -> None:
    scores = {pair(a, b): value / 10 for a, b, value in rows if a != b}
    keys = list("abcdefgh")
    whole = group(keys, scores, 0.5)
    items = list(scores.items())
    random.shuffle(items)  # type: ignore[attr-defined]
    random.shuffle(keys)  # type: ignore[attr-defined]
    assert group(keys, dict(items), 0.5) == whole
    assert sorted(key for members in whole for key in members) == sorted(keys)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.tuples(LETTERS, LETTERS).filter(lambda at: at[0] < at[1]), st.integers(0, 10), max_size=28))
def test_asking_for_few_pairs_groups_as_all_pairs_do(rows: dict[tuple[str, str], int]) -> None:
    scores = {at: value / 10 for at, value in rows.items()}
    edges = {at: score for at, score in scores.items() if score >= 0.5}
    keys = sorted({key for at in edges for key in at})

    def cross(one: Sequence[str], others: Sequence[str]) -> float:
        return sum(scores.get(pair(a, b), 0.0) for a in one for b in others)

    assert average_link_over(edges, cross, 0.5) == average_link(keys, scores, 0.5)


def test_average_link_splits_a_chain() -> None:
    chain = {("a", "b"): 0.9, ("b", "c"): 0.6, ("c", "d"): 0.9}
    assert components("abcd", chain) == [("a", "b", "c", "d")]
    assert average_link("abcd", chain, 0.5) == [("a", "b"), ("c", "d")]


@pytest.mark.parametrize("text", ["", "12"])
def test_a_text_without_content_stands_alone(text: str) -> None:
    assert len(link_stories([made("x", text), made("y", text)], WEIGHTS)) == 2
