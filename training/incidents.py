"""How the incident weights of knowledge/linking.yaml were learned: logistic regression over pairs of happenings.

    python training/incidents.py

Trained on the tune half of data/incident-gold, each case read the whole way: a happening that holds a coded mention is that
incident. Pairs of one case are one or are not, as coded. Cases tell of different wars years apart; so that the weights learn
what else holds two happenings apart, pairs of different cases stand beside them as never one, lightly, their days moved onto
each other. Invented cases hold little background, so pairs of real news (`real-pairs.jsonl`, FA-KES, told one or not by one
reader) stand beside them in every fold. A weight's sign is bound where sense binds it. Prints the weights, and what they reach in
cross-validation over cases, all documents of a case taken as one story; `bench/incident_gold.py` measures the shipped file.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

from incident_gold import GOLD, Counts, mentions, rows
from scoring import SHARED

from rashomon.knowledge.linking import IncidentWeights, load_linking
from rashomon.knowledge.rarity import load_rarity
from rashomon.link import Happening, covered, group_happenings, happenings, passages, shingles
from rashomon.link.likeness import Shared, comparable, features
from rashomon.reader import Reader
from rashomon.records import Document, Event, Reading, Span, event_keys

# What was believed before looking, by hand: the prior's mean. The cases are few, and silent on some of it.
BELIEF = {
    "same action": 1.5, "like action": 0.8, "act and its harm": 0.5, "other action": -1.5, "other type": -2.0, "same place": 1.2,
    "place within": 0.7, "place within a wide area": 0.3, "places apart": -2.0, "same names": 1.0, "same day": 1.8,
    "about the same day": 0.6, "next day": -1.5, "next day, by night": -0.2, "as recent": 0.5, "days apart": -1.2,
    "days before the report": -0.7, "reports apart": -0.3, "same actor": 0.5, "other actor": -0.5, "same recipient": 0.6,
    "other recipient": -0.3, "same target": 1.3, "other target": -1.0, "same figure": 0.8, "like figures": 0.4,
    "figures far apart": -0.8, "words": 2.0, "copied text": 2.0, "lead of both": 0.8, "one document": -2.0, "one is denied": 0.0,
    "about a day apart": 0.0, "place by context": 0.4, "apart by context": -1.0, "little in common": -1.0, "could be many": -3.5,
}
# What is firm weighs at least so much: in so few cases one misread date outweighs it, in a year of reports it is all there is.
LEAST = {"next day": -1.5, "days apart": -1.0, "places apart": -3.0, "could be many": -3.5}
FREE = {"act and its harm", "about a day apart", "one is denied", "next day, by night"}
PRIOR, STRANGERS, REAL, NEXT, FOLDS = 0.02, 0.03, 0.6, 4, 5


# What pairs of real news bear in place of the number of a case.
REAL_NEWS = -1


class Case(NamedTuple):
    """One case: its happenings, its copied passages, mention -> coded incident, mention -> (document, words, event word)."""

    id: str
    happenings: list[Happening]
    shared: Shared
    readings: dict[str, Reading]
    truth: dict[int, str]
    coded: dict[int, tuple[str, Span, Span, str]]


def main() -> None:
    """Print the weights and the figures of cross-validation."""
    weights = load_linking().incidents
    cases = list(read(weights))
    x, y, w, of = pairs(cases, weights)
    names = list(weights.weights)
    real_x, real_y = real_pairs(weights, names)
    x, y = np.vstack([x, real_x]), np.append(y, real_y)
    w, of = np.append(w, np.full(len(real_y), REAL)), np.vstack([of, np.full((len(real_y), 2), REAL_NEWS)])
    print(f"{len(cases)} cases, {int((w == 1).sum())} pairs of one case, {int(y.sum())} of them one incident")
    for threshold in (0.4, 0.45, 0.5, 0.55, 0.6):
        counts = Counts()
        for fold in range(FOLDS):
            inside = (of % FOLDS != fold).all(axis=1) | (of[:, 0] == REAL_NEWS)
            learned = shipped(weights, names, fit(x[inside], y[inside], w[inside], names), threshold)
            for case in cases[fold::FOLDS]:
                counts.add_incidents(case.truth, held(case, learned))
        print(f"cross-validated, threshold {threshold}: {counts.figures()['b3']}")
    learned = fit(x, y, w, names)
    print(f"  bias: {learned[-1]:.2f}")
    for name, value in zip(names, learned, strict=False):
        print(f"    {name}: {value:.2f}")
    probability = 1 / (1 + np.exp(-(x @ learned[:-1] + learned[-1])))
    for low in np.arange(0, 1, 0.2):
        inside = (probability >= low) & (probability < low + 0.2) & (w == 1)
        share = y[inside].mean() if inside.any() else 0.0
        print(f"calibration {low:.1f}-{low + 0.2:.1f}: {int(inside.sum())} pairs, one {share:.2f}")


def read(weights: IncidentWeights) -> Iterator[Case]:
    """The cases of the tune half, read."""
    reader, rarity, coded = Reader.load(), load_rarity(), rows("coder-1.jsonl")
    for case in rows("cases.jsonl").values():
        if case["split"] != "tune":
            continue
        readings = {
            each["id"]: reader.read(Document(
                id=each["id"], source=each["id"], text=each["text"], title=each["title"],
                publisher=each["publisher"], published=each["date"],
            ))
            for each in case["documents"]
        }
        found = [each for key, reading in readings.items() for each in happenings(key, reading, rarity, weights)]
        shared = covered(passages(shingles(key, reading) for key, reading in readings.items()))
        marked = mentions(coded[case["id"]])
        yield Case(case["id"], found, shared, readings, {number: each[3] for number, each in marked.items()}, marked)


def held(case: Case, weights: IncidentWeights | None) -> dict[int, str]:
    """The group that holds each coded mention; with no weights, the happening that does."""
    if weights is None:
        home = {event: each.key for each in case.happenings for event in each.events}
    else:
        groups = group_happenings(case.happenings, case.shared, weights)
        home = {event: group.events[0] for group in groups for event in group.events}
    found: dict[int, str] = {}
    for number, (document, quote, word, _) in case.coded.items():
        reading = case.readings[document]
        keys = event_keys(document, reading.events)
        inside = [event for event in reading.events if event.trigger.overlaps(quote) and keys[event.id] in home]
        if inside:
            found[number] = home[keys[min(inside, key=partial(nearness, word)).id]]
    return found


def nearness(word: Span, event: Event) -> tuple[bool, int]:
    """How near the event's trigger is to the word."""
    return not event.trigger.overlaps(word), abs(event.trigger.start - word.start)


