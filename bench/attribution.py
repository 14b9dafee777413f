"""Attribution measured on the dev part of PolNeAR (its one layer is our outermost one), beside bare parsing for speed.

Run: python bench/attribution.py [--freeze]. Needs the corpora beside the checkout.

Four views: what the program reads; the same where the tagger follows PolNeAR's guidelines in place of our codebook's; the
candidates of syntax and lists without the tagger; the tagger alone, with PolNeAR's guidelines.

What is compared: claims without a parent, the author's own voice left out. PolNeAR codes a coordinated source as one
attribution where Rashomon makes one claim for each speaker: claims with the same cue and content are joined again here. And
PolNeAR counts the "that" between cue and content to the content, where Rashomon leaves it out: it is put back here.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

import spacy

from rashomon.annotate import Annotator
from rashomon.annotate.annotator import MODEL
from rashomon.attribute import attribute
from rashomon.knowledge.cues import CueKnowledge
from rashomon.knowledge.lexicon import Lexicon
from rashomon.models.tagger import SpanTagger
from rashomon.records import Block, Claim, Layout, Metadata, Publication, Resolved, Span, Tagged
from rashomon.resolve.actors import resolve

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
VIEWS = ("as read", "as read, PolNeAR's guidelines", "syntax alone", "tagger alone")
T = TypeVar("T")
THAT = re.compile(r"\bthat\s+$")
GOLD = SHARED / "data/attribution/polnear.dev.jsonl"


def lines(text: str) -> Layout:
    """A layout of the plainest kind: every line a paragraph."""
    return Layout(tuple(Block(Span(*m.span()), "paragraph") for m in re.finditer(r"[^\s](?:[^\n]*[^\s])?", text)))


def outermost(text: str, claims: tuple[Claim, ...]) -> list[dict[str, Any]]:
    """PolNeAR's view of the claims."""

    def whole(piece: Span) -> list[int]:
        that = THAT.search(text, max(0, piece.start - 8), piece.start)
        return [that.start() if that else piece.start, piece.end]

    joined: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in claims:
        if claim.parent is None and (claim.source is not None or claim.cue):
            joined.setdefault((claim.cue, claim.content), []).append(claim)
    rows = []
    for (cue, content), same in joined.items():
        sources = [claim.source for claim in same if claim.source is not None]
        source = [min(s.start for s in sources), max(s.end for s in sources)] if sources else None
        rows.append({"source": source, "cue": [list(s) for s in cue], "content": [whole(s) for s in content]})
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


def as_rows(tagged: list[Tagged]) -> list[dict[str, Any]]:
    """The tagger's own findings, before anything is joined to them."""
    return [
        {"source": list(one.source[0]) if one.source else None, "cue": [list(s) for s in one.cue],
         "content": [list(s) for s in one.content]}
        for one in tagged
    ]


def shown(figures: dict[str, Any]) -> str:
    exact = "  ".join(f"{role} {figures['exact'][role]['f1']:.3f}" for role in ("source", "cue", "content"))
    recall = "  ".join(f"{kind} {row['full_recall']:.3f}" for kind, row in figures["by_kind"].items())
    full, linkage = figures["full"], figures["linkage"]
    return (
        f"  full F1 {full['f1']:.3f} (P {full['p']:.3f} of {full['n_pred']}, R {full['r']:.3f} of {full['n_gold']})\n"
        f"  exact F1: {exact}\n  linkage {linkage['accuracy']:.3f} of {linkage['n']}\n  recall: {recall}\n"
    )


def main() -> None:
    """Prints the figures and, on request, keeps them."""
    rows = [json.loads(line) for line in GOLD.open(encoding="utf-8")]
    annotator, lexicon, cues, tagger = Annotator.load(), Lexicon.load(), CueKnowledge.load(), SpanTagger.load()
    language: Any = spacy.load(MODEL)
    nothing = Publication(None, None, "unknown")
    views: dict[str, list[dict[str, Any]]] = {name: [] for name in VIEWS}
    clock = Clock()
    for row in rows:
        text, layout, id = row["text"], lines(row["text"]), row["id"]
        clock.of("bare spacy", lambda text=text: language(text))
        syntax = annotator.annotate(text, layout)
        entities, mentions = resolve(text, layout, syntax, nothing, lexicon)
        resolved = Resolved(entities, mentions, (), ())
        metadata = Metadata(None, row.get("publisher"), None, nothing, "en", "report")
        parts = text, layout, syntax, metadata, resolved, cues
        own = clock.of("encoding", lambda text=text, syntax=syntax: tagger.tag(text, syntax.paragraphs()))
        polnear = tagger.tag(text, syntax.paragraphs(), "polnear")
        claims = clock.of("joining", lambda parts=parts, own=own: attribute(*parts, own))
        views["as read"].append({"id": id, "attributions": outermost(text, claims)})
        views["as read, PolNeAR's guidelines"].append({"id": id, "attributions": outermost(text, attribute(*parts, polnear))})
        views["syntax alone"].append({"id": id, "attributions": outermost(text, attribute(*parts))})
        views["tagger alone"].append({"id": id, "attributions": as_rows(polnear)})
    figures: dict[str, Any] = {name: measured(found) for name, found in views.items()}
    words, spent = sum(len(row["text"].split()) for row in rows), clock.spent
    figures["speed"] = {
        "words": words,
        "bare_spacy_words_a_cpu_second": round(words / spent["bare spacy"]),
        "encoding_words_a_cpu_second": round(words / spent["encoding"]),
        "attribution_words_a_cpu_second": round(words / (spent["encoding"] + spent["joining"])),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    for name in views:
        print(name)
        print(shown(figures[name]))
    print(json.dumps(figures["speed"], indent=1))
    if "--freeze" in sys.argv:
        path = ROOT / "bench" / "runs" / "attribution.json"
        path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


class Clock:
    """CPU seconds by name."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def of(self, name: str, work: Callable[[], T]) -> T:
        began = time.process_time()
        value = work()
        self.spent[name] = self.spent.get(name, 0.0) + time.process_time() - began
        return value


if __name__ == "__main__":
    main()
