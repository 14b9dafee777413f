"""The Parquet files of a batch: their columns (docs/parquet.md explains each), and writing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ..export.table import COLUMNS, rows
from ..records import Arrival, Incident, Reading, Story, Tally, claim_keys, event_keys

_TEXT, _NUMBER, _COUNT, _LIST = pa.string(), pa.float64(), pa.int32(), pa.list_(pa.string())
_NOT_TEXT = {
    **dict.fromkeys(("lat", "lon", "radius_km", "confidence"), _NUMBER),
    **dict.fromkeys(("time_precision", "date_prec", "trigger_start", "trigger_end"), _COUNT),
    "anonymous": pa.bool_(),
}

DOCUMENTS = pa.schema([
    ("position", pa.int64()), ("key", _TEXT), ("id", _TEXT), ("source", _TEXT), ("url", _TEXT), ("language", _TEXT),
    ("title", _TEXT), ("publisher", _TEXT), ("author", _TEXT), ("genre", _TEXT), ("published_start", _TEXT),
    ("published_end", _TEXT), ("published_basis", _TEXT), ("state", _TEXT), ("reason", _TEXT), ("claims", _COUNT),
    ("events", _COUNT), ("text", _TEXT), ("text_sha256", _TEXT), ("reading", _TEXT), ("carried_title", _TEXT),
    ("carried_publisher", _TEXT), ("carried_author", _TEXT), ("carried_published", _TEXT), ("extractor", _TEXT),
    ("media_type", _TEXT), ("capture_source", _TEXT), ("capture_url", _TEXT), ("fetched", _TEXT), ("headers", _TEXT),
    ("content_sha256", _TEXT), ("content", pa.binary()),
])
CLAIMS = pa.schema([
    ("key", _TEXT), ("document_key", _TEXT), ("document", _TEXT), ("claim", _TEXT), ("parent", _TEXT), ("speaker", _TEXT),
    ("chain", _LIST), ("source_words", _TEXT), ("cue", _TEXT), ("kind", _TEXT), ("hedge", _TEXT), ("stance", _TEXT),
    ("anonymous", pa.bool_()), ("content", _TEXT), ("content_start", _COUNT), ("content_end", _COUNT), ("confidence", _NUMBER),
])
EVENTS = pa.schema([
    ("key", _TEXT), ("document_key", _TEXT), ("according_to", _TEXT),
    *((name, _NOT_TEXT.get(name, _TEXT)) for name in COLUMNS),
])
FAILURES = pa.schema([("id", _TEXT), ("source", _TEXT), ("document_key", _TEXT), ("reason", _TEXT)])
STORIES = pa.schema([("story", _TEXT), ("document_key", _TEXT)])
INCIDENTS = pa.schema([
    ("id", _TEXT), ("story", _TEXT), ("type", _TEXT), ("action", _TEXT), ("documents", _LIST), ("events", _LIST),
    ("accounts", _COUNT), ("origins", _LIST), ("untraced", _COUNT), ("contested", pa.bool_()), ("place", _TEXT),
    ("lat", _NUMBER), ("lon", _NUMBER), ("radius_km", _NUMBER), ("precision", _TEXT), ("time_start", _TEXT), ("time_end", _TEXT),
    ("time_basis", _TEXT), ("part_of", _TEXT), ("incident", _TEXT),
])
TALLIES = pa.schema([
    ("id", _TEXT), ("document_key", _TEXT), ("text", _TEXT), ("what", _TEXT), ("scope", _TEXT), ("low", _NUMBER),
    ("high", _NUMBER), ("since", _TEXT), ("as_of", _TEXT), ("place", _TEXT), ("tally", _TEXT),
])
SCHEMAS = {
    "documents": DOCUMENTS, "claims": CLAIMS, "events": EVENTS, "failures": FAILURES, "stories": STORIES,
    "incidents": INCIDENTS, "tallies": TALLIES,
}
# Rows held before they are written; those of documents hold their texts and bytes.
_GROUP = {"documents": 200}
_USUAL_GROUP = 2_000
_OPEN = 200


class Tables:
    """Writes rows into the tables under a folder, by month where one is given. Use it in a `with`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: dict[tuple[str, str | None], list[dict[str, Any]]] = {}
        self._writers: dict[tuple[str, str | None], pq.ParquetWriter] = {}
        self._parts: dict[tuple[str, str | None], int] = {}
        for name in SCHEMAS:
            (path / name).mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Tables:
        return self

    def __exit__(self, *_: object) -> None:
        for at in list(self._rows):
            self._flush(at)
        self._close()
        for name in SCHEMAS:
            if not any((self._path / name).iterdir()):
                # A table without rows is there too, so that every question can be asked.
                pq.write_table(SCHEMAS[name].empty_table(), self._path / name / "part-00000.parquet")

    def add(self, table: str, found: Iterable[dict[str, Any]], month: str | None = None) -> None:
        """Add rows to a table."""
        at = (table, month)
        held = self._rows.setdefault(at, [])
        held.extend(found)
        if len(held) >= _GROUP.get(table, _USUAL_GROUP):
            self._flush(at)

    def _flush(self, at: tuple[str, str | None]) -> None:
        table, month = at
        held = self._rows.pop(at)
        if not held:
            return
        if at not in self._writers:
            if len(self._writers) >= _OPEN:
                self._close()
            folder = self._path / table / f"month={month}" if month else self._path / table
            folder.mkdir(exist_ok=True)
            number = self._parts[at] = self._parts.get(at, -1) + 1
            self._writers[at] = pq.ParquetWriter(folder / f"part-{number:05}.parquet", SCHEMAS[table], compression="zstd")
        self._writers[at].write_table(pa.Table.from_pylist(held, schema=SCHEMAS[table]))

    def _close(self) -> None:
        for writer in self._writers.values():
            writer.close()
        self._writers.clear()


