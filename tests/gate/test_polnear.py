"""PolNeAR dev: the trained tagger alone, by PolNeAR's own guidelines, keeps the figures that its card names."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rashomon.models.tagger import SpanTagger
from rashomon.records import Span

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
def figures(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    gold = shared / "data/attribution/polnear.dev.jsonl"
    found = tmp_path_factory.mktemp("polnear") / "found.jsonl"
    tagger = SpanTagger.load()
    rows = []
    for line in gold.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        paragraphs = [Span(*match.span()) for match in re.finditer(r"[^\n]+", row["text"])]
        tagged = [
            {"source": one.source[0] if one.source else None, "cue": one.cue, "content": one.content}
            for one in tagger.tag(row["text"], paragraphs, "polnear")
        ]
        rows.append(json.dumps({"id": row["id"], "attributions": tagged}) + "\n")
    found.write_text("".join(rows), encoding="utf-8")
    command = [sys.executable, str(shared / "score/score.py"), "attribution", str(gold), str(found), "--json"]
    result: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return result


@pytest.mark.parametrize(("name", "floor"), FLOORS.items())
def test_no_figure_falls(figures: dict[str, Any], name: str, floor: float) -> None:
    node: Any = figures
    for step in name.split("."):
        node = node[step]
    assert node >= floor
