"""Ray beside plain processes, and linking block by block at size.

    python bench/batch.py reading [--documents 20000] [--freeze]
    python bench/batch.py driver [--documents 5000] [--freeze]       # needs the corpora
    rashomon add SOME --ledger seeds.db                # a few hundred real articles, read once
    python bench/batch.py linking seeds.db FOLDER --documents 20000 [--freeze]

`reading` hands the same 20,000 documents to two workers, once through Ray and once through a pool of plain processes. The workers
read nothing and give back as many bytes as a packed reading has, so that what is measured is the way there and back. Seconds of
the processor are of this process and all below it, Ray's own included: they say the same on a machine that others use too.

`driver` reads an archive of that many real pages over Ray with two workers that neither take the article out of a page nor read
it, but keep its bytes and give back as much as a reading: what is left is the driver's own work for a document.

`linking` fills FOLDER with the shards of that many documents (the readings of `seeds.db`, repeated: `perturbed.py`),
in two processes, and links them with two workers of Ray, writing stories and incidents. A folder filled before is used again.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import os
import platform
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import ray
from archive import write
from perturbed import Perturbed
from scoring import SHARED

from rashomon.batch import linking
from rashomon.batch.cluster import Cluster
from rashomon.batch.reading import read, row_of
from rashomon.batch.run import makes_of
from rashomon.batch.shards import Row, Shards, pack
from rashomon.batch.tables import Tables, incident_row, story_rows, tally_row
from rashomon.blocks.pool import Call
from rashomon.config import Limits
from rashomon.ingest import found
from rashomon.ledger import open_ledger
from rashomon.records import Arrival, Document, MadeBy, Reading, Unopened, to_json

RUNS = Path(__file__).parent / "runs"
WORKERS = 2
PARCEL = 50
ROUNDS = 5


class Light:
    """An answer of the size of a packed reading for each document."""

    made = "light"

    def __call__(self, documents: Sequence[Document]) -> list[bytes]:
        """One answer a document."""
        return [document.text.encode()[:6000] for document in documents]


def parcels(count: int) -> Iterator[list[Document]]:
    """Documents of some 3,000 characters, in parcels."""
    text = "The shelling of the town went on through the night, residents said. " * 44
    for first in range(0, count, PARCEL):
        yield [Document(f"d{number}", f"d{number}.txt", f"{number}. {text}") for number in range(first, first + PARCEL)]


def _answer(documents: list[Document]) -> list[bytes]:
    return Light()(documents)


class Took(NamedTuple):
    """Seconds."""

    wall: float
    cpu: float


def tree_cpu() -> float:
    """Seconds of the processor of this process and of all that live below it."""
    parents, used = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(stat.parent.name)
        parents[pid], used[pid] = int(fields[1]), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    mine = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in mine} - mine:
        mine |= more
    return sum(used[pid] for pid in mine)


def plain(count: int) -> Took:
    """What a pool of plain processes takes, its start left out."""
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        pool.map(_answer, list(parcels(PARCEL * WORKERS)))
        begun, cpu = time.perf_counter(), tree_cpu()
        done = sum(len(found) for found in pool.imap_unordered(_answer, parcels(count)))
        assert done == count
        return Took(time.perf_counter() - begun, tree_cpu() - cpu)


def over_ray(count: int, cluster: Cluster) -> Took:
    """The same through Ray."""
    with cluster.crew(Light, "light") as crew:
        list(crew.run(Call(None, (some,)) for some in parcels(PARCEL * WORKERS)))
        begun, cpu = time.perf_counter(), tree_cpu()
        done = sum(len(found) for _, found in crew.run(Call(None, (some,)) for some in parcels(count)))
        assert done == count
        return Took(time.perf_counter() - begun, tree_cpu() - cpu)


def reading(count: int) -> dict[str, Any]:
    """Both ways in turn, so that what else the machine does falls on both."""
    ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    with Cluster("local", WORKERS) as cluster:
        took = [(over_ray(count, cluster), plain(count)) for _ in range(ROUNDS)]
        told: dict[str, Any] = {"task": "reading", "documents": count, "rounds": ROUNDS}
        for what in Took._fields:
            by_ray, by_processes = (statistics.median(getattr(each, what) for each in way) for way in zip(*took, strict=True))
            told[f"ray_{what}_s"], told[f"processes_{what}_s"] = round(by_ray, 2), round(by_processes, 2)
            told[f"ray_more_{what}_ms_a_document"] = round((by_ray - by_processes) / count * 1000, 3)
        return told


class Keeps:
    """Rows of the size of real ones, for pages of an archive."""

    made = "light//"

    def __call__(self, parcel: Sequence[tuple[int, str, Unopened]]) -> list[Row]:
        """One row a page."""
        found = []
        for position, name, each in parcel:
            document = Document(each.raw.id, each.raw.source, each.raw.content[:3000].decode("utf-8", "replace"))
            reading = os.urandom(6000)
            found.append(row_of(position, name, Arrival(each.raw, document), "read", None, "2020-03-04", "2020-03-04", reading))
        return found


def driver(count: int) -> dict[str, Any]:
    """Seconds of the processor a document, of the driver alone and of Ray's own processes."""
    ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    with gzip.open(SHARED / "data/html/pages.open.jsonl.gz", "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines]
    failures: list[str] = []

    def failed(source: str, error: Exception) -> None:
        failures.append(source)

    with tempfile.TemporaryDirectory() as place, Cluster("local", WORKERS) as cluster:
        folder = Path(place)
        # A page of its own each: what comes twice is passed over.
        turns = (({**page, "url": f"{page['url']}?{turn}"} for page in pages) for turn in range(-(-count // len(pages))))
        path = write([page for turn in turns for page in turn][:count], folder, 1)
        size = sum(len(page["html"]) for page in pages) // len(pages)
        shards = Shards(folder / "shards")
        begun, cpu = time.perf_counter(), time.process_time()
        made = MadeBy("light", "", "")
        read(found([str(path)], limits=Limits(), failed=failed), shards, cluster, Keeps, made, Silent(), failed)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - begun
        done = sum(1 for _ in shards.rows())
        begun_again = time.process_time()
        read(found([str(path)], limits=Limits(), failed=failed), shards, cluster, Keeps, made, Silent(), failed)
        again = time.process_time() - begun_again
    return {
        "task": "driver", "documents": done, "characters_a_page": size, "not_opened": len(failures), "wall_s": round(wall, 1),
        "driver_cpu_ms_a_document": round(cpu / done * 1000, 2), "gone_on_cpu_ms_a_document": round(again / done * 1000, 2),
    }


class Silent:
    """A watch that tells nothing."""

    def __call__(self, source: str, error: Exception) -> None:
        """A document could not be read."""

    def step(self, name: str) -> None:
        """A document is done."""

    def skip(self, name: str, reason: str) -> None:
        """A document was kept without being read."""


def _seeds(path: Path) -> list[Reading]:
    with open_ledger(path) as held:
        return [reading for _, reading in held.view().readings()]


def _fill(seeds: Path, folder: Path, first: int, last: int) -> int:
    perturbed, shards = Perturbed(_seeds(seeds)), Shards(folder)
    events = 0
    for start in range(first, last, PARCEL):
        rows = []
        for number in range(start, min(start + PARCEL, last)):
            made = perturbed.reading(number)
            events += len(made.events)
            key = Document(made.id, made.source, made.text).key
            published = made.document.published
            rows.append(Row(
                number, key, key, key, made.id, made.source, "read", None, published.start, published.end, b"",
                pack(to_json(made)),
            ))
        shards.write(rows)
    return events


def link(seeds: Path, folder: Path, count: int) -> dict[str, Any]:
    """Fill and link; seconds of the wall, and of the processor for this process and all below it."""
    shards_at, note = folder / "shards", folder / "filled.json"
    told: dict[str, Any] = {}
    if not note.exists():
        shutil.rmtree(shards_at, ignore_errors=True)
        begun = time.perf_counter()
        edges = [count * part // WORKERS // PARCEL * PARCEL for part in range(WORKERS)] + [count]
        with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn")) as pool:
            parts = [pool.submit(_fill, seeds, shards_at, a, b) for a, b in pairwise(edges)]
            told = {"documents": count, "events": sum(part.result() for part in parts)}
        told["filled_s"] = round(time.perf_counter() - begun, 1)
        note.write_text(json.dumps(told))
    told = json.loads(note.read_text())
    makes = makes_of(None, Limits())
    steps: list[tuple[str, float]] = []

    def step(name: str) -> None:
        steps.append((name, time.perf_counter()))
        print(f"{time.strftime('%H:%M:%S')} {name}", flush=True)

    stories = incidents = joint = 0
    used = 0.0
    begun, cpu = time.perf_counter(), tree_cpu()
    with (
        tempfile.TemporaryDirectory(dir=folder) as out, Cluster("local", WORKERS) as cluster, Tables(Path(out)) as tables,
    ):
        for part in linking.link(Shards(shards_at), cluster, makes.linking, makes.linked_by, step):
            stories += len(part.stories)
            incidents += len(part.incidents)
            # Asked while the workers live.
            used = tree_cpu() - cpu
            joint += sum(len(each.documents) > 1 for each in part.incidents)
            tables.add("stories", (row for story in part.stories for row in story_rows(story)))
            tables.add("incidents", map(incident_row, part.incidents))
            tables.add("tallies", map(tally_row, part.tallies))
    took = time.perf_counter() - begun
    ends = [*(at for _, at in steps[1:]), begun + took]
    return {
        "task": "linking", **told, "stories": stories, "incidents": incidents, "incidents_of_several": joint,
        "wall_s": round(took, 1), "steps_s": {name: round(end - at, 1) for (name, at), end in zip(steps, ends, strict=True)},
        "cpu_s": round(used, 1),
        "driver_peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "events_a_second": round(told["events"] / took), "events_a_cpu_second": round(told["events"] / used),
    }


def main() -> int:
    """A line a measurement; `--freeze` keeps them in runs/batch.jsonl."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=("reading", "driver", "linking"))
    parser.add_argument("seeds", type=Path, nargs="?")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--freeze", action="store_true")
    arguments = parser.parse_args()
    lines = []
    if arguments.task == "reading":
        lines.append(reading(arguments.documents))
    elif arguments.task == "driver":
        lines.append(driver(arguments.documents))
    else:
        lines.append(link(arguments.seeds, arguments.folder, arguments.documents))
    print(json.dumps(lines[-1]), flush=True)
    if arguments.freeze:
        path = RUNS / "batch.jsonl"
        held = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
        made_on = {"python": platform.python_version(), "ray": ray.__version__, "machine": platform.machine()}
        kept = [each for each in held if each.get("task") not in {None, arguments.task}]
        path.write_text("".join(json.dumps(each) + "\n" for each in [made_on, *kept, *lines]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
