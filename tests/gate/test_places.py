"""Floors for place names: one open corpus, read and scored as bench/places.py does, skipped where the corpora are absent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from rashomon.annotate import Annotator
from rashomon.knowledge.places import Places

FOUND_F1, WITHIN_161_KM = 0.92, 0.87


def test_trnews_does_not_fall(shared: Path, script: Callable[[str], Any]) -> None:
    bench = script("bench/places.py")
    gold = bench.gold_of("trnews")
    found, _ = bench.read(gold, Annotator.load(), Places.load(imported=()))
    result = bench.score(gold, found)
    assert result["overlap"]["f1"] >= FOUND_F1
    assert result["acc161_all"] >= WITHIN_161_KM
