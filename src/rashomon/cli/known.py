"""What was known on a day: an incident linked anew from the documents that had appeared by then."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..errors import UsageError
from ..linker import Linker
from ..records import Incident
from .desk import Desk


class Known(NamedTuple):
    """Incidents as of a day. `unsure`: documents whose day of publication is an interval that goes on beyond the day, or
    unknown; they are left out."""

    incidents: tuple[Incident, ...]
    unsure: tuple[str, ...]


def day_of(text: str) -> str:
    """A day, ISO 8601. UsageError for what is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(f"{text!r} is not a day: write it as 2016-08-05") from error


def known(desk: Desk, keys: tuple[str, ...], day: str, linker: Linker) -> Known:
    """The incidents of these documents, of those alone that had surely appeared or been captured by the end of the day."""
    there, unsure = [], []
    for key in keys:
        entry = desk.entry(key)
        if (entry.published_end is not None and entry.published_end[:10] <= day) or entry.added[:10] <= day:
            there.append(key)
        elif entry.published_start is None or entry.published_start[:10] <= day:
            unsure.append(key)
    linked = linker.link(desk.view.readings(there))
    return Known(linked.incidents, tuple(unsure))


def as_of(desk: Desk, incident: Incident, day: str) -> tuple[Incident | None, tuple[str, ...]]:
    """(the incident as it stood on the day, documents of which it is not sure that they had appeared). The one that shares
    most events with today's; None where no document had told of it."""
    story = desk.view.story(incident.story)
    keys = story.documents if story is not None else incident.documents
    found = known(desk, tuple(keys), day, Linker.load())
    now = set(incident.events)
    then = [(len(now & set(each.events)), each.id, each) for each in found.incidents if now & set(each.events)]
    return (max(then, key=lambda each: each[:2])[2] if then else None), found.unsure
