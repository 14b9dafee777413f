"""What the trained tagger hands to the attribution stage."""

from __future__ import annotations

import msgspec

from .span import Span


class Tagged(msgspec.Struct, frozen=True):
    """One attribution of the layer nearest the publisher, as the tagger sees it: every part inside one paragraph.

    `source` and `cue` are empty or one span; `confidence` in [0, 1] is that of its least certain part.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float
