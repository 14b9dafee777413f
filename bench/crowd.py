"""Many at once: writers on PostgreSQL, readers beside a writer on SQLite. Is anything lost, doubled, refused or half there?

    python bench/crowd.py [--seconds 300] [--people 8] [--freeze]

PostgreSQL: so many processes store made-up documents, three of four their own, each fourth one that all of them store. In SQLite
one process writes; the others search, and look at the readings, claims and events that they find. Half-way a writer is killed
(-9) in both, and another takes its place. Every document that a writer was told to be stored must be there at the end, once, and
`verify` must find nothing.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from postgres import Cluster, programs
from store import CLAIMS, EVENTS, WORDS, made_reading

from rashomon.errors import RashomonError
from rashomon.ledger import Ledger, Offer, open_ledger

RUNS = Path(__file__).parent / "runs"
TOGETHER = 4


def write(ledger: Ledger, own: int, end: float) -> None:
    """Store documents until the time is over; says the number of each once it is stored."""
    writer, own, common = ledger.writer(), itertools.count(own), itertools.count(0)
    while time.time() < end:
        numbers = [*(next(own) for _ in range(TOGETHER - 1)), next(common)]
        writer.store_all([Offer(*made_reading(number), "read") for number in numbers])
        sys.stdout.write("".join(f"{number}\n" for number in numbers))
        sys.stdout.flush()


def read(ledger: Ledger, seed: int, end: float) -> None:
    """Search and read what is found until the time is over; says how long each look took, in milliseconds."""
    view, dice = ledger.view(), random.Random(seed)
    while time.time() < end:
        begun = time.perf_counter()
        hits = {hit.document: hit.id for hit in view.search(dice.choice(WORDS), 5)}
        held = dict(view.readings(hits))
        assert {key: reading.id for key, reading in held.items()} == hits
        for key in hits:
            assert len(view.claims(document=key)) == CLAIMS and len(view.events(document=key)) == EVENTS
        sys.stdout.write(f"{1000 * (time.perf_counter() - begun):.1f}\n")
        sys.stdout.flush()
        time.sleep(0.05)


class Person:
    """A process that reads or writes, and what it says."""

    def __init__(self, folder: Path, name: str, target: str, role: str, first: int, seconds: float) -> None:
        self._said, self._complained = folder / f"{name}.out", folder / f"{name}.err"
        command = [sys.executable, __file__, "--role", role, "--target", target, "--first", str(first), "--seconds", str(seconds)]
        with self._said.open("wb") as out, self._complained.open("wb") as complaints:
            self.process = subprocess.Popen(command, stdout=out, stderr=complaints)

    def lines(self) -> list[str]:
        """What it said, line by line, without one that was cut off by its end."""
        return self._said.read_text().split("\n")[:-1]

    def errors(self) -> str:
        """What went wrong with it."""
        return self._complained.read_text()


def crowd(target: str, seconds: float, *, writers: int, readers: int) -> dict[str, object]:
    """Figures of so many writers and readers at once; one writer is killed half-way and followed by another."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        writing = [Person(folder, f"w{index}", target, "write", (index + 1) * 1_000_000, seconds) for index in range(writers)]
        reading = [Person(folder, f"r{index}", target, "read", index, seconds) for index in range(readers)]
        while not all(person.lines() or person.process.poll() is not None for person in (*writing, *reading)):
            time.sleep(0.1)
        time.sleep(seconds / 2)
        killed = writing[0]
        killed.process.send_signal(signal.SIGKILL)
        writing.append(Person(folder, "next", target, "write", (writers + 1) * 1_000_000, seconds / 2))
        for person in (*writing, *reading):
            person.process.wait(seconds + 120)
        told = [int(line) for person in writing for line in person.lines()]
        looks = sorted(float(line) for person in reading for line in person.lines())
        errors = [person.errors() for person in (*writing, *reading) if person is not killed and person.process.returncode]
    with open_ledger(target) as ledger:
        view = ledger.view()
        held = Counter(entry.id for entry in view.documents())
        problems = list(view.verify())
    lost = {number for number in told if f"made-{number}" not in held}
    return {
        "seconds": seconds, "writers": writers, "readers": readers, "killed": 1,
        "documents": len(held),
        "told_to_be_stored": len(told), "documents_a_second": round(len(held) / seconds, 1),
        "lost": len(lost), "doubled": sum(count > 1 for count in held.values()), "errors": len(errors),
        "first_error": "".join(errors[:1]), "problems": problems[:3], "looks": len(looks),
        "look_ms_middle": looks[len(looks) // 2] if looks else None,
        "look_ms_95th": looks[int(len(looks) * 0.95)] if looks else None,
    }


def measure(kind: str, seconds: float, people: int) -> dict[str, object]:
    """That many writers in PostgreSQL, or readers beside a writer in SQLite."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder, "crowd.db"))
            open_ledger(path, create=True).close()
            return crowd(path, seconds, writers=1, readers=people)
    found = programs()
    if found is None:
        raise RashomonError("PostgreSQL is not installed")
    with Cluster(found, careless=False) as cluster:
        target = cluster.create("crowd")
        open_ledger(target, create=True).close()
        return crowd(target, seconds, writers=people, readers=0)


def main() -> int:
    """Print the figures; `--freeze` keeps them in runs/crowd.json."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--kind", choices=("sqlite", "postgres"), action="append")
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--role", choices=("write", "read"), help=argparse.SUPPRESS)
    parser.add_argument("--target", help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.role:
        with open_ledger(given.target) as ledger:
            (write if given.role == "write" else read)(ledger, given.first, time.time() + given.seconds)
        return 0
    kinds = given.kind or ["postgres", "sqlite"]
    figures: dict[str, object] = {kind: measure(kind, given.seconds, given.people) for kind in kinds}
    text = json.dumps(figures | {"cores": os.cpu_count()}, indent=2)
    sys.stdout.write(text + "\n")
    if given.freeze:
        RUNS.mkdir(exist_ok=True)
        (RUNS / "crowd.json").write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
