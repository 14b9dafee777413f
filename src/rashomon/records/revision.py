"""What one source said and later changed: the ledger's book of revisions."""

from __future__ import annotations

from typing import Literal

import msgspec

from .incident import Citation
from .span import Span

RevisionKind = Literal["figure", "claim", "correction", "retraction"]


class Revision(msgspec.Struct, frozen=True):
    """Two passages of one source: what it said (`a`) and what it put in the place of that (`b`).

    `source` is whose word it is: a speaker, or the publisher in its own voice; `why` the reason in words. Of a correction whose
    earlier text is not at hand, `a` is the words as the note reports them. `unannounced`: two versions of one address differ and
    no note says so. `id` is a digest of both places.
    """

    id: str
    kind: RevisionKind
    source: str
    a: Citation
    b: Citation
    why: str
    unannounced: bool = False

    @property
    def place(self) -> tuple[str, Span, str, Span]:
        """What revisions are sorted by: the newer passage's document and span, then the older one's."""
        return self.b.document, self.b.span, self.a.document, self.a.span
