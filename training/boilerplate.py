"""Makes src/rashomon/knowledge/boilerplate_model.yaml: the weights of the line model.

    python -m training.boilerplate ../shared            train on all open pages, write the file
    python -m training.boilerplate ../shared --check    five-fold cross-validation, write nothing

Data: the open HTML pages, English ones, stripped of their tags naively; a line's label is whether it stands in the true
article text. Each page is also shown cut down to its article with a few lines around it, since most texts that reach us
are copies of the article with little furniture left. Ridge-penalised logistic regression by Newton's method, a line
counting with the square root of its length; no randomness anywhere.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from bench.pages import Page, labels, naive_text, open_pages, words

from rashomon.clean.chain import article_lines, scores
from rashomon.clean.features import NAMES, Matrix, features
from rashomon.clean.lines import cut
from rashomon.clean.phrases import wording
from rashomon.knowledge.boilerplate import Furniture, LineModel, load_furniture

TARGET = Path(__file__).resolve().parents[1] / "src" / "rashomon" / "knowledge" / "boilerplate_model.yaml"
RIDGE = 20.0
SWITCH, LEAN = 2.0, 1.0
# Lines kept before and after the article in the cut-down copies of a page.
MARGINS = ((0, 0), (0, 0), (1, 0), (0, 1), (2, 4), (4, 12), (0, 8))
FOLDS = 5


class Sample(NamedTuple):
    """The lines of one page or of a part of it: feature rows, labels, weights, the words of each line."""

    page: int
    rows: Matrix
    article: Matrix
    weights: Matrix
    words: list[list[str]]
    forced: list[bool | None]


def is_english(page: Page, furniture: Furniture) -> bool:
    """By the share of English grammar words."""
    tokens = words(page.article)
    return sum(token in furniture.function_words for token in tokens) >= 0.25 * max(1, len(tokens))


def samples(index: int, page: Page, furniture: Furniture) -> list[Sample]:
    """The page whole, then with the margins above."""
    lines = [piece.plain for piece in cut(naive_text(page.html), furniture)]
    inside = labels(lines, page.article)
    found = [_sample(index, lines, inside, furniture)]
    places = [i for i, label in enumerate(inside) if label]
    if places:
        for before, after in MARGINS:
            low, high = max(0, places[0] - before), places[-1] + 1 + after
            found.append(_sample(index, lines[low:high], inside[low:high], furniture))
    return found


def _sample(index: int, lines: list[str], inside: list[bool], furniture: Furniture) -> Sample:
    wordings = [wording(line, furniture) for line in lines]
    return Sample(
        index,
        features(lines, wordings, furniture),
        np.array(inside, dtype=float),
        np.sqrt(np.array([min(len(line), 600) for line in lines], dtype=float)),
        [words(line) for line in lines],
        [False if item.kind else None for item in wordings],
    )


def fit(found: list[Sample]) -> LineModel:
    """Weights by Newton's method on the weighted, ridge-penalised log-likelihood."""
    rows = np.concatenate([sample.rows for sample in found])
    truth = np.concatenate([sample.article for sample in found])
    weight = np.concatenate([sample.weights / sample.weights.sum() for sample in found]) * 100.0
    mean, scale = rows.mean(axis=0), rows.std(axis=0)
    scale[scale == 0] = 1.0
    x = np.concatenate([(rows - mean) / scale, np.ones((len(rows), 1))], axis=1)
    penalty = np.full(x.shape[1], RIDGE)
    penalty[-1] = 1e-6
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (weight * (truth - p)) - penalty * beta
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return LineModel(
        weights={name: round(float(value), 4) for name, value in zip(NAMES, beta, strict=False)},
        mean={name: round(float(value), 5) for name, value in zip(NAMES, mean, strict=True)},
        scale={name: round(float(value), 5) for name, value in zip(NAMES, scale, strict=True)},
        bias=round(float(beta[-1]), 4),
        switch=SWITCH,
        lean=LEAN,
    )


def measure(found: list[Sample], model: LineModel) -> dict[str, float]:
    """Word-weighted precision, recall and F1 of "article", pooled, for whole pages and for cut-down ones apart."""
    result = {}
    seen: set[int] = set()
    counts = {"whole": [0, 0, 0], "cut": [0, 0, 0]}
    for sample in found:
        kind = "cut" if sample.page in seen else "whole"
        seen.add(sample.page)
        kept = article_lines(scores(sample.rows, model), sample.forced, model.switch)
        for tokens, truth, mine in zip(sample.words, sample.article, kept, strict=True):
            counts[kind][0] += len(tokens) * (mine and truth > 0)
            counts[kind][1] += len(tokens) * mine
            counts[kind][2] += len(tokens) * (truth > 0)
    for kind, (hit, mine, gold) in counts.items():
        result[f"{kind}_p"], result[f"{kind}_r"] = hit / max(1, mine), hit / max(1, gold)
    return result


def write(model: LineModel) -> None:
    """The model as YAML with the comment that says where it comes from."""
    lines = [
        "# Weights of the line model (clean/chain.py): made by `python -m training.boilerplate`, not to be edited by hand.",
        "# What the features are: clean/features.py. Trained on the open HTML pages stripped of their tags; no text of",
        "# theirs is in here.",
        f"bias: {model.bias}",
        f"switch: {model.switch}",
        f"lean: {model.lean}",
    ]
    for part in ("weights", "mean", "scale"):
        lines.append(f"{part}:")
        lines += [f"  {name}: {getattr(model, part)[name]}" for name in NAMES]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Train, or check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    furniture = load_furniture()
    pages = [page for page in open_pages(options.shared) if is_english(page, furniture)]
    found = [samples(i, page, furniture) for i, page in enumerate(pages)]
    if options.check:
        for fold in range(FOLDS):
            model = fit([item for i, part in enumerate(found) if i % FOLDS != fold for item in part])
            test = [item for i, part in enumerate(found) if i % FOLDS == fold for item in part]
            sys.stdout.write(f"fold {fold}: {measure(test, model)}\n")
        return
    write(fit([item for part in found for item in part]))


if __name__ == "__main__":
    main()
