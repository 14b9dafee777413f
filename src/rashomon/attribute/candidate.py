"""What a tagger hands over: spans of source, cue and content, tied together, and nothing decided yet."""

from __future__ import annotations

import msgspec

from ..records import Span
from ..records.vocabulary import Stance


class Candidate(msgspec.Struct, frozen=True):
    """One possible attribution.

    `content` is empty where only the cue was found: the joining of quotations may still fill it, else the candidate is
    dropped. `quotable` says that the cue can stand beside a quotation, `block` that the content is a passage set in as
    somebody else's, `bare` that the content stands elsewhere ("The army said nothing."). `stance` is set where the cue's
    own form decides it, `name` where the layout says who speaks; `own` says that the publisher itself speaks ("The report
    could not be verified."), `parted` that the words between the pieces belong to the cue ("accused X of Y").
    """

    source: Span | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    confidence: float = 0.8
    block: bool = False
    quotable: bool = False
    bare: bool = False
    stance: Stance | None = None
    own: bool = False
    name: str | None = None
    parted: bool = False

    @property
    def anchor(self) -> int:
        """Where the candidate stands in the text: its cue's start, else its content's."""
        if self.cue:
            return self.cue[0].start
        return self.content[0].start if self.content else 0


class Draft(msgspec.Struct, frozen=True):
    """A candidate on its way to a claim.

    `over` is the index of the draft that introduced it (a passage without a source of its own). `same` is the index of
    the draft whose content it shares as a further source: nearer to the speaker (`inner`) or further out.
    """

    candidate: Candidate
    over: int | None = None
    same: int | None = None
    inner: bool = False
