"""What the pages of pledges, forecasts and names share: where something is said, by whom, and why things were joined."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..records import Citation, Feature
from . import words
from .desk import Desk


def cited(
    citation: Citation, sentence: str, publisher: str | None, published: tuple[str | None, str | None], desk: Desk
) -> dict[str, Any]:
    """Where something is said, as JSON."""
    return {
        "file": desk.caller_id(citation.document), "span": citation.span, "sentence": sentence, "chain": citation.chain,
        "publisher": publisher, "published": {"start": published[0], "end": published[1]},
    }


def reasons(features: Iterable[Feature]) -> list[str]:
    """Features as lines for people."""
    return [f"{each.name} {each.value:.2f} × {each.weight:g}: {words.plain(each.why)}" for each in features]


def who(chain: tuple[str, ...], publisher: str | None, published: tuple[str | None, str | None]) -> str:
    """Who says it through whom, and when that was published."""
    day = words.day(*published) if any(published) else "on an unknown day"
    return f"{words.chain(chain, publisher or 'unknown publisher')} · {day}"
