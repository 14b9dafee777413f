"""Time expressions measured: WikiWars (rows of odd number were looked at, rows of even number only counted).

Run: python bench/times.py [--parse] [--freeze]. Needs the corpora beside the checkout. `--parse` takes the tense from
the parser, as the reader does; without it, it is read off the words around.
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
from rashomon.knowledge.times import load_time_words
from rashomon.records import Block, Layout, Publication, Span
from rashomon.resolve.times import Grammar, Resolver

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def lines(text: str) -> Layout:
    """A layout of the plainest kind: every line a paragraph."""
    return Layout(tuple(Block(Span(*m.span()), "paragraph") for m in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)))


def measured(task: str, gold: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of the project's scorer for these rows."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / "gold.jsonl", Path(folder) / "pred.jsonl"]
        for path, rows in zip(paths, (gold, predicted), strict=True):
            path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        command = [sys.executable, str(SHARED / "score" / "score.py"), task, *map(str, paths), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


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
