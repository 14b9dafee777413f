"""What the search for revisions finds before it is put in order."""

from __future__ import annotations

import msgspec

from ..records import Citation, Revision, RevisionKind, digest

RANK: dict[RevisionKind, int] = {"correction": 0, "retraction": 1, "figure": 2, "claim": 3}


class Found(msgspec.Struct, frozen=True):
    """A revision without its id. `reported`: the older passage only reports what was said before."""

    kind: RevisionKind
    source: str
    a: Citation
    b: Citation
    why: str
    unannounced: bool = False
    reported: bool = False

    def revision(self) -> Revision:
        """The same with its id."""
        places = [str(part) for cited in (self.a, self.b) for part in (cited.document, cited.span.start, cited.span.end)]
        return Revision(digest("revision", *places), self.kind, self.source, self.a, self.b, self.why, self.unannounced)
