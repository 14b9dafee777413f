"""How knowledge/idf.csv was made: in which share of documents a word occurs, over open corpora of several kinds.

    python training/idf.py CORPORA > src/rashomon/knowledge/idf.csv

CORPORA is the folder of open corpora (README "data"). A word that is common in any one kind of text says little about
which happening a text of that kind is about ("police" in crime reports, "Syria" in reports on its war). So its rarity is
-ln of the greatest share that it has in any kind. Words and shares only: no text is kept.

Of the Gun Violence Archive half only the incidents up to SPLIT are counted: the later ones measure linking.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rashomon.link.words import words

SPLIT = "2015-07-31"
KINDS: dict[str, tuple[str, ...]] = {
    "crime": ("linking/gvc.train.jsonl", "linking/gva.first.jsonl.gz"),
    "world": ("linking/ecbplus.topics01-35.jsonl.gz",),
    "politics": ("attribution/polnear.train.jsonl.gz",),
    "places": ("places/lgl.first.jsonl", "places/trnews.jsonl", "places/geovirus.jsonl", "times/wikiwars.first15.jsonl"),
    "war": ("news/fakes.jsonl",),
}
SMOOTHING = 200
LEAST_DOCUMENTS = 2


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a .jsonl or .jsonl.gz file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def early(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of incidents whose first report is dated before SPLIT; all rows where there are no dates."""
    first: dict[str, str] = {}
    for row in found:
        if row.get("date") and row.get("incident"):
            first[row["incident"]] = min(first.get(row["incident"], "9999"), row["date"])
    return [row for row in found if first.get(row.get("incident", ""), "") < SPLIT]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    corpora = parser.parse_args().corpora
    share: dict[str, float] = {}
    seen: Counter[str] = Counter()
    unseen = 0.0
    for files in KINDS.values():
        documents: Counter[str] = Counter()
        total = 0
        for name in files:
            found = list(rows(corpora / name))
            for row in early(found) if "gva" in name else found:
                documents.update(set(words(f"{row['text']} {row.get('title') or ''}")))
                total += 1
        seen.update(documents)
        unseen = max(unseen, 0.5 / (total + SMOOTHING))
        for word, count in documents.items():
            share[word] = max(share.get(word, 0.0), (count + 0.5) / (total + SMOOTHING))
    print(
        "# Rarity of words: 10 times -ln of the share of documents that hold the word, in the kind of text where it is"
        " commonest."
    )
    print(
        "# Made by training/idf.py from open corpora (crime reports, world news, politics, places, a war); words and"
        " shares only."
    )
    print("# Frozen: two documents are scored by it and by themselves alone. A new table makes a new partition; relink after it.")
    print(f"*,{round(-10 * math.log(unseen))}")
    for word in sorted(share):
        rarity = round(-10 * math.log(min(1.0, max(share[word], unseen))))
        if seen[word] >= LEAST_DOCUMENTS and rarity < round(-10 * math.log(unseen)):
            print(f"{word},{rarity}")


if __name__ == "__main__":
    main()
