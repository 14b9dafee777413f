"""What a document's statements of control say together: "all the gains" resolved, and who has just been said to hold a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from ..records import Control, Span
from .moves import Said
from .scene import Scene

_NEAR = 400  # characters in which the text has just said who had a place
_TAKING = frozenset({"gain", "enter", "attempt"})


class Row(msgspec.Struct, frozen=True):
    """A statement with what later steps need of it."""

    said: Said
    control: Control
    gains: int | None = None


def finished(scene: Scene, rows: Sequence[Row]) -> list[Control]:
    """Statements once each, with what the document said before of who had the place, and "all the gains" resolved."""
    unique: dict[tuple[Span, str, str, bool], Control] = {}
    said: list[Control] = []
    for row in rows:
        for control in _resolved(scene, row, rows) if row.gains is not None else [_held_before(row, said)]:
            said.append(control)
            unique.setdefault((control.span, control.place, control.kind, control.denied), control)
    return sorted(unique.values(), key=lambda control: (control.span, control.place, control.kind))


def _held_before(row: Row, said: Sequence[Control]) -> Control:
    """The statement with the holder before, where the text has just named one."""
    control = row.control
    if row.said.says not in _TAKING or control.before is not None or control.after is None or control.denied:
        return control
    for earlier in reversed(said):
        if control.span.start - earlier.span.end > _NEAR:
            break
        holds = earlier.kind in {"hold", "change"} and not earlier.denied and earlier.after is not None
        if holds and earlier.place == control.place and earlier.after != control.after:
            return msgspec.structs.replace(control, before=earlier.after)
    return control


def _resolved(scene: Scene, row: Row, rows: Sequence[Row]) -> list[Control]:
    """ "All the gains": each place that the text names as gained by who lost them, or as lost to the one who does so now."""
    control = row.control
    lost = row.said.says == "lose"
    side = control.before if lost else control.after
    kept = {other.control.place for other in rows if other.said.span == row.said.span and other.said.says == "hold"}
    places = {one.place: one for one in reversed(list(_moved(scene, row, rows, side, lost=lost))) if one.place not in kept}
    found = [
        msgspec.structs.replace(
            control,
            place=one.place,
            lat=one.lat,
            lon=one.lon,
            part=one.part and one.within is not None,
            within=one.within,
            resolved_from=control.place,
            radius_km=one.radius_km,
            geonameid=one.geonameid,
        )
        for one in reversed(places.values())
    ]
    return found or [control]


def _moved(scene: Scene, row: Row, rows: Sequence[Row], side: str | None, *, lost: bool) -> Iterator[Control]:
    """The changes meant: those before that gave the places, else those in the same sentence that took them away."""
    changes = [
        other
        for other in rows
        if other.gains is None
        and other.control.kind == "change"
        and not other.control.denied
        and other.said.head != row.said.head
    ]
    if side is None:
        return
    before = [one.control for one in changes if one.control.span.end <= row.control.span.start]
    given = [one for one in before if (one.after if lost else one.before) == side]
    if given:
        yield from given
        return
    # "They have lost all their gains: the army drove them from P and Q."
    sentence = scene.syntax.sentence_of(row.said.head)
    for other in changes:
        one = other.control
        if sentence.first <= other.said.head < sentence.last and (one.before if lost else one.after) == side:
            yield one
