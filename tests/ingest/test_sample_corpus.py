"""The sample corpus comes in whole: twenty-four documents, of which one is not English."""

from __future__ import annotations

from pathlib import Path


def test_sample_corpus(root: Path, ingest) -> None:
    run = ingest(root / "examples" / "aleppo-2016")
    # Its README.md has an ending that is passed over in a folder.
    assert run.failures == []
    assert len(run.arrivals) == len(set(run.ids)) == 24
    assert [arrival.document.id for arrival in run.arrivals if arrival.document.language != "en"] == ["23-alep-les-bus.txt"]
    marked = [arrival for arrival in run.arrivals if b"Rashomon" in arrival.raw.content]
    # The Word file says it in its properties and its last line, packed.
    assert len(marked) == 23
