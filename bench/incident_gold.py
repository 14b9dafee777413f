"""Incidents and comparisons beside the project's own cases: which mentions are one incident, and how accounts stand.

    python bench/incident_gold.py [--freeze] [--errors N]

`data/incident-gold` holds 68 invented cases of three to six reports, coded twice, blind. Each is read and linked by itself.
Incidents: B-cubed over the gold's mentions; a mention that no incident holds stands alone. Relations: of the gold's rows (a
field, two quotations), how many have a comparison or a contradiction whose two sentences hold them (found), and how many of
these say the same (right). The second coder is measured beside the first in the same way. The cases of the `gate` half are
counted and never printed.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rashomon.linker import Linked, Linker
from rashomon.reader import Reader
from rashomon.records import Document, Reading, Span, event_keys, sentence_around

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "data" / "incident-gold"
Row = dict[str, Any]


class Stated(NamedTuple):
    """A relation between two places of the documents: (document, span) twice."""

    field: str
    a: tuple[str, Span]
    b: tuple[str, Span]
    relation: str


class Counts:
    """What is added up over cases."""

    def __init__(self) -> None:
        self.precision: list[float] = []
        self.recall: list[float] = []
        self.mentions = self.held = self.rows = self.found = self.right = self.cases = 0
        self.by_relation: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])

    def add_incidents(self, gold: dict[int, str], predicted: dict[int, str]) -> None:
        """B-cubed of one case; keys are mentions, values incidents. A mention without one stands alone."""
        of = {key: predicted.get(key, f"alone {key}") for key in gold}
        self.mentions += len(gold)
        self.held += sum(key in predicted for key in gold)
        for key in gold:
            same_gold = {other for other in gold if gold[other] == gold[key]}
            same = {other for other in gold if of[other] == of[key]}
            self.precision.append(len(same & same_gold) / len(same))
            self.recall.append(len(same & same_gold) / len(same_gold))

    def add_relation(self, relation: str, found: str | None) -> None:
        """One row of the gold, and what was found for it."""
        row = self.by_relation[relation]
        self.rows, row[0] = self.rows + 1, row[0] + 1
        if found is not None:
            self.found, row[1] = self.found + 1, row[1] + 1
        if found == relation:
            self.right, row[2] = self.right + 1, row[2] + 1

    def figures(self) -> Row:
        """The figures, rounded."""
        p, r = sum(self.precision) / len(self.precision), sum(self.recall) / len(self.recall)
        return {
            "cases": self.cases, "mentions": self.mentions, "mentions_held": self.held,
            "b3": {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / (p + r), 4)},
            "relations": self.rows, "found": self.found, "right": self.right,
            "right_of_found": round(self.right / self.found, 4) if self.found else None,
            "by_relation": {name: dict(zip(("rows", "found", "right"), row, strict=True))
                            for name, row in sorted(self.by_relation.items())},
        }


def rows(name: str) -> dict[str, Row]:
    """The lines of one file of the gold, by case."""
    with (GOLD / name).open(encoding="utf-8") as file:
        return {row["id"]: row for row in map(json.loads, file)}


def mentions(coded: Row) -> dict[int, tuple[str, Span, Span, str]]:
    """Number -> (document, quotation, event word, incident) of a coder's mentions."""
    found = [
        (each["doc"], Span(*each["span"]), Span(*each["event"]), incident["id"])
        for incident in coded["incidents"] for each in incident["mentions"]
    ]
    return dict(enumerate(found))


def held_by(gold: Row, linked: Linked, readings: dict[str, Reading]) -> dict[int, str]:
    """The incident that the program puts each gold mention in: by its event word, else by an event of its quotation."""
    home = {event: incident.id for incident in linked.incidents for event in incident.events}
    found: dict[int, str] = {}
    for number, (document, quote, word, _) in mentions(gold).items():
        reading = readings[document]
        keys = event_keys(document, reading.events)
        inside = [event for event in reading.events if event.trigger.overlaps(quote) and keys[event.id] in home]
        inside.sort(key=lambda event: (not event.trigger.overlaps(word), abs(event.trigger.start - word.start)))
        if inside:
            found[number] = home[keys[inside[0].id]]
    return found


def coder_held(gold: Row, other: Row) -> dict[int, str]:
    """The same for a second coder: the mention whose quotation overlaps."""
    theirs = mentions(other)
    found: dict[int, str] = {}
    for number, (document, quote, _, _) in mentions(gold).items():
        near = [each for each in theirs.values() if each[0] == document and each[1].overlaps(quote)]
        if near:
            found[number] = near[0][3]
    return found


