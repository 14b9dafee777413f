"""What linking hands to comparing: events that are one happening, and why."""

from __future__ import annotations

import msgspec

from .incident import Merge


class EventGroup(msgspec.Struct, frozen=True):
    """Events (keys, sorted) of a story that are taken to be one happening, and the merges that hold them together.

    `part_of` is the smallest event key of the group that it is a part of, `part_why` the reason.
    """

    events: tuple[str, ...]
    merges: tuple[Merge, ...] = ()
    part_of: str | None = None
    part_why: str | None = None
