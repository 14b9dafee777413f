"""Whether the made-up collection of `growth.py` grows like a real one: the same figures of both, at the same sizes.

    python bench/resemblance.py seeds.db CORPORA > bench/runs/resemblance.txt

Real: documents of the open half of GVA drawn at random (3,118 reports of one country and one theme over four years, the densest
open pool), and GVA with GVC. Places are left out on both sides: the open corpora have none. Made: the stories of `--years` years.

names: different names of four letters and more that the table of rarity does not know as common, and Heaps' exponent since the
line before; seen: which part of the rarer names of the last 338 documents was there before; worth: documents worth comparing with
one; alike: edges of one, and how many of them lead to another happening; chains: documents in the three longest; story: the
largest; signs: pairs of documents that share a sign of copied text, of different happenings, and what they share, by document.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from collections import Counter
from pathlib import Path

import msgspec
import numpy as np
from linking import read
from perturbed import Perturbed
from reuse import Text
from reuse import reading as laid_out

from rashomon.knowledge.boilerplate import load_furniture
from rashomon.knowledge.lineage import load_lineage
from rashomon.knowledge.linking import load_linking
from rashomon.knowledge.rarity import load_rarity
from rashomon.ledger import open_ledger
from rashomon.link import print_of, sign_pairs, sketch_reading, trace
from rashomon.link.stories import candidates, link_stories, scores_with
from rashomon.link.words import names
from rashomon.records import Reading
from rashomon.records.cluster import components, pair

SIZES = (338, 676, 1352, 2704)
NEW = 338


def real(folder: Path, sets: tuple[str, ...]) -> tuple[list[Reading], dict[str, object]]:
    """The texts of these sets with their days, in an order of chance, and the happening of each."""
    furniture = load_furniture()
    found = []
    gold: dict[str, object] = {}
    for name in sets:
        for row in read(folder, name):
            gold[row["id"]] = row["incident"]
            day = (row.get("date") or "")[:10] or None
            made = laid_out(Text(row["id"], row["text"], None, day), furniture)
            found.append(msgspec.structs.replace(made, document=msgspec.structs.replace(made.document, title=row.get("title"))))
    random.Random(1).shuffle(found)
    return found, gold


def figures(readings: list[Reading], gold: dict[str, object], before: tuple[int, int] | None) -> tuple[str, tuple[int, int]]:
    """One line about these documents, whose happenings are known; then how many they are, and how many names they have."""
    weights, rarity = load_linking().stories, load_rarity()
    sketches = {each.id: sketch_reading(each.id, each, rarity, weights) for each in readings}
    called = [{word for word in names(each.text) if len(word) > 3 and rarity.of(word) >= 3.0} for each in readings]
    every = set().union(*called)
    held = Counter(word for some in called for word in some)
    tail = {word for word, count in held.items() if count < len(readings) / 100}
    old = set().union(*called[:-NEW]) if len(called) > NEW else set()
    new = set().union(*called[-NEW:]) & tail
    seen = len(new & old) / len(new) if old else math.nan
    heaps = math.log(len(every) / before[1]) / math.log(len(readings) / before[0]) if before else math.nan
    worth, edges = 0, []
    for one, others in candidates(sketches, weights):
        worth += len(others)
        scored = zip(others, scores_with(one, others, weights), strict=True)
        edges += [pair(one.key, other.key) for other, score in scored if score >= weights.threshold]
    astray = sum(gold[a] != gold[b] for a, b in edges)
    chains = sorted((len(each) for each in components(sketches, edges)), reverse=True)[:3]
    largest = max(len(each.documents) for each in link_stories(sketches.values(), weights))
    rules = load_lineage()
    prints = [print_of(each.id, each, rules) for each in readings]
    signs = np.array([sign for each in prints for sign in each.signs], np.int64)
    holders = np.repeat(np.arange(len(prints)), [len(each.signs) for each in prints])
    shared = sum(gold[readings[a].id] != gold[readings[b].id] for a, b, _ in sign_pairs(signs, holders, rules))
    reused, _ = trace(prints, rules)
    count = len(readings)
    line = (
        f"{count:6} names {len(every):6} {heaps:5.2f} seen {seen:4.2f} worth {2 * worth / count:6.1f}"
        f" alike {2 * len(edges) / count:5.2f} {2 * astray / count:5.3f} chains {' '.join(map(str, chains)):9}"
        f" story {largest:3} signs {shared / count:5.2f} {len(reused) / count:4.2f}"
    )
    return line, (count, len(every))


def main() -> int:
    """Print a line a size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--years", type=float, default=4)
    parser.add_argument("--only", choices=("real", "made"))
    arguments = parser.parse_args()
    pools: dict[str, tuple[list[Reading], dict[str, object]]] = {}
    if arguments.only != "made":
        pools["GVA"] = real(arguments.corpora, ("gva",))
        pools["GVA, GVC"] = real(arguments.corpora, ("gva", "gvc.train", "gvc.dev"))
    if arguments.only != "real":
        with open_ledger(arguments.seeds) as ledger:
            perturbed = Perturbed([reading for _, reading in ledger.view().readings()], years=arguments.years)
        found = [msgspec.structs.replace(perturbed.reading(number), events=()) for number in range(max(arguments.sizes))]
        about: dict[str, object] = {reading.id: perturbed.happening(number) for number, reading in enumerate(found)}
        pools["made"] = found, about
    for name, (readings, gold) in pools.items():
        before = None
        for size in arguments.sizes:
            line, before = figures(readings[:size], gold, before)
            print(f"{name:9}{line}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
