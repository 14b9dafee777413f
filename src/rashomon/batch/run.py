"""A batch from documents to tables: read, link, write. What was read before is not read again."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from ..blocks.pool import Make, Pool
from ..builder import Watch
from ..config import Limits
from ..errors import InputError
from ..linker import Linker
from ..making import made_by
from ..records import Arrival, MadeBy, Unopened, from_json
from . import linking
from .folder import LAYOUT, Folder, Summary
from .reading import read, reads_with
from .shards import Shards, unpack, unpack_arrival
from .tables import (
    SCHEMAS,
    Tables,
    claim_rows,
    document_row,
    event_rows,
    incident_row,
    month_of,
    story_rows,
    tally_row,
)


class Makes(NamedTuple):
    """What makes the workers that read and those that link, and the makes of their results."""

    reading: Make
    made_by: MadeBy
    linking: Make
    linked_by: str


def makes_of(actors: Path | None, limits: Limits) -> Makes:
    """Those of this installation, with the user's own war files at `actors` where they are not those of the settings."""
    return Makes(reads_with(actors, limits), made_by(own=actors), linking.links_with(actors), Linker.load(actors).made)


class Failures:
    """Sources that could not be opened, kept for the table and told to `watch`."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self.found: list[tuple[str, str]] = []

    def __call__(self, source: str, error: InputError) -> None:
        self.found.append((source, str(error)))
        self._watch(source, error)


def run(
    found: Iterable[Arrival | Unopened], folder: Folder, pool: Pool, makes: Makes, watch: Watch, failures: Failures,
    told: Callable[[str], None],
) -> Summary:
    """Read the documents, link them, and write the tables. `failures` hears of what cannot be opened."""
    folder.prepare()
    shards = Shards(folder.shards(makes.made_by))
    read(found, shards, pool, makes.reading, makes.made_by, watch, failures)
    fresh = folder.path / ".tables"
    shutil.rmtree(fresh, ignore_errors=True)
    counts: Counter[str] = Counter()
    with Tables(fresh) as tables:
        told("writing tables")
        _write_documents(shards, tables, counts)
        for source, reason in sorted(failures.found):
            counts["failed"] += 1
            tables.add("failures", [{"id": source, "source": source, "document_key": None, "reason": reason}])
        for part in linking.link(shards, pool, makes.linking, makes.linked_by, told):
            counts["stories"] += len(part.stories)
            counts["incidents"] += len(part.incidents)
            tables.add("stories", (row for story in part.stories for row in story_rows(story)))
            tables.add("incidents", map(incident_row, part.incidents))
            tables.add("tallies", map(tally_row, part.tallies))
    folder.unfinish()
    for name in SCHEMAS:
        shutil.rmtree(folder.table(name), ignore_errors=True)
        (fresh / name).replace(folder.table(name))
    fresh.rmdir()
    summary = Summary(
        LAYOUT, makes.made_by, counts["documents"], counts["read"], counts["not-read"], counts["failed"], counts["claims"],
        counts["events"], counts["stories"], counts["incidents"],
    )
    folder.finish(summary)
    return summary


def _write_documents(shards: Shards, tables: Tables, counts: Counter[str]) -> None:
    first = {key: (path, at) for key, _, _, path, at in shards.dated()}
    identities: set[str] = set()
    states: dict[str, str] = {}
    for row in shards.rows():
        if row.identity in identities:
            continue
        identities.add(row.identity)
        state: str = row.state
        held, reason = row.reading, row.reason
        if row.key in states and (state != "read" or states[row.key] == "read"):
            # Its text is there already, and only its bytes are new.
            state, reason = "again", None
            held = shards.readings([first[row.key]])[0] if row.key in first else None
        else:
            states[row.key] = state
        arrival = unpack_arrival(row.arrival)
        content = unpack(held).decode("utf-8") if held is not None else None
        reading = from_json(content) if content is not None else None
        entry = document_row(counts["documents"], arrival, state, reason, reading, content)
        tables.add("documents", [entry], month_of(reading))
        counts["documents"] += 1
        counts[state] += 1
        if state == "read" and reading is not None:
            counts["claims"] += len(reading.attributions)
            counts["events"] += len(reading.events)
            tables.add("claims", claim_rows(row.key, reading), month_of(reading))
            tables.add("events", event_rows(row.key, reading), month_of(reading))
        elif state == "failed":
            told = {"id": row.id, "source": row.source, "document_key": row.key, "reason": reason}
            tables.add("failures", [told])
