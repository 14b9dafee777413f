"""What the ledger's views look like as JSON, one object a line. Documents go by the caller's ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from ..records import Comparison, FieldValue, Incident
from ..records.vocabulary import Relation
from .desk import Desk

# The published pairs know five relations. A denial is a disagreement about the occurrence, a vaguer account is compatible;
# silence has no second statement to point at.
_PUBLISHED: dict[Relation, Relation | None] = {
    "disagree": "disagree",
    "denied": "disagree",
    "agree": "agree",
    "compatible": "compatible",
    "vaguer": "compatible",
    "superseded": "superseded",
    "different_referent": "different_referent",
    "silent": None,
}


def incident_line(incident: Incident, desk: Desk) -> dict[str, Any]:
    """One incident: `documents` by the caller's ids, `fields` as every account has them, `comparisons` as pairs."""
    fields: dict[str, list[dict[str, Any]]] = {}
    for account in incident.accounts:
        for value in account.fields:
            fields.setdefault(value.field, []).append({"account": account.id, **_value(value, desk)})
    return {
        "id": incident.id,
        "story": incident.story,
        "type": incident.type,
        "action": incident.action,
        "documents": [desk.caller_id(key) for key in incident.documents],
        "events": incident.events,
        "place": incident.place,
        "time": incident.time,
        "fields": fields,
        "accounts": [
            {
                "id": account.id,
                "voice": account.voice,
                "chain": account.chain,
                "documents": [desk.caller_id(key) for key in account.documents],
                "events": account.events,
            }
            for account in incident.accounts
        ],
        "comparisons": [
            {
                "field": pair.field,
                "relation": pair.relation,
                "question": pair.question,
                "why": pair.why,
                "a": _value(pair.a, desk),
                "b": _value(pair.b, desk) if pair.b else None,
                "about": pair.about,
            }
            for pair in incident.comparisons
        ],
    }


def _value(value: FieldValue, desk: Desk) -> dict[str, Any]:
    cited = value.citation
    return {
        "text": value.text,
        "value": value.value,
        "file": desk.caller_id(cited.document),
        "span": cited.span,
        "sentence": cited.sentence,
        "chain": cited.chain,
        "attribution": cited.attribution,
    }


class Pair(msgspec.Struct, frozen=True):
    """One published pair: the line that a program reads, and the comparison it comes from."""

    line: dict[str, Any]
    comparison: Comparison
    incident: str


def pairs(desk: Desk) -> Iterator[Pair]:
    """Every pair of statements that the ledger's comparisons set side by side, in the published relations."""
    for incident in desk.view.incidents():
        for comparison in incident.comparisons:
            relation = _PUBLISHED[comparison.relation]
            if relation is None or comparison.b is None:
                continue
            sides = {
                side: {"file": desk.caller_id(value.citation.document), "span": value.citation.span, "text": value.text}
                for side, value in (("a", comparison.a), ("b", comparison.b))
            }
            line = {"relation": relation, "question": comparison.question, **sides, "why": comparison.why}
            yield Pair({**line, "field": comparison.field, "incident": incident.id}, comparison, incident.id)
