"""How knowledge/places/acceptance.csv and choice.yaml were made: which stretches of text are place names, and which place each
means.

    python training/places.py CORPORA [--folds 5] [--write] [--cache FILE]        needs scikit-learn and scipy

CORPORA is the folder of open corpora (README "data"): TR-News, GeoVirus and half of LGL (place names with coordinates), and
FA-KES (war reports without place names). Acceptance: boosted trees (120 of depth 4, every second feature and four fifths of the
rows a tree) over the evidence of resolve/places/evidence.py; a candidate is right where no other overlaps a gold name better.
The three corpora disagree on adjectives ("Syrian"); all are taken as they are. Choice: a conditional logit over the reasons of
resolve/places/reasons.py, three rounds, since a name's reasons hold what the others are taken for.

War reports have no gold here. They teach by rules that are nearly always right: a name of the supplement, or one all of whose
places lie in the country that most names lie in, is a place there; a name without a place in it, that the parser takes for a
person, a body or nothing, is none. Their rows weigh four tenths. Some weights are held near a value by hand (HELD), where the
corpora have too few cases. Numbers only are kept: no text. `--folds` prints figures of documents that were held out.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import re
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from scipy.optimize import minimize
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import KFold

from rashomon.annotate import Annotator
from rashomon.knowledge.acceptance import FEATURES
from rashomon.knowledge.choice import REASONS
from rashomon.knowledge.places import FOLDER, Places, Site
from rashomon.knowledge.trees import Node, Trees
from rashomon.records import Block, Layout, Span
from rashomon.resolve.places.choose import Chooser
from rashomon.resolve.places.find import Finder
from rashomon.resolve.places.reasons import distance
from rashomon.resolve.places.resolver import area_codes
from rashomon.resolve.places.toponym import Toponym
from rashomon.resolve.words import words_of

CORPORA = ("trnews", "geovirus", "lgl.first")
WAR, WAR_ROWS, WAR_WEIGHT = "news/fakes.jsonl", 150, 0.4
PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n[ \t]*\S.*)*")
THRESHOLD = -0.8
# The value that a weight is held near, and how firmly (the strength of its quadratic penalty).
HELD = {"supplement": (2.4, 6), "supplement_area": (4.0, 10), "imported": (0.6, 100), "known_town": (0.7, 5),
        "capital": (3.0, 300), "kind_fits": (3.5, 10), "country_named": (0.6, 60)}
CLOSE_KM, CLOSE_ROUGH_KM, FAR_KM = 25.0, 60.0, 161.0
COMMENTS = {
    "people": "logarithm (base 10) of a town's inhabitants", "largest": "the most populous candidate of the name",
    "known_town": "a town that the supplement has too", "country": "a state or a continent",
    "federal_division": "a first-level division of the United States, Canada, Australia or the United Kingdom",
    "division": "another first-level division", "county": "a county named as such, or another second-level division",
    "county_bare": "a county of the United States, \"County\" left out",
    "imported": "the weight of a row of an imported gazetteer",
    "supplement": "a place of the supplement without inhabitants", "supplement_area": "the same, where it is a region",
    "capital": "the capital of its state", "alias": "the name is not its main one",
    "kind_fits": "the noun beside it (\"province\", \"city\", \"county\") says what it is",
    "parent": "share of the parents stated with the name that hold it",
    "stated_parent": "this very mention states a parent of it",
    "country_share": "share of the other plain names that lie in its state", "country_named": "one of them does",
    "division_share": "share of the divisions named that are its own", "division_named": "its division is named",
    "names_in_division": "share of the other names that could lie in its division",
    "names_close": "share of the other names that could lie within about 70 km",
    "names_close_log": "how many of them, as a logarithm", "telephone": "share of the telephone numbers of its division",
    "near": "nearness to the places chosen for the other names", "division_chosen": "share of those in its division",
    "beside": "nearness to the places chosen for the names just before and after",
    "great_city": "more than half a million people",
    "short_name": "the name is the beginning of its main one (\"Newcastle\" of \"Newcastle upon Tyne\")",
    "like_those_beside": "names beside it that are states, or divisions, as it is (of four)",
}


class Row(msgspec.Struct):
    """A candidate: its block, first and last word, where the next look begins if it is refused, its span, its evidence."""

    block: int
    at: int
    last: int
    other: int
    span: tuple[int, int]
    numbers: list[float]
    right: float = 0.0
    weight: float = 1.0


class Text:
    """One parsed document with its gold names: (start, end, latitude or None, longitude or None)."""

    def __init__(self, corpus: str, text: str, gold: list[dict[str, Any]], annotator: Annotator) -> None:
        self.corpus, self.text, self.gold = corpus, text, gold
        self.layout = Layout(tuple(Block(Span(*match.span()), "paragraph") for match in PARAGRAPH.finditer(text)))
        self.syntax = annotator.annotate(text, self.layout)


def texts(folder: Path) -> list[Text]:
    annotator, found = Annotator.load(), []
    for corpus in CORPORA:
        for line in (folder / f"places/{corpus}.jsonl").open(encoding="utf-8"):
            row = json.loads(line)
            found.append(Text(corpus, row["text"], row["toponyms"], annotator))
    for line in list((folder / WAR).open(encoding="utf-8"))[:WAR_ROWS]:
        found.append(Text("war", json.loads(line)["text"], [], annotator))
    return found


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Characters shared, of those that either covers."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return 0.0 if shared <= 0 else shared / (max(a[1], b[1]) - min(a[0], b[0]))


def candidates(one: Text, places: Places) -> list[Row]:
    finder = Finder(one.text, one.syntax, places)
    blocks = [words_of(one.text, block.span, one.syntax) for block in one.layout.blocks]
    evidence = finder._evidence
    evidence.survey(blocks, finder._sites)
    votes = evidence._votes
    top = min(votes, key=lambda country: (-votes[country], country)) if votes else ""
    rows = []
    for block, words in enumerate(blocks):
        for at in range(len(words)):
            other = finder._other(words, at)
            for candidate in finder.candidates(words, at, other):
                if candidate.source == "called" or not evidence.possible(words, candidate):
                    continue
                span = (words[at].start, words[candidate.last - 1].end)
                row = Row(block, at, candidate.last, other, span, [float(n) for n in evidence.numbers(words, candidate)])
                if one.corpus == "war":
                    said = silver(places, candidate.key, candidate.sites, top, row)
                    if said is None or candidate.adjective or candidate.source != "gazetteer":
                        continue
                    row.right, row.weight = said, WAR_WEIGHT
                rows.append(row)
    if one.corpus != "war":
        for name in one.gold:
            shares = [overlap(row.span, (name["start"], name["end"])) for row in rows]
            best = max(shares, default=0.0)
            for row, share in zip(rows, shares, strict=True):
                if share > 0 and share > best - 1e-9:
                    row.right = 1.0
    return rows


def silver(places: Places, key: str, sites: list[Site], top: str, row: Row) -> float | None:
    """1 for a name that is surely a place of the war's country, 0 for one that surely is none, else None."""
    number = dict(zip(FEATURES, row.numbers, strict=True))
    if places.means_people(key) or key in places.not_places:
        return None
    broken = number["goes_on_left"] or number["goes_on_right"]
    if (places.curated(key) or {site.country for site in sites} == {top}) and not broken:
        return 1.0
    wide = any(site.kind in ("country", "division", "continent") or site.precision == "region" for site in sites)
    if not wide and all(site.country != top for site in sites) and number["label"] in (4.0, 5.0, 6.0):
        return 0.0
    return None


