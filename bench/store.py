"""How fast readings go into a new ledger, in SQLite and PostgreSQL: bytes, text, whole reading, rows of all kinds, search.

The readings are made up here, as dense as a coder finds a news article to be: 4,500 characters, 20 claims, 70 events
at 15 places, 40 entities with 120 mentions, 30 places, 15 times. Words are drawn from 20,000 by Zipf's law, as language
draws them. Documents differ in text, spans and names, so that nothing is stored once for two. `claims` counts rows of
attributions alone, though all the other rows are stored in the same seconds; `claims only` are the same documents without
anything but text and claims. One process stores, `together` documents in a transaction, which waits for the disk as a user's.

In the runs "apart" what can be made of a reading without the ledger is made in two other processes, as `rashomon add` has it made
where it was read, and comes through the same pipes. CPU seconds are the storing process's; beside them stand those of the two
others (`apart_cpu_seconds`) and of the server. Making the readings is not counted.

    python bench/store.py [--documents 1000] [--freeze]
"""

from __future__ import annotations

import argparse
import gc
import itertools
import json
import os
import platform
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

import msgspec
from postgres import Cluster, programs

from rashomon.ledger import Offer, open_ledger
from rashomon.records import (
    Actor,
    Claim,
    Document,
    Entity,
    Event,
    EventPlace,
    EventTime,
    MadeBy,
    Metadata,
    Place,
    Publication,
    Quantity,
    RawDocument,
    Reading,
    Span,
    TimeMention,
)
from rashomon.workers import Workers

RUNS = Path(__file__).parent / "runs"
CLAIMS, EVENTS, ENTITIES, PLACES, SPOTS, TIMES, MENTIONS, LENGTH = 20, 70, 40, 30, 15, 15, 3, 4500
TOGETHER, APART = 200, 2
SYLLABLES = "ba de fi go hu ka le mi no pu ra se ti vo wu za che dra elm fro gan hil jor kel lam mor nes ost".split()  # noqa: SIM905
MAKE = MadeBy(code="0" * 32, knowledge="1" * 32, models="2" * 32)
_coin = random.Random(0)
WORDS = sorted({"".join(_coin.choices(SYLLABLES, k=_coin.randint(1, 4))) for _ in range(22_000)})[:20_000]
_coin.shuffle(WORDS)
WEIGHTS = list(itertools.accumulate(1 / rank for rank in range(1, len(WORDS) + 1)))


def made_reading(number: int) -> tuple[RawDocument, Document, Reading]:
    """One document and its reading; the same for the same number."""
    dice = random.Random(number)

    def word() -> str:
        return dice.choice(WORDS)

    sentences = []
    while sum(map(len, sentences)) < LENGTH:
        sentences.append(" ".join(dice.choices(WORDS, cum_weights=WEIGHTS, k=dice.randint(12, 30))).capitalize() + ".")
    text = "\n".join(sentences)

    def span(longest: int) -> Span:
        start = dice.randrange(0, len(text) - longest)
        return Span(start, start + dice.randint(3, longest))

    def place() -> EventPlace:
        return EventPlace("where", span(12), word(), dice.uniform(30, 40), dice.uniform(30, 45), 2.5, "town")

    document = Document(id=f"made-{number}", source=f"made/{number}.txt", text=text, url=f"https://example.org/{number}")
    raw = RawDocument(
        id=document.id, source=document.source, media_type="text/plain", content=text.encode(), url=document.url,
        fetched="2024-05-01T00:00:00Z", headers={"content-type": "text/plain"},
    )
    who = [word() for _ in range(ENTITIES)]
    where = [place() for _ in range(SPOTS)]
    starts = sorted(dice.sample(range(len(text) - 12), EVENTS))
    reading = Reading(
        id=document.id, source=document.source, text=text, text_sha256=document.text_sha256, made_by=MAKE,
        document=Metadata(word(), word(), word(), Publication("2016-10-02", "2016-10-04", "inferred"), "en", "report"),
        body=(Span(0, len(text)),), boilerplate=(),
        attributions=tuple(
            Claim(f"A{i}", span(20), word(), (span(8),), (span(120), span(60)), "indirect", (word(), word()))
            for i in range(CLAIMS)
        ),
        events=tuple(
            Event(
                f"E{i}", Span(start, start + 8), "ASSAULT", "shelling", actors=(Actor(span(20), who[i % ENTITIES], "X1"),),
                recipients=(Actor(span(20), who[-1 - i % ENTITIES], "X2"),), place=where[i % SPOTS], places=(where[i % SPOTS],),
                time=EventTime("2016-10-02", "2016-10-02", "anchored", span(9)), according_to=f"A{i % CLAIMS}",
                quantities=(Quantity(span(9), "killed", 3, 3, "three"),) if i % 7 == 0 else (), cluster=f"c{i}",
            )
            for i, start in enumerate(starts)
        ),
        quantities=tuple(Quantity(span(9), "killed", 3, 3, "three") for _ in range(10)),
        entities=tuple(
            Entity(f"X{i}", who[i], "armed-group", tuple(span(20) for _ in range(MENTIONS))) for i in range(ENTITIES)
        ),
        places=tuple(
            Place(span(12), word(), 36.2, 37.1, 2.5, None, "town", 1, 1, 170063, "SY") for _ in range(PLACES)
        ),
        times=tuple(TimeMention(span(12), "DATE", "2016-10-02", "2016-10-02", "2016-10-02") for _ in range(TIMES)),
    )
    return raw, document, reading


