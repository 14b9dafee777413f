"""Two processes beside one, in one run: words a second of the wall clock, the ratio, memory of a process.

    python bench/workers.py [PATH...] [--processes 2] [--rounds 3] [--freeze]

PATHs are what `rashomon read` takes; without any, the sample corpus, several times over. Each round reads everything once with
one process of `rashomon.workers` and once with N, so that both meet the same machine; the median of the rounds' ratios counts.
Readings are compared byte for byte. Memory is a process's own share (PSS, Linux) after the last round: the models are counted
once over all. `--freeze` keeps the figures in bench/runs/workers.json. "GDELT's day" is 600,000 articles of 450 words.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import time
from pathlib import Path
from typing import Any

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

from rashomon.config import Limits
from rashomon.errors import InputError
from rashomon.ingest import documents
from rashomon.reader import Reader
from rashomon.records import Document, Reading, to_json
from rashomon.workers import Workers

ROOT = Path(__file__).resolve().parents[1]
RUN = ROOT / "bench" / "runs" / "workers.json"
WORDS = 20_000
GDELT_WORDS_A_SECOND = 600_000 * 450 / 86_400


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(ROOT / "examples" / "aleppo-2016")])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--freeze", action="store_true")
    given = parser.parse_args()
    texts = [one.document for one in documents(given.paths, limits=Limits(), failed=_failed)]
    texts = [document for document in texts if document.language in ("en", "und")]
    once = sum(len(document.text.split()) for document in texts)
    texts *= max(1, WORDS // once)
    words = sum(len(document.text.split()) for document in texts)
    reader = Reader.load()
    for document in texts[: len(texts) // 4]:
        reader.read(document)
    rounds = []
    for _ in range(given.rounds):
        alone, one = read(reader, texts, 1)
        together, many = read(reader, texts, given.processes)
        assert one["readings"] == many["readings"], "several processes read otherwise than one"
        rounds.append((words / alone, words / together, many["mb"]))
    ratios = [together / alone for alone, together, _ in rounds]
    figures = {
        "documents": len(texts),
        "words": words,
        "processes": given.processes,
        "words_a_second_with_one": round(statistics.median(alone for alone, _, _ in rounds)),
        "words_a_second_with_all": round(statistics.median(together for _, together, _ in rounds)),
        "ratio": round(statistics.median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in sorted(ratios)],
        "gdelts_day_times": round(statistics.median(together for _, together, _ in rounds) / GDELT_WORDS_A_SECOND, 2),
        "mb_a_process": rounds[-1][2],
        "made_with": {"python": platform.python_version(), "machine": platform.machine(), "processors": os.cpu_count()},
    }
    text = json.dumps(figures, indent=1) + "\n"
    print(text, end="")
    if given.freeze:
        RUN.write_text(text, encoding="utf-8")


def read(reader: Reader, texts: list[Document], count: int) -> tuple[float, dict[str, Any]]:
    """Seconds of the wall clock, the readings, and MB of the largest process. The processes are up before the clock starts."""
    with Workers(lambda: reader, count) as workers:
        warm = [(0, document) for document in texts[: 4 * count]]
        assert sum(1 for _ in workers.each(warm)) == len(warm)
        begun = time.perf_counter()
        readings = [to_json(one) for _, one in workers.each((0, each) for each in texts) if isinstance(one, Reading)]
        seconds = time.perf_counter() - begun
        shares = [share(pid) for pid in workers.processes]
    return seconds, {"readings": readings, "mb": max(shares, default=0)}


def share(pid: int) -> int:
    """MB of memory of a process: its own pages, and its part of those that it shares. 0 where the system does not say."""
    rollup = Path(f"/proc/{pid}/smaps_rollup")
    if not rollup.exists():
        return 0
    lines = (line.split() for line in rollup.read_text(encoding="ascii").splitlines())
    return next(int(parts[1]) for parts in lines if parts[0] == "Pss:") // 1024


def _failed(source: str, error: InputError) -> None:
    print(f"left out: {error}", file=sys.stderr)


if __name__ == "__main__":
    main()
