"""What linking hands to comparing: events that are one happening, and why."""

from __future__ import annotations

import msgspec

from .incident import Merge


class EventGroup(msgspec.Struct, frozen=True):
    """Events (keys, sorted) of a story that are taken to be one happening, and the merges that hold them together."""

    events: tuple[str, ...]
    merges: tuple[Merge, ...] = ()