def month_of(reading: Reading | None) -> str:
    """The month of publication ("2016-09"), or "unknown" where its possible days lie in several."""
    published = reading.document.published if reading else None
    if published is None or published.start is None or published.end is None or published.start[:7] != published.end[:7]:
        return "unknown"
    return published.start[:7]


def document_row(
    position: int, arrival: Arrival, state: str, reason: str | None, reading: Reading | None, content: str | None
) -> dict[str, Any]:
    """The row of an arrival; `content` is the reading as its reader wrote it."""
    raw, document = arrival.raw, arrival.document
    about = reading.document if reading else None
    return {
        "position": position, "key": document.key, "id": document.id, "source": document.source, "url": document.url,
        "language": document.language, "title": about.title if about else document.title,
        "publisher": about.publisher if about else document.publisher, "author": about.author if about else document.author,
        "genre": about.genre if about else None, "published_start": about.published.start if about else None,
        "published_end": about.published.end if about else None, "published_basis": about.published.basis if about else None,
        "state": state, "reason": reason, "claims": len(reading.attributions) if reading else 0,
        "events": len(reading.events) if reading else 0, "text": document.text,
        "text_sha256": document.text_sha256, "reading": content,
        "carried_title": document.title, "carried_publisher": document.publisher, "carried_author": document.author,
        "carried_published": document.published, "extractor": document.extractor, "media_type": raw.media_type,
        "capture_source": raw.source, "capture_url": raw.url, "fetched": raw.fetched,
        "headers": msgspec.json.encode(raw.headers, order="deterministic").decode(), "content_sha256": raw.sha256,
        "content": raw.content,
    }


def claim_rows(key: str, reading: Reading) -> Iterator[dict[str, Any]]:
    """A row a claim of the document with that key."""
    keys = claim_keys(key, reading.attributions)
    for claim in reading.attributions:
        yield {
            "key": keys[claim.id], "document_key": key, "document": reading.id, "claim": claim.id, "parent": claim.parent,
            "speaker": claim.speaker, "chain": claim.chain,
            "source_words": claim.source.of(reading.text) if claim.source else None,
            "cue": "; ".join(span.of(reading.text) for span in claim.cue) or None, "kind": claim.kind, "hedge": claim.hedge,
            "stance": claim.stance, "anonymous": claim.anonymous,
            "content": " … ".join(span.of(reading.text) for span in claim.content) or None,
            "content_start": min((span.start for span in claim.content), default=None),
            "content_end": max((span.end for span in claim.content), default=None), "confidence": claim.confidence,
        }


def event_rows(key: str, reading: Reading) -> Iterator[dict[str, Any]]:
    """A row an event of the document with that key: the columns of `rashomon export csv`, and keys."""
    keys = event_keys(key, reading.events)
    for event, row in zip(reading.events, rows(reading), strict=True):
        yield {"key": keys[event.id], "document_key": key, "according_to": event.according_to, **row}


def story_rows(story: Story) -> Iterator[dict[str, Any]]:
    """A row a document of the story."""
    return ({"story": story.id, "document_key": key} for key in story.documents)


def incident_row(incident: Incident) -> dict[str, Any]:
    """The row of an incident, with the whole of it as JSON."""
    place, time = incident.place, incident.time
    return {
        "id": incident.id, "story": incident.story, "type": incident.type, "action": incident.action,
        "documents": incident.documents, "events": incident.events, "accounts": len(incident.accounts),
        "origins": incident.origins, "untraced": incident.untraced, "contested": incident.contested,
        "place": place.name if place else None, "lat": place.lat if place else None, "lon": place.lon if place else None,
        "radius_km": place.radius_km if place else None, "precision": place.precision if place else None,
        "time_start": time.start if time else None, "time_end": time.end if time else None,
        "time_basis": time.basis if time else None, "part_of": incident.part_of,
        "incident": msgspec.json.encode(incident, order="deterministic").decode(),
    }


def tally_row(tally: Tally) -> dict[str, Any]:
    """The row of a tally, with the whole of it as JSON."""
    return {
        "id": tally.id, "document_key": tally.citation.document, "text": tally.text, "what": tally.what, "scope": tally.scope,
        "low": tally.low, "high": tally.high, "since": tally.since, "as_of": tally.as_of,
        "place": tally.place.name if tally.place else None,
        "tally": msgspec.json.encode(tally, order="deterministic").decode(),
    }
