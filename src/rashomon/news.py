"""What documents that are new brought to an incident: accounts, moved tolls, denials, corrections. For every face alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from .records import Citation, Comparison, Incident

Kind = Literal["new account", "moved toll", "new denial", "correction"]


class News(NamedTuple):
    """One thing that is new in an incident, in words, with the documents (keys) and the words that it rests on."""

    kind: Kind
    what: str
    documents: tuple[str, ...]
    cited: tuple[Citation, ...]


def news(incident: Incident, new: frozenset[str], publisher: Callable[[str], str]) -> Iterator[News]:
    """What the `new` documents (keys) brought to the incident. `publisher` names a document's where no voice is told."""
    for account in incident.accounts:
        if set(account.documents) <= new:
            who = " › ".join(account.chain) or publisher(account.documents[0])
            said = "; ".join(f"{value.field} {value.text}" for value in account.fields if value.field != "action")
            cited = tuple(value.citation for value in account.fields[:1])
            yield News("new account", f"{who}: {said or incident.action}", account.documents, cited)
    denied: set[Citation] = set()
    for pair in incident.comparisons:
        kind = _kind(pair, new)
        if kind == "new denial":
            denial = _denial(pair)
            if denial.document not in new or denial in denied:
                continue
            denied.add(denial)
        if kind is not None and pair.b is not None:
            what = f"{pair.question} {pair.a.text} / {pair.b.text}: {pair.why}"
            both = (pair.a.citation, pair.b.citation)
            yield News(kind, what, tuple(dict.fromkeys(each.document for each in both)), both)


def _kind(pair: Comparison, new: frozenset[str]) -> Kind | None:
    """A comparison that a new document brought, where it moves a toll, denies or corrects something."""
    if pair.b is None or not {pair.a.citation.document, pair.b.citation.document} & new:
        return None
    if pair.relation == "superseded":
        return "correction"
    if pair.relation == "denied":
        return "new denial"
    if pair.field in {"killed", "injured"} and pair.relation == "disagree":
        return "moved toll"
    return None


def _denial(pair: Comparison) -> Citation:
    """Where the denial of a pair stands: its value says "no" or "not"."""
    sides = [side for side in (pair.a, pair.b) if side is not None and side.text.startswith(("no ", "not "))]
    return (sides or [pair.a])[0].citation
