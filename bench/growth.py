"""How linking grows: a ledger filled to 1,000, 10,000 ... 100,000 documents, linked as it grows, one more document at each size.

    rashomon add SOME --ledger seeds.db                # a few hundred real articles, read once
    python bench/growth.py seeds.db grown.db [--sizes 1000 10000 ...] [--freeze]

The documents are the readings of `seeds.db`, repeated and perturbed (`perturbed.py`, beside real ones in `resemblance.py`).

`grown.db` is kept, and its lines in `grown.jsonl`: a run that was stopped goes on from what it holds. Each step runs in a process
of its own, so that its peak memory is its own. CPU seconds are this process's; wall seconds also hold what else the machine does,
and `yardstick_ms` says how fast the processor was just then.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from perturbed import Perturbed

from rashomon import builder
from rashomon.ledger import Ledger, open_ledger
from rashomon.linker import Linker
from rashomon.records import Arrival, Document, MadeBy, RawDocument, Reading
from rashomon.relinking import link

RUNS = Path(__file__).parent / "runs"
SIZES = (1_000, 4_000, 10_000, 20_000, 40_000, 60_000, 80_000, 100_000)
ONE_BY_ONE = 50


class Known:
    """A reader that knows the readings already."""

    def __init__(self, perturbed: Perturbed) -> None:
        self._perturbed = perturbed
        self.made_by = MadeBy(code="0" * 16, knowledge="1" * 16, models="2" * 16)
        self._ready: dict[str, Reading] = {}

    def arrival(self, number: int) -> Arrival:
        """The document of that number; its reading is made now, so that `read` takes no time."""
        reading = self._perturbed.reading(number)
        self._ready[reading.id] = msgspec.structs.replace(reading, made_by=self.made_by)
        document = Document(reading.id, reading.source, reading.text)
        raw = RawDocument(reading.id, reading.source, "text/plain", reading.text.encode())
        return Arrival(raw, document)

    def read(self, document: Document) -> Reading:
        """The reading."""
        return self._ready.pop(document.id)


def count(path: Path) -> int:
    """Documents in the ledger."""
    with open_ledger(path, create=True) as ledger:
        return ledger.view().status().documents


def fill(ledger: Ledger, reader: Known, first: int, last: int) -> Iterator[float]:
    """Store the documents of these numbers, in seconds each of the storing alone."""
    writer = ledger.writer()
    for number in range(first, last):
        arrival = reader.arrival(number)
        reading = reader.read(arrival.document)
        begun = time.process_time()
        writer.store(arrival.raw, arrival.document, reading, state="read")
        yield time.process_time() - begun


def peak() -> int:
    """Peak memory of this process, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def yardstick() -> int:
    """CPU ms of a piece of work that is always the same: on a machine that others share, a second of the processor does less."""
    begun = time.process_time()
    held: dict[tuple[int, str], int] = {}
    for number in range(200_000):
        held[number, str(number)] = number
    sorted(held, key=lambda each: each[1])
    return round((time.process_time() - begun) * 1000)


def step(seeds: Path, path: Path, task: str, size: int) -> dict[str, Any]:
    """One step in this process: `fill` up to that size, `link` what waits, or add documents one by one (`one`)."""
    if task == "link":
        with open_ledger(path) as ledger:
            linker = Linker.load()
            before = peak()
            wall, cpu = time.perf_counter(), time.process_time()
            done = link(ledger, linker=linker)
            wall, cpu, used = time.perf_counter() - wall, time.process_time() - cpu, peak()
            return {
                "linked": done.linked, "wall": round(wall, 1), "cpu": round(cpu, 1), "peak_mb": used, "start_mb": before,
                "yardstick_ms": yardstick(),
            }
    with open_ledger(seeds) as held:
        reader = Known(Perturbed([reading for _, reading in held.view().readings()]))
    with open_ledger(path, create=True) as ledger:
        first = ledger.view().status().documents
        if task == "fill":
            took = list(fill(ledger, reader, first, size))
            return {"stored": len(took), "cpu": round(sum(took), 1)}
        linker = Linker.load()
        walls, cpus = [], []
        for number in range(first, first + ONE_BY_ONE):
            arrival = reader.arrival(number)
            wall, cpu = time.perf_counter(), time.process_time()
            builder.add([arrival], ledger, reader, linker=linker)
            walls.append((time.perf_counter() - wall) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
        told: dict[str, Any] = {"added": ONE_BY_ONE, "yardstick_ms": yardstick()}
        for name, took in (("wall_ms", walls), ("cpu_ms", cpus)):
            told[name] = round(statistics.median(took))
            told[f"{name}_of_nine_in_ten"] = round(sorted(took)[ONE_BY_ONE * 9 // 10 - 1])
            told[f"{name}_most"] = round(max(took))
        return told


def main() -> int:
    """Grow the ledger, a line a step, kept beside it; `--freeze` copies all lines to runs/growth.jsonl."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--task", choices=("fill", "link", "one"), help=argparse.SUPPRESS)
    parser.add_argument("--freeze", action="store_true")
    arguments = parser.parse_args()
    if arguments.task:
        print(json.dumps(step(arguments.seeds, arguments.ledger, arguments.task, arguments.sizes[0])))
        return 0
    log = arguments.ledger.with_suffix(".jsonl")
    if not log.exists():
        made_on = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version, "machine": platform.machine()}
        log.write_text(json.dumps(made_on) + "\n", encoding="utf-8")
    for size in arguments.sizes:
        held = count(arguments.ledger)
        for task in ("fill", "link", "one") if held < size else ("link", "one"):
            where = [str(arguments.seeds), str(arguments.ledger)]
            command = [sys.executable, __file__, *where, "--task", task, "--sizes", str(size)]
            told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            line = json.dumps({"documents": size, "from": held, "task": task, **told})
            print(line, flush=True)
            with log.open("a", encoding="utf-8") as file:
                file.write(line + "\n")
    if arguments.freeze:
        (RUNS / "growth.jsonl").write_text(log.read_text(encoding="utf-8"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