def coded_relations(coded: Row) -> list[Stated]:
    """A coder's relations."""
    def at(side: Row) -> tuple[str, Span]:
        return side["doc"], Span(*side["span"])

    return [Stated(row["field"], at(row["a"]), at(row["b"]), row["relation"]) for row in coded["relations"]]


def stated_relations(linker: Linker, linked: Linked, readings: dict[str, Reading]) -> list[Stated]:
    """The program's comparisons and contradictions, each side widened to its sentence."""
    found = [
        Stated(pair.field, (pair.a.citation.document, pair.a.citation.sentence),
               (pair.b.citation.document, pair.b.citation.sentence), pair.relation)
        for incident in linked.incidents for pair in incident.comparisons if pair.b is not None
    ]
    found += [
        Stated("", (pair.a.document, pair.a.sentence), (pair.b.document, pair.b.sentence), pair.relation)
        for pair in linker.contradictions(readings.items(), linked.incidents)
    ]
    return found


def match(row: Stated, stated: Iterable[Stated], texts: dict[str, str]) -> str | None:
    """The relation stated for that row: of the same field where there is one; None where nothing is."""
    found = []
    for each in stated:
        for a, b in ((each.a, each.b), (each.b, each.a)):
            if _holds(a, row.a, texts) and _holds(b, row.b, texts):
                found.append(each)
                break
    if not found:
        return None
    fields = {"actor", "responsibility"} if row.field in {"actor", "responsibility"} else {row.field}
    same = [each for each in found if each.field in fields]
    loose = [each for each in found if each.field == ""]
    chosen = same or loose
    if not chosen:
        return None
    return row.relation if any(each.relation == row.relation for each in chosen) else chosen[0].relation


def _holds(place: tuple[str, Span], quote: tuple[str, Span], texts: dict[str, str]) -> bool:
    return place[0] == quote[0] and sentence_around(texts[place[0]], place[1]).overlaps(quote[1])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures of both halves."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--freeze", action="store_true", help="keep the figures in runs/")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N cases of the tune half with what is wrong")
    asked = parser.parse_args(arguments)
    reader, linker = Reader.load(), Linker.load()
    first, second = rows("coder-1.jsonl"), rows("coder-2.jsonl")
    counts = {(split, who): Counts() for split in ("tune", "gate") for who in ("program", "second coder")}
    for case in rows("cases.jsonl").values():
        readings = {
            each["id"]: reader.read(
                Document(id=each["id"], source=each["id"], text=each["text"], title=each["title"],
                         publisher=each["publisher"], published=each["date"]))
            for each in case["documents"]
        }
        texts = {name: reading.text for name, reading in readings.items()}
        linked = linker.link(readings.items())
        gold, other = first[case["id"]], second[case["id"]]
        truth = {number: each[3] for number, each in mentions(gold).items()}
        for who, held, stated in (
            ("program", held_by(gold, linked, readings), stated_relations(linker, linked, readings)),
            ("second coder", coder_held(gold, other), coded_relations(other)),
        ):
            count = counts[case["split"], who]
            count.cases += 1
            count.add_incidents(truth, held)
            for row in coded_relations(gold):
                count.add_relation(row.relation, match(row, stated, texts))
        if case["split"] == "tune" and asked.errors > 0:
            asked = argparse.Namespace(**{**vars(asked), "errors": asked.errors - 1})
            _show(case, gold, linked, readings, texts, stated_relations(linker, linked, readings))
    figures: dict[str, Row] = {}
    for (split, who), count in counts.items():
        figures.setdefault(split, {})[who] = count.figures()
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    if asked.freeze:
        (ROOT / "bench" / "runs" / "incident_gold.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def _show(
    case: Row, gold: Row, linked: Linked, readings: dict[str, Reading], texts: dict[str, str], stated: list[Stated]
) -> None:
    held = held_by(gold, linked, readings)
    told = [f"== {case['id']} {case['what']}"]
    told += [f"   story {' '.join(story.documents)}" for story in linked.stories]
    for number, (document, quote, _, incident) in mentions(gold).items():
        told.append(f"   {incident} {held.get(number, '-')[:6]:6} {document} {quote.of(texts[document])!r}")
    for row in coded_relations(gold):
        found = match(row, stated, texts)
        if found != row.relation:
            sides = " | ".join(f"{name} {span.of(texts[name])!r}" for name, span in (row.a, row.b))
            told.append(f"   {row.field}: {row.relation}, found {found}: {sides}")
    sys.stdout.write("\n".join(told) + "\n")


if __name__ == "__main__":
    main()
