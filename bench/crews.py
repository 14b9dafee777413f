"""Linking many waiting documents of a ledger in PostgreSQL by several processes, beside one.

    rashomon add SOME --ledger seeds.db                # a few hundred real articles, read once
    python bench/crews.py seeds.db [--documents 5000 10000] [--jobs 1 2] [--freeze]
    python bench/crews.py seeds.db --documents 65000 --jobs 2      # a million events: hours, some 15 GB of disk

For each size a server of its own gets a ledger of that many documents (the readings of `seeds.db`, repeated: `perturbed.py`),
none of them linked. Each number of processes links a copy of it. CPU seconds are of the process that links, of its workers, and
of the server; on a machine that others use too they say more than those of the wall. Stories, incidents and revisions are
compared by a digest of them: it must be the same whatever the number of processes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
from growth import Known, yardstick
from perturbed import Perturbed
from postgres import Cluster, programs

from rashomon.ledger import Offer, open_ledger
from rashomon.linker import Linker
from rashomon.relinking import link

RUNS = Path(__file__).parent / "runs"
TOGETHER = 100


def fill(seeds: Path, place: str, count: int) -> int:
    """Store so many documents that wait for linking; how many events they hold."""
    with open_ledger(seeds) as held:
        reader = Known(Perturbed([reading for _, reading in held.view().readings()]))
    events = 0
    with open_ledger(place, create=True) as ledger:
        writer = ledger.writer()
        for first in range(0, count, TOGETHER):
            offers = []
            for number in range(first, min(first + TOGETHER, count)):
                arrival = reader.arrival(number)
                reading = reader.read(arrival.document)
                events += len(reading.events)
                offers.append(Offer(arrival.raw, arrival.document, reading, "read"))
            writer.store_all(offers)
    return events


def measure(place: str, jobs: int) -> dict[str, Any]:
    """Link what waits, in this process and so many more; seconds and megabytes."""
    with open_ledger(place) as ledger:
        linker = Linker.load()
        wall, cpu = time.perf_counter(), time.process_time()
        done = link(ledger, linker=linker, jobs=jobs)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        below = resource.getrusage(resource.RUSAGE_CHILDREN)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        view = ledger.view()
        digest = hashlib.sha256()
        for some in (view.stories(), view.incidents(), ledger.revised().of([key for key, _ in view.readings()])):
            for each in some:
                digest.update(msgspec.json.encode(each))
    return {
        "linked": done.linked, "stories": done.stories, "incidents": done.incidents, "wall_s": round(wall, 1),
        "own_cpu_s": round(cpu, 1), "workers_cpu_s": round(below.ru_utime + below.ru_stime, 1), "own_peak_mb": peak // 1024,
        "worker_peak_mb": below.ru_maxrss // 1024, "made": digest.hexdigest()[:16], "yardstick_ms": yardstick(),
    }


def main() -> int:
    """A line for each size and number of processes; `--freeze` keeps them in runs/crews.jsonl."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", type=Path)
    parser.add_argument("--documents", type=int, nargs="+", default=[5_000, 10_000])
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--place", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.place:
        print(json.dumps(measure(arguments.place, arguments.jobs[0])))
        return 0
    found = programs()
    if found is None:
        sys.exit("PostgreSQL is not installed here: install Debian's package postgresql")
    lines: list[dict[str, Any]] = [{"python": platform.python_version(), "machine": platform.machine()}]
    for count in arguments.documents:
        with Cluster(found) as cluster:
            begun = time.perf_counter()
            events = fill(arguments.seeds, cluster.create("filled"), count)
            print(f"{count:,} documents with {events:,} events filled in {time.perf_counter() - begun:.0f} s", flush=True)
            for jobs in arguments.jobs:
                place = cluster.create(f"with_{jobs}", "filled")
                before = cluster.cpu_seconds()
                command = [sys.executable, __file__, str(arguments.seeds), "--place", place, "--jobs", str(jobs)]
                told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
                server = round(cluster.cpu_seconds() - before, 1)
                used = told["own_cpu_s"] + told["workers_cpu_s"] + server
                line = {"documents": count, "events": events, "jobs": jobs, **told, "server_cpu_s": server}
                lines.append({**line, "cpu_ms_a_document": round(used / count * 1000, 1)})
                print(json.dumps(lines[-1]), flush=True)
                cluster.drop(f"with_{jobs}")
            made = {line["made"] for line in lines if line.get("documents") == count}
            if len(made) > 1:
                sys.exit(f"{count:,} documents: what was made depends on the number of processes: {sorted(made)}")
    if arguments.freeze:
        (RUNS / "crews.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
