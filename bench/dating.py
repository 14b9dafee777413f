"""Publication dates measured: FA-KES articles without their date lines, and the seed articles.

Run: python bench/dating.py [--parse] [--freeze]. Half of the articles (by the hash of their ids) were looked at while the
rules were written; both halves are reported.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scoring import ROOT, SHARED, measured
from times import lines

from rashomon.annotate import Annotator
from rashomon.clean.dating import date_document
from rashomon.knowledge.calendar import load_calendar
from rashomon.records import Block, Document, Layout, Publication, Span
from rashomon.resolve.times import Grammar


def main() -> None:
    """Prints the figures of both halves and, on request, keeps them."""
    rows = [json.loads(line) for line in (SHARED / "data/dating/fakes_dated.jsonl").open(encoding="utf-8")]
    calendar = load_calendar()
    grammar = Grammar(calendar.words)
    annotator = Annotator.load() if "--parse" in sys.argv else None
    predicted, seconds = [], 0.0
    for row in rows:
        text = row["text_nodate"]
        layout = lines(text)
        syntax = annotator.annotate(text, layout) if annotator else None
        began = time.process_time()
        expressions = grammar.expressions(text, layout, syntax)
        published = date_document(Document(id=row["id"], source="", text=text), layout, syntax, expressions, calendar)
        seconds += time.process_time() - began
        predicted.append({"id": row["id"], "document": {"published": {
            "start": published.start, "end": published.end, "basis": published.basis}},
            "why": [e.why for e in published.evidence]})
    figures: dict[str, Any] = {"milliseconds_a_document": round(seconds / len(rows) * 1e3, 2), "parsed": bool(annotator)}
    halves = [int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2 for row in rows]
    for name, keep in (("tuned_on", [0]), ("checked", [1]), ("all", [0, 1])):
        chosen = [n for n, half in enumerate(halves) if half in keep]
        result = measured("dating", [rows[n] for n in chosen], [predicted[n] for n in chosen])
        figures[name] = result
        for part, shown in (("", result), ("hard", result.get("hard", {}))):
            keys = ("documents", "answered", "contains", "contains_of_answered", "day", "width_median", "width_mean")
            sys.stdout.write(f"{name} {part}: " + "  ".join(f"{k} {shown.get(k)}" for k in keys) + "\n")
    sys.stdout.write(f"{figures['milliseconds_a_document']} ms a document\n")
    Path(tempfile.gettempdir(), "dating.predicted.json").write_text(json.dumps(predicted), encoding="utf-8")
    if "--freeze" in sys.argv:
        (ROOT / "bench" / "runs" / "dating.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


__all__ = ["Block", "Layout", "Publication", "Span"]

if __name__ == "__main__":
    main()