def pairs(cases: Sequence[Case], weights: IncidentWeights) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Values of the pairs, whether each is one, its weight, and the numbers of its two cases."""
    names = list(weights.weights)
    labels = []
    for case in cases:
        label: dict[str, set[str]] = defaultdict(set)
        for number, key in held(case, None).items():
            label[key].add(case.truth[number])
        labels.append(label)
    x: list[list[float]] = []
    y: list[float] = []
    w: list[float] = []
    of: list[tuple[int, int]] = []
    for at, case in enumerate(cases):
        known = [each for each in case.happenings if each.key in labels[at]]
        for position, a in enumerate(known):
            for b in known[position + 1 :]:
                same = bool(labels[at][a.key] & labels[at][b.key])
                if (a.document == b.document and same) or not comparable(a, b, weights):
                    continue
                x.append(values(a, b, case.shared, weights, names))
                y.append(float(same))
                w.append(1.0)
                of.append((at, at))
        for other in range(at + 1, min(at + 1 + NEXT, len(cases))):
            days = shift(cases[other], case)
            for a in known:
                for b in cases[other].happenings:
                    if b.key in labels[other] and comparable(a, moved(b, days), weights):
                        x.append(values(a, moved(b, days), {}, weights, names))
                        y.append(0.0)
                        w.append(STRANGERS)
                        of.append((at, other))
    return np.array(x), np.array(y, dtype=float), np.array(w), np.array(of)


def real_pairs(weights: IncidentWeights, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Features of the labelled pairs of real news that may be one, and whether they are."""
    with (GOLD / "real-pairs.jsonl").open(encoding="utf-8") as file:
        labelled = [json.loads(line) for line in file]
    wanted = {side["doc"] for row in labelled for side in (row["a"], row["b"])}
    reader, rarity = Reader.load(), load_rarity()
    readings: dict[str, Reading] = {}
    with (SHARED / "data" / "news" / "fakes.jsonl").open(encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["id"] in wanted:
                readings[row["id"]] = reader.read(Document(
                    id=row["id"], source=row["id"], text=row["text"], title=row["title"], publisher=row["source"],
                    published=row["date_best"],
                ))
    found = {}
    for key, reading in readings.items():
        spans = {keyed: event.trigger for event in reading.events for keyed in [event_keys(key, reading.events)[event.id]]}
        for one in happenings(key, reading, rarity, weights):
            found.update({(key, spans[event]): one for event in one.events})
    x, y = [], []
    for row in labelled:
        a, b = (found.get((side["doc"], Span(*side["span"]))) for side in (row["a"], row["b"]))
        if a is not None and b is not None and comparable(a, b, weights):
            shared = covered(passages(shingles(key, readings[key]) for key in (a.document, b.document)))
            x.append(values(a, b, shared, weights, names))
            y.append(float(row["one"]))
    return np.array(x), np.array(y)


def values(a: Happening, b: Happening, shared: Shared, weights: IncidentWeights, names: Sequence[str]) -> list[float]:
    """The pair's features in the order of the names."""
    found = {each.name: each.value for each in features(a, b, shared, weights)}
    return [found.get(name, 0.0) for name in names]


def shift(case: Case, onto: Case) -> int:
    """Days from the first report of the one case to that of the other."""
    first = [min(each.told or 0 for each in one.happenings) for one in (case, onto)]
    return first[1] - first[0]


def moved(one: Happening, days: int) -> Happening:
    """The happening so many days later."""
    at = one.days and msgspec.structs.replace(one.days, first=one.days.first + days, last=one.days.last + days)
    return msgspec.structs.replace(one, days=at, told=one.told and one.told + days)


def fit(x: np.ndarray, y: np.ndarray, w: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """Weights and bias of least weighted log loss with a Gaussian prior around what was believed."""
    count = x.shape[1]
    belief = np.array([BELIEF[name] for name in names])

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ beta[:count] + beta[count]
        residual = w * (1 / (1 + np.exp(-z)) - y)
        value = float((w * np.logaddexp(0, np.where(y > 0, -z, z))).sum() + ((beta[:count] - belief) ** 2).sum() / 2 / PRIOR)
        return value, np.append(x.T @ residual + (beta[:count] - belief) / PRIOR, residual.sum())

    bounds = [(None, None) if name in FREE else (0, None) if BELIEF[name] > 0 else (None, LEAST.get(name, 0.0))
              for name in names]
    begin = np.append(belief, 0.0)
    return np.asarray(minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]).x)


def shipped(weights: IncidentWeights, names: Sequence[str], learned: np.ndarray, threshold: float) -> IncidentWeights:
    """The weights with what was learned in their place."""
    found = dict(zip(names, map(float, learned), strict=False))
    return msgspec.structs.replace(weights, weights=found, bias=float(learned[-1]), threshold=threshold)


if __name__ == "__main__":
    main()
