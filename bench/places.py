"""Place names measured on three open corpora: found (any overlap), and found within 161 km.

Run: python bench/places.py [--freeze]. Needs the corpora beside the checkout. All three were looked at while the rules were
written. They differ in what counts: two hold adjectives ("Syrian"), one does not, so both ways are printed; "locative" leaves
out names that act or modify.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rashomon.annotate import Annotator
from rashomon.knowledge.folding import fold
from rashomon.knowledge.places import Places
from rashomon.records import Block, Layout, Place, Span
from rashomon.resolve.places import resolve

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CORPORA = ("trnews", "geovirus", "lgl.first")
PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n[ \t]*\S.*)*")


def measured(gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of the project's scorer for these rows."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "gold.jsonl", Path(folder) / "pred.jsonl"]
        for path, rows in zip(paths, (gold, predicted), strict=True):
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        command = [sys.executable, str(SHARED / "score" / "score.py"), "places", *map(str, paths), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def kept(way: str, place: Place, text: str, adjectives: frozenset[str]) -> bool:
    """Whether that way of counting holds the place."""
    if way == "locative":
        return place.locative
    return way == "all" or fold(place.span.of(text)) not in adjectives


def main() -> None:
    """Prints the figures of each corpus and, on request, keeps them."""
    annotator, places = Annotator.load(), Places.load()
    adjectives = frozenset(places.adjectives)
    figures: dict[str, Any] = {}
    for corpus in CORPORA:
        gold = [json.loads(line) for line in (SHARED / f"data/places/{corpus}.jsonl").open(encoding="utf-8")]
        found, seconds, words = [], 0.0, 0
        for row in gold:
            text = row["text"]
            layout = Layout(tuple(Block(Span(*match.span()), "paragraph") for match in PARAGRAPH.finditer(text)))
            syntax = annotator.annotate(text, layout)
            words += len(syntax.tokens)
            began = time.process_time()
            found.append(resolve(text, layout, syntax, places))
            seconds += time.process_time() - began
        figures[corpus] = {"tokens_a_cpu_second": round(words / seconds, -3)}
        for way in ("all", "without adjectives", "locative"):
            predicted = [
                {"id": row["id"], "places": [
                    {"span": list(place.span), "name": place.name, "lat": place.lat, "lon": place.lon}
                    for place in found[number] if kept(way, place, row["text"], adjectives)]}
                for number, row in enumerate(gold)
            ]
            result = measured(gold, predicted)
            figures[corpus][way] = result
            overlap = result["overlap"]
            sys.stdout.write(
                f"{corpus:10} {way:18} found P {overlap['p']:.3f} R {overlap['r']:.3f} F1 {overlap['f1']:.3f}"
                f"   within 161 km {result['acc161_all']:.3f} of {result['gold_with_point']}\n"
            )
    if "--freeze" in sys.argv:
        path = ROOT / "bench" / "runs" / "places.json"
        path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
