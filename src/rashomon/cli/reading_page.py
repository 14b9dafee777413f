"""One reading, claim or event for people."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from ..records import Claim, Event, Quantity, Reading, Span, sentence_around
from . import words
from .output import indented


def reading_page(page: Console, reading: Reading) -> None:
    """What was found in one document, grouped by who says it."""
    about = reading.document
    page.print(Text(words.plain(about.title or reading.id), style="bold"))
    origin = [about.publisher or "unknown publisher", f"published {words.published(about.published)}", about.genre]
    if about.author:
        origin.insert(1, f"by {about.author}")
    if about.republished_from:
        origin.append(f"taken from {about.republished_from}")
    page.print(f"  {words.plain(' · '.join(origin))}  [{words.plain(reading.id)}]", style="dim")
    page.print(
        "  " + ", ".join((
            words.counted(len(reading.attributions), "claim"), words.counted(len(reading.events), "event"),
            words.counted(len(reading.places), "place"), words.counted(len(reading.times), "time"),
            words.counted(len(reading.entities), "actor or name", "actors and names"),
            words.counted(len(reading.boilerplate), "stretch of page furniture", "stretches of page furniture"),
        )),
        style="dim",
    )
    body = [event for event in reading.events if event.region == "body"]
    claims = {claim.id: claim for claim in reading.attributions}
    own = claims.get("A0")
    groups: dict[str, list[Event]] = {}
    for event in body:
        groups.setdefault(event.according_to or "A0", []).append(event)
    for claim in sorted(claims.values(), key=lambda claim: (claim.content[:1], claim.id)):
        if claim is not own:
            groups.setdefault(claim.id, [])
    for key, events in groups.items():
        page.print()
        _voice(page, reading, claims.get(key))
        for event in events:
            event_lines(page, reading, event)
    kinds = (("Forecasts", reading.forecasts), ("Pledges", reading.pledges), ("Naming", reading.naming))
    for label, found in (*kinds, ("Control", reading.control)):
        if found:
            page.print()
            page.print(f"  {label}", style="bold")
            for item in found:
                indented(page, f"“{words.short(item.span.of(reading.text))}”", 4)
    page.print()


def claim_page(page: Console, reading: Reading, claim: Claim) -> None:
    """One claim: its voice, its words, and the events that stand in it."""
    _voice(page, reading, claim)
    for event in reading.events:
        if event.according_to == claim.id:
            event_lines(page, reading, event)


def event_page(page: Console, reading: Reading, event: Event, claim: Claim | None) -> None:
    """One event with its sentence and the claim it stands in."""
    _voice(page, reading, claim)
    event_lines(page, reading, event)


def _voice(page: Console, reading: Reading, claim: Claim | None) -> None:
    publisher = reading.document.publisher or reading.id
    if claim is None or claim.id == "A0":
        page.print(Text(f"  {words.plain(publisher)}, {words.OWN_VOICE}", style="bold cyan"))
        return
    head = Text("  " + words.chain(claim.chain, publisher), style="bold cyan")
    standing = words.standing(claim)
    if standing:
        head.append(f"  ({standing})", style="yellow")
    page.print(head)
    if claim.content:
        content = " … ".join(words.plain(span.of(reading.text)) for span in claim.content)
        indented(page, f"“{words.short(content)}”", 4)


def event_lines(page: Console, reading: Reading, event: Event) -> None:
    """An event in two lines: what is said to have happened, and the sentence with its trigger marked."""
    line = Text(f"· {words.deed(event, reading.text)}")
    if event.place is not None:
        line.append(f", {words.where(event.place)}")
    if event.time is not None:
        line.append(f", {words.when(event.time)}")
    if event.quantities:
        line.append(" — " + "; ".join(_quantity(quantity, reading.text) for quantity in event.quantities))
    line.append(f"  {event.id}", style="cyan")
    indented(page, line, 4)
    indented(page, _marked(reading.text, event.trigger), 6)


def _marked(text: str, trigger: Span) -> Text:
    sentence = sentence_around(text, trigger)
    line = Text(style="dim")
    line.append(words.plain(text[sentence.start : trigger.start]) + " ")
    line.append(words.plain(trigger.of(text)), style="bold underline")
    after = text[trigger.end : max(sentence.end, trigger.end)]
    line.append((" " if after[:1].isspace() else "") + words.plain(after))
    return line


def _quantity(quantity: Quantity, text: str) -> str:
    return f"{quantity.what}: {words.plain(quantity.words or quantity.span.of(text))}"
