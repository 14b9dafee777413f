"""Documents to stories, measured on open corpora with known happenings.

    python bench/linking.py CORPORA SCORER [--threshold T] > bench/runs/linking.txt

Text and date of each row straight to the sketch (no Reader). SCORER is score.py of the corpora's own scorers. The shipped
weights were learned from all of these sets: what they reach on documents that they did not see, `training/stories.py` prints.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from rashomon.knowledge.linking import load_linking
from rashomon.knowledge.rarity import load_rarity
from rashomon.link.sketch import sketch
from rashomon.link.stories import link_stories

SPLIT = "2015-07-31"
SETS = ("gvc.train", "gvc.dev", "gva", "gva.early", "gva.late", "ecbplus")
FILES = {"gvc.train": "gvc.train.jsonl", "gvc.dev": "gvc.dev.jsonl", "ecbplus": "ecbplus.topics01-35.jsonl.gz"}


def read(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of one set; `gva` is the whole pool, the others its halves by the day of an incident's first report."""
    path = folder / "linking" / FILES.get(name, "gva.first.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        found = [json.loads(line) for line in file]
    if name.startswith("gva."):
        first: dict[str, str] = {}
        for row in found:
            first[row["incident"]] = min(first.get(row["incident"], "9999"), row["date"])
        found = [row for row in found if (first[row["incident"]] < SPLIT) == (name == "gva.early")]
    return found


def main() -> None:
    """Print one line a set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--threshold", type=float)
    parser.add_argument("--sets", nargs="*", default=SETS)
    arguments = parser.parse_args()
    weights, rarity = load_linking().stories, load_rarity()
    if arguments.threshold:
        weights = msgspec.structs.replace(weights, threshold=arguments.threshold)
    print(f"stories from text and date alone, threshold {weights.threshold}; trained on all of them")
    for name in arguments.sets:
        found = read(arguments.corpora, name)
        begun = time.process_time()
        days = [(row.get("date") or "")[:10] or None for row in found]
        sketches = [
            sketch(row["id"], row.get("title"), row["text"], (day, day), rarity, weights)
            for row, day in zip(found, days, strict=True)
        ]
        stories = link_stories(sketches, weights)
        seconds = time.process_time() - begun
        with tempfile.TemporaryDirectory() as scratch:
            gold, predicted = Path(scratch, "gold.jsonl"), Path(scratch, "pred.jsonl")
            gold.write_text("\n".join(json.dumps(row) for row in found), encoding="utf-8")
            lines = [json.dumps({"doc": key, "incident": story.id}) for story in stories for key in story.documents]
            predicted.write_text("\n".join(lines), encoding="utf-8")
            command = [sys.executable, str(arguments.scorer), "incidents", str(gold), str(predicted), "--json"]
            scored = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        b3, pairs = scored["b3"], scored["pairwise"]
        print(
            f"{name:10} {len(found):5} documents  B3 {b3['f1']:.4f} (P {b3['p']:.4f} R {b3['r']:.4f})"
            f"  pair F1 {pairs['f1']:.4f}  {len(stories)} stories for {scored['clusters_gold']}  {seconds:.1f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
