"""Event coding measured on the project's own gold sentences, tune and gate apart.

    python bench/event_gold.py [--freeze] [--errors [FIELD]] [--ids a001,b003] [--gold PATH]

Passages are read by the whole Reader. Events found and coded are matched one to one where their triggers share a character, those
of the same root first. `found` counts all, `typed` those of the same root; `actor`, `recipient`, `modality`, `polarity`,
`direction` and `role` are the shares right among the matched, all parties of a role right or none: a party is right where the
spans share a character or the names are the same, and several inside one coded span are one. `record`: root, actors, recipients
and modality all right, over the coded and over the found. `--errors` prints what is missed, added or coded otherwise in the
tune split; the gate's texts are counted and never printed. `--freeze` keeps the figures.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rashomon.reader import Reader
from rashomon.records import Actor, Document, Event

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data/event-gold/passages.jsonl"
RUN = ROOT / "bench/runs/event_gold.json"
RECORD = ("root", "actor", "recipient", "modality")
LABELS = (*RECORD, "polarity", "direction", "role")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.I)
Coded = dict[str, Any]


def same_party(gold: Coded, found: Actor) -> bool:
    """The spans share a character, or the names are equal but for article and case."""
    if gold["span"] and found.span and gold["span"][0] < found.span.end and found.span.start < gold["span"][1]:
        return True
    names = [_ARTICLE.sub("", name or "").casefold() for name in (gold["name"], found.name)]
    return bool(names[0]) and names[0] == names[1]


def pairs_of(gold: Sequence[Coded], found: Sequence[Actor]) -> list[tuple[Coded, Actor]] | None:
    """Gold parties with those found, one to one; None where one is left over on either side.

    Several found inside one coded span are that one: "Ugandan and Congolese troops".
    """
    left, pairs = list(found), []
    for party in gold:
        match = next((one for one in left if same_party(party, one)), None)
        if match is None:
            return None
        pairs.append((party, match))
        left = [one for one in left if one is not match and not _inside(one, party)]
    return None if left else pairs


def _inside(found: Actor, gold: Coded) -> bool:
    return bool(found.span and gold["span"] and gold["span"][0] <= found.span.start and found.span.end <= gold["span"][1])


def compared(gold: Coded, found: Event) -> dict[str, bool]:
    """Field -> right."""
    actors, recipients = pairs_of(gold["actors"], found.actors), pairs_of(gold["recipients"], found.recipients)
    return {
        "root": gold["root"] == found.type,
        "actor": actors is not None,
        "recipient": recipients is not None,
        "modality": gold["modality"] == found.modality,
        "polarity": gold["polarity"] == found.polarity,
        "direction": gold["direction"] == found.direction,
        "role": actors is not None and all(party.get("role", "named") == one.role for party, one in actors),
    }


def matched(gold: Sequence[Coded], found: Sequence[Event]) -> list[tuple[int, int]]:
    """Indices of coded and found events that go together."""
    options = sorted(
        (gold[i]["root"] != found[j].type, abs(gold[i]["trigger"][0] - found[j].trigger.start), i, j)
        for i in range(len(gold))
        for j in range(len(found))
        if gold[i]["trigger"][0] < found[j].trigger.end and found[j].trigger.start < gold[i]["trigger"][1]
    )
    pairs: list[tuple[int, int]] = []
    for _, _, i, j in options:
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return sorted(pairs)


class Counts:
    """What was counted in one split."""

    def __init__(self) -> None:
        self.passages = self.gold = self.found = self.matched = self.records = 0
        self.right: Counter[str] = Counter()
        self.roots: dict[str, Counter[str]] = {}

    def add(self, gold: Sequence[Coded], found: Sequence[Event], pairs: Sequence[tuple[int, int]]) -> None:
        self.passages += 1
        self.gold += len(gold)
        self.found += len(found)
        self.matched += len(pairs)
        for event in gold:
            self.roots.setdefault(event["root"], Counter())["coded"] += 1
        for event in found:
            self.roots.setdefault(event.type, Counter())["found"] += 1
        for i, j in pairs:
            fields = compared(gold[i], found[j])
            self.right.update(name for name, right in fields.items() if right)
            self.records += all(fields[name] for name in RECORD)
            self.roots[gold[i]["root"]]["typed"] += fields["root"]

    def figures(self) -> dict[str, Any]:
        def prf(right: int) -> dict[str, float]:
            return {
                "precision": round(right / max(1, self.found), 4),
                "recall": round(right / max(1, self.gold), 4),
                "f1": round(2 * right / max(1, self.found + self.gold), 4),
            }

        return {
            "passages": self.passages,
            "coded": self.gold,
            "found": prf(self.matched) | {"matched": self.matched, "predicted": self.found},
            "typed": prf(self.right["root"]),
            **{
                name: {"accuracy": round(self.right[name] / max(1, self.matched), 4), "n": self.matched}
                for name in LABELS
                if name != "root"
            },
            "record": prf(self.records) | {"right": self.records},
            "roots": {
                root: {"coded": row["coded"], "found": row["found"], "typed": row["typed"]}
                for root, row in sorted(self.roots.items())
            },
        }


def rows(path: Path = GOLD) -> list[dict[str, Any]]:
    """The passages of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def events_of(reader: Reader, row: dict[str, Any]) -> list[Event]:
    """What the program finds in a passage, events without a PLOVER root apart."""
    reading = reader.read(Document(id=row["id"], source=row["id"], text=row["text"], publisher="Gold Wire"))
    return [event for event in reading.events if event.type != "NONE"]


