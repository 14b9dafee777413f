"""Events as a table (CSV, RFC 4180): one row an event, with the claim it stands in and the sentence that says so."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from ..records import Actor, Claim, Event, Quantity, Reading, acled_time_precision, sentence_around, ucdp_date_precision

COLUMNS = (
    "document", "source", "title", "publisher", "published_start", "published_end", "published_basis", "event", "type",
    "action", "actors", "actor_roles", "recipients", "direction", "place", "place_role", "lat", "lon", "radius_km",
    "precision", "time_start", "time_end", "time_basis", "time_precision", "date_prec", "quantities", "modality", "polarity",
    "outcome", "region",
    "speaker", "chain", "cue", "claim_kind", "hedge", "stance", "anonymous", "trigger", "trigger_start", "trigger_end",
    "sentence", "confidence",
)
# A spreadsheet runs a cell that begins so as a formula, and these cells hold words of strangers.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(readings: Iterable[Reading], out: TextIO) -> int:
    """Write a header and one row an event, in the order of the readings and of their text; how many events there were.

    Lists are joined by "; ", the chain from the publisher inwards by " › ". A text that a spreadsheet would take for a
    formula is led by an apostrophe. `time_precision` is on ACLED's scale (1 to 3), `date_prec` on UCDP's (1 to 5).
    Columns of `lat` and `lon` stand beside `radius_km` and `precision`: never use them
    without. Open `out` with newline="".
    """
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    count = 0
    for reading in readings:
        for row in rows(reading):
            writer.writerow({name: _safe(value) for name, value in row.items()})
            count += 1
    return count


def rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """The rows of one reading, a value for each of `COLUMNS`; None where there is none."""
    claims = {claim.id: claim for claim in reading.attributions}
    about = reading.document
    for event in reading.events:
        claim = claims.get(event.according_to or "A0")
        yield {
            "document": reading.id,
            "source": reading.source,
            "title": about.title,
            "publisher": about.publisher,
            "published_start": about.published.start,
            "published_end": about.published.end,
            "published_basis": about.published.basis,
            **_event(reading, event),
            **_claim(reading, claim),
            "trigger": event.trigger.of(reading.text),
            "trigger_start": event.trigger.start,
            "trigger_end": event.trigger.end,
            "sentence": sentence_around(reading.text, event.trigger).of(reading.text),
            "confidence": event.confidence,
        }


def _event(reading: Reading, event: Event) -> dict[str, Any]:
    place, time = event.place, event.time
    return {
        "event": event.id,
        "type": event.type,
        "action": event.action,
        "actors": _names(reading, event.actors),
        "actor_roles": "; ".join(actor.role for actor in event.actors),
        "recipients": _names(reading, event.recipients),
        "direction": event.direction,
        "place": place.name if place else None,
        "place_role": place.role if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "radius_km": place.radius_km if place else None,
        "precision": place.precision if place else None,
        "time_start": time.start if time else None,
        "time_end": time.end if time else None,
        "time_basis": time.basis if time else None,
        "time_precision": acled_time_precision(time),
        "date_prec": ucdp_date_precision(time),
        "quantities": "; ".join(_quantity(reading, quantity) for quantity in event.quantities),
        "modality": event.modality,
        "polarity": event.polarity,
        "outcome": event.outcome,
        "region": event.region,
    }


def _claim(reading: Reading, claim: Claim | None) -> dict[str, Any]:
    if claim is None:
        return {}
    return {
        "speaker": claim.speaker,
        "chain": " › ".join(claim.chain),
        "cue": "; ".join(span.of(reading.text) for span in claim.cue),
        "claim_kind": claim.kind,
        "hedge": claim.hedge,
        "stance": claim.stance,
        "anonymous": claim.anonymous,
    }


def _names(reading: Reading, parties: Iterable[Actor]) -> str:
    return "; ".join(party.name or (party.span.of(reading.text) if party.span else "") for party in parties)


def _quantity(reading: Reading, quantity: Quantity) -> str:
    return f"{quantity.what}: {quantity.words or quantity.span.of(reading.text)}"


def _safe(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value
