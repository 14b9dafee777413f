"""Time expressions measured: WikiWars (rows of odd number were looked at, rows of even number only counted).

Run: python bench/times.py [--parse] [--freeze]. Needs the corpora beside the checkout. `--parse` takes the tense from
the parser, as the reader does; without it, it is read off the words around.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scoring import ROOT, SHARED, measured

from rashomon.annotate import Annotator
from rashomon.knowledge.times import load_time_words
from rashomon.records import Block, Layout, Publication, Span
from rashomon.resolve.times import Grammar, Resolver


def lines(text: str) -> Layout:
    """A layout of the plainest kind: every line a paragraph."""
    return Layout(tuple(Block(Span(*m.span()), "paragraph") for m in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)))


def main() -> None:
    """Prints the figures of both halves and, on request, keeps them."""
    gold = [json.loads(line) for line in (SHARED / "data/times/wikiwars.first15.jsonl").open(encoding="utf-8")]
    words = load_time_words()
    grammar, resolver = Grammar(words), Resolver(words)
    annotator = Annotator.load() if "--parse" in sys.argv else None
    predicted, seconds, characters = [], 0.0, 0
    for row in gold:
        text = row["text"]
        layout = lines(text)
        syntax = annotator.annotate(text, layout) if annotator else None
        began = time.process_time()
        published = Publication(row["dct"], row["dct"], "stated", row["dct"])
        times = resolver.resolve(grammar.expressions(text, layout, syntax), published)
        seconds += time.process_time() - began
        characters += len(text)
        predicted.append({"id": row["id"], "text": text, "times": [
            {"span": list(t.span), "type": t.type, "value": t.value, "start": t.start, "end": t.end} for t in times]})
    figures: dict[str, Any] = {"microseconds_a_character": round(seconds / characters * 1e6, 2), "parsed": bool(annotator)}
    for name, parity in (("tuned_on (odd rows)", 1), ("checked (even rows)", 0)):
        keep = [number for number, row in enumerate(gold) if int(row["id"][:2]) % 2 == parity]
        result = measured("times", [gold[n] for n in keep], [predicted[n] for n in keep])
        figures[name] = result
        for key in ("strict", "relaxed", "value"):
            sys.stdout.write(f"{name:22} {key:8} {json.dumps(result[key])}\n")
    sys.stdout.write(f"{figures['microseconds_a_character']} microseconds a character\n")
    Path(tempfile.gettempdir(), "times.predicted.json").write_text(json.dumps(predicted), encoding="utf-8")
    if "--freeze" in sys.argv:
        path = ROOT / "bench" / "runs" / "times.json"
        path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
