"""How the story weights of knowledge/linking.yaml were learned: logistic regression over pairs of documents.

    python training/stories.py CORPORA

Trained on crime reports (GVC, the open half of the Gun Violence Archive) and ECB+. Each dated pair counts a second time, lightly,
with its days hidden, so that undated documents can be linked too. A weight may only say what its name says: likeness speaks for,
"no ... shared" against. Prints the weights learned from all of it, then what weights reach that were learned without the
documents they are measured on: GVC train by GVC dev and the other way round (no report of a measured incident in the rest
either), each half of the GVA pool by the other, ECB+ by other topics. `bench/linking.py` measures the shipped file.

The threshold was chosen on the same crossed figures; the place weights are set by hand.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from idf import SPLIT, rows
from scipy.optimize import minimize

from rashomon.knowledge.linking import StoryWeights, load_linking
from rashomon.knowledge.rarity import load_rarity
from rashomon.link.sketch import Sketch, sketch
from rashomon.link.stories import candidates, link_stories, pair_values

HIDDEN, PRIOR = 0.3, 10.0
AGAINST = ("no full name shared", "no age shared", "no place word shared", "no told day shared")
DAYS = ("within days", "within months", "told day", "no told day shared")
BY_HAND = ("place near", "places apart")
FEATURES = tuple(name for name in load_linking().stories.weights if name not in BY_HAND)
Wanted = Callable[[str], bool]
Matrix = np.ndarray[Any, np.dtype[np.float64]]


class Corpus:
    """Documents with their incidents, and the values of their candidate pairs."""

    def __init__(self, found: Sequence[dict[str, str]], gold: str) -> None:
        rarity, self.weights = load_rarity(), load_linking().stories
        self.gold = {row["id"]: row[gold] for row in found}
        self.sketches: dict[str, Sketch] = {}
        for row in found:
            day = (row.get("date") or "")[:10] or None
            self.sketches[row["id"]] = sketch(row["id"], row.get("title"), row["text"], (day, day), rarity, self.weights)
        values: list[Matrix] = []
        self.pairs: list[tuple[str, str]] = []
        for one, others in candidates(self.sketches, self.weights):
            if others:
                known = pair_values(one, others, self.weights)
                values.append(np.stack([known[name] for name in FEATURES], axis=1))
                self.pairs.extend((one.key, other.key) for other in others)
        self.values = np.concatenate(values)

    def rows(self, wanted: Wanted | None = None) -> tuple[Matrix, Matrix]:
        """Values of the pairs whose documents are both wanted, and whether each is one happening."""
        kept = [at for at, pair in enumerate(self.pairs) if wanted is None or all(map(wanted, pair))]
        same = [self.gold[a] == self.gold[b] for a, b in (self.pairs[at] for at in kept)]
        return self.values[kept], np.array(same, dtype=float)

    def stories(self, weights: StoryWeights) -> dict[str, str]:
        """Document to story, by these weights."""
        return {key: story.id for story in link_stories(self.sketches.values(), weights) for key in story.documents}


def hidden(values: Matrix) -> Matrix:
    """The same pairs with their days unknown."""
    copy = values.copy()
    for name in DAYS:
        copy[:, FEATURES.index(name)] = 0.0
    copy[:, FEATURES.index("day unknown")] = 1.0
    return copy


def learned(dated: Iterable[tuple[Matrix, Matrix]], undated: Iterable[tuple[Matrix, Matrix]]) -> StoryWeights:
    """The shipped weights with those of FEATURES learned from these pairs."""
    x, y, w = [], [], []
    for values, same in dated:
        x += [values, hidden(values)]
        y += [same, same]
        w += [np.ones(len(same)), np.full(len(same), HIDDEN)]
    for values, same in undated:
        x.append(values)
        y.append(same)
        w.append(np.ones(len(same)))
    fitted = fit(np.concatenate(x), np.concatenate(y), np.concatenate(w))
    shipped = load_linking().stories
    found = {name: round(float(value), 2) for name, value in zip(FEATURES, fitted[:-1], strict=True)}
    weights = {**{name: shipped.weights[name] for name in BY_HAND}, **found}
    return msgspec.structs.replace(shipped, bias=round(float(fitted[-1]), 2), weights=weights)


def fit(x: Matrix, y: Matrix, w: Matrix) -> Matrix:
    """Weights and bias of least weighted log loss with a Gaussian prior."""
    count = x.shape[1]

    def loss(beta: Matrix) -> tuple[float, Matrix]:
        z = x @ beta[:count] + beta[count]
        residual = w * (1 / (1 + np.exp(-np.clip(z, -60, 60))) - y)
        value = float((w * np.logaddexp(0, np.where(y > 0, -z, z))).sum() + (beta[:count] ** 2).sum() / 2 / PRIOR)
        return value, np.append(x.T @ residual + beta[:count] / PRIOR, residual.sum())

    bounds = [(None, 0.0) if name in AGAINST else (0.0, None) for name in FEATURES]
    start = np.zeros(count + 1)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]).x)


def measured(corpus: Corpus, parts: Iterable[tuple[StoryWeights, Wanted]]) -> str:
    """B3 and pair F1 over parts of a corpus, each part's documents among all others by weights that did not see them."""
    precision = recall = both = guessed = true = documents = 0.0
    for weights, wanted in parts:
        story = corpus.stories(weights)
        keys = [key for key in corpus.gold if wanted(key)]
        of_gold = Counter((corpus.gold[key], story[key]) for key in corpus.gold)
        whole_gold, whole_story = Counter(corpus.gold.values()), Counter(story.values())
        for key in keys:
            common = of_gold[corpus.gold[key], story[key]]
            precision += common / whole_story[story[key]]
            recall += common / whole_gold[corpus.gold[key]]
            both += common - 1
            guessed += whole_story[story[key]] - 1
            true += whole_gold[corpus.gold[key]] - 1
        documents += len(keys)
    p, r = precision / documents, recall / documents
    return f"B3 {2 * p * r / (p + r):.4f} (P {p:.4f} R {r:.4f})  pair F1 {2 * both / (guessed + true):.4f}"


