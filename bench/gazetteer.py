"""What a large imported gazetteer costs: the import, its size, a look-up, start-up and memory.

The dump is made up here, in the form of GeoNames' allCountries.txt: names of three or four drawn syllables, one in fifty drawn
from 200 common ones ("San Antonio"), one in four with another name; no name of a real place is used. A look-up is
`Imported.rows`, as the reading of a text calls it, of names that are there, that are not, and of the common ones. "cold" is
the first look-up of names after the system was told to forget the file (it may keep parts). Start-up and memory are
those of a new process that loads the places and looks up 1,000 names; memory is its own without pages of mapped files.

    python bench/gazetteer.py [--rows 12000000] [--folder F] [--freeze]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from rashomon.knowledge.imported import Imported
from rashomon.knowledge.places import place_key

RUNS = Path(__file__).parent / "runs"
SYLLABLES = [first + vowel for first in ("b", "d", "f", "gh", "h", "j", "k", "kh", "l", "m", "n", "q", "r", "s", "sh", "t", "z")
             for vowel in ("a", "e", "i", "u", "an", "ar", "il", "un")]
COUNTRIES = ("SY", "IQ", "UA", "YE", "CN", "US", "MX", "IN", "RU", "ID", "BR", "SD")
CODES = (("P", "PPL"),) * 12 + (("H", "STM"), ("T", "MT"), ("S", "AIRP"), ("A", "ADM3"), ("L", "AREA"), ("H", "LK"))
IMPORT = """
import json, resource, sys, time
from pathlib import Path
from rashomon.knowledge.importing import import_file
began, cpu = time.perf_counter(), time.process_time()
done = import_file(Path(sys.argv[1]), Path(sys.argv[2]), "bench").gazetteer
print(json.dumps({"seconds": time.perf_counter() - began, "cpu_seconds": time.process_time() - cpu, "rows": done.rows,
    "names": done.names, "bytes": done.size, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}))
"""
START = """
import json, sys, time
from pathlib import Path
from rashomon.knowledge.imported import installed
from rashomon.knowledge.places import Places
names = json.loads(Path(sys.argv[2]).read_text())
began = time.perf_counter()
places = Places.load(imported=installed(Path(sys.argv[1])))
loaded = time.perf_counter() - began
for name in names:
    places.sites(name)
pages = dict(line.split(":") for line in Path("/proc/self/status").read_text().splitlines())
print(json.dumps({"seconds": loaded, "memory_mb": int(pages["RssAnon"].split()[0]) / 1000}))
"""


def name(draw: random.Random) -> str:
    return "".join(draw.choices(SYLLABLES, k=draw.choice((3, 3, 4)))).capitalize()


def write_dump(path: Path, rows: int) -> tuple[list[str], list[str]]:
    """Writes that many rows; gives some names that are there, and the common ones."""
    draw = random.Random(5)
    common = [f"San {name(draw)}" for _ in range(200)]
    sample: list[str] = []
    with path.open("w", encoding="utf-8") as out:
        for row in range(1, rows + 1):
            first = draw.choice(common) if row % 50 == 0 else f"{name(draw)} {name(draw)}" if row % 3 == 0 else name(draw)
            others = [name(draw) for _ in range(draw.choice((0, 0, 0, 1)))]
            kind, code = draw.choice(CODES)
            people = int(10 ** draw.uniform(2, 5)) if row % 8 == 0 else 0
            at = f"{draw.uniform(-60, 70):.5f}\t{draw.uniform(-180, 180):.5f}"
            out.write(f"{row}\t{first}\t{first}\t{','.join(others)}\t{at}\t{kind}\t{code}\t{draw.choice(COUNTRIES)}"
                      f"\t\t{row % 30:02}\t\t\t\t{people}\t\t0\tEtc/UTC\t2020-01-01\n")
            if draw.random() < 10_000 / rows and first not in common:
                sample.append(first)
    return sample[:5000], common


def timed(gazetteer: Imported, keys: list[str]) -> dict[str, float]:
    """Microseconds of a look-up."""
    took = []
    found = 0
    for key in keys:
        began = time.perf_counter_ns()
        rows = gazetteer.rows(key)
        took.append((time.perf_counter_ns() - began) / 1000)
        found += len(rows)
    cuts = quantiles(took, n=100)
    return {"mean": round(sum(took) / len(took), 1), "median": round(median(took), 1), "p95": round(cuts[94], 1),
            "p99": round(cuts[98], 1), "rows_each": round(found / len(keys), 1)}


def child(script: str, *arguments: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def start(folder: Path, keys: Path) -> dict[str, float]:
    """The median of five starts, after one that is not counted."""
    runs = [child(START, str(folder), str(keys)) for _ in range(6)][1:]
    return {what: round(median(run[what] for run in runs), 3) for what in ("seconds", "memory_mb")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=12_000_000)
    parser.add_argument("--folder", type=Path, help="where the dump and the gazetteer go for the time of the run")
    parser.add_argument("--freeze", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as made:
        folder = Path(made) / "gazetteers"
        dump, none = Path(made) / "dump.txt", Path(made) / "none"
        there, common = write_dump(dump, asked.rows)
        report: dict[str, object] = {"machine": f"{platform.machine()}, {os.cpu_count()} CPUs", "dump_bytes": dump.stat().st_size}
        report["import"] = {key: round(value, 1) for key, value in child(IMPORT, str(dump), str(folder)).items()}
        path = folder / "bench.sqlite"
        draw = random.Random(6)
        keys = [place_key(one) for one in draw.sample(there, min(5000, len(there)))]
        absent = [place_key(f"{one} {name(draw)} x") for one in draw.choices(there, k=5000)]
        (Path(made) / "keys.json").write_text(json.dumps((keys + absent)[:1000]))
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        gazetteer = Imported(path)
        report["cold_us"] = timed(gazetteer, keys[:1000])
        timed(gazetteer, keys)
        report["there_us"] = timed(gazetteer, keys)
        report["absent_us"] = timed(gazetteer, absent)
        report["common_us"] = timed(gazetteer, [place_key(one) for one in common] * 5)
        gazetteer.close()
        report["start_without"] = start(none, Path(made) / "keys.json")
        report["start_with"] = start(folder, Path(made) / "keys.json")
    print(json.dumps(report, indent=1))
    if asked.freeze:
        (RUNS / "gazetteer.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
