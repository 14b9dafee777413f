"""Place names: recognition and resolution on open corpora, with a scorer that is handed in.

    python bench/places.py GOLD.jsonl OUT.jsonl      write readings' places for the gold's texts, then score OUT against GOLD

Frozen figures are in docs/quality.md.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from rashomon.annotate import Annotator
from rashomon.knowledge.places import Places
from rashomon.records import Block, Layout, Span
from rashomon.resolve.places import resolve

PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n[ \t]*\S.*)*")


def main(gold: Path, out: Path) -> None:
    """Reads every text of `gold` and writes {"id", "places"} rows to `out`; prints documents and seconds."""
    annotator, places = Annotator.load(), Places.load()
    seconds, count = 0.0, 0
    with gold.open(encoding="utf-8") as rows, out.open("w", encoding="utf-8") as target:
        for line in rows:
            row = json.loads(line)
            text = row["text"]
            layout = Layout(tuple(Block(Span(*match.span()), "paragraph") for match in PARAGRAPH.finditer(text)))
            syntax = annotator.annotate(text, layout)
            start = time.process_time()
            found = resolve(text, layout, syntax, places)
            seconds += time.process_time() - start
            count += 1
            listed = [{"span": place.span, "name": place.name, "lat": place.lat, "lon": place.lon,
                       "locative": place.locative} for place in found]
            target.write(json.dumps({"id": row["id"], "places": listed}) + "\n")
    sys.stdout.write(f"{count} documents, {seconds:.2f} CPU s for places\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
