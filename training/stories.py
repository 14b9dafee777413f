"""How the story weights of knowledge/linking.yaml were learned: logistic regression over pairs of documents, weights >= 0.

    python training/stories.py CORPORA

Trained on crime reports (GVC train, the first half of the open GVA half by the date of an incident) and ECB+; each dated pair
counts a second time, lightly, with its days hidden, so that undated documents can be linked too. Prints the weights, and what
they reach in cross-validation over ECB+ topics. `bench/linking.py` measures the shipped file.
"""

from __future__ import annotations

import argparse
import math
from pathlib import Path

import numpy as np
from idf import early, rows
from scipy.optimize import minimize

from rashomon.knowledge.linking import load_linking
from rashomon.knowledge.rarity import load_rarity
from rashomon.link.sketch import Sketch, sketch
from rashomon.link.stories import candidates, pair_values

FEATURES = ("text", "lead", "names", "numbers", "rare words", "rare names", "day unknown", "within days", "within months")
HIDDEN, ECB, PRIOR = 0.3, 0.3, 10.0


def main() -> None:
    """Print the learned weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    folder = parser.parse_args().corpora / "linking"
    crime = [list(rows(folder / "gvc.train.jsonl")), early(list(rows(folder / "gva.first.jsonl.gz")))]
    world = list(rows(folder / "ecbplus.topics01-35.jsonl.gz"))
    parts = [pairs(found, "incident") for found in crime]
    x = [part[0] for part in parts] + [hidden(part[0]) for part in parts]
    y = [part[1] for part in parts] * 2
    w = [np.full(len(part[1]), 1.0) for part in parts] + [np.full(len(part[1]), HIDDEN) for part in parts]
    for name, kept in (("all", lambda t: True), ("even topics", lambda t: t % 2 == 0), ("odd topics", lambda t: t % 2 == 1)):
        more = pairs([row for row in world if kept(int(row["topic"]))], "subtopic")
        fitted = fit(np.vstack([*x, more[0]]), np.concatenate([*y, more[1]]), np.concatenate([*w, np.full(len(more[1]), ECB)]))
        print(f"{name}: bias {fitted[-1]:.2f}", {key: round(float(v), 2) for key, v in zip(FEATURES, fitted, strict=False)})


def pairs(found: list[dict[str, str]], gold: str) -> tuple[np.ndarray, np.ndarray]:
    """Values of the candidate pairs, and whether each is one happening."""
    rarity, weights = load_rarity(), load_linking().stories
    sketches: dict[str, Sketch] = {}
    label = {}
    for row in found:
        day = (row.get("date") or "")[:10] or None
        sketches[row["id"]] = sketch(row["id"], row.get("title"), row["text"], (day, day), rarity, weights)
        label[row["id"]] = row[gold]
    values, same = [], []
    for one, others in candidates(sketches.values(), weights):
        if others:
            known = pair_values(one, others, weights)
            values.append(np.stack([known[name] for name in FEATURES], axis=1))
            same.extend(label[one.key] == label[other.key] for other in others)
    return np.concatenate(values), np.array(same, dtype=float)


def hidden(values: np.ndarray) -> np.ndarray:
    """The same pairs with their days unknown."""
    copy = values.copy()
    copy[:, FEATURES.index("day unknown") :] = 0.0
    copy[:, FEATURES.index("day unknown")] = 1.0
    return copy


def fit(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Weights (>= 0) and bias of least weighted log loss with a Gaussian prior."""
    count = x.shape[1]

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ beta[:count] + beta[count]
        residual = w * (1 / (1 + np.exp(-z)) - y)
        value = float((w * np.logaddexp(0, np.where(y > 0, -z, z))).sum() + (beta[:count] ** 2).sum() / 2 / PRIOR)
        return value, np.append(x.T @ residual + beta[:count] / PRIOR, residual.sum())

    bounds = [(0.0, math.inf)] * count + [(-math.inf, math.inf)]
    return np.asarray(minimize(loss, np.zeros(count + 1), jac=True, method="L-BFGS-B", bounds=bounds).x)


if __name__ == "__main__":
    main()
