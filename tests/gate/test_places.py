"""Floors for place names: one open corpus, read and scored as bench/places.py does, skipped where the corpora are absent."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

from rashomon.annotate import Annotator
from rashomon.knowledge.places import Places
from rashomon.records import Block, Layout, Span
from rashomon.resolve.places import resolve

ROOT = Path(__file__).resolve().parents[2]
PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n[ \t]*\S.*)*")
FOUND_F1, WITHIN_161_KM = 0.92, 0.87


def bench() -> Any:
    spec = importlib.util.spec_from_file_location("bench_places", ROOT / "bench/places.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_trnews_does_not_fall(shared: Path) -> None:
    gold = [json.loads(line) for line in (shared / "data/places/trnews.jsonl").open(encoding="utf-8")]
    annotator, places = Annotator.load(), Places.load(imported=())
    predicted = []
    for row in gold:
        text = row["text"]
        layout = Layout(tuple(Block(Span(*match.span()), "paragraph") for match in PARAGRAPH.finditer(text)))
        found = resolve(text, layout, annotator.annotate(text, layout), places)
        predicted.append({"id": row["id"], "places": [
            {"span": list(place.span), "name": place.name, "lat": place.lat, "lon": place.lon} for place in found]})
    result = bench().measured(gold, predicted)
    assert result["overlap"]["f1"] >= FOUND_F1
    assert result["acc161_all"] >= WITHIN_161_KM
