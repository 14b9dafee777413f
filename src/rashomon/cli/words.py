"""Records in plain words, each on one line: shared by every page that people read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..records import Actor, Claim, Event, EventPlace, EventTime, Publication

OWN_VOICE = "in its own voice"
ID_SHOWN = 10


def plain(text: str) -> str:
    """The text on one line, without anything that a terminal could take for a command."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def short(text: str, limit: int = 300) -> str:
    """The text on one line, cut at a word with an ellipsis when it is longer than `limit` characters."""
    line = plain(text)
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def counted(number: int, one: str, many: str | None = None) -> str:
    """1 document, 2 documents."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def chain(names: Sequence[str], fallback: str = "the publisher") -> str:
    """Who says it through whom, from the publisher inwards; whoever stands alone speaks in its own voice."""
    shown = [plain(name) for name in names if name] or [fallback]
    return " › ".join(shown) if len(shown) > 1 else f"{shown[0]}, {OWN_VOICE}"


def day(start: str | None, end: str | None) -> str:
    """An interval of days or instants as written: one day, or first to last."""
    if not start and not end:
        return "at an unknown time"
    if start == end or not end:
        return f"since {start}" if start != end else str(start)
    return f"{start} to {end}" if start else f"until {end}"


def when(time: EventTime) -> str:
    """When it happened, and on what ground that is said unless the text states it."""
    if not (time.start or time.end):
        return "at an unknown time"
    if time.basis == "report-date" and not time.start:
        return f"by {time.end} (the report's day; none is given)"
    ground = {"stated": "", "anchored": "", "report-date": " (day of the report)", "unknown": " (ground unknown)"}
    return day(time.start, time.end) + ground[time.basis]


def published(publication: Publication) -> str:
    """When the document appeared and how that is known."""
    if not (publication.start or publication.end):
        return "on an unknown day"
    return f"{day(publication.start, publication.end)} ({publication.basis})"


def where(place: EventPlace) -> str:
    """The place's name, with how large it is."""
    about: list[str] = [place.precision] if place.precision else []
    if place.radius_km:
        about.append(f"within {place.radius_km:g} km")
    if place.lat is None:
        about.append("not located")
    return plain(place.name) + (f" ({', '.join(about)})" if about else "")


def parties(some: Sequence[Actor], text: str) -> str:
    """Names of the parties on one side, with the role where it is not simply named."""
    shown = []
    for party in some:
        name = party.name or (party.span.of(text) if party.span else "somebody")
        shown.append(plain(name) + (f" ({party.role})" if party.role != "named" else ""))
    return ", ".join(shown)


def deed(event: Event, text: str) -> str:
    """Who did what to whom, in one line."""
    actors, recipients = parties(event.actors, text), parties(event.recipients, text)
    standing: list[str] = [event.modality] if event.modality != "asserted" else []
    if event.polarity == "negative":
        standing.append("negated")
    if event.outcome not in ("unknown", "success"):
        standing.append(event.outcome)
    line = f"{actors or 'unstated'} → {recipients}" if recipients else actors or "unstated"
    return f"{action(event.type, event.action)}: {line}" + (f" [{', '.join(standing)}]" if standing else "")


def action(root: str, verb: str) -> str:
    """The finer action with its PLOVER root."""
    return f"{verb.replace('-', ' ').replace('_', ' ')} ({root})" if verb else root


def standing(claim: Claim) -> str:
    """How a claim is made where that is not plain assertion: stance, hedge, namelessness."""
    parts = [claim.stance.replace("-", " ")] if claim.stance != "asserts" else []
    if claim.hedge != "none":
        parts.append(f"{claim.hedge} hedge")
    if claim.anonymous:
        parts.append("unnamed source")
    return ", ".join(parts)
