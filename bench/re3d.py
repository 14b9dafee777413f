"""Who fights, helps and speaks to whom: pairs of parties in re3d's documents on Iraq and Syria, read from raw text.

    python bench/re3d.py [--freeze] [--errors N]

A reading gives pairs by its events (`OURS`): actor and recipient, or both sides of what has no direction; what is denied gives
none. A pair is right where re3d has one of that relation in the document whose ends overlap a mention of each, either way round.
Precision counts our pairs of entities, recall re3d's pairs of spans, each once a document. `parties`: of re3d's pairs only those
whose ends are people, organisations and nations; the rest are weapons, buildings, places. Documents of the BBC are only counted.
Of the others those with an even last hex digit of their id are `tune`, which may be looked at (`--errors` prints them) and on
which the lists below were chosen, the rest `gate`. `--freeze` keeps the figures.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from pathlib import Path
from typing import Any

from rashomon.reader import Reader
from rashomon.records import Document, Event, Reading, Span

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared/data/events/re3d.jsonl"
RUN = ROOT / "bench/runs/re3d.json"
RELATIONS = {"FightingAgainst": "fighting", "AlliesOf": "allies", "CommWith": "communicating"}
# Relation -> roots, and the actions of other roots or the exceptions ("-") by name.
OURS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "fighting": (frozenset({"ASSAULT"}), frozenset()),
    "allies": (frozenset(), frozenset(
        ["backing", "alliance", "joint operations", "joining forces", "arms supply", "training", "intelligence sharing",
         "cooperation"]
    )),
    "communicating": (frozenset({"CONSULT", "REQUEST"}), frozenset(["-visit"])),
}
PARTIES = frozenset({"Person", "Organisation", "Nationality"})
Pair = tuple[Span, Span]
Ends = tuple[tuple[Span, ...], tuple[Span, ...]]


def split_of(row: dict[str, Any]) -> str:
    if row["source"] == "BBC Online":
        return "bbc"
    return "tune" if int(row["id"][-1], 16) % 2 == 0 else "gate"


def wanted(row: dict[str, Any]) -> Iterator[tuple[str, Pair, bool]]:
    """(relation, ends, both are parties) of every pair of the document, each once."""
    kinds = {(one["begin"], one["end"]): one["type"] for one in row["entities"]}
    seen = set()
    for one in row["relations"]:
        relation = RELATIONS.get(one["type"])
        ends = sorted(Span(*one[side][:2]) for side in ("source", "target"))
        if relation is None or ends[0] == ends[1] or (relation, *ends) in seen:
            continue
        seen.add((relation, *ends))
        yield relation, (ends[0], ends[1]), all(kinds.get((end.start, end.end), "") in PARTIES for end in ends)


def found(reading: Reading) -> Iterator[tuple[str, Ends, Event]]:
    """(relation, the mentions of both, event) of every pair of entities that the reading gives, each once."""
    mentions = {who.id: who.mentions for who in reading.entities}
    seen = set()
    for event in reading.events:
        if event.polarity == "negative":
            continue
        sides = [
            [mentions.get(party.entity or "", ()) or (party.span,) for party in parties if party.span is not None]
            for parties in (event.actors, event.recipients)
        ]
        pairs: Iterable[Ends] = product(sides[0], sides[1])
        if event.direction == "reciprocal":
            pairs = combinations(dict.fromkeys(sides[0] + sides[1]), 2)
        for pair in pairs:
            one, other = sorted(pair)
            for relation, (roots, actions) in OURS.items():
                told = (event.type in roots and f"-{event.action}" not in actions) or event.action in actions
                if told and one != other and (relation, one, other) not in seen:
                    seen.add((relation, one, other))
                    yield relation, (one, other), event


def alike(pair: Pair, ours: Ends) -> bool:
    """Each end overlaps a mention of one of our two, either way round."""
    here = [[any(end.overlaps(span) for span in spans) for spans in ours] for end in pair]
    return (here[0][0] and here[1][1]) or (here[0][1] and here[1][0])


def measure(errors: int = 0) -> dict[str, Any]:
    """Counts and rates by split and relation. `errors`: so many misses and additions of the tune split are printed."""
    reader = Reader.load()
    counts: dict[str, dict[str, Counter[str]]] = {}
    for line in DATA.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        split = split_of(row)
        by_relation = counts.setdefault(split, {name: Counter() for name in RELATIONS.values()})
        gold = list(wanted(row))
        ours = list(found(reader.read(Document(id=row["id"], source=row["id"], text=row["text"], publisher=row["source"]))))
        for relation, pair, parties in gold:
            hit = any(relation == name and alike(pair, mine) for name, mine, _ in ours)
            by_relation[relation].update(gold=1, gold_hit=hit, parties=parties, parties_hit=parties and hit)
            if not hit and split == "tune" and parties and errors > 0:
                errors -= 1
                _show("missed", row["text"], relation, pair)
        for relation, ours_pair, event in ours:
            hit = any(relation == name and alike(theirs, ours_pair) for name, theirs, _ in gold)
            by_relation[relation].update(predicted=1, predicted_hit=hit)
            if not hit and split == "tune" and errors > 0:
                errors -= 1
                ends = [_nearest(spans, event.trigger) for spans in ours_pair]
                _show(f"added ({event.action}, {event.trigger.of(row['text'])})", row["text"], relation, (ends[0], ends[1]))
    return {split: {name: _rates(count) for name, count in sorted(rows.items())} for split, rows in sorted(counts.items())}


def _nearest(spans: Iterable[Span], to: Span) -> Span:
    return min(spans, key=lambda span: abs(span.start - to.start))


def _rates(count: Counter[str]) -> dict[str, Any]:
    def share(hit: str, of: str) -> float:
        return round(count[hit] / count[of], 4) if count[of] else 0.0

    names = ("predicted", "predicted_hit", "gold", "gold_hit", "parties", "parties_hit")
    return {
        "precision": share("predicted_hit", "predicted"),
        "recall": share("gold_hit", "gold"),
        "recall_parties": share("parties_hit", "parties"),
        **{name: count[name] for name in names},
    }


def _show(what: str, text: str, relation: str, pair: Pair) -> None:
    start = max(text.rfind(". ", 0, pair[0].start) + 2, pair[0].start - 160, 0)
    end = text.find(". ", pair[1].end)
    piece = text[start : end if 0 <= end < pair[1].end + 160 else pair[1].end + 160]
    print(f"{what} | {relation} | {pair[0].of(text)!r} | {pair[1].of(text)!r} | {' '.join(piece.split())}")


def main() -> None:
    """Prints the figures and, on request, keeps them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    figures = measure(args.errors)
    for split, rows in figures.items():
        for name, row in rows.items():
            print(f"{split:5} {name:14}", "  ".join(f"{key} {value}" for key, value in row.items()))
    if args.freeze:
        RUN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