def main() -> None:
    """Print the learned weights, and the crossed figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    folder = parser.parse_args().corpora / "linking"
    train, dev = (Corpus(list(rows(folder / f"gvc.{name}.jsonl")), "incident") for name in ("train", "dev"))
    found = list(rows(folder / "gva.first.jsonl.gz"))
    gva = Corpus(found, "incident")
    world = Corpus(list(rows(folder / "ecbplus.topics01-35.jsonl.gz")), "subtopic")
    weights = learned([gva.rows(), train.rows(), dev.rows()], [world.rows()])
    print(f"  bias: {weights.bias}\n  weights:")
    print("\n".join(f"    {name}: {weights.weights[name]}" for name in (*FEATURES, *BY_HAND)), flush=True)

    def without(incidents: Iterable[str], corpus: Corpus) -> Wanted:
        left_out = set(incidents)
        return lambda key: corpus.gold[key] not in left_out

    def rest(incidents: Iterable[str]) -> StoryWeights:
        kept = set(incidents)
        return learned([each.rows(without(kept, each)) for each in (gva, train, dev)], [world.rows()])

    def inside(corpus: Corpus, incidents: Iterable[str]) -> Wanted:
        kept = set(incidents)
        return lambda key: corpus.gold[key] in kept

    for name, corpus in (("gvc.train", train), ("gvc.dev", dev)):
        every = set(corpus.gold.values())
        print(f"{name:9}", measured(corpus, [(rest(every), inside(corpus, every))]), flush=True)
    first: dict[str, str] = {}
    for row in found:
        first[row["incident"]] = min(first.get(row["incident"], "9999"), row["date"])
    halves = [{incident for incident, day in first.items() if (day < SPLIT) == early} for early in (True, False)]
    print("gva      ", measured(gva, [(rest(half), inside(gva, half)) for half in halves]), flush=True)
    crime = [each.rows() for each in (gva, train, dev)]
    parts: list[tuple[StoryWeights, Wanted]] = []
    for fold in range(5):
        topics = {topic for topic in world.gold.values() if int(topic.split("_")[0]) % 5 == fold}
        parts.append((learned(crime, [world.rows(without(topics, world))]), inside(world, topics)))
    print("ecbplus  ", measured(world, parts), flush=True)


if __name__ == "__main__":
    main()
