"""How linking grows: a ledger filled to 1,000, 10,000 ... 100,000 documents, linked as it grows, one more document at each size.

    rashomon add SOME --ledger seeds.db                # a few hundred real articles, read once
    python bench/growth.py seeds.db grown.db [--sizes 1000 10000 ...] [--freeze]

The documents are the readings of `seeds.db`, repeated and perturbed. In each repetition every name (a word that the seeds
write with a capital inside a sentence) becomes a made-up name of the same length, unless the table of rarity knows it as common
("Syria", "police"); four fifths of the rarer words become another word of the same length, numbers other numbers; all days move
by a repetition's own number of days (over 25 years) and all places by its own shift. So spans stay right, the reports of one
story stay together, and repetitions do not become one story. Made-up names are drawn from 1,000 of a length, a few far more
often than others: as in a real collection, the longer it grows, the more documents share each name. Figures inside the records
stay as they were.

`grown.db` is kept: a run that was stopped goes on from what it holds. Each step runs in a process of its own, so that its peak
memory is its own. CPU seconds are this process's; wall seconds also hold what else the machine does.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import re
import resource
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from rashomon import builder
from rashomon.knowledge.rarity import load_rarity
from rashomon.ledger import Ledger, open_ledger
from rashomon.link.words import names
from rashomon.linker import Linker
from rashomon.records import Arrival, Document, MadeBy, RawDocument, Reading
from rashomon.relinking import link

RUNS = Path(__file__).parent / "runs"
SIZES = (1_000, 10_000, 20_000, 40_000, 60_000, 80_000, 100_000)
ONE_BY_ONE = 30
NAMES, COMMON, RARE, KEPT = 1_000, 3.0, 4.0, 0.2
SYLLABLES = "ba de fi go hu ka le mi no pu ra se ti vo wu za ch dr el fr gh jo kl am ne os bi du".split()  # noqa: SIM905
WORD = re.compile(r"[^\W_]+")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
TOLD = {"text", "title", "name", "speaker", "chain"}
YEARS = range(1900, 2100)


def dice(*what: object) -> float:
    """A number from 0 to 1, the same for the same things."""
    return int.from_bytes(hashlib.blake2b(repr(what).encode(), digest_size=6).digest(), "big") / 2**48


class Perturbed:
    """The seeds over and over, each time as other happenings."""

    def __init__(self, seeds: list[Reading]) -> None:
        self._seeds: list[Any] = [msgspec.to_builtins(seed) for seed in seeds]
        rarity = load_rarity()
        self._rarity, self._unseen = rarity.words, rarity.unseen
        called = {word for seed in seeds for word in names(seed.text) if len(word) > 3}
        self._names = {word for word in called if rarity.words.get(word, rarity.unseen) >= COMMON}
        self._pools: dict[int, list[str]] = {}
        for word, value in sorted(rarity.words.items()):
            if value >= RARE and word.isalpha():
                self._pools.setdefault(len(word), []).append(word)

    def reading(self, number: int) -> Reading:
        """The reading of that number; the same for the same number."""
        turn, at = divmod(number, len(self._seeds))
        changed = self._changed(self._seeds[at], turn, "")
        changed["id"] = f"grown-{number}"
        changed["source"] = f"grown/{number}.txt"
        changed["text_sha256"] = hashlib.sha256(changed["text"].encode()).hexdigest()
        return msgspec.convert(changed, Reading)

    def _changed(self, value: Any, turn: int, key: str) -> Any:
        if isinstance(value, dict):
            return {each: self._changed(inner, turn, each) for each, inner in value.items()}
        if isinstance(value, list):
            return value if value and isinstance(value[0], int) else [self._changed(each, turn, key) for each in value]
        if isinstance(value, str):
            if DAY.match(value):
                moved = date.fromisoformat(value[:10]) + timedelta(days=int(dice("days", turn) * 9000) - 4500)
                return moved.isoformat() + value[10:]
            return WORD.sub(lambda found: self._word(found.group(), turn), value) if key in TOLD else value
        if isinstance(value, float) and key in {"lat", "lon"}:
            return round(max(-89.0, min(89.0, value + dice(key, turn) * 20 - 10)), 4)
        return value

    def _word(self, word: str, turn: int) -> str:
        low = word.lower()
        if word.isdigit():
            if len(word) > 3 and int(word) in YEARS:
                return word
            return "".join("123456789"[int(dice("digit", word, at, turn) * 9)] for at in range(len(word)))
        if low in self._names:
            made = pseudo_name(len(word), int(NAMES * dice("name", low, turn) ** 3))
        elif self._rarity.get(low, self._unseen) >= RARE and len(low) in self._pools and dice("keep", low, turn) >= KEPT:
            pool = self._pools[len(low)]
            made = pool[int(dice("word", low, turn) * len(pool))]
        else:
            return word
        return made.upper() if word.isupper() else made.capitalize() if word[0].isupper() else made


def pseudo_name(length: int, number: int) -> str:
    """The made-up name of that length and number."""
    found = "".join(SYLLABLES[int(dice("syllable", length, number, at) * len(SYLLABLES))] for at in range(length // 2 + 1))
    return found[:length]


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


def step(seeds: Path, path: Path, task: str, size: int) -> dict[str, Any]:
    """One step in this process: `fill` up to that size, `link` what waits, or add documents one by one (`one`)."""
    if task == "link":
        with open_ledger(path) as ledger:
            linker = Linker.load()
            before = peak()
            wall, cpu = time.perf_counter(), time.process_time()
            done = link(ledger, linker=linker)
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            return {"linked": done.linked, "wall": round(wall, 1), "cpu": round(cpu, 1), "peak_mb": peak(), "start_mb": before}
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
        told: dict[str, Any] = {"added": ONE_BY_ONE}
        for name, took in (("wall_ms", walls), ("cpu_ms", cpus)):
            told[name] = round(statistics.median(took))
            told[f"{name}_of_nine_in_ten"] = round(sorted(took)[ONE_BY_ONE * 9 // 10 - 1])
            told[f"{name}_most"] = round(max(took))
        return told


def main() -> int:
    """Grow the ledger, a line a step; `--freeze` keeps the lines in runs/growth.jsonl."""
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
    lines = [json.dumps({"python": platform.python_version(), "sqlite": sqlite3.sqlite_version, "machine": platform.machine()})]
    for size in arguments.sizes:
        held = count(arguments.ledger)
        for task in ("fill", "link", "one") if held < size else ("link", "one"):
            where = [str(arguments.seeds), str(arguments.ledger)]
            command = [sys.executable, __file__, *where, "--task", task, "--sizes", str(size)]
            told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            lines.append(json.dumps({"documents": size, "from": held, "task": task, **told}))
            print(lines[-1], flush=True)
    if arguments.freeze:
        (RUNS / "growth.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