def fit_trees(rows: list[Row]) -> Trees:
    model = GradientBoostingClassifier(
        n_estimators=120, max_depth=4, learning_rate=0.1, min_samples_leaf=15, subsample=0.8, max_features=0.5, random_state=0
    )
    weight = np.array([row.weight for row in rows])
    model.fit(np.array([row.numbers for row in rows]), np.array([row.right for row in rows]), weight)
    trees: list[list[Node]] = []
    for estimator in model.estimators_[:, 0]:
        tree = estimator.tree_
        trees.append([
            (-1, 0.0, 0, 0, float(f"{model.learning_rate * tree.value[node][0][0]:.4f}")) if tree.children_left[node] < 0
            else (int(tree.feature[node]), float(f"{tree.threshold[node]:.4g}"), int(tree.children_left[node]),
                  int(tree.children_right[node]), 0.0)
            for node in range(tree.node_count)
        ])
    prior = model.init_.class_prior_[1]
    return Trees(trees, round(math.log(prior / (1 - prior)), 4), THRESHOLD)


def named(one: Text, places: Places) -> list[Toponym]:
    return Finder(one.text, one.syntax, places).find([block.span for block in one.layout.blocks])


def paired(gold: list[dict[str, Any]], spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Greedy pairs (gold, found), equal spans first, then by characters shared, as the project's scorer pairs them."""
    rows = sorted(
        ((g["start"], g["end"]) == span, min(g["end"], span[1]) - max(g["start"], span[0]), -i, -j)
        for i, g in enumerate(gold) for j, span in enumerate(spans) if g["start"] < span[1] and span[0] < g["end"]
    )
    seen: tuple[set[int], set[int]] = set(), set()
    pairs = []
    for _, _, i, j in reversed(rows):
        if i not in seen[0] and j not in seen[1]:
            seen[0].add(i)
            seen[1].add(j)
            pairs.append((-i, -j))
    return pairs


def located(one: Text, toponyms: list[Toponym]) -> dict[int, Site]:
    """The gold point of each toponym that has one."""
    pairs = paired(one.gold, [tuple(toponym.span) for toponym in toponyms])  # type: ignore[misc]
    return {
        j: Site("", one.gold[i]["lat"], one.gold[i]["lon"], 1.0, "town", "", "", "")
        for i, j in pairs if one.gold[i]["lat"] is not None
    }


def right(one: Text, toponym: Toponym, gold: Site | None, top: str, places: Places) -> np.ndarray[Any, np.dtype[np.bool_]] | None:
    """Which candidates are right; None where that is not known or teaches nothing."""
    sites = toponym.sites
    if gold is not None:
        km = np.array([distance(gold, site) for site in sites])
        good = km <= (CLOSE_ROUGH_KM if one.corpus == "geovirus" else CLOSE_KM)
        good = good if good.any() else km <= FAR_KM
    elif one.corpus == "war":
        # The place in the war's country: a division where the noun says so, else a town before a division; elsewhere a
        # capital or the largest.
        here = [site for site in sites if site.country == top] or sites
        area = toponym.kind_word in ("province", "governorate", "countryside")
        best = max(here, key=lambda site: (
            (site.kind == "division") == area, site.kind == "country", not site.population and site.kind != "county",
            (site.country, toponym.key) in places.capitals, site.population))
        good = np.array([site is best for site in sites])
    else:
        return None
    return None if good.all() or not good.any() else good


def examples(data: list[tuple[Text, list[Toponym], dict[int, Site]]], places: Places) -> list[tuple[Any, Any, float]]:
    found = []
    for one, toponyms, gold in data:
        chooser = Chooser(places, toponyms, area_codes(one.text, places.learned.area_codes))
        chooser.choose()
        chosen = {toponym.key: toponym.chosen for toponym in toponyms if toponym.chosen is not None and not toponym.adjective}
        votes = Counter(site.country for site in chosen.values())
        top = min(votes, key=lambda country: (-votes[country], country)) if votes else ""
        many = Counter(toponym.key for toponym in toponyms)
        for at, toponym in enumerate(toponyms):
            if toponym.adjective or len(toponym.sites) < 2 or (one.corpus != "war" and at not in gold):
                continue
            good = right(one, toponym, gold.get(at), top, places)
            if good is not None:
                weight = (WAR_WEIGHT if one.corpus == "war" else 1.0) / math.sqrt(many[toponym.key])
                found.append((np.array(chooser.rows(toponym.key, at, chosen)), good, weight))
    return found


def fit_choice(rows: list[tuple[Any, Any, float]]) -> tuple[float, ...]:
    """The conditional logit: a name's right candidates against all of them."""
    matrix = np.vstack([row[0] for row in rows])
    good = np.concatenate([row[1] for row in rows])
    weight = np.array([row[2] for row in rows])
    sizes = [len(row[1]) for row in rows]
    group = np.repeat(np.arange(len(rows)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    middle = np.array([HELD.get(name, (0.0, 1.0))[0] for name in REASONS])
    firm = np.array([HELD.get(name, (0.0, 1.0))[1] for name in REASONS])

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        total, correct = np.add.reduceat(powers, starts), np.add.reduceat(powers * good, starts) + 1e-12
        gain = (weight * (np.log(correct) - np.log(total))).sum()
        slope = matrix.T @ ((powers * good / correct[group] - powers / total[group]) * weight[group])
        return -gain + (firm * (weights - middle) ** 2).sum() / 2, -slope + firm * (weights - middle)

    found = minimize(loss, middle, jac=True, method="L-BFGS-B").x
    return tuple(round(float(value), 3) for value in found)


def learn(data: list[tuple[Text, list[Row]]], places: Places) -> Places:
    """`places` with what the documents teach."""
    trees = fit_trees([row for _, rows in data for row in rows])
    places = taught(places, msgspec.structs.replace(places.learned, acceptance=trees))
    pairs = []
    for one, _ in data:
        toponyms = named(one, places)
        pairs.append((one, toponyms, located(one, toponyms)))
    for _ in range(3):
        places = taught(places, msgspec.structs.replace(places.learned, choice=fit_choice(examples(pairs, places))))
    return places


def taught(places: Places, learned: Any) -> Places:
    other = object.__new__(Places)
    other.__dict__.update(places.__dict__)
    other.learned = learned
    return other


def measured(data: list[Text], places: list[Places]) -> dict[str, list[float]]:
    """By corpus: gold, found, paired, located in gold, within 161 km; names alone, without the phrases around them."""
    figures: dict[str, list[float]] = {}
    for one, known in zip(data, places, strict=True):
        if one.corpus == "war":
            continue
        toponyms = named(one, known)
        Chooser(known, toponyms, area_codes(one.text, known.learned.area_codes)).choose()
        gold, row = located(one, toponyms), figures.setdefault(one.corpus, [0.0] * 5)
        row[0] += len(one.gold)
        row[1] += len(toponyms)
        row[2] += len(paired(one.gold, [tuple(toponym.span) for toponym in toponyms]))  # type: ignore[misc]
        row[3] += sum(name["lat"] is not None for name in one.gold)
        row[4] += sum((site := toponyms[j].chosen) is not None and distance(site, point) <= FAR_KM for j, point in gold.items())
    return figures


def show(what: str, figures: dict[str, list[float]]) -> None:
    for corpus, (gold, found, both, points, near) in figures.items():
        print(f"{what:9} {corpus:10} P {both / found:.3f} R {both / gold:.3f} F1 {2 * both / (gold + found):.3f}"
              f"   within 161 km {near / points:.3f} of {points:.0f}", flush=True)


def write(places: Places) -> None:
    trees = places.learned.acceptance
    lines = [
        "# Whether a stretch of text is a place name: boosted trees, made by training/places.py, not to be edited by hand.",
        "# What they look at: knowledge/acceptance.py. Numbers only; no text of the corpora is in here.",
        f"bias,{trees.bias}", f"threshold,{trees.threshold}",
    ]
    for number, tree in enumerate(trees.trees):
        for node, (feature, limit, left, right_, value) in enumerate(tree):
            lines.append(
                f"{number},{node},,,,,{value:.4f}" if feature < 0 else
                f"{number},{node},{FEATURES[feature]},{limit:.4g},{left},{right_},"
            )
    (FOLDER / "acceptance.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = [
        "# Weights of the reasons for each place that a name can mean; the highest sum wins. Made by training/places.py over",
        "# open corpora (conditional logit), not to be edited by hand; how each number is read off: resolve/places/reasons.py.",
        "weights:",
        *(f"  {name}: {value:.3f}  # {COMMENTS[name]}" for name, value in zip(REASONS, places.learned.choice, strict=True)),
    ]
    (FOLDER / "choice.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--cache", type=Path, help="keeps the parsed documents between runs")
    asked = parser.parse_args()
    if asked.cache and asked.cache.exists():
        data = pickle.loads(asked.cache.read_bytes())
    else:
        data = texts(asked.corpora)
        if asked.cache:
            asked.cache.write_bytes(pickle.dumps(data))
    places = Places.load(imported=())
    rows = [(one, candidates(one, places)) for one in data]
    print(f"{sum(len(row) for _, row in rows)} candidates in {len(rows)} documents")
    if asked.folds:
        known: list[Places] = [places] * len(data)
        for train, test in KFold(asked.folds, shuffle=True, random_state=1).split(data):
            fold = learn([rows[at] for at in train], places)
            for at in test:
                known[at] = fold
        show("held out", measured(data, known))
    places = learn(rows, places)
    show("all", measured(data, [places] * len(data)))
    if asked.write:
        write(places)


if __name__ == "__main__":
    main()