class MadeReader:
    """Gives what was made, as a reader would that takes no time."""

    made_by = MAKE

    def __init__(self, made: Iterable[Offer]) -> None:
        self._readings = {offer.document.id: offer.reading for offer in made}

    def read(self, document: Document) -> Reading:
        """The reading of a document."""
        reading = self._readings[document.id]
        assert isinstance(reading, Reading)
        return reading


def measure(target: str, made: Sequence[Offer], together: int, server: Cluster | None, apart: int = 0) -> dict[str, object]:
    """Figures of one run into a new ledger, and of a second run over the same documents, which changes nothing."""

    def spent() -> tuple[float, float, float]:
        return time.perf_counter(), time.process_time(), server.cpu_seconds() if server else 0.0

    def children() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    with open_ledger(target, create=True) as ledger:
        writer = ledger.writer()

        def run(offers: Iterable[Offer]) -> int:
            count, each = 0, iter(offers)
            while part := list(itertools.islice(each, together)):
                count += sum(stored.changed for stored in writer.store_all(part))
            return count

        others = -children()
        with ExitStack() as stack:
            offers: Iterable[Offer] = made
            if apart:
                workers = stack.enter_context(Workers(lambda: MadeReader(made), apart))
                pressed = workers.each_then(((offer, offer.document) for offer in made), writer.press)
                offers = (offer._replace(reading=ready) for offer, ready in pressed)
            before = spent()
            assert run(offers) == len(made)
            wall, cpu, servers = (now - then for now, then in zip(spent(), before, strict=True))
        others += children()
        again = time.perf_counter()
        changed = run(made)
        again = time.perf_counter() - again
        size = ledger.view().status().bytes
    claims, events = (sum(len(getattr(one.reading, name)) for one in made) for name in ("attributions", "events"))
    return {
        "together": together, "documents": len(made), "wall_seconds": round(wall, 2), "cpu_seconds": round(cpu, 2),
        "apart_cpu_seconds": round(others, 2), "server_cpu_seconds": round(servers, 2),
        "documents_a_second": round(len(made) / wall),
        "claims_a_second": round(claims / wall), "claims_and_events_a_second": round((claims + events) / wall),
        "claims_a_cpu_second": round(claims / cpu), "claims_and_events_a_cpu_second": round((claims + events) / cpu),
        "claims_a_cpu_second_of_all": round(claims / (cpu + others + servers)),
        "second_run_documents_a_second": round(len(made) / again), "second_run_changed": changed,
        "bytes_a_document": round(size / len(made)),
    }


def only_claims(offer: Offer) -> Offer:
    """The same document, in which nothing but claims was found."""
    assert offer.reading is not None
    bare = msgspec.structs.replace(offer.reading, events=(), quantities=(), entities=(), places=(), times=())
    return offer._replace(reading=bare)


def figures(count: int) -> dict[str, object]:
    """All runs: whole documents one by one and together, and claims only, in each database that is there."""
    made = [Offer(*made_reading(number), "read") for number in range(count)]
    bare = [only_claims(offer) for offer in made]
    # What lies ready is nothing that the ledger's own memory would be searched for.
    gc.collect()
    gc.freeze()
    runs = {
        "one by one": (made, 1, 0), "together": (made, TOGETHER, 0), "apart": (made, TOGETHER, APART),
        "claims only": (bare, TOGETHER, 0), "claims only, apart": (bare, TOGETHER, APART),
    }
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        found["sqlite"] = {
            name: measure(str(Path(folder, f"{name}.db")), offers, together, None, apart)
            for name, (offers, together, apart) in runs.items()
        }
    folder_of_programs = programs()
    if folder_of_programs is not None:
        with Cluster(folder_of_programs, careless=False) as server:
            found["postgres"] = {
                name: measure(server.create(name), offers, together, server, apart)
                for name, (offers, together, apart) in runs.items()
            }
    return found | {
        "python": platform.python_version(), "sqlite_version": sqlite3.sqlite_version, "machine": platform.machine(),
        "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1),
    }


def main() -> int:
    """Print the figures; `--freeze` keeps them in runs/store.json."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--freeze", action="store_true")
    arguments = parser.parse_args()
    text = json.dumps(figures(arguments.documents), indent=2)
    sys.stdout.write(text + "\n")
    if arguments.freeze:
        RUNS.mkdir(exist_ok=True)
        (RUNS / "store.json").write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
