"""What the ledger's views look like as JSON, one object a line. Documents go by the caller's ids."""

from __future__ import annotations

from typing import Any

from ..compare import Pair
from ..records import FieldValue, Incident, Reuse
from .desk import Desk


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
        "part_of": incident.part_of,
        "part_why": incident.part_why,
        "decisions": [decision.id for decision in desk.decisions_on(incident)],
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


def pair_line(pair: Pair, desk: Desk) -> dict[str, Any]:
    """One published pair: both statements by the caller's ids, with who says them."""
    sides = {
        side: {
            "file": desk.caller_id(cited.document),
            "span": cited.span,
            "text": cited.span.of(desk.document(cited.document).text),
            "chain": cited.chain,
        }
        for side, cited in (("a", pair.a), ("b", pair.b))
    }
    return {"relation": pair.relation, "question": pair.question, **sides, "why": pair.why, "incident": pair.incident}


def reuse_line(reuse: Reuse, desk: Desk) -> dict[str, Any]:
    """What two documents share: both by the caller's ids, with the passages in the words of each."""
    texts = {side: desk.document(key).text for side, key in (("a", reuse.a), ("b", reuse.b))}
    return {
        "kind": reuse.kind,
        "a": desk.caller_id(reuse.a),
        "b": desk.caller_id(reuse.b),
        "keys": [reuse.a, reuse.b],
        "first": desk.caller_id(reuse.first) if reuse.first else None,
        "agency": reuse.agency,
        "share": {"a": reuse.share_a, "b": reuse.share_b},
        "passages": [
            {
                "kind": passage.kind,
                "words": passage.words,
                "a": {"span": passage.a, "text": passage.a.of(texts["a"])},
                "b": {"span": passage.b, "text": passage.b.of(texts["b"])},
            }
            for passage in reuse.passages
        ],
    }
