"""PolNeAR dev: the trained tagger alone, by PolNeAR's own guidelines, keeps the figures that its card names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rashomon.models.tagger import SpanTagger

# Just under what bench/attribution.py measured on 84 articles with 2,192 attributions.
FLOORS = {
    "full.f1": 0.745,
    "exact.source.f1": 0.81,
    "exact.cue.f1": 0.75,
    "exact.content.f1": 0.70,
    "linkage.accuracy": 0.90,
    "by_kind.direct.full_recall": 0.905,
    "by_kind.mixed.full_recall": 0.845,
    "by_kind.indirect.full_recall": 0.66,
}


@pytest.fixture(scope="module")
def figures(shared: Path, script: Callable[[str], Any]) -> dict[str, Any]:
    bench = script("bench/attribution.py")
    tagger, rows = SpanTagger.load(), []
    for line in (shared / "data/attribution/polnear.dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        paragraphs = [block.span for block in bench.lines(row["text"]).blocks]
        rows.append({"id": row["id"], "attributions": bench.as_rows(tagger.tag(row["text"], paragraphs, "polnear"))})
    result: dict[str, Any] = bench.measured(rows)
    return result


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(figures: dict[str, Any], name: str, floor: float) -> None:
    node: Any = figures
    for step in name.split("."):
        node = node[step]
    assert node >= floor
