"""Writing what linking found: stories, incidents and tallies in the place of those of the same documents."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, func, select

from ..errors import LedgerError
from ..records import Incident, Story, Tally
from . import dialect, revised
from .packing import encode, hashed, pack, plain, plain_or_none
from .rows import place_box, place_columns, time_columns
from .tables import (
    comparisons,
    documents,
    events,
    incident_boxes,
    incident_documents,
    incident_events,
    incident_origins,
    incident_records,
    incidents,
    redirects,
    stories,
    story_documents,
    tallies,
    to_link,
)


class LinksOutdated(LedgerError):
    """What was linked has changed in the ledger meanwhile; link again from what it holds now."""


def save(
    connection: Connection,
    where: str,
    new_stories: Sequence[Story],
    new_incidents: Sequence[Incident],
    new_tallies: Sequence[Tally],
    done: frozenset[str],
) -> bool:
    """As `Writer.save_links`, inside a writing transaction."""
    touched = done.union(*(story.documents for story in new_stories))
    numbers = _numbers(connection, where, touched)
    _check_events(connection, where, new_incidents, touched)
    old = _old_stories(connection, numbers.values())
    _check_whole(connection, where, old, new_stories)
    wanted = {story.id: frozenset(story.documents) for story in new_stories}
    if len(wanted) != len(new_stories) or sum(map(len, wanted.values())) != len(frozenset().union(*wanted.values())):
        raise LedgerError("two of the stories to be saved share a document or an id: a document stands in one story")

    held = _held(connection, old)
    same_stories = {story for story, members in old.items() if wanted.get(story) == members}
    contents = {incident.id: encode(incident) for incident in new_incidents}
    same = {
        incident.id
        for incident in new_incidents
        if incident.story in same_stories and held.get(incident.id) == hashed(contents[incident.id])
    }
    waiting = {numbers[key] for key in done}
    revised.ask(connection, {row.document for row in dialect.within(connection, select(to_link), to_link.c.document, waiting)})
    changed = _save_tallies(connection, new_tallies, numbers)
    if len(same_stories) < max(len(old), len(wanted)) or len(same) < max(len(held), len(contents)):
        changed = True
        drop_stories(connection, set(old), keep=same)
        gone = set(old) - same_stories
        dialect.delete_all(connection, stories.c.id, gone)
        fresh = [story for story in new_stories if story.id not in same_stories]
        dialect.insert(connection, stories, [(story.id,) for story in fresh])
        members = [(numbers[key], story.id) for story in fresh for key in sorted(story.documents)]
        dialect.insert(connection, story_documents, members)
        revised.ask(connection, {number for number, _ in members})
        _insert_incidents(connection, [item for item in new_incidents if item.id not in same], contents, numbers)
    left = dialect.delete_all(connection, to_link.c.document, waiting)
    return changed or left > 0


def drop_stories(connection: Connection, story_ids: Collection[str], keep: Collection[str]) -> None:
    """Drop the stories' incidents except `keep`, and remember where the dropped ones' events can be found again."""
    query = select(incidents.c.number, incidents.c.id)
    held = dialect.within(connection, query, incidents.c.story, story_ids)
    doomed = {row.number: row.id for row in held if row.id not in keep}
    members = select(incident_events.c.incident, incident_events.c.event)
    rows = dialect.within(connection, members, incident_events.c.incident, doomed)
    trail = sorted((doomed[row.incident], row.event) for row in rows)
    dialect.delete_all(connection, redirects.c.former, doomed.values())
    dialect.insert(connection, redirects, trail)
    dialect.delete_all(connection, incident_boxes.c.id, doomed)
    dialect.delete_all(connection, incidents.c.number, doomed)


def _insert_incidents(
    connection: Connection, fresh: Sequence[Incident], contents: dict[str, bytes], numbers: dict[str, int]
) -> None:
    dialect.delete_all(connection, redirects.c.former, [incident.id for incident in fresh])
    first = int(connection.execute(select(func.coalesce(func.max(incidents.c.number), 0))).scalar_one()) + 1
    numbered = list(enumerate(sorted(fresh, key=lambda incident: incident.id), start=first))
    rows = [
        (
            number, incident.id, incident.story, incident.type, incident.action, *place_columns(incident.place),
            *time_columns(incident.time), len(incident.documents), len(incident.accounts),
            plain_or_none(incident.first("actor")), plain_or_none(incident.first("recipient")), incident.contested,
            incident.untraced, incident.part_of, *_sorting(incident), hashed(contents[incident.id]),
        )
        for number, incident in numbered
    ]
    dialect.insert(connection, incidents, rows)
    records = [(number, pack(contents[incident.id])) for number, incident in numbered]
    dialect.insert(connection, incident_records, records)
    told = [(number, each) for number, incident in numbered for each in sorted(numbers[key] for key in incident.documents)]
    dialect.insert(connection, incident_documents, told)
    members = [(event, number) for number, incident in numbered for event in sorted(incident.events)]
    dialect.insert(connection, incident_events, members)
    pairs = [
        (number, position, pair.field, pair.relation)
        for number, incident in numbered
        for position, pair in enumerate(incident.comparisons)
    ]
    dialect.insert(connection, comparisons, pairs)
    voices = [(number, name) for number, incident in numbered for name in sorted({plain(name) for name in incident.origins})]
    dialect.insert(connection, incident_origins, voices)
    boxes = [(number, box) for number, incident in numbered if (box := place_box(incident.place))]
    dialect.insert(connection, incident_boxes, [(number, *box) for number, box in boxes])


def _sorting(incident: Incident) -> tuple[str, str]:
    day = (incident.time.start or incident.time.end) if incident.time else None
    return day or "9999", day or ""


def _save_tallies(connection: Connection, new: Sequence[Tally], numbers: dict[str, int]) -> bool:
    contents = {tally.id: (encode(tally), numbers[tally.citation.document]) for tally in new}
    query = select(tallies.c.id, tallies.c.sha256)
    held = {row.id: row.sha256 for row in dialect.within(connection, query, tallies.c.document, numbers.values())}
    wanted = {key: hashed(content) for key, (content, _) in contents.items()}
    gone = [key for key, sha256 in held.items() if wanted.get(key) != sha256]
    fresh = [key for key, sha256 in sorted(wanted.items()) if held.get(key) != sha256]
    dialect.delete_all(connection, tallies.c.id, gone)
    rows = [(key, contents[key][1], wanted[key], pack(contents[key][0])) for key in fresh]
    dialect.insert(connection, tallies, rows)
    return bool(gone or fresh)


def _numbers(connection: Connection, where: str, keys: Collection[str]) -> dict[str, int]:
    query = select(documents.c.key, documents.c.number)
    numbers = {row.key: row.number for row in dialect.within(connection, query, documents.c.key, keys)}
    for key in sorted(keys):
        if key not in numbers:
            raise LinksOutdated(f"ledger {where}: document {key} was removed while it was linked: link again")
    return numbers


def _old_stories(connection: Connection, numbers: Collection[int]) -> dict[str, frozenset[str]]:
    """Every story that holds one of the documents, with all its documents."""
    places = dialect.within(connection, select(story_documents.c.story), story_documents.c.document, numbers)
    concerned = {row.story for row in places}
    query = select(story_documents.c.story, documents.c.key).join(documents)
    found: dict[str, set[str]] = {}
    for row in dialect.within(connection, query, story_documents.c.story, concerned):
        found.setdefault(row.story, set()).add(row.key)
    return {story: frozenset(members) for story, members in found.items()}


def _held(connection: Connection, story_ids: Collection[str]) -> dict[str, str]:
    query = select(incidents.c.id, incidents.c.sha256)
    return {row.id: row.sha256 for row in dialect.within(connection, query, incidents.c.story, story_ids)}


def _check_whole(
    connection: Connection, where: str, old: dict[str, frozenset[str]], new_stories: Sequence[Story]
) -> None:
    placed = frozenset().union(*(story.documents for story in new_stories))
    for story, members in sorted(old.items()):
        lost = sorted(members - placed)
        if lost:
            raise LinksOutdated(
                f"ledger {where}: document {lost[0]} of story {story} would be left in no story, another process linked"
                " it meanwhile: link again"
            )


def _check_events(
    connection: Connection, where: str, new_incidents: Sequence[Incident], touched: Collection[str]
) -> None:
    wanted = {event for incident in new_incidents for event in incident.events}
    held = {row.key for row in dialect.within(connection, select(events.c.key), events.c.key, wanted)}
    missing = sorted(wanted - held)
    if missing:
        raise LinksOutdated(f"ledger {where}: event {missing[0]} stands in no current reading: link again")
    for incident in new_incidents:
        for key in incident.documents:
            if key not in touched:
                raise LedgerError(f"incident {incident.id} holds document {key}, which is in none of the stories given")
