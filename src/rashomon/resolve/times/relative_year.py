"""A year that is told from another: "3 May last year", "the spring of that year"."""

from __future__ import annotations

import re

from ...records.expression import Meaning
from ...records.moment import Moment
from .fragments import GAP

OF_YEAR = (
    rf"(?P<rel>(?:,?{GAP}(?:of|in){GAP}(?:the{GAP})?|,?{GAP})"
    rf"(?P<which>same|that{GAP}same|that|this|last|next|following|previous|preceding){GAP}year)"
)
SHIFTS = {"last": -1, "previous": -1, "preceding": -1, "next": 1, "following": 1, "this": 0, "same": 0, "that": 0}


def year_fields(match: re.Match[str]) -> tuple[int | None, int, str]:
    """Year, shift and unit of the relative year that follows a month ("of that year")."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"]), 0, ""
    if groups.get("which"):
        return None, SHIFTS[re.split(r"\s+", groups["which"].casefold())[-1 if "same" in groups["which"] else 0]], "year"
    return None, 0, ""


def dated(at: Moment, match: re.Match[str], shift: int = 0, unit: str = "") -> Meaning:
    """The meaning of a date whose year, if `unit` is set, lies `shift` years from the reference."""
    if not unit:
        return Meaning(kind="date", at=at)
    now = (match.groupdict().get("which") or "").casefold() in ("this", "last", "next")
    return Meaning(kind="date", at=at, unit="year", shift=shift, anchor="now" if now else "reference")