def measure(path: Path = GOLD, split: str | None = None) -> dict[str, Any]:
    """Figures of one split, or of each."""
    reader = Reader.load()
    counts = {name: Counts() for name in ("tune", "gate") if split in {None, name}}
    for row in rows(path):
        if row["split"] not in counts:
            continue
        found = events_of(reader, row)
        counts[row["split"]].add(row["events"], found, matched(row["events"], found))
    return {split: one.figures() for split, one in counts.items()}


def _parties(parties: Sequence[Any]) -> str:
    return " + ".join((one["text"] if isinstance(one, dict) else one.name or "?") for one in parties) or "-"


def _shown(event: Coded | Event) -> str:
    if isinstance(event, dict):
        head, signs = f"{event['root']}", f"{event['modality']} {event['polarity']}"
        return f"{head}: {_parties(event['actors'])} → {_parties(event['recipients'])} ({signs})"
    signs = f"{event.modality} {event.polarity}"
    return f"{event.type}/{event.action}: {_parties(event.actors)} → {_parties(event.recipients)} ({signs})"


def errors(path: Path, field: str, ids: frozenset[str]) -> None:
    """Prints what is wrong in the tune split."""
    reader = Reader.load()
    for row in rows(path):
        if row["split"] != "tune" or (ids and row["id"] not in ids):
            continue
        found = events_of(reader, row)
        pairs = matched(row["events"], found)
        lines = []
        for i, event in enumerate(row["events"]):
            j = dict(pairs).get(i)
            if j is None:
                if field in {"all", "missed"}:
                    lines.append(f"  MISSED {event['trigger_text']!r} {_shown(event)}")
                continue
            wrong = [name for name, right in compared(event, found[j]).items() if not right]
            if wrong and (field == "all" or field in wrong):
                lines.append(f"  {','.join(wrong):20} {event['trigger_text']!r} gold {_shown(event)} | found {_shown(found[j])}")
        for j, other in enumerate(found):
            if all(j != b for _, b in pairs) and field in {"all", "added"}:
                lines.append(f"  ADDED {other.trigger.of(row['text'])!r} {_shown(other)}")
        if lines:
            print(row["id"], row["text"])
            print("\n".join(lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--freeze", action="store_true")
    parser.add_argument("--errors", nargs="?", const="all", metavar="FIELD")
    parser.add_argument("--ids", default="")
    args = parser.parse_args()
    if args.errors:
        errors(args.gold, args.errors, frozenset(args.ids.split(",")) - {""})
        return
    figures = measure(args.gold)
    print(json.dumps(figures, indent=1))
    if args.freeze:
        RUN.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
