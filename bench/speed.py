"""Words a CPU-second of the whole pipeline, beside bare spaCy on the same texts in the same run.

    python bench/speed.py [PATH...] [--repeat 3] [--freeze]

PATHs are what `rashomon read` takes; without any, the sample corpus. Words are runs of non-space characters of the text as
ingested, page furniture included. One process, one thread; models are loaded and warm before the clock starts; the best
of the repeats counts. "Bare spaCy" is the same model on each whole text, nothing else. `--freeze` keeps the figures in
bench/runs/speed.json.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

import spacy

from rashomon.annotate.annotator import MODEL
from rashomon.config import Limits
from rashomon.errors import InputError
from rashomon.ingest import documents
from rashomon.reader import Reader

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "examples" / "aleppo-2016"
RUN = ROOT / "bench" / "runs" / "speed.json"
SYNTAX, ENCODER = {"annotate"}, {"encode"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(SAMPLE)])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--freeze", action="store_true")
    arguments = parser.parse_args()

    texts = [one.document for one in documents(arguments.paths, limits=Limits(), failed=_failed)]
    texts = [document for document in texts if document.language in ("en", "und")]
    words = sum(len(document.text.split()) for document in texts)
    language: Any = spacy.load(MODEL)
    bare = _best(arguments.repeat, lambda: [language(document.text) for document in texts])
    reader = Reader.load()
    whole = _best(arguments.repeat, lambda: [reader.read(document) for document in texts])
    spent = dict(reader.seconds)
    total = sum(spent.values())
    stages = {name: round(seconds / total, 4) for name, seconds in sorted(spent.items(), key=lambda item: -item[1])}
    figures = {
        "documents": len(texts),
        "words": words,
        "words_a_cpu_second": round(words / whole),
        "bare_spacy_words_a_cpu_second": round(words / bare),
        "share_of_bare_spacy": round(bare / whole, 3),
        "stages": stages,
        "budget": {
            "encoder (at most 0.35)": round(sum(stages.get(name, 0.0) for name in ENCODER), 3),
            "syntax (at most 0.40)": round(sum(stages.get(name, 0.0) for name in SYNTAX), 3),
            "the rest (at most 0.25)": round(1 - sum(stages.get(name, 0.0) for name in SYNTAX | ENCODER), 3),
        },
        "made_with": {"python": platform.python_version(), "spacy": spacy.__version__, "machine": platform.machine()},
    }
    text = json.dumps(figures, indent=1) + "\n"
    print(text, end="")
    if arguments.freeze:
        RUN.write_text(text, encoding="utf-8")


def _best(repeat: int, work: Callable[[], object]) -> float:
    """Least CPU seconds of several runs, after one that warms the caches."""
    work()
    seconds = []
    for _ in range(repeat):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return min(seconds)


def _failed(source: str, error: InputError) -> None:
    print(f"left out: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
