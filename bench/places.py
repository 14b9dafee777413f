"""Place names measured on three open corpora: found (any overlap), and found within 161 km.

Run: python bench/places.py [--freeze]. Needs the corpora beside the checkout. All three were looked at while the rules were
written. They differ in what counts: two hold adjectives ("Syrian"), one does not, so both ways are printed; "locative" leaves
out names that act or modify.
"""

from __future__ import annotations

import json
import re
import sys
import time
from typing import Any

from scoring import ROOT, SHARED, measured

from rashomon.annotate import Annotator
from rashomon.knowledge.folding import fold
from rashomon.knowledge.places import Places
from rashomon.records import Block, Layout, Place, Span
from rashomon.resolve.places import resolve

CORPORA = ("trnews", "geovirus", "lgl.first")
PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n[ \t]*\S.*)*")


def gold_of(corpus: str) -> list[dict[str, Any]]:
    """The rows of an open corpus."""
    with (SHARED / f"data/places/{corpus}.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read(gold: list[dict[str, Any]], annotator: Annotator, places: Places) -> tuple[list[tuple[Place, ...]], float]:
    """The places of each row, and tokens a CPU-second of finding and choosing them."""
    found, seconds, words = [], 0.0, 0
    for row in gold:
        text = row["text"]
        layout = Layout(tuple(Block(Span(*match.span()), "paragraph") for match in PARAGRAPH.finditer(text)))
        syntax = annotator.annotate(text, layout)
        words += len(syntax.tokens)
        began = time.process_time()
        found.append(resolve(text, layout, syntax, places))
        seconds += time.process_time() - began
    return found, words / seconds


def score(
    gold: list[dict[str, Any]], found: list[tuple[Place, ...]], way: str = "all", adjectives: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The scorer's figures for the places that a way of counting holds."""
    predicted = [
        {"id": row["id"], "places": [
            {"span": list(place.span), "name": place.name, "lat": place.lat, "lon": place.lon}
            for place in mine if kept(way, place, row["text"], adjectives)]}
        for row, mine in zip(gold, found, strict=True)
    ]
    return measured("places", gold, predicted)


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
        gold = gold_of(corpus)
        found, speed = read(gold, annotator, places)
        figures[corpus] = {"tokens_a_cpu_second": round(speed, -3)}
        for way in ("all", "without adjectives", "locative"):
            result = score(gold, found, way, adjectives)
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
