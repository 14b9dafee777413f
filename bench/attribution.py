"""Attribution measured on the dev part of PolNeAR (its one layer is our outermost one), beside bare parsing for speed.

Run: python bench/attribution.py [--freeze]. Needs the corpora beside the checkout.

What is compared: claims without a parent, the author's own voice left out. PolNeAR codes a coordinated source as one
attribution where Rashomon makes one claim for each speaker: claims with the same cue and content are joined again here.
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
from rashomon.attribute import attribute
from rashomon.knowledge.cues import CueKnowledge
from rashomon.knowledge.lexicon import Lexicon
from rashomon.records import Block, Claim, Layout, Metadata, Publication, Resolved, Span
from rashomon.resolve.actors import resolve

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
GOLD = SHARED / "data/attribution/polnear.dev.jsonl"


def lines(text: str) -> Layout:
    """A layout of the plainest kind: every line a paragraph."""
    return Layout(tuple(Block(Span(*m.span()), "paragraph") for m in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)))


def outermost(claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
    """PolNeAR's view of the claims."""
    joined: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in claims:
        if claim.parent is None and (claim.source is not None or claim.cue):
            joined.setdefault((claim.cue, claim.content), []).append(claim)
    rows = []
    for (cue, content), same in joined.items():
        sources = [claim.source for claim in same if claim.source is not None]
        source = [min(s.start for s in sources), max(s.end for s in sources)] if sources else None
        rows.append({"source": source, "cue": [list(s) for s in cue], "content": [list(s) for s in content]})
    return rows


def measured(predicted: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of the project's scorer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in predicted), encoding="utf-8")
        command = [sys.executable, str(SHARED / "score" / "score.py"), "attribution", str(GOLD), str(path), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def main() -> None:
    """Prints the figures and, on request, keeps them."""
    rows = [json.loads(line) for line in GOLD.open(encoding="utf-8")]
    annotator, lexicon, cues = Annotator.load(), Lexicon.load(), CueKnowledge.load()
    nothing = Publication(None, None, "unknown")
    predicted, parsing, attributing, words = [], 0.0, 0.0, 0
    for row in rows:
        text, layout = row["text"], lines(row["text"])
        began = time.process_time()
        syntax = annotator.annotate(text, layout)
        parsing += time.process_time() - began
        entities, mentions = resolve(text, layout, syntax, nothing, lexicon)
        resolved = Resolved(entities, mentions, (), ())
        metadata = Metadata(None, row.get("publisher"), None, nothing, "en", "report")
        began = time.process_time()
        claims = attribute(text, layout, syntax, metadata, resolved, cues)
        attributing += time.process_time() - began
        words += len(text.split())
        predicted.append({"id": row["id"], "attributions": outermost(claims)})
    figures = measured(predicted)
    figures["speed"] = {
        "words": words,
        "parsing_words_a_cpu_second": round(words / parsing),
        "attributing_words_a_cpu_second": round(words / attributing),
    }
    for role in ("source", "cue", "content"):
        for kind in ("exact", "overlap"):
            sys.stdout.write(f"{kind:8} {role:8} {json.dumps(figures[kind][role])}\n")
    for name in ("full", "full_src", "content_found", "linkage", "speed"):
        sys.stdout.write(f"{name:17} {json.dumps(figures[name])}\n")
    for name, value in figures["by_kind"].items():
        sys.stdout.write(f"  {name:15} {json.dumps(value)}\n")
    if "--freeze" in sys.argv:
        path = ROOT / "bench" / "runs" / "attribution.json"
        path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
